import { assertNever, type CaseEvent, type DisagreementId } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/**
 * The tables `sentence_change` (what was done to the sentences that a case came in with), `outdated_annotation` (what was given of
 * sentences that mean something else since) and `translation_question` (pairs of languages that somebody is to decide about).
 */
export function sentenceViews(projected: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  const { envelope, event, globalSeq, recordedAtMs, payload } = projected;
  const place = { case_id: projected.id, from_seq: globalSeq, organisation: envelope.organisation };
  switch (event.type) {
    case 'sentenceCorrected':
    case 'sentenceSplit':
    case 'sentencesMerged':
      return [
        {
          kind: 'put',
          table: 'sentence_change',
          row: {
            ...place,
            type: event.type,
            event_id: envelope.eventId,
            actor_id: envelope.actor.id,
            actor_role: envelope.actor.role,
            reason: envelope.reasonCode ?? null,
            recorded_at_ms: recordedAtMs,
            payload,
          },
        },
        ...event.answers.map((disagreementId) => answered(projected.id, disagreementId, 'corrected')),
      ];
    case 'annotationOutdated':
      return [
        {
          kind: 'put',
          table: 'outdated_annotation',
          row: {
            ...place,
            read_id: event.readId,
            annotator_id: event.annotatorId,
            revision: event.revision,
            recorded_at_ms: recordedAtMs,
          },
        },
      ];
    case 'translationQuestioned':
      return [
        {
          kind: 'put',
          table: 'translation_question',
          row: {
            ...place,
            disagreement_id: event.disagreementId,
            project_id: event.projectId,
            sentence_id: event.sentenceId,
            version: event.version,
            status: 'open',
            recorded_at_ms: recordedAtMs,
            detail: { checker: event.checker, hits: event.hits },
          },
        },
      ];
    case 'translationConfirmed':
      return [answered(projected.id, event.disagreementId, 'confirmed')];
    case 'caseImported':
    case 'readsReopened':
    case 'caseReinstated':
    case 'extraReadRequested':
    case 'caseReopened':
    case 'caseWithdrawn':
    case 'readsCompleted':
    case 'consensusReached':
    case 'disagreementFound':
    case 'adjudicationOpened':
    case 'adjudicationDecided':
    case 'caseFinalised':
    case 'externalReadRecorded':
    case 'readClaimed':
    case 'readReleased':
    case 'readExpired':
    case 'readSkipped':
    case 'annotationSubmitted':
    case 'annotationAmended':
    case 'annotationWithdrawn':
    case 'adjudicationClaimed':
    case 'adjudicationReleased':
    case 'adjudicationExpired':
    case 'adjudicationVoted':
    case 'panelSplit':
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
    case 'goldSet':
    case 'goldCorrected':
    case 'goldRetired':
    case 'goldClaimed':
    case 'goldReleased':
    case 'goldSkipped':
    case 'goldAnswered':
    case 'goldAmended':
    case 'answersScored':
    case 'caseExcluded':
    case 'caseIncluded':
    case 'caseProtocolMoved':
      return [];
    default:
      return assertNever(event);
  }
}

const answered = (case_id: string, disagreement_id: DisagreementId, status: 'corrected' | 'confirmed'): RowChange => ({
  kind: 'patch',
  table: 'translation_question',
  key: { case_id, disagreement_id },
  values: { status },
});
