import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DatabaseRole, Queryable } from '@consilium/postgres';
import { hasSqlState, sqlState } from '@consilium/postgres';
import {
  appendNext,
  newAppend,
  newCaseId,
  newClaim,
  newEvent,
  newId,
  newOrganisation,
  sequenceAll,
} from '../contract/journal-fixture.spec.ts';
import { streamIdOf } from '@consilium/domain';
import { InvalidAppend } from '../store-errors.ts';
import { PostgresEventStore } from './postgres-event-store.ts';
import { journalState } from './journal-state.ts';
import { openPostgresJournal } from './postgres-journal-fixture.spec.ts';
import type { PostgresJournal } from './postgres-journal-fixture.spec.ts';

const ours = newOrganisation();
const theirs = newOrganisation();
const theirCase = newCaseId();
const ourCase = newCaseId();
let journal: PostgresJournal;

const withOrganisation = [
  'journal.event',
  'journal.pending',
  'journal.log',
  'journal.command',
  'journal.claim',
  'vault.subject_key',
];
const readableByApi = withOrganisation.filter((table) => table !== 'journal.pending');

beforeAll(async () => {
  journal = await openPostgresJournal();
  for (const [organisation, caseId] of [
    [ours, ourCase],
    [theirs, theirCase],
  ] as const) {
    const write = { streamId: streamIdOf('case', caseId), expectedVersion: 0, events: [newEvent()] };
    await journal.store.append(newAppend({ organisation, writes: [write], claims: [newClaim(caseId)] }));
    await journal.api.forOrganisation(organisation).execute({
      text: "INSERT INTO vault.subject_key (organisation, subject_id, key_version, kek_id, wrapped_key) VALUES ($1, $2, 1, 'k', 'w')",
      values: [organisation, newId()],
    });
  }
  await sequenceAll(journal);
  await appendNext(journal.store, ours, streamIdOf('case', newCaseId()));
  await appendNext(journal.store, theirs, streamIdOf('case', newCaseId()));
});

afterAll(async () => {
  await journal.close();
});

const organisationsIn = async (session: Queryable, table: string): Promise<readonly unknown[]> =>
  (await session.query({ text: `SELECT DISTINCT organisation FROM ${table}` })).map((row) => row['organisation']);

const stateOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) =>
      Object.entries({ ...sqlState, ...journalState }).find(([, state]) => hasSqlState(error, state))?.[0] ??
      String(error),
  );

describe('rows of another organisation', () => {
  it.each(readableByApi)(
    'of %s are not seen by consilium_api, and none at all without an organisation',
    async (table) => {
      expect(await organisationsIn(journal.connect(), table)).toHaveLength(2);
      expect(await organisationsIn(journal.api.forOrganisation(ours), table)).toEqual([ours]);
      expect(await organisationsIn(journal.api, table)).toEqual([]);
    },
  );

  it('cannot be inserted', async () => {
    const session = journal.api.forOrganisation(ours);
    const values = [theirs, newId()];
    const inserts = [
      `INSERT INTO journal.event VALUES ('case-x', 1, $2, $1, now(), 1, 't', '', '', '', '', '')`,
      `INSERT INTO journal.pending (stream_id, stream_version, organisation, topic, partition) VALUES ($2::uuid::text, 1, $1, 'case', 0)`,
      `INSERT INTO journal.command (organisation, actor_id, command_id, request_hash, answer, streams) VALUES ($1, 'a', $2, '', '', '[]')`,
      `INSERT INTO journal.claim VALUES ($2, $2, $1, $2, $2, 'held', now())`,
      `INSERT INTO vault.subject_key (organisation, subject_id, key_version, kek_id, wrapped_key) VALUES ($1, $2, 1, 'k', 'w')`,
    ];
    for (const text of inserts) {
      expect(await stateOf(session.execute({ text, values }))).toBe('insufficientPrivilege');
      expect(await stateOf(journal.api.execute({ text, values }))).toBe('insufficientPrivilege');
      // The statement itself is right: for one's own organisation it is let in.
      await expect(session.execute({ text, values: [ours, newId()] })).resolves.toBe(1);
      await journal.connect().execute({
        text: "DELETE FROM journal.pending WHERE organisation = $1 AND stream_id NOT LIKE 'case-%'",
        values: [ours],
      });
    }
  });

  it('cannot be updated, nor ours given away', async () => {
    const session = journal.api.forOrganisation(ours);
    const update = "UPDATE journal.claim SET status = 'released' WHERE case_id = $1";
    await expect(session.execute({ text: update, values: [theirCase] })).resolves.toBe(0);
    await expect(session.execute({ text: update, values: [ourCase] })).resolves.toBe(1);
    const giveAway = session.execute({ text: 'UPDATE journal.claim SET organisation = $1', values: [theirs] });
    expect(await stateOf(giveAway)).toBe('insufficientPrivilege');
  });

  it('cannot be appended to by the functions either, whatever organisation they are told', async () => {
    const elsewhere = new PostgresEventStore(journal.api);
    const write = { streamId: streamIdOf('case', theirCase), expectedVersion: 0, events: [newEvent()] };
    await expect(elsewhere.append(newAppend({ organisation: ours, writes: [write] }))).rejects.toThrow(InvalidAppend);
    const asQuality = new PostgresEventStore(journal.connect('consilium_quality'));
    const next = { ...write, expectedVersion: 1 };
    await expect(asQuality.append(newAppend({ organisation: ours, writes: [next] }))).rejects.toThrow(InvalidAppend);
    const other = { streamId: streamIdOf('case', newCaseId()), expectedVersion: 0, events: [newEvent()] };
    await expect(asQuality.append(newAppend({ organisation: ours, writes: [other, next] }))).rejects.toThrow(
      InvalidAppend,
    );
  });
});

