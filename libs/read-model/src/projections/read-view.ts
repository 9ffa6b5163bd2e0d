import { assertNever, type CaseEvent } from '@consilium/domain';
import type { ReadPurpose, ReadStatus } from '../tables/case-status.ts';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/**
 * The tables `read`: every annotator's read of a case, as it stands, and `external_read`: who gave those that came in with it. What was submitted is in `annotation_version`; only rows from
 * before those were written have it here.
 */
export function readView(projected: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  const { envelope, event } = projected;
  const case_id = projected.id;
  switch (event.type) {
    case 'externalReadRecorded':
      return [
        {
          kind: 'put',
          table: 'read',
          row: {
            case_id,
            read_id: event.readId,
            organisation: envelope.organisation,
            annotator_id: event.annotatorId,
            claim_id: event.claimId,
            purpose: 'overlap' satisfies ReadPurpose,
            status: 'submitted' satisfies ReadStatus,
            claimed_at_ms: projected.recordedAtMs,
            revision: 1,
            annotation_id: event.annotationId,
            submitted_event_id: envelope.eventId,
            submitted_at_ms: projected.recordedAtMs,
            payload: null,
          },
        },
        {
          kind: 'put',
          table: 'external_read',
          row: {
            case_id,
            read_id: event.readId,
            organisation: envelope.organisation,
            annotator_id: event.annotatorId,
            event_id: envelope.eventId,
            detail: { reader: event.reader },
          },
        },
      ];
    case 'readClaimed':
    case 'goldClaimed':
      return [
        {
          kind: 'put',
          table: 'read',
          row: {
            case_id,
            read_id: event.readId,
            organisation: envelope.organisation,
            annotator_id: event.annotatorId,
            claim_id: event.claimId,
            purpose: (event.type === 'goldClaimed' ? 'gold' : 'overlap') satisfies ReadPurpose,
            status: 'held' satisfies ReadStatus,
            claimed_at_ms: projected.recordedAtMs,
            revision: null,
            annotation_id: null,
            submitted_event_id: null,
            submitted_at_ms: null,
            payload: null,
          },
        },
      ];
    case 'readReleased':
    case 'goldReleased':
      return [ended(case_id, event.readId, 'released')];
    case 'readExpired':
      return [ended(case_id, event.readId, 'expired')];
    case 'readSkipped':
    case 'goldSkipped':
      return [ended(case_id, event.readId, 'skipped')];
    case 'annotationSubmitted':
    case 'annotationAmended':
    case 'goldAnswered':
    case 'goldAmended':
      return [
        {
          kind: 'patch',
          table: 'read',
          key: { case_id, read_id: event.readId },
          values: {
            status: 'submitted' satisfies ReadStatus,
            revision: event.revision,
            annotation_id: event.annotationId,
            submitted_event_id: envelope.eventId,
            submitted_at_ms: projected.recordedAtMs,
          },
        },
      ];
    case 'annotationWithdrawn':
    case 'annotationOutdated':
      return [
        {
          kind: 'patch',
          table: 'read',
          key: { case_id, read_id: event.readId },
          values: {
            status: event.type === 'annotationWithdrawn' ? 'withdrawn' : ('outdated' satisfies ReadStatus),
            revision: null,
            annotation_id: null,
            submitted_event_id: null,
            submitted_at_ms: null,
            payload: null,
          },
        },
      ];
    case 'caseImported':
    case 'readsReopened':
    case 'caseWithdrawn':
    case 'caseReinstated':
    case 'caseExcluded':
    case 'caseIncluded':
    case 'readsCompleted':
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
    case 'translationQuestioned':
    case 'translationConfirmed':
    case 'goldSet':
    case 'goldCorrected':
    case 'goldRetired':
    case 'answersScored':
    case 'caseProtocolMoved':
      return [];
    default:
      return assertNever(event);
  }
}

const ended = (case_id: string, read_id: string, status: ReadStatus): RowChange => ({
  kind: 'patch',
  table: 'read',
  key: { case_id, read_id },
  values: { status },
});
