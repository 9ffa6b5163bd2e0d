import { randomBytes } from 'node:crypto';
import type { OrganisationId, SubjectId } from '@consilium/domain';
import type { DataKey } from '@consilium/contracts';
import { readInteger, readOptionalBytes, readText } from '@consilium/postgres';
import type { Database, Row } from '@consilium/postgres';
import { unavailableWhenTransient } from '../postgres/unavailable-when-transient.ts';
import { KeyCache } from './key-cache.ts';
import type { KeyEncryption, WrappedKey } from './key-encryption.ts';
import { SubjectErased } from './subject-keys.ts';
import type { SubjectKeys, WantedKey } from './subject-keys.ts';

export interface SubjectKeysOptions {
  /** Keys held in memory at a time. @default 10000 */
  readonly cacheEntries?: number;
  /** Longest time a key is used without being looked up again. @default 60000 */
  readonly cacheTtlMs?: number;
  /** @default performance.now */
  readonly nowMs?: () => number;
}

const maxSubjects = 1_000;
/** More than the texts of one request are of. */
const maxKeys = 10_000;
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
    const [found] = await this.findMany(organisation, [{ subjectId, keyVersion }]);
    return found;
  }

  async findMany(
    organisation: OrganisationId,
    wanted: readonly WantedKey[],
  ): Promise<readonly (DataKey | undefined)[]> {
    if (wanted.length > maxKeys) throw new RangeError(`at most ${maxKeys} keys at a time`);
    const keys = new Map<string, DataKey>();
    const missing: WantedKey[] = [];
    for (const one of wanted) {
      const cached = this.#byVersion.get(cacheKeyOf(organisation, one));
      if (cached === undefined) missing.push(one);
      else keys.set(cacheKeyOf(organisation, one), cached);
    }
    if (missing.length > 0) {
      for (const key of await this.#load(organisation, missing)) keys.set(cacheKeyOf(organisation, key), key);
    }
    return wanted.map((one) => keys.get(cacheKeyOf(organisation, one)));
  }

  async #load(organisation: OrganisationId, wanted: readonly WantedKey[]): Promise<readonly DataKey[]> {
    const forgotten = this.#forgotten;
    const rows = await this.#query(organisation, {
      name: 'vault-find-keys',
      text: `
        SELECT subject_key.subject_id, subject_key.key_version, subject_key.kek_id, subject_key.wrapped_key
        FROM unnest($2::uuid[], $3::integer[]) AS wanted (subject_id, key_version)
        JOIN vault.subject_key ON subject_key.organisation = $1
          AND subject_key.subject_id = wanted.subject_id AND subject_key.key_version = wanted.key_version`,
      values: [organisation, wanted.map(({ subjectId }) => subjectId), wanted.map(({ keyVersion }) => keyVersion)],
    });
    const keys = (await Promise.all(rows.map(async (row) => this.#unwrap(organisation, row)))).filter(
      (key) => key !== undefined,
    );
    // Keys that were asked for before everything was forgotten may be of somebody who is erased now.
    if (forgotten === this.#forgotten) {
      for (const key of keys) this.#byVersion.set(cacheKeyOf(organisation, key), key);
    }
    return keys;
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

const cacheKeyOf = (organisation: OrganisationId, { subjectId, keyVersion }: WantedKey): string =>
  `${organisation} ${subjectId} ${String(keyVersion)}`;

const readSubjectId = (row: Row): SubjectId => readText(row, 'subject_id') as SubjectId;
