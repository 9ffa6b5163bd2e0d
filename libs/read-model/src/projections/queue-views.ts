import { assertNever, type CaseEvent } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The tables `late_annotation` and `case_flag`: what a lead is asked about, and what became of it. */
export function queueViews(projected: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  const { envelope, event } = projected;
  const place = { case_id: projected.id, organisation: envelope.organisation };
  const recorded = { event_id: envelope.eventId, recorded_at_ms: projected.recordedAtMs };
  switch (event.type) {
    case 'lateAnnotationKept':
      return [
        {
          kind: 'put',
          table: 'late_annotation',
          row: {
            ...place,
            annotation_id: event.annotationId,
            read_id: event.readId,
            annotator_id: event.annotatorId,
            claim_id: event.claimId,
            status: 'kept',
            ...recorded,
            payload: projected.payload,
          },
        },
      ];
    case 'lateAnnotationAccepted':
      return [decided(projected.id, event.annotationId, 'accepted')];
    case 'lateAnnotationDeclined':
      return [decided(projected.id, event.annotationId, 'declined')];
    case 'caseFlagged':
      return [
        {
          kind: 'put',
          table: 'case_flag',
          row: {
            ...place,
            flag_id: event.flagId,
            annotator_id: event.annotatorId ?? null,
            actor_id: envelope.actor.id,
            actor_role: envelope.actor.role,
            reason: event.reason,
            status: 'open',
            ...recorded,
            detail: event.note === undefined ? null : { note: event.note },
          },
        },
      ];
    case 'flagResolved':
      return [
        {
          kind: 'patch',
          table: 'case_flag',
          key: { case_id: projected.id, flag_id: event.flagId },
          values: { status: 'resolved' },
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
      return [];
    default:
      return assertNever(event);
  }
}

const decided = (case_id: string, annotation_id: string, status: 'accepted' | 'declined'): RowChange => ({
  kind: 'patch',
  table: 'late_annotation',
  key: { case_id, annotation_id },
  values: { status },
});
