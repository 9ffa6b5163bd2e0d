/** An event with its place in the log, as some place of history has it: nothing about it is believed yet. */
export interface FoundEvent {
  /** From 1. */
  readonly globalSeq: number;
  /** The aggregate's topic, without a prefix. */
  readonly topic: string;
  readonly partition: number;
  /** From 1, within (topic, partition). */
  readonly partitionSeq: number;
  readonly metaBytes: Uint8Array;
  readonly payloadBytes: Uint8Array;
  readonly salt: Uint8Array;
  /** S_i of ADR 2. */
  readonly streamHash: Uint8Array;
  /** What the journal's columns repeat of the bytes; undefined from Kafka and from a file. */
  readonly columns: JournalColumns | undefined;
}

export interface JournalColumns {
  readonly streamId: string;
  readonly streamVersion: number;
  readonly eventId: string;
  readonly organisation: string;
  readonly organisationOfLog: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly recordedAtUs: number;
  readonly payloadHash: Uint8Array;
  /** The event before it in its stream, looked up; undefined where there is none. */
  readonly previous: { readonly streamHash: Uint8Array; readonly globalSeq: number } | undefined;
}

/** The log names an event that is not there. */
export interface MissingEvent {
  readonly globalSeq: number;
  readonly missing: string;
}

export type Found = FoundEvent | MissingEvent;

export const isMissing = (found: Found): found is MissingEvent => 'missing' in found;
