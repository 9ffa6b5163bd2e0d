import type { StoredCheckpoint, TilePlace } from '../seal-store.ts';

/**
 * The journal as it is found, for whoever checks it: nothing is joined away, and what is missing is said to be missing. Bytes
 * and columns come as they are stored; nothing about them is believed.
 */
export interface JournalAudit {
  /** Rows of the log after `globalSeq`, in order: at most `limit` (1 to 10,000), at most about 16 MiB. */
  rowsAfter(globalSeq: number, limit: number): Promise<readonly AuditedRow[]>;
  /** Of one stream, in order of version, at most `limit` (1 to 10,000), whether they have a place in the log or not. */
  streamAfter(streamId: string, version: number, limit: number): Promise<readonly AuditedRow[]>;
  /** Of each of these events (at most 10,000), in the same order; undefined where there is none. */
  linksAt(places: readonly StreamPlace[]): Promise<readonly (StreamLink | undefined)[]>;
  /** Stream after stream, each in the order of its versions: at most `limit` (1 to 10,000), at most about 16 MiB. */
  eventsByStream(after: StreamPlace | undefined, limit: number): Promise<readonly EventOfStream[]>;
  /** Of one partition of the log, in order, after `partitionSeq`. */
  partitionAfter(topic: string, partition: number, partitionSeq: number, limit: number): Promise<readonly AuditedRow[]>;
  /** Events that have neither a place in the log nor wait for one: at most `limit`. */
  eventsWithoutPlace(limit: number): Promise<readonly { readonly streamId: string; readonly streamVersion: number }[]>;
  /** What the counters of the journal say. */
  counters(): Promise<JournalCounters>;
  /** The bytes of a tile as they are; undefined where there is none. */
  tile(place: TilePlace): Promise<Uint8Array | undefined>;
  /** Signed heads, the smallest first, after one of them, or from whatever is first. */
  headsAfter(size: number | undefined, limit: number): Promise<readonly StoredCheckpoint[]>;
  /** Tiles of the Merkle tree, of all levels. */
  countTiles(): Promise<number>;
  /** Streams of which some payload has this text in it: at most `limit`. It reads the whole journal. */
  streamsMentioning(text: string, limit: number): Promise<readonly string[]>;
  /** The place of an event in the log; undefined where it has none. */
  seqOf(eventId: string): Promise<number | undefined>;
  /** The last number before anything that was recorded after this instant (epoch milliseconds): see docs/AUDIT.md. */
  lastBefore(instantMs: number): Promise<number>;
}

export interface StreamPlace {
  readonly streamId: string;
  readonly streamVersion: number;
}

/** What is needed of an event to show it. */
export interface EventOfStream extends StreamPlace {
  /** 0 where the event has no place in the log yet. */
  readonly globalSeq: number;
  readonly topic: string;
  readonly partition: number;
  readonly partitionSeq: number;
  readonly metaBytes: Uint8Array;
  readonly payloadBytes: Uint8Array;
}

/** A row of the log, and the event it names. */
export interface AuditedRow {
  /** 0 where the event has no place yet. */
  readonly globalSeq: number;
  readonly topic: string;
  readonly partition: number;
  readonly partitionSeq: number;
  readonly streamId: string;
  readonly streamVersion: number;
  readonly organisation: string;
  /** Undefined where the journal has no such event. */
  readonly event: AuditedEvent | undefined;
}

export interface AuditedEvent {
  readonly eventId: string;
  readonly organisation: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** Microseconds since 1970: an instant has whole milliseconds, and a changed column may not. */
  readonly recordedAtUs: number;
  readonly salt: Uint8Array;
  readonly payloadHash: Uint8Array;
  readonly streamHash: Uint8Array;
  readonly metaBytes: Uint8Array;
  readonly payloadBytes: Uint8Array;
}

/** Where a stream had got to with one of its events. */
export interface StreamLink {
  readonly streamHash: Uint8Array;
  /** 0 where the event has no place in the log. */
  readonly globalSeq: number;
}

export interface JournalCounters {
  /** Undefined before the first relay. */
  readonly logId: string | undefined;
  readonly lastGlobalSeq: number;
  readonly publishedGlobalSeq: number;
  /** Events that wait for their number. */
  readonly pending: number;
  /** Rows of the log with a number below 1, where there can be none. */
  readonly placesBeforeFirst: number;
  /** Of each (topic, partition) that has any. */
  readonly partitions: readonly {
    readonly topic: string;
    readonly partition: number;
    /** What the counter says. */
    readonly lastSeq: number;
    /** What is there. */
    readonly foundLastSeq: number;
  }[];
}
