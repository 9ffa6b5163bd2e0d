import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubjectId } from '@consilium/domain';
import { newOrganisation } from '../contract/journal-fixture.spec.ts';
import { openPostgresJournal } from '../postgres/postgres-journal-fixture.spec.ts';
import type { PostgresJournal } from '../postgres/postgres-journal-fixture.spec.ts';
import type { KeyEncryption } from './key-encryption.ts';
import { KeyUnwrapFailed } from './key-encryption.ts';
import { addKeyEncryptionKey, ensureLocalKeyFile, LocalKeyEncryption, readLocalKeyFile } from './local-key-file.ts';
import { PostgresSubjectKeys } from './postgres-subject-keys.ts';
import { rewrapKeys } from './rewrap-keys.ts';

const organisations = [newOrganisation(), newOrganisation()] as const;
const subjects = Array.from({ length: 7 }, () => randomUUID() as SubjectId);

/** A key file gets a new key, everything is wrapped under it, and the old one is taken out. */
describe('wrapping all data keys anew', () => {
  let journal: PostgresJournal;
  let folder: string;
  let path: string;

  const encryption = async (): Promise<KeyEncryption> => new LocalKeyEncryption(await readLocalKeyFile(path));
  const vault = async (): Promise<PostgresSubjectKeys> => new PostgresSubjectKeys(journal.api, await encryption());
  const keysNow = async (): Promise<readonly unknown[]> => {
    const all = await vault();
    return Promise.all(
      organisations.flatMap((organisation) => subjects.map(async (subjectId) => all.find(organisation, subjectId, 1))),
    );
  };
  const ids = async (): Promise<readonly unknown[]> =>
    (await journal.connect().query({ text: 'SELECT DISTINCT kek_id FROM vault.subject_key' })).map(
      (row) => row['kek_id'],
    );

  beforeAll(async () => {
    journal = await openPostgresJournal();
    folder = await mkdtemp(join(tmpdir(), 'consilium-rewrap-'));
    path = join(folder, 'keys.json');
    await ensureLocalKeyFile(path);
    for (const organisation of organisations) await (await vault()).ensure(organisation, subjects);
  });

  afterAll(async () => {
    await journal.close();
    await rm(folder, { recursive: true });
  });

  it('goes on after a crash, and afterwards the old key is not needed', async () => {
    const before = await keysNow();
    const [oldId] = await ids();
    const newId = await addKeyEncryptionKey(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['keys.json']);
    await expect((await encryption()).currentKeyId()).resolves.toBe(newId);

    const owner = journal.connect();
    const crash = async (): Promise<unknown> =>
      rewrapKeys(owner, await encryption(), {
        batch: 4,
        onBatch: (rewrapped) => {
          if (rewrapped === 8) throw new Error('the power went');
        },
      });
    await expect(crash()).rejects.toThrow('the power went');
    expect(new Set(await ids())).toEqual(new Set([oldId, newId]));
    expect(await keysNow()).toEqual(before);

    expect(await rewrapKeys(owner, await encryption(), { batch: 4 })).toEqual({
      rewrapped: 6,
      currentKeyId: newId,
      left: new Map(),
    });
    expect(await ids()).toEqual([newId]);
    expect(await rewrapKeys(owner, await encryption())).toMatchObject({ rewrapped: 0, left: new Map() });

    const file = JSON.parse(await readFile(path, 'utf8')) as { readonly keyEncryptionKeys: readonly { id: string }[] };
    const rest = file.keyEncryptionKeys.filter(({ id }) => id !== oldId);
    await writeFile(path, JSON.stringify({ ...file, keyEncryptionKeys: rest }));
    expect(await keysNow()).toEqual(before);
  });

  it('does not bring back a key that is destroyed meanwhile', async () => {
    await addKeyEncryptionKey(path);
    const real = await encryption();
    const owner = journal.connect();
    const slow: KeyEncryption = {
      currentKeyId: async () => real.currentKeyId(),
      unwrap: async (...args) => real.unwrap(...args),
      wrap: async (organisation, dataKey) => {
        await owner.execute({
          text: `UPDATE vault.subject_key SET wrapped_key = NULL, destroyed_at = now()
            WHERE subject_id = $1 AND wrapped_key IS NOT NULL`,
          values: [subjects[0]],
        });
        return real.wrap(organisation, dataKey);
      },
    };
    await rewrapKeys(owner, slow);
    expect((await keysNow())[0]).toBeUndefined();
    expect((await keysNow())[1]).toBeDefined();
  });

  it('fails on a key that nobody here can open, and changes nothing of it', async () => {
    const other = new LocalKeyEncryption({ keyEncryptionKeys: [{ id: 'other', key: Buffer.alloc(32, 3) }] });
    const before = await keysNow();
    await expect(rewrapKeys(journal.connect(), other)).rejects.toThrow(KeyUnwrapFailed);
    expect(await keysNow()).toEqual(before);
  });
});
