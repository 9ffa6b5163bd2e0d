import { assertNever, type CaseEvent, type RecordedConsensus } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/**
 * The table `consensus`: every consensus of a case, each from the sequence number of its event on. Which of them holds now the
 * status of the case says: none while its reads are open.
 */
export function consensusView(projected: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  const { event } = projected;
  switch (event.type) {
    case 'consensusReached':
      return [recorded(projected, event.consensus, 'settled')];
    case 'disagreementFound':
      return [recorded(projected, event.consensus, 'disputed')];
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

const recorded = (
  projected: ProjectedEvent<CaseEvent>,
  consensus: RecordedConsensus,
  outcome: 'settled' | 'disputed',
): RowChange => ({
  kind: 'put',
  table: 'consensus',
  row: {
    case_id: projected.id,
    from_seq: projected.globalSeq,
    organisation: projected.envelope.organisation,
    consensus_id: consensus.consensusId,
    outcome,
    event_id: projected.envelope.eventId,
    recorded_at_ms: projected.recordedAtMs,
    payload: projected.payload,
  },
});
