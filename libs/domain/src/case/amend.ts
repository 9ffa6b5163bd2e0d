import { accept, type Decision, refuse } from '../decider.ts';
import type { CaseCommandOf, CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { completedReads } from './case-reads.ts';
import { type CaseState, evolveCase, type KnownCase } from './case-state.ts';
import { checkAnnotation } from './check-annotation.ts';
import { closedBy } from './closed-by.ts';
import { noteOf, reopened } from './take-back.ts';

/**
 * A new content for one's own read while its window is open: half-open, from the submission until just before its end. How far
 * others are makes no difference to the answer, for it would tell the annotator of them.
 */
export function amendAnnotation(
  command: CaseCommandOf<'amendAnnotation'>,
  state: KnownCase,
): Decision<CaseEvent, CaseRefusal> {
  const { annotatorId, revision, draft, protocol, at, submittedAt, independence } = command;
  const closed = closedBy(state);
  if (closed !== undefined) return refuse(closed);
  const own = state.reads.get(annotatorId);
  if (own?.status === 'open' && own.isOutdated === true) return refuse({ code: 'SENTENCES_CHANGED' });
  if (own?.status !== 'submitted') return refuse({ code: 'NOT_SUBMITTED' });
  if (own.revision !== revision) return refuse({ code: 'STALE_REVISION', revision: own.revision });
  if (at >= submittedAt + protocol.amendWindowMs) return refuse({ code: 'AMEND_WINDOW_CLOSED' });
  const checked = checkAnnotation(draft, { ...state, protocol });
  if (!checked.ok) return refuse({ code: 'INVALID_ANNOTATION', problems: checked.problems });
  const { readId, claimId, annotationId } = own;
  const changes: readonly CaseEvent[] = [
    ...reopened(state),
    {
      type: 'annotationAmended',
      readId,
      annotatorId,
      claimId,
      annotationId,
      revision: revision + 1,
      origin: { kind: 'amended', revision },
      independence,
      wasWithdrawn: false,
      annotation: checked.annotation,
      ...noteOf(command),
    },
  ];
  return accept(...changes, ...completedReads(changes.reduce<CaseState>(evolveCase, state), protocol));
}
