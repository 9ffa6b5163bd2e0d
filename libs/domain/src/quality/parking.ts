/**
 * What operators decided about events that the views cannot show: one stream an organisation.
 *
 * Invariants
 * - A decision names the stream and the event at which it stands still. The same event is discarded once.
 * - Nothing is taken out of history: a discarded event is left out of the views alone.
 */
import { assertNever } from '../assert-never.ts';
import { accept, type Decider, type Decision } from '../decider.ts';
import type { EventId, StreamId } from '../identifiers.ts';

/** Why, for the record. */
export const parkingReasons = ['softwareMended', 'eventDamaged', 'enteredWrongly', 'other'] as const;
export type ParkingReason = (typeof parkingReasons)[number];

interface ParkedAt {
  readonly parkedStreamId: StreamId;
  /** The first event of the stream that is not shown. */
  readonly parkedEventId: EventId;
}

export type ParkingCommand = ParkedAt & { readonly type: 'retryParkedStream' | 'discardParkedEvent' };

export type ParkingEvent =
  /** What stands still is to be tried again, in its order. */
  | (ParkedAt & { readonly type: 'parkedStreamRetried' })
  /** The views go on without this event; what comes after it is tried. */
  | (ParkedAt & { readonly type: 'parkedEventDiscarded' });

export interface ParkingState {
  readonly discarded: ReadonlySet<EventId>;
}

export type ParkingRefusal = never;

export const parking: Decider<ParkingCommand, ParkingEvent, ParkingState, ParkingRefusal> = {
  initial: { discarded: new Set() },
  decide,
  evolve,
};

function decide(
  { type, parkedStreamId, parkedEventId }: ParkingCommand,
  { discarded }: ParkingState,
): Decision<ParkingEvent, ParkingRefusal> {
  switch (type) {
    case 'retryParkedStream':
      return accept<ParkingEvent>({ type: 'parkedStreamRetried', parkedStreamId, parkedEventId });
    case 'discardParkedEvent':
      return discarded.has(parkedEventId)
        ? accept()
        : accept<ParkingEvent>({ type: 'parkedEventDiscarded', parkedStreamId, parkedEventId });
    default:
      return assertNever(type);
  }
}

function evolve(state: ParkingState, event: ParkingEvent): ParkingState {
  switch (event.type) {
    case 'parkedStreamRetried':
      return state;
    case 'parkedEventDiscarded':
      return { discarded: new Set(state.discarded).add(event.parkedEventId) };
    default:
      return assertNever(event);
  }
}
