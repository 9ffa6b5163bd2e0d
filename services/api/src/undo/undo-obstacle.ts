import type { CaseRefusal } from '@consilium/domain';
import { assertNever } from '@consilium/domain';
import type { NotUndone, UndoObstacle } from '../schema/generated/schema-types.ts';

/** Why a case cannot be undone or brought back; undefined where there is no such case, or a value of the input is wrong. */
export function obstacleOf({ code }: CaseRefusal): UndoObstacle | undefined {
  switch (code) {
    case 'NOT_SUBMITTED':
      return 'nothingCounts';
    case 'STALE_REVISION':
      return 'changedSince';
    case 'REVISION_UNKNOWN':
      return 'revisionUnknown';
    case 'READ_HELD':
      return 'readHeld';
    case 'CASE_NOT_AVAILABLE':
      return 'noPlace';
    case 'CASE_HAS_READS':
      return 'hasReads';
    case 'CASE_WITHDRAWN':
      return 'caseWithdrawn';
    case 'CASE_FINALISED':
      return 'caseFinalised';
    case 'CASE_EXCLUDED':
      return 'caseExcluded';
    case 'CASE_NOT_WITHDRAWN':
      return 'caseNotWithdrawn';
    case 'SENTENCES_CHANGED':
      return 'sentencesChanged';
    case 'SENTENCE_UNKNOWN':
    case 'SENTENCE_CHANGED':
    case 'TOO_MANY_VERSIONS':
    case 'TRANSLATION_NOT_QUESTIONED':
    case 'CASE_UNKNOWN':
    case 'CASE_DIFFERS':
    case 'INVALID_CASE':
    case 'ALREADY_SUBMITTED':
    case 'ALREADY_SKIPPED':
    case 'STALE_LEASE':
    case 'INVALID_ANNOTATION':
    case 'CONSENSUS_NOT_DUE':
    case 'CONSENSUS_SUPERSEDED':
    case 'NOT_ADJUDICATING':
    case 'READ_BY_YOU':
    case 'NO_SEAT':
    case 'ROLE_MAY_NOT':
    case 'ALREADY_VOTED':
    case 'WRONG_STATUS':
    case 'NO_MORE_READS':
    case 'PROTOCOL_UNCHANGED':
    case 'AMEND_WINDOW_CLOSED':
    case 'LATE_ANNOTATION_UNKNOWN':
    case 'FLAG_UNKNOWN':
    case 'HAD_A_PART':
    case 'TOO_MANY_FLAGS':
    case 'ALREADY_GOLD':
    case 'NOT_GOLD':
    case 'INVALID_TRUTH':
    case 'REVIEW_UNKNOWN':
    case 'REVIEW_TAKEN':
    case 'ADJUDICATED_BY_YOU':
    case 'REVIEWED_BY_YOU':
    case 'READ_CHANGED':
    case 'REVIEW_OPEN':
    case 'THREAD_UNKNOWN':
    case 'COMMENT_UNKNOWN':
    case 'SUBJECT_UNKNOWN':
    case 'COMMENT_OF_ANOTHER':
    case 'COMMENT_RETRACTED':
    case 'COMMENT_CHANGED':
    case 'TOO_MANY_COMMENTS':
    case 'TOO_MANY_TURNS':
    case 'BLINDED':
    case 'TRANSLATION_UNFAITHFUL':
      return undefined;
    default:
      return assertNever(code);
  }
}

const words: Readonly<Record<UndoObstacle, string>> = {
  nothingCounts: 'Nothing of this read counts at present.',
  changedSince: 'Another revision of this read counts now.',
  revisionUnknown: 'This read never had such a revision.',
  readHeld: 'The annotator reads the case again at present.',
  noPlace: 'As many others as the protocol wants have read the case, or hold it.',
  hasReads: 'Somebody has submitted a read of the case.',
  caseWithdrawn: 'The case is withdrawn.',
  caseFinalised: 'The case is final: reopen it first.',
  caseExcluded: 'The case is excluded: include it first.',
  caseNotWithdrawn: 'The case is not withdrawn.',
  sentencesChanged: 'The sentences of the case mean something else since.',
  subjectErased: 'The texts of this case were erased.',
  contended: 'Others were changing the case at the same time: send the command again.',
};

export const notUndone = (why: UndoObstacle): NotUndone => ({
  __typename: 'NotUndone',
  message: `${words[why]} Nothing was changed.`,
  why,
});

export const refusalOf = (refusal: CaseRefusal): NotUndone | undefined => {
  const why = obstacleOf(refusal);
  return why === undefined ? undefined : notUndone(why);
};
