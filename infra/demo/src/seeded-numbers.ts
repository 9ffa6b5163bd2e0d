/**
 * Numbers from 0 up to, and without, 1 that a text determines: mulberry32, seeded by the text's 32-bit FNV-1a hash. Good
 * enough to deal cards and to make up studies, and for nothing secret.
 */
export function seededNumbers(text: string): () => number {
  return mulberry32(fnv1a(text));
}

/** Over UTF-16 code units: the texts hashed here are ASCII. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
