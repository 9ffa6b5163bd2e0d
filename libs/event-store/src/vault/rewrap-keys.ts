import type { OrganisationId, SubjectId } from '@consilium/domain';
import { readBytes, readInteger, readText } from '@consilium/postgres';
import type { Row, Session } from '@consilium/postgres';
import { unavailableWhenTransient } from '../postgres/unavailable-when-transient.ts';
import type { KeyEncryption } from './key-encryption.ts';

export interface RewrapOptions {
  /** Data keys a transaction. @default 500 */
  readonly batch?: number;
  /** After each batch: how many were wrapped anew so far. */
  readonly onBatch?: (rewrapped: number) => void;
}

export interface RewrapOutcome {
  readonly rewrapped: number;
  /** What all that was wrapped anew is under. */
  readonly currentKeyId: string;
  /** Data keys that are still under another key-encryption key, by its id: empty unless others wrapped meanwhile. */
  readonly left: ReadonlyMap<string, number>;
}

/**
 * Wraps every data key under the current key-encryption key; events stay as they are. Run as the owner, beside services that
 * have the new key already. Each batch stands by itself: after a crash the next run takes what is left. A key that was destroyed
 * meanwhile stays destroyed, for only the bytes that were read are replaced.
 * @throws KeyUnwrapFailed, KeyServiceRefused, StoreUnavailable
 */
export async function rewrapKeys(
  owner: Session,
  keyEncryption: KeyEncryption,
  { batch = 500, onBatch }: RewrapOptions = {},
): Promise<RewrapOutcome> {
  const currentKeyId = await keyEncryption.currentKeyId();
  let rewrapped = 0;
  for (;;) {
    const rows = await unavailableWhenTransient(async () => owner.query(underOthers(currentKeyId, batch)));
    if (rows.length === 0) return { rewrapped, currentKeyId, left: await countLeft(owner, currentKeyId) };
    await replace(owner, await Promise.all(rows.map(async (row) => rewrap(keyEncryption, row))));
    rewrapped += rows.length;
    onBatch?.(rewrapped);
  }
}

const underOthers = (currentKeyId: string, limit: number) => ({
  text: `SELECT subject_key.organisation, subject_key.subject_id, subject_key.key_version, subject_key.kek_id,
      subject_key.wrapped_key
    FROM vault.subject_key
    WHERE subject_key.wrapped_key IS NOT NULL AND subject_key.kek_id <> $1
    ORDER BY subject_key.organisation, subject_key.subject_id, subject_key.key_version LIMIT $2`,
  values: [currentKeyId, limit],
});

interface Rewrapped {
  readonly organisation: OrganisationId;
  readonly subjectId: SubjectId;
  readonly keyVersion: number;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly keyEncryptionKeyId: string;
}

async function rewrap(keyEncryption: KeyEncryption, row: Row): Promise<Rewrapped> {
  const organisation = readText(row, 'organisation') as OrganisationId;
  const identity = { subjectId: readText(row, 'subject_id') as SubjectId, keyVersion: readInteger(row, 'key_version') };
  const before = readBytes(row, 'wrapped_key');
  const wrapped = { keyEncryptionKeyId: readText(row, 'kek_id'), wrapped: before };
  const dataKey = await keyEncryption.unwrap(organisation, identity, wrapped);
  const { keyEncryptionKeyId, wrapped: after } = await keyEncryption.wrap(organisation, dataKey);
  return { organisation, ...identity, before, after, keyEncryptionKeyId };
}

async function replace(owner: Session, all: readonly Rewrapped[]): Promise<void> {
  await unavailableWhenTransient(async () =>
    owner.execute({
      text: `UPDATE vault.subject_key SET kek_id = made.kek_id, wrapped_key = made.after
        FROM unnest($1::uuid[], $2::uuid[], $3::integer[], $4::bytea[], $5::bytea[], $6::text[])
          AS made (organisation, subject_id, key_version, before, after, kek_id)
        WHERE subject_key.organisation = made.organisation AND subject_key.subject_id = made.subject_id
          AND subject_key.key_version = made.key_version AND subject_key.wrapped_key = made.before`,
      values: [
        all.map(({ organisation }) => organisation),
        all.map(({ subjectId }) => subjectId),
        all.map(({ keyVersion }) => keyVersion),
        all.map(({ before }) => Buffer.from(before)),
        all.map(({ after }) => Buffer.from(after)),
        all.map(({ keyEncryptionKeyId }) => keyEncryptionKeyId),
      ],
    }),
  );
}

async function countLeft(owner: Session, currentKeyId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await owner.query({
    text: `SELECT subject_key.kek_id, count(*)::integer AS keys FROM vault.subject_key
      WHERE subject_key.wrapped_key IS NOT NULL AND subject_key.kek_id <> $1 GROUP BY subject_key.kek_id`,
    values: [currentKeyId],
  });
  return new Map(rows.map((row) => [readText(row, 'kek_id'), readInteger(row, 'keys')]));
}
