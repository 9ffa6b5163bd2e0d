import { decodeEvent, isCaseEvent } from '@consilium/contracts';
import type { TimedEvent } from '@consilium/domain';
import type { LoadedCase } from '../platform/stream-state.ts';

/** The history of a case with its instants, by which windows and blinding are judged. */
export const timedEvents = ({ recorded }: Pick<LoadedCase, 'recorded'>): readonly TimedEvent[] =>
  recorded.flatMap((each) => {
    const event = decodeEvent(each);
    return isCaseEvent(event) ? [{ event, at: each.recordedAt }] : [];
  });
