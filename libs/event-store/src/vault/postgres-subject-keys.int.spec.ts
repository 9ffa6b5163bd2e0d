import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrganisationId, SubjectId } from '@consilium/domain';
import { newOrganisation } from '../contract/journal-fixture.spec.ts';
import { openPostgresJournal } from '../postgres/postgres-journal-fixture.spec.ts';
import type { PostgresJournal } from '../postgres/postgres-journal-fixture.spec.ts';
import { LocalKeyEncryption } from './local-key-file.ts';
import { PostgresSubjectKeys } from './postgres-subject-keys.ts';
import { SubjectErased } from './subject-keys.ts';

const keyEncryption = new LocalKeyEncryption({ keyEncryptionKeys: [{ id: 'one', key: Buffer.alloc(32, 9) }] });
const newSubject = (): SubjectId => randomUUID() as SubjectId;

let journal: PostgresJournal;

beforeAll(async () => {
  journal = await openPostgresJournal();
});

afterAll(async () => {
  await journal.close();
});

const newVault = (nowMs: () => number = () => 0): PostgresSubjectKeys =>
  new PostgresSubjectKeys(journal.api, keyEncryption, { nowMs });

const erase = async (subjectId: SubjectId): Promise<number> =>
  journal.connect().execute({
    text: 'UPDATE vault.subject_key SET wrapped_key = NULL, destroyed_at = now() WHERE subject_id = $1',
    values: [subjectId],
  });

describe('PostgresSubjectKeys', () => {
  const organisation: OrganisationId = newOrganisation();

  it('makes one key for a subject, the same for everyone who asks, at once or later', async () => {
    const subjects = [newSubject(), newSubject(), newSubject()];
    const maps = await Promise.all(
      Array.from({ length: 8 }, async (_, index) =>
        newVault().ensure(organisation, index % 2 === 0 ? subjects : subjects.toReversed()),
      ),
    );
    const keys = subjects.map((subjectId) => maps[0]?.get(subjectId));
    for (const map of maps) expect(subjects.map((subjectId) => map.get(subjectId))).toEqual(keys);
    expect(new Set(keys.map((key) => Buffer.from(key?.key ?? []).toString('hex'))).size).toBe(3);
    for (const [index, subjectId] of subjects.entries()) {
      await expect(newVault().find(organisation, subjectId, 1)).resolves.toEqual(keys[index]);
    }
  });

  it('finds many keys in their order, each as it is found alone', async () => {
    const subjects = [newSubject(), newSubject(), newSubject()] as const;
    const [one, erased, other] = subjects;
    const keys = await newVault().ensure(organisation, subjects);
    await erase(erased);
    const vault = newVault();
    await vault.find(organisation, other, 1);
    const wanted = [other, newSubject(), one, erased, one].map((subjectId) => ({ subjectId, keyVersion: 1 }));
    const found = await vault.findMany(organisation, [...wanted, { subjectId: one, keyVersion: 2 }]);
    expect(found).toEqual([keys.get(other), undefined, keys.get(one), undefined, keys.get(one), undefined]);
    expect(await vault.findMany(organisation, [])).toEqual([]);
  });

  it('keeps another organisation’s key of the same subject apart', async () => {
    const subjectId = newSubject();
    const ours = await newVault().ensure(organisation, [subjectId]);
    const elsewhere = newOrganisation();
    await expect(newVault().find(elsewhere, subjectId, 1)).resolves.toBeUndefined();
    const theirs = await newVault().ensure(elsewhere, [subjectId]);
    expect(Buffer.from(theirs.get(subjectId)?.key ?? [])).not.toEqual(Buffer.from(ours.get(subjectId)?.key ?? []));
  });

  it('stores no key in the clear', async () => {
    const subjectId = newSubject();
    const keys = await newVault().ensure(organisation, [subjectId]);
    const rows = await journal.connect().query({
      text: 'SELECT position($2::bytea in wrapped_key) AS place FROM vault.subject_key WHERE subject_id = $1',
      values: [subjectId, Buffer.from(keys.get(subjectId)?.key ?? [])],
    });
    expect(rows).toEqual([{ place: 0 }]);
  });

  it('has no key for an erased subject, makes no new one, and uses a known one for its time only', async () => {
    const subjectId = newSubject();
    let nowMs = 0;
    const vault = newVault(() => nowMs);
    await vault.ensure(organisation, [subjectId]);
    await vault.find(organisation, subjectId, 1);
    expect(await erase(subjectId)).toBe(1);
    await expect(newVault().find(organisation, subjectId, 1)).resolves.toBeUndefined();
    await expect(newVault().ensure(organisation, [subjectId])).rejects.toThrow(SubjectErased);
    nowMs = 59_999;
    await expect(vault.find(organisation, subjectId, 1)).resolves.toBeDefined();
    nowMs = 60_000;
    await expect(vault.find(organisation, subjectId, 1)).resolves.toBeUndefined();
    await expect(vault.ensure(organisation, [subjectId])).rejects.toThrow(SubjectErased);
  });
});
