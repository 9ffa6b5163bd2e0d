import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrganisationId, SubjectId } from '@consilium/domain';
import { KeyUnwrapFailed } from './key-encryption.ts';
import { ensureLocalKeyFile, KeyFileUnusable, LocalKeyEncryption, readLocalKeyFile } from './local-key-file.ts';

const organisation = '11111111-1111-4111-8111-111111111111' as OrganisationId;
const elsewhere = '22222222-2222-4222-8222-222222222222' as OrganisationId;
const subjectId = '33333333-3333-4333-8333-333333333333' as SubjectId;
const identity = { subjectId, keyVersion: 1 };
const dataKey = { ...identity, key: Buffer.alloc(32, 7) };

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'consilium-keys-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('the local key file', () => {
  it('is made once, for its owner alone, by however many processes start together', async () => {
    const path = join(folder, 'keys.json');
    const all = await Promise.all(Array.from({ length: 8 }, async () => ensureLocalKeyFile(path)));
    for (const keys of all) expect(keys).toEqual(all[0]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['keys.json']);
    expect(await ensureLocalKeyFile(path)).toEqual(all[0]);
  });

  it('is refused when others can read it', async () => {
    const path = join(folder, 'open.json');
    await ensureLocalKeyFile(path);
    await chmod(path, 0o640);
    await expect(readLocalKeyFile(path)).rejects.toThrow(KeyFileUnusable);
  });

  it.each([
    ['nothing', ''],
    ['another version', '{"version":2}'],
    ['no keys', '{"version":1,"keyEncryptionKeys":[]}'],
    ['a short key', '{"version":1,"keyEncryptionKeys":[{"id":"a","key":"c2hvcnQ="}]}'],
  ])('is refused with %s in it, without quoting it', async (_what, content) => {
    const path = join(folder, 'bad.json');
    await writeFile(path, content, { mode: 0o600 });
    await expect(readLocalKeyFile(path)).rejects.toThrow(KeyFileUnusable);
    await expect(readLocalKeyFile(path)).rejects.not.toThrow(/c2hvcnQ/);
  });

  it('is missed with a word on where it should be', async () => {
    await expect(readLocalKeyFile(join(folder, 'absent.json'))).rejects.toThrow(/no key file at .*absent\.json/);
  });
});

describe('wrapping by a local key', () => {
  const oldKey = { id: 'old', key: Buffer.alloc(32, 1) };
  const newKey = { id: 'new', key: Buffer.alloc(32, 2) };

  it('gives the key back, and never the same bytes twice', async () => {
    const encryption = new LocalKeyEncryption({ keyEncryptionKeys: [oldKey] });
    const [a, b] = [await encryption.wrap(organisation, dataKey), await encryption.wrap(organisation, dataKey)];
    expect(Buffer.from(a.wrapped).includes(dataKey.key)).toBe(false);
    expect(Buffer.from(a.wrapped)).not.toEqual(Buffer.from(b.wrapped));
    await expect(encryption.unwrap(organisation, identity, a)).resolves.toEqual(dataKey);
  });

  it('uses the newest key, and still opens what an older one wrapped', async () => {
    const before = await new LocalKeyEncryption({ keyEncryptionKeys: [oldKey] }).wrap(organisation, dataKey);
    const encryption = new LocalKeyEncryption({ keyEncryptionKeys: [oldKey, newKey] });
    await expect(encryption.unwrap(organisation, identity, before)).resolves.toEqual(dataKey);
    expect((await encryption.wrap(organisation, dataKey)).keyEncryptionKeyId).toBe('new');
  });

  it('does not open a key under another organisation, subject, version or key, nor one that was changed', async () => {
    const encryption = new LocalKeyEncryption({ keyEncryptionKeys: [oldKey] });
    const wrapped = await encryption.wrap(organisation, dataKey);
    const changed = Buffer.from(wrapped.wrapped);
    changed.writeUInt8(changed.readUInt8(20) ^ 1, 20);
    const attempts = [
      encryption.unwrap(elsewhere, identity, wrapped),
      encryption.unwrap(organisation, { ...identity, subjectId: organisation as string as SubjectId }, wrapped),
      encryption.unwrap(organisation, { ...identity, keyVersion: 2 }, wrapped),
      encryption.unwrap(organisation, identity, { ...wrapped, wrapped: changed }),
      encryption.unwrap(organisation, identity, { ...wrapped, wrapped: changed.subarray(1) }),
      new LocalKeyEncryption({ keyEncryptionKeys: [newKey] }).unwrap(organisation, identity, wrapped),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toThrow(KeyUnwrapFailed);
  });
});
