/**
 * The accounts in an order of their own for each scan, always the same for the same seed and scan: Fisher-Yates, fed by
 * mulberry32, seeded by the 32-bit FNV-1a hash of both. Good enough to deal cards, and for nothing secret.
 */
export function dealAccounts<Account>(accounts: readonly Account[], seed: number, scan: string): readonly Account[] {
  const next = mulberry32(fnv1a(`${seed}/${scan}`));
  const left = [...accounts];
  return accounts.flatMap(() => left.splice(Math.floor(next() * left.length), 1));
}

/** Over UTF-16 code units: the texts hashed here are ASCII. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** Numbers from 0 up to, and without, 1. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
