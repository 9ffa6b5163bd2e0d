import { decodeEvent, isCaseEvent } from '@consilium/contracts';
import type { CaseEvent } from '@consilium/domain';
import type { RecordedEvent } from '@consilium/event-store';
import { PermanentJobFailure } from '@consilium/jobs';

/** @throws PermanentJobFailure where it is no event of a case; UnreadableEvent */
export function toCaseEvent(recorded: RecordedEvent): CaseEvent {
  const event = decodeEvent(recorded);
  if (!isCaseEvent(event)) throw new PermanentJobFailure('NOT_A_CASE');
  return event;
}
