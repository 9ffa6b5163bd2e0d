import { isUuid } from '@consilium/domain';
import type { AnnotatorId, CaseId, OrganisationId, ProjectId, ReviewId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { claimFirstOf } from '../platform/claim-first-of.ts';
import { notFound, oneOf } from '../platform/refusals.ts';
import { readCommand, type ReadyCommand } from '../platform/run-command.ts';
import { leaseEndOf } from '../read/lease-end-of.ts';
import type { ReadPorts } from '../read/run-read-command.ts';
import type {
  ClaimNextReviewInput,
  ClaimReviewInput,
  ClaimReviewResult,
  ReviewClaimed,
} from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';
import { runReviewCommand } from './run-review-command.ts';

export interface ReviewPorts extends ReadPorts {
  /** Cases that this person might take a review of, in queue order; only a suggestion. */
  readonly suggestReviews: (request: {
    readonly organisation: OrganisationId;
    readonly projectId: ProjectId;
    readonly annotatorId: AnnotatorId;
    readonly limit: number;
  }) => Promise<readonly CaseId[]>;
}

const suggestions = 20;

export async function claimReview(
  ports: ReviewPorts,
  viewer: Viewer,
  input: ClaimReviewInput,
): Promise<ClaimReviewResult> {
  const command = readCommand(ports, viewer, 'claimReview', input);
  if ('__typename' in command) return command;
  const { caseId, reviewId } = input;
  return tryClaim(ports, command, caseId, isGiven(reviewId) ? (reviewId as ReviewId) : undefined);
}

export async function claimNextReview(
  ports: ReviewPorts,
  viewer: Viewer,
  input: ClaimNextReviewInput,
): Promise<ClaimReviewResult> {
  const command = readCommand(ports, viewer, 'claimNextReview', input);
  if ('__typename' in command) return command;
  if (!isUuid(input.projectId)) return notFound('project');
  const { organisation, personId } = viewer;
  const projectId = input.projectId as ProjectId;
  const annotatorId = ports.identities.annotator(projectId, personId);
  const answer = await claimFirstOf(ports, command, {
    suggest: async () => ports.suggestReviews({ organisation, projectId, annotatorId, limit: suggestions }),
    claim: async (caseId) => tryClaim(ports, command, caseId, undefined),
    isClaimed: ({ __typename }) => __typename === 'ReviewClaimed',
  });
  return answer ?? { __typename: 'NothingToReview', message: 'No read waits for you to review it at present.' };
}

async function tryClaim(
  ports: ReadPorts,
  command: ReadyCommand,
  caseId: string,
  reviewId: ReviewId | undefined,
): Promise<ClaimReviewResult> {
  const { commandId } = command;
  const claimOf = (content: { readonly caseId: CaseId }, annotatorId: AnnotatorId) =>
    ports.identities.claim(content.caseId, annotatorId, commandId);
  const answer = await runReviewCommand<ReviewClaimed>(ports, command, caseId, {
    command: ({ annotatorId, content, at, leases, protocol }) => ({
      type: 'claimReview',
      annotatorId,
      claimId: claimOf(content, annotatorId),
      reviewId,
      protocol,
      at,
      leases,
    }),
    answer: (events, context) => ({
      __typename: 'ReviewClaimed',
      caseId: context.content.caseId,
      leaseToken: claimOf(context.content, context.annotatorId),
      leaseEndsAt: leaseEndOf(events, context),
    }),
  });
  return oneOf(answer, 'ReviewClaimed', 'ReviewRefused', 'NotFound', 'Invalid', 'CommandIdReused', 'Contended');
}
