import { bernoulliCusum, goldCusum } from '@consilium/consensus';
import { alertEvidenceMaximum } from '@consilium/domain';
import type { AlertFigures, AnnotatorId, AnswerScore, CaseEvent, EventId, StreamId } from '@consilium/domain';

/** What was recorded of one case, for one annotator among others. */
export interface RecordedScoring {
  readonly eventId: EventId;
  readonly streamId: StreamId;
  readonly event: Extract<CaseEvent, { readonly type: 'answersScored' }>;
}

/**
 * Whether an annotator's answers to gold have become worse than they may be: a cumulative sum over their statements, in the order in which the
 * answers were first scored, each by the newest truth of its case. Undefined where they have not.
 *
 * @param scorings in the order of their events
 * @param after only answers that were first scored after this event: all before was looked at
 */
export function assessDrift(
  scorings: readonly RecordedScoring[],
  annotatorId: AnnotatorId,
  after: EventId | undefined,
): AlertFigures | undefined {
  const byCase = new Map<StreamId, { readonly first: EventId; readonly score: AnswerScore }>();
  for (const { eventId, streamId, event } of scorings) {
    const score =
      event.truth.kind === 'gold' ? event.scores.find((each) => each.annotatorId === annotatorId) : undefined;
    if (score !== undefined) byCase.set(streamId, { first: byCase.get(streamId)?.first ?? eventId, score });
  }
  const statements = [...byCase.values()]
    .filter(({ first }) => after === undefined || first > after)
    .flatMap(({ first, score }) => score.items.map(({ given, truth }) => ({ first, isRight: given === truth })));
  const { at, statistic } = bernoulliCusum(
    statements.map(({ isRight }) => isRight),
    goldCusum,
  );
  if (at === null) return undefined;
  const evidence = new Set(statements.slice(0, at).map(({ first }) => first));
  return {
    method: { name: 'goldCusum', version: '1', parameters: { ...goldCusum } },
    statements: at,
    statistic,
    evidence: [...evidence].slice(-alertEvidenceMaximum),
  };
}