describe('what was written', () => {
  const tables = ['journal.event', 'journal.log', 'journal.command', 'journal.identity', 'journal.checkpoint'];
  const columns = new Map([
    ['journal.identity', 'log_id'],
    ['journal.checkpoint', 'note'],
  ]);

  it.each(tables)('in %s stays as it is, for the owner too', async (table) => {
    await journal.log.logId();
    const owner = journal.connect();
    const column = columns.get(table) ?? 'organisation';
    for (const text of [`UPDATE ${table} SET ${column} = ${column}`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
      expect(await stateOf(owner.execute({ text }))).toBe('appendOnly');
    }
  });

  it.each<DatabaseRole>(['consilium_api', 'consilium_relay', 'consilium_projector', 'consilium_quality'])(
    'is beyond the rights of %s to change or remove',
    async (role) => {
      const session = journal.connect(role).forOrganisation(ours);
      for (const table of tables) {
        for (const privilege of ['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) {
          const column = privilege === 'UPDATE' ? "OR has_any_column_privilege($1, 'UPDATE')" : '';
          const text = `SELECT has_table_privilege($1, '${privilege}') ${column} AS allowed`;
          expect(await session.query({ text, values: [table] })).toEqual([{ allowed: false }]);
        }
      }
    },
  );
});

describe('tiles of the Merkle tree', () => {
  const insert = 'INSERT INTO journal.merkle_tile (level, index, hashes) VALUES (9, 9, $1)';
  const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

  it('only grow, for the owner too', async () => {
    const owner = journal.connect();
    await owner.execute({ text: insert, values: [one] });
    const update = async (set: string, ...values: readonly Buffer[]): Promise<string> =>
      stateOf(owner.execute({ text: `UPDATE journal.merkle_tile SET ${set} WHERE level = 9`, values }));
    expect(await update('hashes = $1', Buffer.concat([one, two]))).toBe('done');
    expect(await update('hashes = $1', one)).toBe('appendOnly');
    expect(await update('hashes = $1', Buffer.concat([two, one]))).toBe('appendOnly');
    expect(await update('index = 10')).toBe('appendOnly');
    expect(await update('hashes = hashes || $1', Buffer.alloc(31))).toBe('brokenContract');
    for (const text of ['DELETE FROM journal.merkle_tile', 'TRUNCATE journal.merkle_tile']) {
      expect(await stateOf(owner.execute({ text }))).toBe('appendOnly');
    }
  });

  it('are written by consilium_relay alone', async () => {
    for (const role of ['consilium_api', 'consilium_projector', 'consilium_quality'] as const) {
      const session = journal.connect(role);
      expect(await stateOf(session.execute({ text: insert, values: [one] }))).toBe('insufficientPrivilege');
      const head = session.query({ text: "INSERT INTO journal.checkpoint (size, note) VALUES (1, '')" });
      expect(await stateOf(head)).toBe('insufficientPrivilege');
    }
  });
});

describe('roles', () => {
  it.each<[DatabaseRole, readonly string[]]>([
    ['consilium_api', ['journal.pending', 'journal.relay', 'journal.partition_head']],
    ['consilium_projector', ['journal.event', 'journal.command', 'journal.claim', 'vault.subject_key']],
    ['consilium_quality', ['journal.pending', 'journal.relay', 'vault.subject_key']],
    ['consilium_relay', ['journal.command', 'journal.claim', 'vault.subject_key']],
  ])('%s does not read what it has no use for', async (role, tables) => {
    const session = journal.connect(role).forOrganisation(ours);
    for (const table of tables) {
      expect(await stateOf(session.query({ text: `SELECT FROM ${table}` }))).toBe('insufficientPrivilege');
    }
  });

  it.each<DatabaseRole>(['consilium_api', 'consilium_projector', 'consilium_quality'])(
    '%s cannot write the log',
    async (role) => {
      const session = journal.connect(role).forOrganisation(ours);
      expect(await stateOf(session.query({ text: 'SELECT journal.sequence(0, 1)' }))).toBe('insufficientPrivilege');
    },
  );
});
