import type { CaseCommand, ReadId, ReviewId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { noteOf, noteProblem } from '../platform/note-input.ts';
import { hiddenFrom } from '../platform/reads-hidden.ts';
import { oneOf } from '../platform/refusals.ts';
import { readCommand, type ReadyCommand } from '../platform/run-command.ts';
import type { ReadContext, ReadPorts } from '../read/run-read-command.ts';
import type {
  ChangeReviewResult,
  RequestReviewInput,
  ReviewChanged,
  WaiveReviewInput,
} from '../schema/generated/schema-types.ts';
import { runReviewCommand } from './run-review-command.ts';

export const requestReview = async (
  ports: ReadPorts,
  viewer: Viewer,
  input: RequestReviewInput,
): Promise<ChangeReviewResult> =>
  change(ports, viewer, 'requestReview', input, ({ commandId }) => {
    const readId = input.readId as ReadId;
    return { type: 'requestReview', reviewId: ports.identities.review(readId, commandId), readId, ...noteOf(input) };
  });

export const waiveReview = async (
  ports: ReadPorts,
  viewer: Viewer,
  input: WaiveReviewInput,
): Promise<ChangeReviewResult> =>
  change(ports, viewer, 'waiveReview', input, () => ({
    type: 'waiveReview',
    reviewId: input.reviewId as ReviewId,
    ...noteOf(input),
  }));

/** By nobody who reads in the project: whether a read can be reviewed tells of it. */
async function change(
  ports: ReadPorts,
  viewer: Viewer,
  name: string,
  input: RequestReviewInput | WaiveReviewInput,
  make: (command: ReadyCommand, context: ReadContext) => CaseCommand,
): Promise<ChangeReviewResult> {
  const command = readCommand(ports, viewer, name, input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input);
  if (problem !== undefined) return problem;
  const answer = await runReviewCommand<ReviewChanged>(ports, command, input.caseId, {
    command: async (context) => (await hiddenFrom(ports.facts, viewer, context.annotatorId)) ?? make(command, context),
    answer: (_events, { content }) => ({ __typename: 'ReviewChanged', caseId: content.caseId }),
    reasonCode: input.reason,
  });
  return oneOf(
    answer,
    'ReviewChanged',
    'ReviewRefused',
    'ReadsHidden',
    'NotFound',
    'Invalid',
    'CommandIdReused',
    'Contended',
  );
}
