import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ViewDatabase } from '../store/view-database.spec.ts';
import { viewNames, viewTable } from './view-tables.ts';

let views: ViewDatabase;

beforeAll(async () => {
  views = await ViewDatabase.create();
});
afterAll(async () => {
  await views.drop();
});

describe('the view tables in code', () => {
  it.each(viewNames)('%s has the columns, types and key that its migration made', async (name) => {
    const { columns, nullable, key } = viewTable(name);
    const found = await views.owner.query({
      text: `SELECT column_name::text AS name, data_type::text AS type, is_nullable = 'YES' AS nullable
        FROM information_schema.columns WHERE table_schema = 'view_1' AND table_name = $1`,
      values: [name],
    });
    const expected = Object.entries(columns).map(([column, type]) => ({
      name: column,
      type,
      nullable: nullable.includes(column),
    }));
    expect(found).toEqual(expect.arrayContaining(expected));
    expect(found).toHaveLength(expected.length);
    const [primary] = await views.owner.query({
      text: `SELECT string_agg(attribute.attname, ' ' ORDER BY place.place) AS columns
        FROM pg_index, unnest(pg_index.indkey) WITH ORDINALITY AS place (number, place), pg_attribute AS attribute
        WHERE pg_index.indrelid = ('view_1.' || $1)::regclass AND pg_index.indisprimary
          AND attribute.attrelid = pg_index.indrelid AND attribute.attnum = place.number`,
      values: [name],
    });
    expect(primary?.['columns']).toBe(key.join(' '));
  });
});
