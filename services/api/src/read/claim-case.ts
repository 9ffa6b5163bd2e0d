import type { AnnotatorId, CaseEvent, OrganisationId, ProjectId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { notAnAnnotator, oneOf } from '../platform/refusals.ts';
import { readCommand, type ReadyCommand } from '../platform/run-command.ts';
import type {
  ClaimCaseInput,
  Claimed,
  ClaimResult,
  HeldRead,
  NotAnAnnotator,
  TooManyClaims,
} from '../schema/generated/schema-types.ts';
import { type ReadContext, type ReadPorts, runReadCommand } from './run-read-command.ts';

export interface ClaimPorts extends ReadPorts {
  /** The live claims of one annotator, by the claim table itself and the database's clock. */
  readonly heldClaims: (
    organisation: OrganisationId,
    projectId: ProjectId,
    annotatorId: AnnotatorId,
  ) => Promise<readonly HeldRead[]>;
}

/** What is known and kept of a claim; the case itself is read when it is asked for. */
export type StoredClaim = Omit<Claimed, 'case'>;
export type StoredClaimResult = StoredClaim | Exclude<ClaimResult, Claimed>;

/** Claims a case that the annotator names. */
export async function claimCase(ports: ClaimPorts, viewer: Viewer, input: ClaimCaseInput): Promise<StoredClaimResult> {
  const command = readCommand(ports, viewer, 'claimCase', input);
  if ('__typename' in command) return command;
  const { organisation } = viewer;
  return tryClaim(ports, command, input.caseId, async ({ annotatorId, content: { projectId, caseId }, protocol }) => {
    if (!(await ports.facts.isRegistered(organisation, annotatorId))) return notAnAnnotator();
    const held = await ports.heldClaims(organisation, projectId, annotatorId);
    const others = held.filter((claim) => claim.caseId !== caseId);
    return others.length >= protocol.openClaimsMaximum ? tooManyClaims(held) : undefined;
  });
}

/**
 * Whether there is a place on the case is decided by its decider. How many cases an annotator may hold is counted before
 * (`mayClaim`), not under a lock: two claims of one annotator at the same instant may pass the limit by one.
 */
export async function tryClaim(
  ports: ClaimPorts,
  command: ReadyCommand,
  caseId: string,
  mayClaim: (context: ReadContext) => Promise<NotAnAnnotator | TooManyClaims | undefined>,
): Promise<StoredClaimResult> {
  const answer = await runReadCommand<StoredClaim, NotAnAnnotator | TooManyClaims>(ports, command, caseId, {
    command: async (context) => {
      const refusal = await mayClaim(context);
      if (refusal !== undefined) return refusal;
      const { annotatorId, content, at, leases, protocol } = context;
      const readId = ports.identities.read(content.caseId, annotatorId);
      const claimId = ports.identities.claim(content.caseId, annotatorId, command.commandId);
      return { type: 'claimRead', readId, annotatorId, claimId, protocol, at, leases };
    },
    answer: (events, context) => ({
      __typename: 'Claimed',
      caseId: context.content.caseId,
      leaseToken: ports.identities.claim(context.content.caseId, context.annotatorId, command.commandId),
      leaseEndsAt: leaseEndOf(events, context),
    }),
  });
  return oneOf(
    answer,
    'Claimed',
    'TooManyClaims',
    'CaseNotAvailable',
    'AlreadySubmitted',
    'AlreadySkipped',
    'NotAnAnnotator',
    'NotFound',
    'Invalid',
    'CommandIdReused',
    'Contended',
  );
}

function leaseEndOf(events: readonly CaseEvent[], { leases, annotatorId }: ReadContext): number {
  const claimed = events.find((event) => event.type === 'readClaimed');
  const endsAt = claimed?.leaseEndsAt ?? leases.find((lease) => lease.annotatorId === annotatorId)?.endsAt;
  if (endsAt === undefined) throw new Error('a claim was accepted without a lease');
  return endsAt;
}

export const tooManyClaims = (held: readonly HeldRead[]): TooManyClaims => ({
  __typename: 'TooManyClaims',
  message: 'You hold as many cases as the protocol allows: submit, skip or release one.',
  held,
});
