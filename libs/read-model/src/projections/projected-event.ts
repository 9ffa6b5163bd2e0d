import type { DomainEvent, Envelope } from '@consilium/contracts';

/** An event as the projections see it. */
export interface ProjectedEvent<Event extends DomainEvent = DomainEvent> {
  readonly envelope: Envelope;
  readonly event: Event;
  /** Its number in the whole log. */
  readonly globalSeq: number;
}

/** Epoch milliseconds at which the event was recorded. */
export const recordedAtMs = ({ envelope }: ProjectedEvent): number => Date.parse(envelope.recordedAt);
