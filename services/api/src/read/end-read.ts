import type { ClaimId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { oneOf } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import type { EndReadResult, ReadEnded, ReleaseReadInput, SkipReadInput } from '../schema/generated/schema-types.ts';
import { type ReadPorts, type ReadStep, runReadCommand } from './run-read-command.ts';
import { isGiven } from '../schema/is-given.ts';
import { noteOf, noteProblem } from '../platform/note-input.ts';

/** Gives a case back: the annotator may claim it again. */
export async function releaseRead(ports: ReadPorts, viewer: Viewer, input: ReleaseReadInput): Promise<EndReadResult> {
  const problem = noteProblem(input);
  if (problem !== undefined) return problem;
  const claimId = input.leaseToken as ClaimId;
  const reason = isGiven(input.reason) ? { reason: input.reason } : {};
  return endRead(ports, viewer, 'releaseRead', input, {
    command: ({ annotatorId, at, leases }) => ({
      type: 'releaseRead',
      annotatorId,
      claimId,
      at,
      leases,
      ...reason,
      ...noteOf(input),
    }),
    answer,
    ...(isGiven(input.reason) ? { reasonCode: input.reason } : {}),
  });
}

/** Gives a case back for good. */
export async function skipRead(ports: ReadPorts, viewer: Viewer, input: SkipReadInput): Promise<EndReadResult> {
  const { reason } = input;
  const problem = noteProblem(input);
  if (problem !== undefined) return problem;
  const claimId = input.leaseToken as ClaimId;
  return endRead(ports, viewer, 'skipRead', input, {
    command: ({ annotatorId, at, leases }) => ({
      type: 'skipRead',
      annotatorId,
      claimId,
      at,
      leases,
      reason,
      ...noteOf(input),
    }),
    answer,
    reasonCode: reason,
  });
}

const answer = (): Omit<ReadEnded, 'token'> => ({ __typename: 'ReadEnded' });

async function endRead(
  ports: ReadPorts,
  viewer: Viewer,
  operation: string,
  input: ReleaseReadInput | SkipReadInput,
  step: ReadStep<ReadEnded, never>,
): Promise<EndReadResult> {
  const command = readCommand(ports, viewer, operation, input);
  if ('__typename' in command) return command;
  return oneOf(
    await runReadCommand<ReadEnded, never>(ports, command, input.caseId, step),
    'ReadEnded',
    'StaleLease',
    'AlreadySubmitted',
    'NotFound',
    'Invalid',
    'CommandIdReused',
    'Contended',
  );
}
