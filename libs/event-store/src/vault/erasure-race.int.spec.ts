import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseId, ProjectId, StreamId, SubjectId } from '@consilium/domain';
import type { EncodedEvent } from '@consilium/contracts';
import { readInteger } from '@consilium/postgres';
import type { AppendRequest, StreamWrite } from '../event-store.ts';
import { newAppend, newCaseStream, newEvent, newOrganisation } from '../contract/journal-fixture.spec.ts';
import { appendManyStatement } from '../postgres/append-many-statement.ts';
import { appendBatchStatement, appendOneStatement, asOneStreamAppend } from '../postgres/one-stream-append.ts';
import { type OpenTransaction, openTransaction } from '../postgres/open-transaction.spec.ts';
import { openPostgresJournal } from '../postgres/postgres-journal-fixture.spec.ts';
import type { PostgresJournal } from '../postgres/postgres-journal-fixture.spec.ts';
import { LocalKeyEncryption } from './local-key-file.ts';
import { PostgresSubjectKeys } from './postgres-subject-keys.ts';
import { SubjectErased } from './subject-keys.ts';

const organisation = newOrganisation();
const keyEncryption = new LocalKeyEncryption({ keyEncryptionKeys: [{ id: 'one', key: Buffer.alloc(32, 9) }] });

let journal: PostgresJournal;
let keys: PostgresSubjectKeys;

beforeAll(async () => {
  journal = await openPostgresJournal();
  keys = new PostgresSubjectKeys(journal.api, keyEncryption);
});
afterAll(async () => journal.close());

const about = (type: string, subjectId: SubjectId): EncodedEvent =>
  newEvent(type, JSON.stringify({ caseId: randomUUID() as CaseId, projectId: randomUUID() as ProjectId, subjectId }));
const importOf = (subjectId: SubjectId): StreamWrite => ({
  streamId: newCaseStream(),
  expectedVersion: 0,
  events: [about('caseImported', subjectId)],
});
const erasureOn = (streamId: StreamId, subjectId: SubjectId): AppendRequest =>
  newAppend({
    organisation,
    writes: [{ streamId, expectedVersion: 1, events: [about('subjectErased', subjectId)] }],
  });
const appendOf = (...writes: readonly StreamWrite[]): AppendRequest => newAppend({ organisation, writes });

/** The three ways that an append can go, each in a transaction that is open still. */
const ways = [
  ['alone', 'append_one', 1],
  ['in a batch', 'append_batch', 1],
  ['with other streams', 'append_many', 2],
] as const;

async function runOpen(request: AppendRequest, way: (typeof ways)[number][1]): Promise<OpenTransaction> {
  const open = await openTransaction(journal.connect('consilium_api').forOrganisation(organisation));
  const one = asOneStreamAppend(request);
  const statement =
    way === 'append_many' || one === undefined
      ? appendManyStatement(request)
      : way === 'append_batch'
        ? appendBatchStatement(organisation, [one])
        : appendOneStatement(one);
  if (statement === undefined) throw new Error('not one event');
  try {
    await open.transaction.query(statement);
    return open;
  } catch (error) {
    await open.rollBack();
    throw error;
  }
}

/** Until a session waits for an advisory lock. */
async function untilOneWaits(): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const [row] = await journal.connect().query({
      text: `SELECT count(*)::integer AS waiting FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
        WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()`,
    });
    if (row !== undefined && readInteger(row, 'waiting') > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('nobody waits');
}

async function knownSubject(): Promise<{ readonly subjectId: SubjectId; readonly streamId: StreamId }> {
  const subjectId = randomUUID() as SubjectId;
  await keys.ensure(organisation, [subjectId]);
  const write = importOf(subjectId);
  expect(await journal.store.append(appendOf(write))).toMatchObject({ kind: 'appended' });
  return { subjectId, streamId: write.streamId };
}

const importsOf = async (subjectId: SubjectId): Promise<number> => {
  const [row] = await journal.connect().query({
    text: `SELECT count(*)::integer AS imports FROM journal.event
      WHERE type = 'caseImported' AND position($1::bytea IN payload_bytes) > 0`,
    values: [Buffer.from(subjectId)],
  });
  return row === undefined ? 0 : readInteger(row, 'imports');
};

