import { assertNever } from '@consilium/domain';
import type { CaseRefusal, Problem } from '@consilium/domain';
import type {
  AlreadySkipped,
  AlreadySubmitted,
  CaseNotAvailable,
  CommandIdReused,
  Contended,
  Invalid,
  NotAnAnnotator,
  NotFound,
  SentencesChanged,
  StaleLease,
  StaleRevision,
} from '../schema/generated/schema-types.ts';

/** The members of the result unions that say no, in words for the person who asked. */

export const notFound = (
  what:
    | 'project'
    | 'case'
    | 'annotator'
    | 'alert'
    | 'subject'
    | 'command'
    | 'parked stream'
    | 'event'
    | 'late annotation'
    | 'flag'
    | 'sentence'
    | 'translation check',
): NotFound => ({
  __typename: 'NotFound',
  message: `There is no ${what} of this id for you.`,
});

export const invalid = (problems: readonly Problem[]): Invalid => ({
  __typename: 'Invalid',
  message: 'The input has problems. Nothing was changed.',
  problems,
});

export const invalidAt = (path: string, code: string, message: string): Invalid => invalid([{ path, code, message }]);

export const commandIdReused = (): CommandIdReused => ({
  __typename: 'CommandIdReused',
  message: 'This commandId was used with another input. Nothing was changed.',
});

export const contended = (): Contended => ({
  __typename: 'Contended',
  message: 'Others were changing the same at the same time. Nothing was changed: send the command again.',
});

export const notAnAnnotator = (): NotAnAnnotator => ({
  __typename: 'NotAnAnnotator',
  message: 'You are not registered as an annotator of this project.',
});

export const staleLease = (): StaleLease => ({
  __typename: 'StaleLease',
  message: 'Your lease of this case has ended. Nothing was lost: claim the case again.',
});

export const caseNotAvailable = (): CaseNotAvailable => ({
  __typename: 'CaseNotAvailable',
  message: 'This case takes no further read at present.',
});

/** For whoever holds what was claimed, or gave what was given, before the sentences changed in what they mean. */
export const sentencesChanged = ({ code }: CaseRefusal): SentencesChanged | undefined =>
  code === 'SENTENCES_CHANGED'
    ? {
        __typename: 'SentencesChanged',
        message: 'The sentences of this case mean something else since. Nothing was changed: claim the case again.',
      }
    : undefined;

export type ReadRefusal =
  NotFound | Invalid | CaseNotAvailable | AlreadySubmitted | AlreadySkipped | StaleLease | StaleRevision;

/** What the decider of a case refuses a reader, as the API says it. */
export function readRefusal(refusal: CaseRefusal): ReadRefusal {
  switch (refusal.code) {
    case 'CASE_UNKNOWN':
      return notFound('case');
    case 'CASE_NOT_AVAILABLE':
      return caseNotAvailable();
    case 'ALREADY_SUBMITTED':
      return {
        __typename: 'AlreadySubmitted',
        message: 'You have submitted this read before. Nothing was changed.',
        revision: refusal.revision,
      };
    case 'ALREADY_SKIPPED':
      return { __typename: 'AlreadySkipped', message: 'You have skipped this case.' };
    case 'STALE_LEASE':
      return staleLease();
    case 'STALE_REVISION':
      return {
        __typename: 'StaleRevision',
        message: 'Your read has another revision. Nothing was changed.',
        revision: refusal.revision,
      };
    case 'INVALID_CASE':
    case 'INVALID_ANNOTATION':
      return invalid(refusal.problems);
    case 'CASE_DIFFERS':
    case 'CONSENSUS_NOT_DUE':
    case 'CONSENSUS_SUPERSEDED':
    case 'NOT_SUBMITTED':
    case 'REVISION_UNKNOWN':
    case 'READ_HELD':
    case 'CASE_WITHDRAWN':
    case 'CASE_NOT_WITHDRAWN':
    case 'CASE_HAS_READS':
    case 'CASE_FINALISED':
    case 'CASE_EXCLUDED':
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
    case 'SENTENCE_UNKNOWN':
    case 'SENTENCE_CHANGED':
    case 'TOO_MANY_VERSIONS':
    case 'TRANSLATION_NOT_QUESTIONED':
    case 'SENTENCES_CHANGED':
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
      throw new Error(`a read was refused as ${refusal.code}`);
    default:
      return assertNever(refusal);
  }
}

/** The answer, which is one of these members: that no other can come of this command is asserted here. */
export function oneOf<Answer extends { readonly __typename: string }, Name extends Answer['__typename']>(
  answer: Answer,
  ...names: readonly Name[]
): Extract<Answer, { readonly __typename: Name }> {
  if (isOneOf(answer, names)) return answer;
  throw new Error(`${answer.__typename} is no answer to this command`);
}

const isOneOf = <Answer extends { readonly __typename: string }, Name extends Answer['__typename']>(
  answer: Answer,
  names: readonly Name[],
): answer is Extract<Answer, { readonly __typename: Name }> => names.some((name) => name === answer.__typename);
