import { assertNever, type CaseEvent, type CaseStatus } from '@consilium/domain';

/** The status that an event brings a case into; undefined where the case stays in the one it has. */
export function caseStatusAfter({ type }: CaseEvent): CaseStatus | undefined {
  switch (type) {
    case 'caseImported':
    case 'readsReopened':
    case 'caseReinstated':
    case 'caseIncluded':
    case 'extraReadRequested':
    case 'caseReopened':
      return 'reading';
    case 'caseWithdrawn':
      return 'withdrawn';
    case 'caseExcluded':
      return 'excluded';
    case 'readsCompleted':
      return 'awaitingConsensus';
    case 'consensusReached':
      return 'settled';
    case 'disagreementFound':
      return 'disputed';
    case 'adjudicationOpened':
      return 'adjudicating';
    case 'adjudicationDecided':
      return 'adjudicated';
    case 'caseFinalised':
      return 'finalised';
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
      return undefined;
    default:
      return assertNever(type);
  }
}
