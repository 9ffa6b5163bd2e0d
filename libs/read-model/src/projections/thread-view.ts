import { assertNever, type CaseEvent } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The table `thread_event`: what was said in the threads of a case, one row for each event. */
export function threadView({
  id,
  envelope,
  event,
  globalSeq,
  recordedAtMs,
  payload,
}: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  switch (event.type) {
    case 'threadOpened':
    case 'commentAdded':
    case 'commentCorrected':
    case 'commentRetracted':
    case 'threadResolved':
    case 'threadReopened':
      return [
        {
          kind: 'put',
          table: 'thread_event',
          row: {
            case_id: id,
            from_seq: globalSeq,
            organisation: envelope.organisation,
            thread_id: event.threadId,
            type: event.type,
            event_id: envelope.eventId,
            actor_role: envelope.actor.role,
            reason: envelope.reasonCode ?? null,
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
    case 'annotationOutdated':
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
    case 'caseReopened':
    case 'caseProtocolMoved':
    case 'lateAnnotationKept':
    case 'lateAnnotationAccepted':
    case 'lateAnnotationDeclined':
    case 'caseFlagged':
    case 'flagResolved':
    case 'sentenceCorrected':
    case 'sentenceSplit':
    case 'sentencesMerged':
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
    case 'reviewOpened':
    case 'reviewClaimed':
    case 'reviewReleased':
    case 'reviewExpired':
    case 'reviewRecorded':
    case 'reviewClosed':
    case 'answersScored':
    case 'caseAssigned':
    case 'caseUnassigned':
    case 'readPassedOn':
    case 'subjectErased':
      return [];
    default:
      return assertNever(event);
  }
}
