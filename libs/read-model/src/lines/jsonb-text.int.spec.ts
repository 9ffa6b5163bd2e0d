import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { JsonValue } from '@consilium/contracts';
import { readText } from '@consilium/postgres';
import fc from 'fast-check';
import { ViewDatabase } from '../store/view-database.spec.ts';
import { jsonbText } from './jsonb-text.ts';

let views: ViewDatabase;

beforeAll(async () => {
  views = await ViewDatabase.create();
});

afterAll(() => views.drop());

/** The server takes no NUL. */
const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
const leaf = fc.oneof(
  text,
  fc.maxSafeInteger(),
  fc.integer({ min: -9_999, max: 9_999 }).map((hundredths) => hundredths / 100),
  fc.boolean(),
  fc.constant(null),
);
const { value: documents } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));

it('is what the server writes of the same document', async () => {
  await fc.assert(
    fc.asyncProperty(documents, async (document) => {
      const [row = {}] = await views.owner.query({
        text: 'SELECT $1::text::jsonb::text AS written',
        values: [JSON.stringify(document)],
      });
      expect(jsonbText(document)).toBe(readText(row, 'written'));
    }),
    { numRuns: 300 },
  );
});
