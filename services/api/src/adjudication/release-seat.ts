import type { ClaimId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { oneOf } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import type { ReadPorts } from '../read/run-read-command.ts';
import type { ReleaseAdjudicationInput, ReleaseSeatResult, SeatReleased } from '../schema/generated/schema-types.ts';
import { runSeatCommand } from './run-seat-command.ts';

export async function releaseAdjudication(
  ports: ReadPorts,
  viewer: Viewer,
  input: ReleaseAdjudicationInput,
): Promise<ReleaseSeatResult> {
  const command = readCommand(ports, viewer, 'releaseAdjudication', input);
  if ('__typename' in command) return command;
  const claimId = input.leaseToken as ClaimId;
  const answer = await runSeatCommand<SeatReleased>(ports, command, input.caseId, {
    command: ({ annotatorId, at, leases }) => ({ type: 'releaseSeat', annotatorId, claimId, at, leases }),
    answer: () => ({ __typename: 'SeatReleased' }),
  });
  return oneOf(
    answer,
    'SeatReleased',
    'SeatRefused',
    'StaleLease',
    'NotFound',
    'Invalid',
    'CommandIdReused',
    'Contended',
  );
}
