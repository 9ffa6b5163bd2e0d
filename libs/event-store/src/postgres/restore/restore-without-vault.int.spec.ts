import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubjectId } from '@consilium/domain';
import type { DataKey, EncodedEvent } from '@consilium/contracts';
import { Database, readText } from '@consilium/postgres';
import { testServerUrl, urlOfDatabase } from '@consilium/postgres/testing';
import {
  newAppend,
  newCaseStream,
  newEvent,
  newId,
  newOrganisation,
  sequenceAll,
} from '../../contract/journal-fixture.spec.ts';
import { destroyKeysOfErased } from '../../vault/erased-subjects.ts';
import { LocalKeyEncryption } from '../../vault/local-key-file.ts';
import { PostgresSubjectKeys } from '../../vault/postgres-subject-keys.ts';
import { openPostgresJournal } from '../postgres-journal-fixture.spec.ts';
import type { PostgresJournal } from '../postgres-journal-fixture.spec.ts';
import { dumpAndRestore } from './dump-and-restore.spec.ts';

const organisation = newOrganisation();
const name = `consilium_restored_${newId().replaceAll('-', '')}`;
const encryption = new LocalKeyEncryption({ keyEncryptionKeys: [{ id: 'one', key: Buffer.alloc(32, 9) }] });
const [alone, inBatch, kept] = [randomUUID(), randomUUID(), randomUUID()] as SubjectId[] as [
  SubjectId,
  SubjectId,
  SubjectId,
];
const erasureOf = (subjectId: SubjectId): EncodedEvent => ({
  ...newEvent(),
  type: 'subjectErased',
  payloadBytes: Buffer.from(JSON.stringify({ subjectId })),
});
const write = (subjectId: SubjectId) => ({
  streamId: newCaseStream(),
  expectedVersion: 0,
  events: [newEvent(), erasureOf(subjectId)],
});
const erasures = (...subjects: readonly SubjectId[]) => newAppend({ organisation, writes: subjects.map(write) });

/** As docs/RECOVERY.md says: the journal is in one backup set, the rows of the vault in another that is kept for a short time. */
describe('a backup without the vault', () => {
  let original: PostgresJournal;
  let server: Database;
  let target: Database;
  let api: Database;
  let keys: ReadonlyMap<SubjectId, DataKey>;
  /** A copy of the vault from before the erasures. */
  let olderVault: readonly string[] = [];

  const found = async (database: Database, subjectId: SubjectId): Promise<DataKey | undefined> =>
    new PostgresSubjectKeys(database, encryption).find(organisation, subjectId, 1);

  beforeAll(async () => {
    original = await openPostgresJournal();
    server = new Database({ url: testServerUrl(), applicationName: 'consilium-test' });
    await server.execute({ text: `CREATE DATABASE ${name}` });
    const url = urlOfDatabase(testServerUrl(), name);
    keys = await new PostgresSubjectKeys(original.api, encryption).ensure(organisation, [alone, inBatch, kept]);
    const rows = await original.connect().query({ text: 'SELECT k::text AS line FROM vault.subject_key AS k' });
    olderVault = rows.map((row) => readText(row, 'line'));
    await original.store.append(erasures(alone));
    await original.store.append(erasures(inBatch, alone));
    await sequenceAll(original);
    await dumpAndRestore(original.url, url, { withoutVault: true });
    target = new Database({ url, applicationName: 'consilium-test' });
    api = new Database({ url, role: 'consilium_api', applicationName: 'consilium-test' });
  });

  afterAll(async () => {
    await Promise.all([original.close(), target.close(), api.close()]);
    await server.execute({ text: `DROP DATABASE ${name} WITH (FORCE)` });
    await server.close();
  });

  it('comes from a journal that destroyed the keys as it wrote the erasures', async () => {
    expect(await found(original.api, alone)).toBeUndefined();
    expect(await found(original.api, inBatch)).toBeUndefined();
    expect(await found(original.api, kept)).toEqual(keys.get(kept));
  });

  it('holds the whole history and no key', async () => {
    const count =
      'SELECT (SELECT count(*) FROM journal.event) AS events, (SELECT max(global_seq) FROM journal.log) AS log';
    expect(await target.query({ text: count })).toEqual(await original.connect().query({ text: count }));
    expect(await target.query({ text: 'SELECT 1 FROM vault.subject_key' })).toEqual([]);
    for (const subjectId of [alone, inBatch, kept]) expect(await found(api, subjectId)).toBeUndefined();
  });

  it('gets its keys from an older copy of the vault, and destroys again those of the erased', async () => {
    await target.execute({
      text: 'INSERT INTO vault.subject_key SELECT (line::vault.subject_key).* FROM unnest($1::text[]) AS line',
      values: [olderVault],
    });
    expect(await found(api, alone)).toBeDefined();
    expect(await destroyKeysOfErased(target)).toBe(2);
    expect(await found(api, alone)).toBeUndefined();
    expect(await found(api, inBatch)).toBeUndefined();
    expect(await found(api, kept)).toEqual(keys.get(kept));
    expect(await destroyKeysOfErased(target)).toBe(0);
  });
});
