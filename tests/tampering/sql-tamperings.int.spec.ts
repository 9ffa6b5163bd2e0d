import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventStoreMigrations } from '@consilium/event-store';
import { Database, type Queryable } from '@consilium/postgres';
import { createTestDatabase, type TestDatabase } from '@consilium/postgres/testing';
import { parkedStreamsOf, placesOf, readModelMigrations, viewNames } from '@consilium/read-model';
import { readNoteKey, verifyCheckpoint } from '@consilium/transparency';
import { examFile, examOrigin } from './exam-file.ts';
import { buildExamHistory, type ExamHistory } from './exam-history.ts';
import { type JournalSnapshot, readJournalSnapshot } from './journal-snapshot.ts';
import { journalTamperingKinds, journalTamperings } from './journal-tamperings.ts';
import type { TableSnapshot } from './table-snapshot.ts';
import type { SqlTampering } from './tampering.ts';
import { readViewSnapshot, type ViewSnapshot, viewTamperingKinds, viewTamperings } from './view-tamperings.ts';

const seed = 11;

let database: TestDatabase;
let owner: Database;
let history: ExamHistory;
let journal: JournalSnapshot;
let views: ViewSnapshot;

beforeAll(async () => {
  database = await createTestDatabase({
    migrations: [...(await eventStoreMigrations()), ...(await readModelMigrations())],
  });
  owner = new Database({ url: database.url, applicationName: 'tampering-spec', poolSize: 2 });
  history = await buildExamHistory(database.url);
  journal = await readJournalSnapshot(owner);
  views = await readViewSnapshot(owner, history.generation);
});

afterAll(async () => {
  await owner.close();
  await database.drop();
});

/** Over the text of all rows, whatever their order; what only notes the server's clock is left out. */
async function hashOf(session: Queryable, tables: readonly TableSnapshot[]): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, columns } of tables) {
    const names = Object.keys(columns).filter((column) => column !== 'sequenced_at' && column !== 'sealed_at');
    const rows = await session.query({
      text: `SELECT md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) AS hash
        FROM (SELECT ${names.map((column) => `"${column}"`).join(', ')} FROM ${name}) AS t`,
    });
    hash.update(`${name} ${String(rows[0]?.['hash'])}\n`);
  }
  return hash.digest('hex');
}

class Undone extends Error {}

/** The hash of the tables after a tampering, which is then undone. */
async function hashAfter({ statements }: SqlTampering, tables: readonly TableSnapshot[]): Promise<string> {
  let hash = '';
  const work = owner.transaction(async (transaction) => {
    await transaction.execute({ text: 'SET LOCAL session_replication_role = replica' });
    for (const statement of statements) await transaction.execute(statement);
    hash = await hashOf(transaction, tables);
    throw new Undone();
  });
  await expect(work).rejects.toBeInstanceOf(Undone);
  return hash;
}

/** Of a long row of tamperings, the first two of each kind. */
function someOfEach(tamperings: Iterable<SqlTampering>, kinds: readonly string[]): readonly SqlTampering[] {
  const found = new Map<string, SqlTampering[]>(kinds.map((kind) => [kind, []]));
  for (const tampering of tamperings) {
    const own = found.get(tampering.kind);
    if (own === undefined) throw new Error(`${tampering.kind} is no kind`);
    if (own.length < 2) own.push(tampering);
  }
  expect([...found].filter(([, own]) => own.length < 2)).toEqual([]);
  return [...found.values()].flat();
}

async function expectAllToChange(tamperings: readonly SqlTampering[], tables: readonly TableSnapshot[]): Promise<void> {
  const before = await hashOf(owner, tables);
  const without: string[] = [];
  for (const tampering of tamperings) {
    const { kind, what } = tampering;
    expect(what).toMatch(/^[^\n]{10,400}$/);
    if ((await hashAfter(tampering, tables)) === before) without.push(`${kind}: ${what}`);
  }
  expect(without).toEqual([]);
  expect(await hashOf(owner, tables)).toBe(before);
}

describe('the history of the exam', () => {
  it('is sealed every hundred events under the key that is given out', () => {
    expect([...history.anchor.keys()]).toEqual([100, 200, 300, 400, 500]);
    for (const [size, note] of history.anchor) {
      const verdict = verifyCheckpoint(Buffer.from(note), {
        origin: examOrigin,
        logKeys: [{ key: readNoteKey(history.key), firstSize: 0, lastSize: undefined }],
        witnessKeys: [],
        witnessesNeeded: 0,
      });
      expect(verdict).toMatchObject({ kind: 'verified', checkpoint: { size } });
    }
  });

  it('gives the same file as the public rules do without a database', () => {
    expect(history.file.equals(examFile())).toBe(true);
  });

  it('is shown whole, with at least two rows in every view, so that those of any can be exchanged', async () => {
    const shown = views.tables.map(({ name }) => name.split('"').at(-2));
    expect(shown.sort()).toEqual([...viewNames].sort());
    expect(views.tables.filter(({ rows }) => rows.length < 2).map(({ name }) => name)).toEqual([]);
    expect(await parkedStreamsOf(owner, history.generation)).toEqual([]);
    const places = await placesOf(owner, history.generation);
    expect(places.reduce((sum, { nextSeq }) => sum + nextSeq - 1, 0)).toBe(500);
  });
});

describe('tamperings of the journal', () => {
  it('change its tables, each of every kind', async () => {
    expect(journalTamperingKinds.length).toBeGreaterThanOrEqual(25);
    const { event, log, head, partitionHead, tile, checkpoint } = journal;
    const some = someOfEach(journalTamperings(seed, 1_000, journal), journalTamperingKinds);
    await expectAllToChange(some, [event, log, head, partitionHead, tile, checkpoint]);
  });

  it('are the same for the same seed', async () => {
    const again = [...journalTamperings(seed, 40, await readJournalSnapshot(owner))];
    expect(again).toEqual([...journalTamperings(seed, 40, journal)]);
    expect(again).not.toEqual([...journalTamperings(seed + 1, 40, journal)]);
  });
});

describe('tamperings of the views', () => {
  it('change their tables, each of every kind', async () => {
    expect(viewTamperingKinds.length).toBeGreaterThanOrEqual(8);
    const some = someOfEach(viewTamperings(seed, 400, views), viewTamperingKinds);
    await expectAllToChange(some, [...views.tables, views.checkpoint, views.parkedStream]);
  });

  it('are the same for the same seed', async () => {
    const again = [...viewTamperings(seed, 40, await readViewSnapshot(owner, history.generation))];
    expect(again).toEqual([...viewTamperings(seed, 40, views)]);
  });
});
