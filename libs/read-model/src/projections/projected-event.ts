import type { DomainEvent, Envelope } from '@consilium/contracts';

/** An event as the projections see it. */
export interface ProjectedEvent<Event extends DomainEvent = DomainEvent> {
  readonly envelope: Envelope;
  readonly event: Event;
  /** The event without its type as JSON in UTF-8, in the current schema version, texts sealed. */
  readonly payload: Uint8Array;
  /** The id within the stream: of the project, annotator or case. */
  readonly id: string;
  /** Its number in the whole log. */
  readonly globalSeq: number;
  /** Epoch milliseconds. */
  readonly recordedAtMs: number;
}
