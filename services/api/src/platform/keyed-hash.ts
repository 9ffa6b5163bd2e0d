import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

/** HMAC-SHA256 under one secret, apart for each purpose, so that a value of one can never stand for another. */
export class KeyedHash {
  /** Hashing with raw bytes costs Node 24 six times as much. */
  readonly #key: KeyObject;

  constructor(key: Uint8Array) {
    this.#key = createSecretKey(key);
  }

  bytes(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.#key).update(`consilium/${purpose}/v1\0`).update(text, 'utf8').digest();
  }

  /** 64 hex digits. */
  hex(purpose: string, text: string): string {
    return this.bytes(purpose, text).toString('hex');
  }

  /** Whether `signature` begins the hash of `text`; takes the same time whatever differs. */
  verifies(purpose: string, text: string, signature: Uint8Array): boolean {
    const expected = this.bytes(purpose, text).subarray(0, signature.length);
    return signature.length >= 16 && expected.length === signature.length && timingSafeEqual(expected, signature);
  }
}
