import { assertNever, type CaseEvent } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The tables `adjudication` (each opening of one, with its decision) and `adjudication_vote` (each member's answer). */
export function adjudicationView(projected: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  const { event, envelope, globalSeq, recordedAtMs, payload } = projected;
  const case_id = projected.id;
  const { organisation } = envelope;
  switch (event.type) {
    case 'adjudicationOpened':
      return [
        {
          kind: 'put',
          table: 'adjudication',
          row: {
            case_id,
            adjudication_id: event.adjudicationId,
            organisation,
            from_seq: globalSeq,
            cause: event.cause,
            panel_size: event.panelSize,
            is_split: false,
            opened_at_ms: recordedAtMs,
            decided_at_ms: null,
            decided_seq: null,
            annotation_id: null,
            payload: null,
          },
        },
      ];
    case 'panelSplit':
      return [
        {
          kind: 'patch',
          table: 'adjudication',
          key: { case_id, adjudication_id: event.adjudicationId },
          values: { is_split: true },
        },
      ];
    case 'adjudicationDecided':
      return [
        {
          kind: 'patch',
          table: 'adjudication',
          key: { case_id, adjudication_id: event.adjudicationId },
          values: {
            decided_at_ms: recordedAtMs,
            decided_seq: globalSeq,
            annotation_id: event.annotationId,
            payload,
          },
        },
      ];
    case 'adjudicationVoted':
      return [
        {
          kind: 'put',
          table: 'adjudication_vote',
          row: {
            case_id,
            annotation_id: event.annotationId,
            organisation,
            adjudication_id: event.adjudicationId,
            annotator_id: event.annotatorId,
            from_seq: globalSeq,
            event_id: envelope.eventId,
            recorded_at_ms: recordedAtMs,
            payload,
          },
        },
      ];
    case 'caseImported':
    case 'externalReadRecorded':
    case 'readClaimed':
    case 'readReleased':
    case 'readExpired':
    case 'readSkipped':
    case 'annotationSubmitted':
    case 'annotationAmended':
    case 'annotationWithdrawn':
    case 'readsCompleted':
    case 'readsReopened':
    case 'caseWithdrawn':
    case 'caseReinstated':
    case 'caseExcluded':
    case 'caseIncluded':
    case 'consensusReached':
    case 'disagreementFound':
    case 'extraReadRequested':
    case 'adjudicationClaimed':
    case 'adjudicationReleased':
    case 'adjudicationExpired':
    case 'caseFinalised':
    case 'caseReopened':
    case 'lateAnnotationKept':
    case 'lateAnnotationAccepted':
    case 'lateAnnotationDeclined':
    case 'caseFlagged':
    case 'flagResolved':
    case 'reviewOpened':
    case 'reviewClaimed':
    case 'reviewReleased':
    case 'reviewExpired':
    case 'reviewRecorded':
    case 'reviewClosed':
    case 'threadOpened':
    case 'commentAdded':
    case 'commentCorrected':
    case 'commentRetracted':
    case 'threadResolved':
    case 'threadReopened':
    case 'caseAssigned':
    case 'caseUnassigned':
    case 'readPassedOn':
    case 'subjectErased':
    case 'sentenceCorrected':
    case 'sentenceSplit':
    case 'sentencesMerged':
    case 'annotationOutdated':
    case 'translationQuestioned':
    case 'translationConfirmed':
    case 'goldSet':
    case 'goldCorrected':
    case 'goldRetired':
    case 'goldClaimed':
    case 'goldReleased':
    case 'goldSkipped':
    case 'goldAnswered':
    case 'goldAmended':
    case 'answersScored':
    case 'caseProtocolMoved':
      return [];
    default:
      return assertNever(event);
  }
}
