import type { ClaimId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { oneOf } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import type { ReadPorts } from '../read/run-read-command.ts';
import type { ReleaseReviewInput, ReleaseReviewResult, ReviewReleased } from '../schema/generated/schema-types.ts';
import { runReviewCommand } from './run-review-command.ts';

export async function releaseReview(
  ports: ReadPorts,
  viewer: Viewer,
  input: ReleaseReviewInput,
): Promise<ReleaseReviewResult> {
  const command = readCommand(ports, viewer, 'releaseReview', input);
  if ('__typename' in command) return command;
  const claimId = input.leaseToken as ClaimId;
  const answer = await runReviewCommand<ReviewReleased>(ports, command, input.caseId, {
    command: ({ annotatorId, at, leases }) => ({ type: 'releaseReview', annotatorId, claimId, at, leases }),
    answer: () => ({ __typename: 'ReviewReleased' }),
  });
  return oneOf(
    answer,
    'ReviewReleased',
    'ReviewRefused',
    'StaleLease',
    'NotFound',
    'Invalid',
    'CommandIdReused',
    'Contended',
  );
}
