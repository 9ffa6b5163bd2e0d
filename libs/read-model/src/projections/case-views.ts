import { assertNever, type CaseEvent } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import { caseStatusAfter } from './case-status-after.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The tables `case_file` (what is known of a case when it comes in) and `case_state` (how far it is). */
export function caseViews(projected: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  const { event } = projected;
  if (event.type === 'caseImported') return importedCase({ ...projected, event });
  const key = { case_id: projected.id };
  if (event.type === 'caseProtocolMoved') {
    const values = { protocol_version: event.protocolVersion };
    return [{ kind: 'patch', table: 'case_state', key, values }];
  }
  const [status, reads] = [caseStatusAfter(event), countedReads(event)];
  if (event.type === 'extraReadRequested') {
    return [
      { kind: 'patch', table: 'case_state', key, values: { status: 'reading' } },
      { kind: 'add', table: 'case_state', key, values: { extra_reads: 1 } },
    ];
  }
  // No event does both.
  if (status !== undefined) return [{ kind: 'patch', table: 'case_state', key, values: { status } }];
  return reads === 0 ? [] : [{ kind: 'add', table: 'case_state', key, values: { reads_submitted: reads } }];
}

/** How many reads more count after an event than before it. What is said of a gold case is no read of it. */
function countedReads(event: CaseEvent): 1 | 0 | -1 {
  switch (event.type) {
    case 'externalReadRecorded':
    case 'annotationSubmitted':
      return 1;
    case 'annotationAmended':
      // A read that counted before is the same read again.
      return event.wasWithdrawn ? 1 : 0;
    case 'annotationWithdrawn':
    case 'annotationOutdated':
      return -1;
    case 'caseImported':
    case 'readClaimed':
    case 'readReleased':
    case 'readExpired':
    case 'readSkipped':
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
    case 'goldClaimed':
    case 'goldReleased':
    case 'goldSkipped':
    case 'goldAnswered':
    case 'goldAmended':
    case 'answersScored':
    case 'caseProtocolMoved':
      return 0;
    default:
      return assertNever(event);
  }
}

function importedCase(
  projected: ProjectedEvent<Extract<CaseEvent, { readonly type: 'caseImported' }>>,
): readonly RowChange[] {
  const { envelope, event } = projected;
  const { organisation } = envelope;
  const case_id = projected.id;
  return [
    {
      kind: 'put',
      table: 'case_file',
      row: {
        case_id,
        organisation,
        project_id: event.projectId,
        subject_id: event.subjectId,
        protocol_version: event.protocolVersion,
        imported_event_id: envelope.eventId,
        imported_at_ms: projected.recordedAtMs,
        payload: projected.payload,
      },
    },
    {
      kind: 'put',
      table: 'case_state',
      row: {
        case_id,
        organisation,
        project_id: event.projectId,
        protocol_version: event.protocolVersion,
        position: event.position,
        priority: event.priority,
        status: 'reading',
        reads_submitted: 0,
        extra_reads: 0,
        is_in_es: event.sentences.every(({ text }) => text.es !== undefined),
        is_in_en: event.sentences.every(({ text }) => text.en !== undefined),
      },
    },
  ];
}
