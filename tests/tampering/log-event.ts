import {
  canonicalJson,
  type JsonValue,
  merkleLeafOf,
  payloadHashOf,
  streamLinkOf,
  streamStartOf,
} from '@consilium/contracts';
import type { StreamId } from '@consilium/domain';
import { emptyTree, growTree, type GrownTree, leafHashOf } from '@consilium/transparency';

/** An event with its place, as file and journal both hold it. */
export interface LogEvent {
  readonly globalSeq: number;
  readonly topic: string;
  readonly partition: number;
  readonly partitionSeq: number;
  /** RFC 8785 JSON, as is the next. */
  readonly meta: string;
  readonly payload: string;
  readonly salt: Buffer;
  readonly streamHash: Buffer;
}

type Meta = Readonly<Record<string, JsonValue>>;

/** Kept for each event, because every rewriting of 500 asks for all of them. */
function metaOf(event: LogEvent): Meta {
  const known = metas.get(event);
  if (known !== undefined) return known;
  const meta = JSON.parse(event.meta) as Meta;
  metas.set(event, meta);
  return meta;
}

const metas = new WeakMap<LogEvent, Meta>();

/** A member of the envelope in its text form. */
export function metaText(event: LogEvent, name: string): string {
  const value = metaOf(event)[name];
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`an envelope has no ${name}`);
  return String(value);
}

export const payloadOf = ({ payload }: LogEvent): JsonValue => JSON.parse(payload) as JsonValue;
export const streamOf = (event: LogEvent): string => metaText(event, 'streamId');

export const withMeta = (event: LogEvent, changes: Meta): LogEvent => ({
  ...event,
  meta: canonicalJson({ ...metaOf(event), ...changes }),
});

/**
 * Makes a changed history hold together again as well as its numbers, stream versions and hashes go, by the public rules
 * (docs/adr/0002): what remains is that its Merkle root is another. Events that need no change stay the same objects.
 */
export const coherent = (events: readonly LogEvent[]): readonly LogEvent[] => relinked(reversioned(renumbered(events)));

export function renumbered(events: readonly LogEvent[]): readonly LogEvent[] {
  const ends = new Map<string, number>();
  return events.map((event, index) => {
    const place = `${event.topic} ${String(event.partition)}`;
    const partitionSeq = (ends.get(place) ?? 0) + 1;
    ends.set(place, partitionSeq);
    if (event.globalSeq === index + 1 && event.partitionSeq === partitionSeq) return event;
    return { ...event, globalSeq: index + 1, partitionSeq };
  });
}

function reversioned(events: readonly LogEvent[]): readonly LogEvent[] {
  const ends = new Map<string, number>();
  return events.map((event) => {
    const stream = streamOf(event);
    const streamVersion = (ends.get(stream) ?? 0) + 1;
    ends.set(stream, streamVersion);
    return metaOf(event)['streamVersion'] === streamVersion ? event : withMeta(event, { streamVersion });
  });
}

export function relinked(events: readonly LogEvent[]): readonly LogEvent[] {
  const ends = new Map<string, Uint8Array>();
  return events.map((event) => {
    const stream = streamOf(event);
    const before = ends.get(stream) ?? streamStartOf(stream as StreamId);
    const streamHash = Buffer.from(
      streamLinkOf(before, payloadHashOf(event.salt, Buffer.from(event.payload)), Buffer.from(event.meta)),
    );
    ends.set(stream, streamHash);
    return streamHash.equals(event.streamHash) ? event : { ...event, streamHash };
  });
}

/** The Merkle tree over the first `size` events. */
export const treeOf = (events: readonly LogEvent[], size: number): GrownTree =>
  growTree(
    emptyTree,
    events.slice(0, size).map(({ globalSeq, streamHash }) => leafHashOf(merkleLeafOf(globalSeq, streamHash))),
  );
