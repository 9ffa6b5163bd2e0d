import type { CaseRefusal } from '@consilium/domain';
import type { ReadRefusal } from '../platform/refusals.ts';
import type { Failure, ReadyCommand } from '../platform/run-command.ts';
import { type ReadPorts, type ReadStep, runReadCommand } from '../read/run-read-command.ts';
import type { Invalid, ReadsHidden, ReviewObstacle, ReviewRefused } from '../schema/generated/schema-types.ts';

const words: Readonly<Record<ReviewObstacle, string>> = {
  reviewUnknown: 'No such review is open.',
  reviewTaken: 'Somebody else has this review.',
  readByYou: 'You have read this case, and nobody reviews what they have read.',
  adjudicatedByYou: 'You have adjudicated this case, and nobody reviews what they have adjudicated.',
  readChanged: 'The read was amended since you looked at it: look again.',
  notSubmitted: 'The read does not count at present.',
  caseClosed: 'The case is final, excluded or withdrawn.',
};

const obstacles: Partial<Record<CaseRefusal['code'], ReviewObstacle>> = {
  REVIEW_UNKNOWN: 'reviewUnknown',
  REVIEW_TAKEN: 'reviewTaken',
  READ_BY_YOU: 'readByYou',
  ADJUDICATED_BY_YOU: 'adjudicatedByYou',
  READ_CHANGED: 'readChanged',
  NOT_SUBMITTED: 'notSubmitted',
  CASE_FINALISED: 'caseClosed',
  CASE_EXCLUDED: 'caseClosed',
  CASE_WITHDRAWN: 'caseClosed',
};

function reviewRefused({ code }: CaseRefusal): ReviewRefused | undefined {
  const why = obstacles[code];
  return why === undefined
    ? undefined
    : { __typename: 'ReviewRefused', message: `${words[why]} Nothing was changed.`, why };
}

type Refusal = ReviewRefused | Invalid | ReadsHidden;

/** One command about a review of a case. */
export const runReviewCommand = async <Success>(
  ports: ReadPorts,
  command: ReadyCommand,
  caseId: string,
  step: Omit<ReadStep<Success, Refusal>, 'refusal'>,
): Promise<Success | Refusal | ReadRefusal | Failure> =>
  runReadCommand<Success, Refusal>(ports, command, caseId, { ...step, refusal: reviewRefused });
