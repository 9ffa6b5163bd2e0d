import { readFile } from 'node:fs/promises';
import type { OrganisationId } from '@consilium/domain';
import type { DataKey } from '@consilium/contracts';
import { backOff, pause } from '@consilium/runtime';
import { StoreUnavailable } from '../store-errors.ts';
import { boundTo, type KeyEncryption, KeyUnwrapFailed, type WrappedKey } from './key-encryption.ts';

export interface KmsOptions {
  /** Of the service, up to the version: `https://cloudkms.googleapis.com/v1`. */
  readonly url: string;
  /** Resource name of the key that wraps: `projects/p/locations/l/keyRings/r/cryptoKeys/k`. Its older versions unwrap too. */
  readonly keyId: string;
  /** Holds the bearer token. Read for every call, as whoever renews tokens writes it anew. */
  readonly tokenFile: string;
  /** For one attempt, in milliseconds. @default 5000 */
  readonly timeoutMs?: number;
  /** How often it is asked where it is away or busy. @default 3 */
  readonly attempts?: number;
  /** The longest before the second attempt; doubles after each, and a random half of it is left out. @default 100 */
  readonly pauseMs?: number;
}

/** The key service does not let us: the token, the rights of its owner, or the name of the key are wrong. Trying again does not help. */
export class KeyServiceRefused extends Error {
  override readonly name = 'KeyServiceRefused';
  readonly status: number;
  readonly keyEncryptionKeyId: string;

  constructor(status: number, keyEncryptionKeyId: string) {
    super(`the key service refused with ${String(status)}: check its token, the rights to the key, and the key's name`);
    this.status = status;
    this.keyEncryptionKeyId = keyEncryptionKeyId;
  }
}

const dataKeyBytes = 32;
const longestAnswer = 65_536;

/**
 * Key-encryption keys that never leave a key service: data keys are sent there to be wrapped and unwrapped, and nothing else is.
 * Speaks `encrypt` and `decrypt` of Google Cloud KMS (REST, v1), whose additional authenticated data binds a wrapped key to its
 * organisation, subject and version.
 */
export class KmsKeyEncryption implements KeyEncryption {
  readonly #options: Required<KmsOptions>;

  constructor(options: KmsOptions) {
    this.#options = { timeoutMs: 5_000, attempts: 3, pauseMs: 100, ...options };
  }

  /** Found by wrapping nothing, which needs no right that `wrap` does not need. */
  async currentKeyId(): Promise<string> {
    return (await this.#encrypt(Buffer.alloc(dataKeyBytes), Buffer.from('consilium/which-key/v1'))).keyEncryptionKeyId;
  }

  async wrap(organisation: OrganisationId, dataKey: DataKey): Promise<WrappedKey> {
    return this.#encrypt(dataKey.key, boundTo(organisation, dataKey));
  }

  /** Under the id of the version that wrapped, so that `rewrapKeys` finds what an older version of the same key holds. */
  async #encrypt(plaintext: Uint8Array, bound: Uint8Array): Promise<WrappedKey> {
    const { keyId } = this.#options;
    const answer = await this.#call(keyId, 'encrypt', {
      plaintext: base64(plaintext),
      additionalAuthenticatedData: base64(bound),
    });
    const [wrapped, version] = [bytesOf(answer, 'ciphertext'), textOf(answer, 'name')];
    if (wrapped === undefined || wrapped.length === 0 || !version.startsWith(`${keyId}/cryptoKeyVersions/`)) {
      throw new KeyServiceRefused(200, keyId);
    }
    return { keyEncryptionKeyId: version, wrapped };
  }

  async unwrap(
    organisation: OrganisationId,
    identity: Omit<DataKey, 'key'>,
    { keyEncryptionKeyId, wrapped }: WrappedKey,
  ): Promise<DataKey> {
    // A service finds the version by the ciphertext, and takes only the key's own name here.
    const [keyId = ''] = keyEncryptionKeyId.split('/cryptoKeyVersions/');
    const answer = await this.#call(keyId, 'decrypt', {
      ciphertext: base64(wrapped),
      additionalAuthenticatedData: base64(boundTo(organisation, identity)),
    });
    const key = bytesOf(answer, 'plaintext');
    if (key?.length !== dataKeyBytes) throw new KeyUnwrapFailed(keyEncryptionKeyId);
    return { ...identity, key };
  }

  async #call(keyId: string, verb: 'encrypt' | 'decrypt', body: object): Promise<unknown> {
    const { attempts, pauseMs } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#attempt(keyId, verb, body);
      if (outcome.kind === 'answered') return outcome.answer;
      // The words of the service could repeat what was sent, so only its status goes on.
      if (attempt >= attempts) throw new StoreUnavailable('the key service is away', { cause: outcome.cause });
      await pause(backOff(attempt, Math.random, { firstMs: pauseMs }));
    }
  }

  async #attempt(
    keyId: string,
    verb: 'encrypt' | 'decrypt',
    body: object,
  ): Promise<
    { readonly kind: 'answered'; readonly answer: unknown } | { readonly kind: 'away'; readonly cause: unknown }
  > {
    const { url, tokenFile, timeoutMs } = this.#options;
    const token = (await readFile(tokenFile, 'utf8')).trim();
    let status: number;
    let text: string;
    try {
      const response = await fetch(`${url}/${keyId}:${verb}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
        // A token is for this server and is sent to no other.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      ({ status } = response);
      text = await response.text();
    } catch (cause) {
      return { kind: 'away', cause };
    }
    if (status === 429 || status >= 500) return { kind: 'away', cause: { status } };
    // What it cannot decrypt, under this key or with these bindings, is answered with 400.
    if (status === 400 && verb === 'decrypt') throw new KeyUnwrapFailed(keyId);
    if (status !== 200 || text.length > longestAnswer) throw new KeyServiceRefused(status, keyId);
    return { kind: 'answered', answer: parseJson(text) };
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function bytesOf(answer: unknown, field: string): Uint8Array | undefined {
  const value = fieldOf(answer, field);
  return typeof value === 'string' ? Buffer.from(value, 'base64') : undefined;
}

function textOf(answer: unknown, field: string): string {
  const value = fieldOf(answer, field);
  return typeof value === 'string' ? value : '';
}

const fieldOf = (answer: unknown, field: string): unknown =>
  typeof answer === 'object' && answer !== null ? Reflect.get(answer, field) : undefined;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
