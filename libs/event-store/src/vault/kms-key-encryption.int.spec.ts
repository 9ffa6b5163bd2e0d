import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OrganisationId, SubjectId } from '@consilium/domain';
import { newOrganisation } from '../contract/journal-fixture.spec.ts';
import { openPostgresJournal } from '../postgres/postgres-journal-fixture.spec.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { chooseKeyEncryption } from './choose-key-encryption.ts';
import { KeyUnwrapFailed } from './key-encryption.ts';
import { KeyService } from './key-service.spec.ts';
import { KeyServiceRefused, KmsKeyEncryption, type KmsOptions } from './kms-key-encryption.ts';
import { LocalKeyEncryption } from './local-key-file.ts';
import { PostgresSubjectKeys } from './postgres-subject-keys.ts';
import { rewrapKeys } from './rewrap-keys.ts';

const organisation = '11111111-1111-4111-8111-111111111111' as OrganisationId;
const elsewhere = '22222222-2222-4222-8222-222222222222' as OrganisationId;
const identity = { subjectId: '33333333-3333-4333-8333-333333333333' as SubjectId, keyVersion: 1 };
const dataKey = { ...identity, key: Buffer.alloc(32, 7) };
const keyId = 'projects/p/locations/l/keyRings/r/cryptoKeys/k';
const otherKeyId = `${keyId}2`;

describe('wrapping by a key service', () => {
  let service: KeyService;
  let folder: string;
  let options: KmsOptions;

  beforeAll(async () => {
    service = await KeyService.start(keyId, otherKeyId);
    folder = await mkdtemp(join(tmpdir(), 'consilium-kms-'));
    options = { url: service.url, keyId, tokenFile: join(folder, 'token'), pauseMs: 1 };
  });

  beforeEach(async () => {
    service.calls.length = 0;
    service.failures.length = 0;
    await writeFile(options.tokenFile, `${service.token}\n`);
  });

  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });

  it('gives the key back, by the id it was wrapped under, though another wraps now', async () => {
    const wrapped = await new KmsKeyEncryption(options).wrap(organisation, dataKey);
    expect(wrapped.keyEncryptionKeyId).toBe(`${keyId}/cryptoKeyVersions/1`);
    expect(Buffer.from(wrapped.wrapped).includes(dataKey.key)).toBe(false);
    const later = new KmsKeyEncryption({ ...options, keyId: otherKeyId });
    await expect(later.unwrap(organisation, identity, wrapped)).resolves.toEqual(dataKey);
  });

  it('does not open a key under another organisation, subject, version or key, nor one that was changed', async () => {
    const kms = new KmsKeyEncryption(options);
    const wrapped = await kms.wrap(organisation, dataKey);
    const changed = Buffer.from(wrapped.wrapped);
    changed.writeUInt8(changed.readUInt8(20) ^ 1, 20);
    const attempts = [
      kms.unwrap(elsewhere, identity, wrapped),
      kms.unwrap(organisation, { ...identity, subjectId: elsewhere as string as SubjectId }, wrapped),
      kms.unwrap(organisation, { ...identity, keyVersion: 2 }, wrapped),
      kms.unwrap(organisation, identity, { ...wrapped, wrapped: changed }),
      kms.unwrap(organisation, identity, { ...wrapped, keyEncryptionKeyId: otherKeyId }),
    ];
    // Waited for together: one that fails before its turn would be nobody's.
    await Promise.all(attempts.map(async (attempt) => expect(attempt).rejects.toThrow(KeyUnwrapFailed)));
  });

  it.each([
    ['answers that it is busy', 429],
    ['fails', 503],
    ['breaks off', 0],
    ['does not answer in time', -1],
  ])(
    'tries again when the service %s, and gives up after three attempts as when the database is away',
    async (_what, failure) => {
      const kms = new KmsKeyEncryption({ ...options, timeoutMs: failure === -1 ? 100 : 5_000 });
      service.failures.push(failure, failure);
      const wrapped = await kms.wrap(organisation, dataKey);
      expect(service.calls).toHaveLength(3);
      service.failures.push(failure, failure, failure);
      await expect(kms.unwrap(organisation, identity, wrapped)).rejects.toThrow(StoreUnavailable);
      expect(service.calls).toHaveLength(6);
    },
  );

  it('is refused once for all where token, rights or name are wrong, without a word of what was sent', async () => {
    const failed = async (change: Partial<KmsOptions>, status: number): Promise<void> => {
      const error: unknown = await new KmsKeyEncryption({ ...options, ...change })
        .wrap(organisation, dataKey)
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(KeyServiceRefused);
      expect(error).toMatchObject({ status });
      expect(JSON.stringify([String(error), error])).not.toContain(dataKey.key.toString('base64'));
    };
    await failed({ keyId: 'projects/p/locations/l/keyRings/r/cryptoKeys/none' }, 404);
    service.failures.push(403);
    await failed({}, 403);
    await writeFile(options.tokenFile, 'a wrong token');
    await failed({}, 401);
    expect(service.calls).toHaveLength(3);
  });

  it('reads its token for every call, as tokens are renewed', async () => {
    const kms = new KmsKeyEncryption(options);
    await kms.wrap(organisation, dataKey);
    service.token = 'second token';
    await writeFile(options.tokenFile, 'second token');
    await kms.wrap(organisation, dataKey);
    expect(service.calls.map(({ authorization }) => authorization)).toEqual([
      'Bearer first token',
      'Bearer second token',
    ]);
  });

  it('wraps anew what an older version of the same key holds, which may then be destroyed', async () => {
    const journal = await openPostgresJournal();
    try {
      const [ours, subject] = [newOrganisation(), randomUUID() as SubjectId];
      const kms = new KmsKeyEncryption({ ...options, keyId: otherKeyId });
      const before = await new PostgresSubjectKeys(journal.api, kms).ensure(ours, [subject]);
      service.rotate(otherKeyId);
      const outcome = { rewrapped: 1, currentKeyId: `${otherKeyId}/cryptoKeyVersions/2`, left: new Map() };
      expect(await rewrapKeys(journal.connect(), kms)).toEqual(outcome);
      service.destroyFirstVersion(otherKeyId);
      expect(await new PostgresSubjectKeys(journal.api, kms).ensure(ours, [subject])).toEqual(before);
    } finally {
      await journal.close();
    }
  });

  it('takes over from a key file: what the file wrapped still opens, and is wrapped anew', async () => {
    const journal = await openPostgresJournal();
    try {
      const file = { keyEncryptionKeys: [{ id: 'local', key: Buffer.alloc(32, 9) }] };
      const ours = newOrganisation();
      const [old, added] = [randomUUID() as SubjectId, randomUUID() as SubjectId];
      const before = await new PostgresSubjectKeys(journal.api, new LocalKeyEncryption(file)).ensure(ours, [old]);
      const both = chooseKeyEncryption(file, options);
      const keys = await new PostgresSubjectKeys(journal.api, both).ensure(ours, [old, added]);
      expect(keys.get(old)).toEqual(before.get(old));
      await rewrapKeys(journal.connect(), both);
      const after = new PostgresSubjectKeys(journal.api, new KmsKeyEncryption(options));
      expect(await after.ensure(ours, [old, added])).toEqual(keys);
    } finally {
      await journal.close();
    }
  });
});
