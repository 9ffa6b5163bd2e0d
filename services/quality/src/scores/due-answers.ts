import { decodeEnvelope } from '@consilium/contracts';
import type { ScoringJob } from '@consilium/contracts';
import { fold, independenceOfSubmission, medicalCase } from '@consilium/domain';
import type {
  AdjudicationCause,
  AdjudicationId,
  Annotation,
  AnnotationId,
  AnnotatorId,
  CaseEvent,
  CaseState,
  ProjectId,
  ReadId,
  SentencesOfCase,
} from '@consilium/domain';
import type { LoadedStream } from '@consilium/event-store';
import { PermanentJobFailure } from '@consilium/jobs';
import { toCaseEvent } from '../consensus/to-case-event.ts';

/** An annotator's first answer, given without knowing of others'. */
export interface DueAnswer {
  readonly readId: ReadId;
  readonly annotatorId: AnnotatorId;
  readonly annotationId: AnnotationId;
  readonly annotation: Annotation;
  readonly activeMs: number | null;
}

export type KnownTruth =
  | { readonly kind: 'gold'; readonly truthVersion: number }
  | { readonly kind: 'adjudicated'; readonly adjudicationId: AdjudicationId; readonly cause: AdjudicationCause };

/** What one event made due to be scored: all of it was known then, so nothing that came later changes it. */
export interface DueAnswers {
  readonly projectId: ProjectId;
  readonly protocolVersion: number;
  readonly truth: KnownTruth;
  readonly annotation: Annotation;
  readonly answers: readonly DueAnswer[];
  readonly sentences: SentencesOfCase;
  readonly correlationId: string;
  /** At the newest version. */
  readonly state: CaseState;
}

/**
 * Reads a case stream for the job of one of its events:
 *
 * - `goldAnswered`: that answer, against the truth of then; none where it came after the case had been retired as gold.
 * - `goldSet`, `goldCorrected`: every answer so far, against the new truth.
 * - `adjudicationDecided`: the reads that count, in their first submission where that was blind, against the decision.
 *
 * Never an answer of somebody who gave a truth of the case.
 * @throws PermanentJobFailure where the journal has no such event; UnreadableEvent
 */
export function dueAnswers(stream: LoadedStream, job: ScoringJob): DueAnswers {
  const cause = stream.events[job.streamVersion - 1];
  if (cause?.eventId !== job.eventId) throw new PermanentJobFailure('NO_SUCH_EVENT');
  const events = stream.events.map(toCaseEvent);
  const before = events.slice(0, job.streamVersion);
  const [imported, last] = [before[0], before.at(-1)];
  const then = fold(medicalCase, before);
  if (imported?.type !== 'caseImported' || last === undefined || then.status === 'unknown') {
    throw new PermanentJobFailure('NOT_A_CASE');
  }
  return {
    projectId: imported.projectId,
    protocolVersion: then.protocolVersion,
    ...due(last, before, then),
    sentences: then,
    correlationId: decodeEnvelope(cause.metaBytes).correlationId,
    state: fold(medicalCase, events),
  };
}

type Then = Exclude<CaseState, { readonly status: 'unknown' }>;

function due(
  last: CaseEvent,
  before: readonly CaseEvent[],
  then: Then,
): Pick<DueAnswers, 'truth' | 'annotation' | 'answers'> {
  if (last.type === 'goldSet' || last.type === 'goldCorrected' || last.type === 'goldAnswered') {
    const truth = before.findLast((event) => event.type === 'goldSet' || event.type === 'goldCorrected');
    if (truth === undefined) throw new PermanentJobFailure('NO_TRUTH');
    const { truthVersion, annotation } = truth;
    const given = last.type === 'goldAnswered' ? [last] : before.filter((event) => event.type === 'goldAnswered');
    const isServed = then.gold?.isActive === true;
    return {
      truth: { kind: 'gold', truthVersion },
      annotation,
      answers: isServed ? given.filter(({ annotatorId }) => !then.gold?.givers.has(annotatorId)).map(toAnswer) : [],
    };
  }
  if (last.type !== 'adjudicationDecided') throw new PermanentJobFailure('NOT_A_CAUSE');
  const { adjudicationId, annotationId } = last;
  const opened = before.find((event) => event.type === 'adjudicationOpened' && event.adjudicationId === adjudicationId);
  const vote = before.find((event) => event.type === 'adjudicationVoted' && event.annotationId === annotationId);
  if (opened?.type !== 'adjudicationOpened' || vote?.type !== 'adjudicationVoted') {
    throw new PermanentJobFailure('NO_TRUTH');
  }
  return {
    truth: { kind: 'adjudicated', adjudicationId, cause: opened.cause },
    annotation: vote.annotation,
    answers: blindReads(before, then).map(toAnswer),
  };
}

type Submission = Extract<CaseEvent, { readonly type: 'annotationSubmitted' }>;

function blindReads(before: readonly CaseEvent[], { reads, gold }: Then): readonly Submission[] {
  return before.filter(
    (event): event is Submission =>
      event.type === 'annotationSubmitted' &&
      independenceOfSubmission(true, event.revision, false) === 'blind' &&
      reads.get(event.annotatorId)?.status === 'submitted' &&
      gold?.givers.has(event.annotatorId) !== true,
  );
}

const toAnswer = (event: Submission | Extract<CaseEvent, { readonly type: 'goldAnswered' }>): DueAnswer => ({
  readId: event.readId,
  annotatorId: event.annotatorId,
  annotationId: event.annotationId,
  annotation: event.annotation,
  activeMs: event.timeOnTask?.activeMs ?? null,
});
