import { assertNever, claimObstacle, streamIdOf } from '@consilium/domain';
import type { AnnotatorId, ClaimObstacle, OrganisationId, ProjectId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { presentQualification } from '../people/present-qualification.ts';
import { notAnAnnotator, oneOf } from '../platform/refusals.ts';
import { readCommand, type ReadyCommand } from '../platform/run-command.ts';
import { annotatorState, streamOf } from '../platform/stream-state.ts';
import type {
  AnnotatorPaused,
  ClaimCaseInput,
  Claimed,
  ClaimResult,
  HeldRead,
  NotAnAnnotator,
  NotQualified,
  TooManyClaims,
} from '../schema/generated/schema-types.ts';
import { leaseEndOf } from './lease-end-of.ts';
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
  return tryClaim(ports, command, input.caseId, {
    mayClaim: async ({ annotatorId, content: { projectId, caseId }, protocol }) => {
      const held = await ports.heldClaims(organisation, projectId, annotatorId);
      const others = held.filter((claim) => claim.caseId !== caseId);
      return others.length >= protocol.openClaimsMaximum ? tooManyClaims(held) : undefined;
    },
  });
}

type ClaimRefusal = NotAnAnnotator | AnnotatorPaused | NotQualified | TooManyClaims;

interface ClaimAttempt {
  /** The sender as annotator, where the project is known already: read in one trip with the case. */
  readonly annotatorId?: AnnotatorId;
  readonly mayClaim?: (context: ReadContext) => Promise<TooManyClaims | undefined>;
}

/**
 * Whether there is a place on the case is decided by its decider. How many cases an annotator may hold is counted before
 * (`mayClaim`), not under a lock: two claims of one annotator at the same instant may pass the limit by one.
 */
export async function tryClaim(
  ports: ClaimPorts,
  command: ReadyCommand,
  caseId: string,
  { annotatorId: known, mayClaim }: ClaimAttempt,
): Promise<StoredClaimResult> {
  const answer = await runReadCommand<StoredClaim, ClaimRefusal>(ports, command, caseId, {
    besides: known === undefined ? [] : [streamIdOf('annotator', known)],
    command: async (context) => {
      const refusal = (await standingRefusal(ports, command.viewer, context)) ?? (await mayClaim?.(context));
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
    'AnnotatorPaused',
    'NotQualified',
    'NotFound',
    'Invalid',
    'CommandIdReused',
    'Contended',
  );
}

/**
 * Whether the sender may claim at all, as they stand at the instant that the claim is decided at. They are not locked: who is paused
 * or disqualified at the same instant may still get this one case.
 */
async function standingRefusal(
  { store }: ReadPorts,
  { organisation }: Viewer,
  { annotatorId, loaded, protocol, at }: ReadContext,
): Promise<Exclude<ClaimRefusal, TooManyClaims> | undefined> {
  const streamId = streamIdOf('annotator', annotatorId);
  const stream =
    loaded.streams.get(streamId) ?? streamOf(await store.load({ organisation, streams: [streamId] }), streamId);
  const obstacle = claimObstacle(annotatorState(stream), protocol, at);
  return obstacle === undefined ? undefined : claimRefusal(obstacle);
}

export function claimRefusal(obstacle: ClaimObstacle): Exclude<ClaimRefusal, TooManyClaims> {
  switch (obstacle.code) {
    case 'NOT_REGISTERED':
      return notAnAnnotator();
    case 'ANNOTATOR_PAUSED':
      return {
        __typename: 'AnnotatorPaused',
        message:
          'You are paused in this project: you can claim nothing at present. What you hold you may still submit.',
      };
    case 'NOT_QUALIFIED':
      return {
        __typename: 'NotQualified',
        message: 'This case is read by those with qualifications that you do not have, or not any more.',
        missing: obstacle.missing.map(presentQualification),
      };
    default:
      return assertNever(obstacle);
  }
}

export const tooManyClaims = (held: readonly HeldRead[]): TooManyClaims => ({
  __typename: 'TooManyClaims',
  message: 'You hold as many cases as the protocol allows: submit, skip or release one.',
  held,
});
