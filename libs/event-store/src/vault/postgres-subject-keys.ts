import { randomBytes } from 'node:crypto';
import type { OrganisationId, SubjectId } from '@consilium/domain';
import type { DataKey } from '@consilium/contracts';
import { readInteger, readOptionalBytes, readText } from '@consilium/postgres';
import type { Database, Row } from '@consilium/postgres';
import { unavailableWhenTransient } from '../postgres/unavailable-when-transient.ts';
import { KeyCache } from './key-cache.ts';
import type { KeyEncryption, WrappedKey } from './key-encryption.ts';
import { SubjectErased } from './subject-keys.ts';
import type { SubjectKeys } from './subject-keys.ts';

export interface SubjectKeysOptions {
  /** Keys held in memory at a time. @default 10000 */
  readonly cacheEntries?: number;
  /** Longest time a key is used without being looked up again. @default 60000 */
  readonly cacheTtlMs?: number;
  /** @default performance.now */
  readonly nowMs?: () => number;
}

const maxSubjects = 1_000;
const firstVersion = 1;
const dataKeyBytes = 32;

/** Runs as consilium_api: keys of one organisation are out of reach of the sessions of another. */
export class PostgresSubjectKeys implements SubjectKeys {
  readonly #database: Database;
  readonly #keyEncryption: KeyEncryption;
  readonly #byVersion: KeyCache<DataKey>;
  /** How often everything was forgotten. */
  #forgotten = 0;

  constructor(database: Database, keyEncryption: KeyEncryption, options: SubjectKeysOptions = {}) {
    this.#database = database;
    this.#keyEncryption = keyEncryption;
    const { nowMs } = options;
    this.#byVersion = new KeyCache({
      maxEntries: options.cacheEntries ?? 10_000,
      ttlMs: options.cacheTtlMs ?? 60_000,
      ...(nowMs === undefined ? {} : { nowMs }),
    });
  }

  async ensure(
    organisation: OrganisationId,
    subjectIds: readonly SubjectId[],
  ): Promise<ReadonlyMap<SubjectId, DataKey>> {
    const wanted = [...new Set(subjectIds)];
    if (wanted.length > maxSubjects) throw new RangeError(`at most ${maxSubjects} subjects at a time`);
    const keys = new Map<SubjectId, DataKey>();
    // Always asked anew: what is written under a key from memory could be of somebody who was erased since.
    await this.#loadCurrent(organisation, wanted, keys);
    const missing = wanted.filter((subjectId) => !keys.has(subjectId));
    if (missing.length > 0) {
      await this.#make(organisation, missing);
      // Read back rather than used as made: another process may have been faster, and its key is the one that stays.
      await this.#loadCurrent(organisation, missing, keys);
    }
    return keys;
  }

  async find(organisation: OrganisationId, subjectId: SubjectId, keyVersion: number): Promise<DataKey | undefined> {
    const cacheKey = `${organisation} ${subjectId} ${String(keyVersion)}`;
    const cached = this.#byVersion.get(cacheKey);
    if (cached !== undefined) return cached;
    const forgotten = this.#forgotten;
    const [row] = await this.#query(organisation, {
      name: 'vault-find-key',
      text: `
        SELECT subject_key.subject_id, subject_key.key_version, subject_key.kek_id, subject_key.wrapped_key
        FROM vault.subject_key
        WHERE subject_key.organisation = $1 AND subject_key.subject_id = $2 AND subject_key.key_version = $3`,
      values: [organisation, subjectId, keyVersion],
    });
    const dataKey = row === undefined ? undefined : await this.#unwrap(organisation, row);
    // A key that was asked for before everything was forgotten may be that of somebody who is erased now.
    if (dataKey !== undefined && forgotten === this.#forgotten) this.#byVersion.set(cacheKey, dataKey);
    return dataKey;
  }

  forget(): void {
    this.#forgotten += 1;
    this.#byVersion.clear();
  }

  async #loadCurrent(
    organisation: OrganisationId,
    subjectIds: readonly SubjectId[],
    keys: Map<SubjectId, DataKey>,
  ): Promise<void> {
    const rows = await this.#query(organisation, {
      name: 'vault-current-keys',
      text: `
        SELECT DISTINCT ON (subject_key.subject_id)
          subject_key.subject_id, subject_key.key_version, subject_key.kek_id, subject_key.wrapped_key
        FROM vault.subject_key
        WHERE subject_key.organisation = $1 AND subject_key.subject_id = ANY ($2)
        ORDER BY subject_key.subject_id, subject_key.key_version DESC`,
      values: [organisation, subjectIds],
    });
    for (const row of rows) {
      const dataKey = await this.#unwrap(organisation, row);
      if (dataKey === undefined) throw new SubjectErased(readSubjectId(row));
      keys.set(dataKey.subjectId, dataKey);
    }
  }

  async #make(organisation: OrganisationId, subjectIds: readonly SubjectId[]): Promise<void> {
    const wrapped: WrappedKey[] = [];
    for (const subjectId of subjectIds) {
      const dataKey = { subjectId, keyVersion: firstVersion, key: randomBytes(dataKeyBytes) };
      wrapped.push(await this.#keyEncryption.wrap(organisation, dataKey));
    }
    await this.#query(organisation, {
      name: 'vault-make-keys',
      text: `
        INSERT INTO vault.subject_key (organisation, subject_id, key_version, kek_id, wrapped_key)
        SELECT $1, made.subject_id, $2, made.kek_id, made.wrapped_key
        FROM unnest($3::uuid[], $4::text[], $5::bytea[]) AS made (subject_id, kek_id, wrapped_key)
        ORDER BY made.subject_id
        ON CONFLICT DO NOTHING`,
      values: [
        organisation,
        firstVersion,
        subjectIds,
        wrapped.map(({ keyEncryptionKeyId }) => keyEncryptionKeyId),
        wrapped.map((entry) => Buffer.from(entry.wrapped)),
      ],
    });
  }

  async #unwrap(organisation: OrganisationId, row: Row): Promise<DataKey | undefined> {
    const wrapped = readOptionalBytes(row, 'wrapped_key');
    if (wrapped === undefined) return undefined;
    const identity = { subjectId: readSubjectId(row), keyVersion: readInteger(row, 'key_version') };
    return this.#keyEncryption.unwrap(organisation, identity, { keyEncryptionKeyId: readText(row, 'kek_id'), wrapped });
  }

  async #query(
    organisation: OrganisationId,
    statement: { readonly name: string; readonly text: string; readonly values: readonly unknown[] },
  ): Promise<readonly Row[]> {
    return unavailableWhenTransient(async () => this.#database.forOrganisation(organisation).query(statement));
  }
}

const readSubjectId = (row: Row): SubjectId => readText(row, 'subject_id') as SubjectId;
