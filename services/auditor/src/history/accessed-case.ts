import type { Envelope } from '@consilium/contracts';
import { aggregateOf, idWithinStream } from '@consilium/domain';
import type { CaseId } from '@consilium/domain';
import type { ShownAccess } from './record-access.ts';

/** The case that an event is of; no case where it is of something else, in which nothing is about patients. */
export function accessedCase({ organisation, streamId }: Envelope): ShownAccess['of'] {
  const isCase = aggregateOf(streamId) === 'case';
  return { organisation, caseIds: isCase ? [idWithinStream(streamId) as CaseId] : [] };
}