describe.each(ways)('an import %s', (_what, way, streams) => {
  const newImport = (subjectId: SubjectId): AppendRequest =>
    appendOf(...Array.from({ length: streams }, () => importOf(subjectId)));

  it('that came first is committed before the key goes: whoever erased finds it then', async () => {
    const { subjectId, streamId } = await knownSubject();
    const importing = await runOpen(newImport(subjectId), way);
    const erasing = journal.store.append(erasureOn(streamId, subjectId));
    await untilOneWaits();
    await importing.commit();
    expect(await erasing).toMatchObject({ kind: 'appended' });
    expect(await importsOf(subjectId)).toBe(1 + streams);
  });

  it('that came second waits, and is refused as a whole once the key is gone', async () => {
    const { subjectId, streamId } = await knownSubject();
    const other = await knownSubject();
    const erasing = await runOpen(erasureOn(streamId, subjectId), 'append_one');
    const importing = runOpen(appendOf(importOf(other.subjectId), importOf(subjectId)), 'append_many').then(
      () => 'written',
      (error: unknown) => error,
    );
    await untilOneWaits();
    await erasing.commit();
    expect(await importing).toMatchObject({ code: 'CS004', detail: subjectId });
    await expect(journal.store.append(newImport(subjectId))).rejects.toMatchObject({
      name: 'SubjectErased',
      subjectId,
    });
    expect([await importsOf(subjectId), await importsOf(other.subjectId)]).toEqual([1, 1]);
  });

  it('that came second goes through where the erasure did not', async () => {
    const { subjectId, streamId } = await knownSubject();
    const erasing = await runOpen(erasureOn(streamId, subjectId), 'append_one');
    const importing = runOpen(newImport(subjectId), way);
    await untilOneWaits();
    await erasing.rollBack();
    await (await importing).commit();
    expect(await importsOf(subjectId)).toBe(1 + streams);
  });
});

describe('imports', () => {
  it('of others travel with a refused one and come in', async () => {
    const { subjectId, streamId } = await knownSubject();
    const other = await knownSubject();
    await journal.store.append(erasureOn(streamId, subjectId));
    const outcomes = await Promise.allSettled(
      [subjectId, other.subjectId, subjectId, other.subjectId].map(async (each) =>
        journal.store.append(appendOf(importOf(each))),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(SubjectErased);
    }
  });

  it('of the same subject do not wait for each other', async () => {
    const { subjectId } = await knownSubject();
    const first = await runOpen(appendOf(importOf(subjectId)), 'append_one');
    expect(await journal.store.append(appendOf(importOf(subjectId)))).toMatchObject({ kind: 'appended' });
    await first.commit();
  });

  it('do not wait for keys that are wrapped anew, nor those for them', async () => {
    const { subjectId } = await knownSubject();
    const importing = await runOpen(appendOf(importOf(subjectId)), 'append_one');
    const rewrapping = await openTransaction(journal.connect());
    await rewrapping.transaction.execute({
      text: "UPDATE vault.subject_key SET kek_id = 'two' WHERE subject_id = $1",
      values: [subjectId],
    });
    expect(await journal.store.append(appendOf(importOf(subjectId)))).toMatchObject({ kind: 'appended' });
    await Promise.all([rewrapping.commit(), importing.commit()]);
  });

  it('of the erased are brought back by the owner, who restores what was', async () => {
    const { subjectId, streamId } = await knownSubject();
    await journal.store.append(erasureOn(streamId, subjectId));
    const copy = `INSERT INTO journal.event SELECT 'case-' || gen_random_uuid(), 1, gen_random_uuid(), organisation, recorded_at,
        schema_version, type, salt, payload_hash, stream_hash, meta_bytes, payload_bytes
      FROM journal.event WHERE stream_id = $1 AND stream_version = 1`;
    const asApi = journal.connect('consilium_api').forOrganisation(organisation);
    await expect(asApi.execute({ text: copy, values: [streamId] })).rejects.toMatchObject({ code: 'CS004' });
    expect(await journal.connect().execute({ text: copy, values: [streamId] })).toBe(1);
  });
});
