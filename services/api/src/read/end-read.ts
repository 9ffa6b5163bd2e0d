import { plainText } from '@consilium/domain';
import type { ClaimId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { invalidAt, oneOf } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import type { EndReadResult, ReadEnded, ReleaseReadInput, SkipReadInput } from '../schema/generated/schema-types.ts';
import { type ReadPorts, type ReadStep, runReadCommand } from './run-read-command.ts';
import { isGiven } from '../schema/is-given.ts';

const noteLength = 4_000;

/** Gives a case back: the annotator may claim it again. */
export async function releaseRead(ports: ReadPorts, viewer: Viewer, input: ReleaseReadInput): Promise<EndReadResult> {
  const claimId = input.leaseToken as ClaimId;
  return endRead(ports, viewer, 'releaseRead', input, {
    command: ({ annotatorId, at, leases }) => ({ type: 'releaseRead', annotatorId, claimId, at, leases }),
    answer,
  });
}

/** Gives a case back for good. */
export async function skipRead(ports: ReadPorts, viewer: Viewer, input: SkipReadInput): Promise<EndReadResult> {
  const { reason, note } = input;
  if (isGiven(note) && (note.trim() === '' || note.length > noteLength)) {
    return invalidAt('note', 'BAD_LENGTH', `a note has 1 to ${noteLength} characters`);
  }
  const claimId = input.leaseToken as ClaimId;
  return endRead(ports, viewer, 'skipRead', input, {
    command: ({ annotatorId, at, leases }) => ({
      type: 'skipRead',
      annotatorId,
      claimId,
      at,
      leases,
      reason,
      ...(!isGiven(note) ? {} : { note: plainText(note) }),
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
  input: ReleaseReadInput,
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
