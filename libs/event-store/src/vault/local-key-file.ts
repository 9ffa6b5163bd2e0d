import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import type { OrganisationId } from '@consilium/domain';
import type { DataKey } from '@consilium/contracts';
import { ensureSecretFile, readSecretFile, SecretFileUnusable } from '@consilium/runtime';
import type { KeyEncryption, WrappedKey } from './key-encryption.ts';
import { boundTo, KeyUnwrapFailed } from './key-encryption.ts';

/** The secrets of one installation that keeps them in a file; each key has 32 bytes. */
export interface LocalKeys {
  readonly version: 1;
  /** The newest last: it wraps, the others only unwrap. */
  readonly keyEncryptionKeys: readonly { readonly id: string; readonly key: Uint8Array }[];
  /** Makes pseudonymous ids from external keys; can never change, or the same case would get another id. */
  readonly pseudonymKey: Uint8Array;
  /** Signs cursors and tokens. */
  readonly cursorKey: Uint8Array;
}

/** The key file is missing, open to others, or not of the expected form; the message says what to do. */
export class KeyFileUnusable extends Error {
  override readonly name = 'KeyFileUnusable';
}

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** Makes a key file unless one is there; several processes may try at once, and all use the one that was first. */
export async function ensureLocalKeyFile(path: string): Promise<LocalKeys> {
  await ensureSecretFile(path, `${JSON.stringify(newKeys(), null, 2)}\n`);
  return readLocalKeyFile(path);
}

const newKey = (): string => randomBytes(keyBytes).toString('base64');

const newKeys = (): object => ({
  version: 1,
  keyEncryptionKeys: [{ id: `local-${randomUUID()}`, key: newKey() }],
  pseudonymKey: newKey(),
  cursorKey: newKey(),
});

/**
 * Adds a key-encryption key, which wraps from then on; the file is replaced whole. Services take it up when they start next.
 * @returns its id. @throws KeyFileUnusable
 */
export async function addKeyEncryptionKey(path: string): Promise<string> {
  await readLocalKeyFile(path);
  const content = parseJson(path, await readSecretFile(path));
  const added = { id: `local-${randomUUID()}`, key: newKey() };
  const known: readonly unknown[] = Array.isArray(content['keyEncryptionKeys']) ? content['keyEncryptionKeys'] : [];
  const draft = `${path}.${randomUUID()}`;
  await ensureSecretFile(draft, `${JSON.stringify({ ...content, keyEncryptionKeys: [...known, added] }, null, 2)}\n`);
  await rename(draft, path);
  return added.id;
}

/** @throws KeyFileUnusable */
export async function readLocalKeyFile(path: string): Promise<LocalKeys> {
  const text = await readSecretFile(path).catch((error: unknown) => {
    throw error instanceof SecretFileUnusable ? new KeyFileUnusable(error.message, { cause: error }) : error;
  });
  return parseLocalKeys(path, text);
}

function parseLocalKeys(path: string, text: string): LocalKeys {
  const content = parseJson(path, text);
  const { version, keyEncryptionKeys, pseudonymKey, cursorKey } = content;
  if (version !== 1 || !Array.isArray(keyEncryptionKeys) || keyEncryptionKeys.length === 0) {
    throw new KeyFileUnusable(`${path} is no key file of version 1`);
  }
  return {
    version,
    keyEncryptionKeys: keyEncryptionKeys.map((entry: unknown) => {
      const { id, key } = asRecord(entry);
      if (typeof id !== 'string' || id === '') throw new KeyFileUnusable(`${path} has a key without id`);
      return { id, key: parseKey(path, key) };
    }),
    pseudonymKey: parseKey(path, pseudonymKey),
    cursorKey: parseKey(path, cursorKey),
  };
}

function parseJson(path: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    // Without the parser's own message, which would quote the secrets.
    throw new KeyFileUnusable(`${path} is not JSON`);
  }
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

function parseKey(path: string, value: unknown): Uint8Array {
  const key = typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.alloc(0);
  if (key.length !== keyBytes) throw new KeyFileUnusable(`${path} has a key that is not 32 bytes in base64`);
  return key;
}

/** Wraps by AES-256-GCM: nonce, ciphertext, tag. */
export class LocalKeyEncryption implements KeyEncryption {
  readonly #keys: LocalKeys['keyEncryptionKeys'];

  constructor({ keyEncryptionKeys }: Pick<LocalKeys, 'keyEncryptionKeys'>) {
    this.#keys = keyEncryptionKeys;
  }

  async currentKeyId(): Promise<string> {
    return this.#newest().id;
  }

  #newest(): LocalKeys['keyEncryptionKeys'][number] {
    const newest = this.#keys.at(-1);
    if (newest === undefined) throw new KeyFileUnusable('there is no key to wrap with');
    return newest;
  }

  async wrap(organisation: OrganisationId, dataKey: DataKey): Promise<WrappedKey> {
    const newest = this.#newest();
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', newest.key, nonce).setAAD(boundTo(organisation, dataKey));
    const ciphertext = Buffer.concat([cipher.update(dataKey.key), cipher.final(), cipher.getAuthTag()]);
    return { keyEncryptionKeyId: newest.id, wrapped: Buffer.concat([nonce, ciphertext]) };
  }

  async unwrap(
    organisation: OrganisationId,
    identity: Omit<DataKey, 'key'>,
    { keyEncryptionKeyId, wrapped }: WrappedKey,
  ): Promise<DataKey> {
    const found = this.#keys.find(({ id }) => id === keyEncryptionKeyId);
    if (found === undefined || wrapped.length !== nonceBytes + keyBytes + tagBytes) {
      throw new KeyUnwrapFailed(keyEncryptionKeyId);
    }
    try {
      const decipher = createDecipheriv('aes-256-gcm', found.key, wrapped.subarray(0, nonceBytes));
      decipher.setAAD(boundTo(organisation, identity)).setAuthTag(wrapped.subarray(wrapped.length - tagBytes));
      const key = decipher.update(wrapped.subarray(nonceBytes, wrapped.length - tagBytes));
      return { ...identity, key: Buffer.concat([key, decipher.final()]) };
    } catch (error) {
      throw new KeyUnwrapFailed(keyEncryptionKeyId, { cause: error });
    }
  }
}
