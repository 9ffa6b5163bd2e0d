import type { FileChunks } from './to-bytes.ts';

export async function* chunksOf(...chunks: readonly (Uint8Array | string)[]): FileChunks {
  yield* chunks;
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** The same file in every way in which it can be cut once, byte by byte, and as text cut within characters. */
export function waysToCut(text: string): readonly FileChunks[] {
  const bytes = Buffer.from(text, 'utf8');
  const cutBytes = Array.from(bytes.keys(), (at) => chunksOf(bytes.subarray(0, at), bytes.subarray(at)));
  const cutText = Array.from({ length: text.length }, (_, at) => chunksOf(text.slice(0, at), text.slice(at)));
  const singleBytes = chunksOf(...Array.from(bytes, (byte) => Uint8Array.of(byte)));
  const singleUnits = chunksOf(...Array.from({ length: text.length }, (_, at) => text.charAt(at)));
  return [...cutBytes, ...cutText, singleBytes, singleUnits];
}
