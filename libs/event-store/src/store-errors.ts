import type { EventId } from '@consilium/domain';

/** Meta and payload of one event are more than 256 KiB together. Nothing was written; the command should be refused. */
export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';
  readonly eventId: EventId;
  readonly sizeBytes: number;

  constructor(eventId: EventId, sizeBytes: number) {
    super(`event ${eventId} has ${sizeBytes} bytes of meta and payload`);
    this.eventId = eventId;
    this.sizeBytes = sizeBytes;
  }
}

/** The request breaks the contract of the store: a fault in the calling program. Nothing was written. */
export class InvalidAppend extends Error {
  override readonly name = 'InvalidAppend';
}

/** The database is away, restarting or full. Whether the call took effect is unknown; repeat it with the same command id. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** A head does not come next after the last, or a tile has other hashes than before. Nothing was written. */
export class SealRefused extends Error {
  override readonly name = 'SealRefused';
}

/** Another relay has taken over: this one must stop at once. */
export class EpochFenced extends Error {
  override readonly name = 'EpochFenced';
  readonly epoch: number;

  constructor(epoch: number, options?: ErrorOptions) {
    super(`relay epoch ${epoch} was fenced by a newer one`, options);
    this.epoch = epoch;
  }
}
