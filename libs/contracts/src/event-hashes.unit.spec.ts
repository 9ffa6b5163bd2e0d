import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { StreamId } from '@consilium/domain';
import { hashTags, merkleLeafOf, payloadHashOf, streamLinkOf, streamStartOf } from './event-hashes.ts';

interface Vectors {
  readonly tags: Readonly<Record<keyof typeof hashTags, string>>;
  readonly streamId: StreamId;
  readonly streamStart: string;
  readonly events: readonly {
    readonly meta: string;
    readonly payload: string;
    readonly salt: string;
    readonly payloadHash: string;
    readonly previousStreamHash: string;
    readonly streamHash: string;
    readonly globalSeq: number;
    readonly merkleLeaf: string;
  }[];
}

const adr = (name: string): string => readFileSync(new URL(`../../../docs/adr/${name}`, import.meta.url), 'utf8');
// Computed apart from this code, with Python's hashlib and struct.
const vectors = JSON.parse(adr('0002-event-bytes.vectors.json')) as Vectors;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Buffer.from(text, 'hex');

describe('the hashes of events', () => {
  it('use the tags of the decision', () => {
    expect(Object.fromEntries(Object.entries(hashTags).map(([kind, tag]) => [kind, hex(Buffer.from(tag))]))).toEqual(
      vectors.tags,
    );
  });

  it('start a stream with its id', () => {
    expect(hex(streamStartOf(vectors.streamId))).toBe(vectors.streamStart);
  });

  it.each(vectors.events.map((event, index) => [index + 1, event] as const))(
    'of event %d are the vector’s',
    (_, event) => {
      const payloadHash = payloadHashOf(bytes(event.salt), Buffer.from(event.payload));
      expect(hex(payloadHash)).toBe(event.payloadHash);
      const streamHash = streamLinkOf(bytes(event.previousStreamHash), payloadHash, Buffer.from(event.meta));
      expect(hex(streamHash)).toBe(event.streamHash);
      expect(hex(merkleLeafOf(event.globalSeq, streamHash))).toBe(event.merkleLeaf);
    },
  );

  it('are the ones the decision shows to its readers', () => {
    const [first] = vectors.events;
    const shown = adr('0002-event-bytes.md');
    for (const value of [vectors.streamId, vectors.streamStart, first?.salt, first?.payloadHash, first?.streamHash]) {
      expect(shown).toContain(value);
    }
  });
});
