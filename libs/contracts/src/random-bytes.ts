import { randomFillSync } from 'node:crypto';

const poolBytes = 4_096;
const pool = Buffer.alloc(poolBytes);
let used = poolBytes;

/**
 * Bytes of the system's cryptographic generator, fetched in stock: an event takes some twenty nonces, salts and ids, and asking
 * for each costs more than sealing a text. Every byte is given away once and then wiped. `length`: 0 to 4,096.
 */
export function freshRandomBytes(length: number): Buffer {
  if (length > poolBytes) throw new RangeError(`at most ${String(poolBytes)} bytes`);
  if (used + length > poolBytes) {
    randomFillSync(pool);
    used = 0;
  }
  const fresh = Buffer.from(pool.subarray(used, used + length));
  pool.fill(0, used, used + length);
  used += length;
  return fresh;
}
