import type { CaseEvent } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The table `answer_score`: what each answer was worth, by each truth that it was held against. */
export function scoreView(projected: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  const { envelope, event, globalSeq, recordedAtMs } = projected;
  if (event.type !== 'answersScored') return [];
  const { truth } = event;
  return event.scores.map(({ readId, annotatorId, annotationId, activeMs, items, regions }) => ({
    kind: 'put',
    table: 'answer_score',
    row: {
      case_id: projected.id,
      read_id: readId,
      from_seq: globalSeq,
      organisation: envelope.organisation,
      annotator_id: annotatorId,
      source: truth.kind,
      truth_version: truth.kind === 'gold' ? truth.truthVersion : null,
      adjudication_id: truth.kind === 'adjudicated' ? truth.adjudicationId : null,
      event_id: envelope.eventId,
      recorded_at_ms: recordedAtMs,
      score: {
        annotationId,
        activeMs,
        samplingProbability: truth.kind === 'adjudicated' ? truth.samplingProbability : null,
        items,
        regions,
      },
    },
  }));
}
