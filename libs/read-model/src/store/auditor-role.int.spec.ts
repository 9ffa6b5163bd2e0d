import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  caseId,
  caseStream,
  organisationId,
  projectCreated,
  projectId,
  projectStream,
  PublishedLog,
  wholeCase,
} from '@consilium/testing';
import { hasSqlState, readText, sqlState } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import { activeGeneration, createGeneration } from '../generations/generations.ts';
import { ProjectionStore } from './projection-store.ts';
import { ViewDatabase } from './view-database.spec.ts';

let views: ViewDatabase;

beforeAll(async () => {
  views = await ViewDatabase.create();
  const log = new PublishedLog()
    .add(projectStream(projectId(1)), ...projectCreated())
    .add(caseStream(caseId(1)), ...wholeCase(1));
  const store = new ProjectionStore(views.projector, { generation: await activeGeneration(views.projector) });
  for (const batch of log.batches()) await store.apply(batch);
});
afterAll(async () => views.drop());

/** What the auditor has no use for: who holds which lease, what clients were answered, and the keys. */
const closed = ['journal.claim', 'journal.command', 'vault.subject_key'];

async function tables(): Promise<readonly string[]> {
  const rows = await views.owner.query({
    text: `SELECT format('%s.%s', class.relnamespace::regnamespace, class.relname) AS name FROM pg_class AS class
      WHERE class.relkind IN ('r', 'p', 'v') AND class.relnamespace::regnamespace::text ~ '^(journal|vault|audit|read_model|view_)'
      ORDER BY 1`,
  });
  return rows.map((row) => readText(row, 'name'));
}

const may = async (session: Queryable, text: string): Promise<boolean> =>
  session.query({ text }).then(
    () => true,
    (error: unknown) => {
      if (hasSqlState(error, sqlState.insufficientPrivilege)) return false;
      throw error;
    },
  );

async function readable(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const table of await tables()) if (await may(views.auditor, `SELECT FROM ${table} LIMIT 1`)) found.push(table);
  return found;
}

describe('consilium_auditor', () => {
  it('reads every table but those it has no use for, whoever made it and when', async () => {
    const generation = await createGeneration(views.projector);
    await views.owner.transaction(async (transaction) => {
      await transaction.execute({
        text: `CREATE FUNCTION read_model.create_tried(p_schema text) RETURNS void LANGUAGE plpgsql AS $$
          BEGIN EXECUTE format('CREATE TABLE %I.tried (organisation uuid NOT NULL)', p_schema); END $$`,
      });
      await transaction.query({ text: "SELECT read_model.add_part('create_tried', ARRAY['tried'])" });
    });
    const all = await tables();
    expect(all).toContain(`view_${String(generation)}.tried`);
    expect(all).toContain('read_model.tried');
    expect(await readable()).toEqual(all.filter((table) => !closed.includes(table)));
  });

  it('sees the rows of every organisation, without being of one', async () => {
    for (const table of ['read_model.case_state', 'view_1.case_state', 'view_1.case_version', 'view_1.checkpoint']) {
      const text = `SELECT count(*)::integer AS rows FROM ${table}`;
      const [ofOwner] = await views.owner.query({ text });
      expect(await views.auditor.query({ text })).toEqual([ofOwner]);
      expect(ofOwner?.['rows']).not.toBe(0);
    }
  });

  it('writes nothing but what it shows, and cannot say who it is', async () => {
    for (const table of await tables()) {
      const [row] = await views.owner.query({
        text: `SELECT has_table_privilege('consilium_auditor', $1, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES') OR
          has_any_column_privilege('consilium_auditor', $1, 'INSERT, UPDATE') AS writes`,
        values: [table],
      });
      expect([table, row?.['writes']]).toEqual([table, table === 'audit.read_access']);
    }
    const insert = (columns: string, values: string): string =>
      `INSERT INTO audit.read_access (actor_role, actions, case_ids${columns}) VALUES ('auditor', '{case.read}', '{}'${values})`;
    expect(await may(views.auditor, insert('', ''))).toBe(true);
    const refused = [
      insert(', database_user', ", 'somebody else'"),
      insert(', actor_id', ', gen_random_uuid()'),
      insert(', at', ', now()'),
      insert('', '').replace("'auditor'", "'administrator'"),
    ];
    for (const text of refused) expect(await may(views.auditor, text)).toBe(false);
    const written = 'SELECT actor_id, database_user = session_user AS named, organisation FROM audit.read_access';
    expect(await views.auditor.query({ text: written })).toEqual([{ actor_id: null, named: true, organisation: null }]);
  });

  it('leaves rows of the API as they were: of an organisation, and of a person', async () => {
    const organisation = organisationId(1);
    const insert = (of: string, actor: string): string =>
      `INSERT INTO audit.read_access (organisation, actor_id, actor_role, actions, case_ids)
        VALUES (${of}, ${actor}, 'lead', '{case.read}', '{}')`;
    expect(await may(views.as(organisation), insert(`'${organisation}'`, 'gen_random_uuid()'))).toBe(true);
    expect(await may(views.as(organisation), insert('NULL', 'gen_random_uuid()'))).toBe(false);
    expect(await may(views.as(organisation), 'SELECT FROM audit.read_access')).toBe(false);
    const [row] = await views.owner.query({
      text: 'SELECT database_user FROM audit.read_access WHERE actor_id IS NOT NULL',
    });
    expect(row).toEqual({ database_user: null });
  });
});
