import type { AnnotatorId } from '../identifiers.ts';
import type { CaseEvent } from './case-events.ts';
import { isLive, type LeasesAt } from './case-reads.ts';
import type { KnownCase } from './case-state.ts';

/** Whether what this annotator has of the case at present is an answer to gold. */
export function isAnsweringGold(annotatorId: AnnotatorId, { goldReads }: KnownCase): boolean {
  const own = goldReads.get(annotatorId);
  return own !== undefined && own.status !== 'open';
}

/** Given the case among others; of these whoever knows its answer. */
export const knowsTruth = (annotatorId: AnnotatorId, { gold }: KnownCase): boolean =>
  gold?.givers.has(annotatorId) === true;

/** Live claims of a gold case that is taken from those who hold it, or of one of them. Those that ran out end without an event. */
export const releasedGold = (leases: LeasesAt, state: KnownCase, only?: AnnotatorId): readonly CaseEvent[] =>
  [...state.goldReads].flatMap(([annotatorId, read]): readonly CaseEvent[] =>
    read.status === 'held' && isLive(read, leases) && (only === undefined || only === annotatorId)
      ? [{ type: 'goldReleased', readId: read.readId, annotatorId, claimId: read.claimId }]
      : [],
  );
