import { assertNever, type CaseEvent } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The table `review`: each look at a read that was asked for, who has it, and what came of it. */
export function reviewView(projected: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  const { event, envelope, globalSeq, recordedAtMs, payload } = projected;
  const case_id = projected.id;
  const patch = (review_id: string, values: object): readonly RowChange[] => [
    { kind: 'patch', table: 'review', key: { case_id, review_id }, values },
  ];
  const ended = { ended_seq: globalSeq, ended_at_ms: recordedAtMs, reason: envelope.reasonCode ?? null };
  switch (event.type) {
    case 'reviewOpened':
      return [
        {
          kind: 'put',
          table: 'review',
          row: {
            case_id,
            review_id: event.reviewId,
            organisation: envelope.organisation,
            read_id: event.readId,
            cause: event.cause,
            status: 'open',
            from_seq: globalSeq,
            opened_at_ms: recordedAtMs,
            claim_id: null,
            reviewer_id: null,
            ended_seq: null,
            ended_at_ms: null,
            outcome: null,
            reason: null,
            event_id: null,
            payload: null,
          },
        },
      ];
    case 'reviewClaimed':
      return patch(event.reviewId, { claim_id: event.claimId, reviewer_id: event.annotatorId });
    case 'reviewReleased':
    case 'reviewExpired':
      return patch(event.reviewId, { claim_id: null, reviewer_id: null });
    case 'reviewRecorded':
      return patch(event.reviewId, {
        ...ended,
        status: 'recorded',
        outcome: event.outcome,
        event_id: envelope.eventId,
        payload,
      });
    case 'reviewClosed':
      return patch(event.reviewId, { ...ended, status: 'closed', event_id: envelope.eventId });
    case 'lateAnnotationKept':
    case 'lateAnnotationAccepted':
    case 'lateAnnotationDeclined':
    case 'caseFlagged':
    case 'flagResolved':
    case 'caseImported':
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
    case 'adjudicationOpened':
    case 'adjudicationClaimed':
    case 'adjudicationReleased':
    case 'adjudicationExpired':
    case 'adjudicationVoted':
    case 'panelSplit':
    case 'adjudicationDecided':
    case 'caseFinalised':
    case 'caseProtocolMoved':
    case 'caseReopened':
    case 'externalReadRecorded':
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
    case 'subjectErased':
    case 'threadOpened':
    case 'commentAdded':
    case 'commentCorrected':
    case 'commentRetracted':
    case 'threadResolved':
    case 'threadReopened':
    case 'caseAssigned':
    case 'caseUnassigned':
    case 'readPassedOn':
      return [];
    default:
      return assertNever(event);
  }
}
