import { type AdjudicatingRole, adjudicatingRoles, type AnnotatorId, type CaseId, isUuid } from '@consilium/domain';
import type { OrganisationId, ProjectId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { claimFirstOf } from '../platform/claim-first-of.ts';
import { notFound, oneOf } from '../platform/refusals.ts';
import { readCommand, type ReadyCommand } from '../platform/run-command.ts';
import { leaseEndOf } from '../read/lease-end-of.ts';
import type { ReadPorts } from '../read/run-read-command.ts';
import type {
  ClaimAdjudicationInput,
  ClaimNextAdjudicationInput,
  ClaimSeatResult,
  SeatClaimed,
} from '../schema/generated/schema-types.ts';
import { runSeatCommand } from './run-seat-command.ts';

export interface SeatPorts extends ReadPorts {
  /** Cases that this person might take a seat of, in queue order; only a suggestion. */
  readonly suggestAdjudications: (request: {
    readonly organisation: OrganisationId;
    readonly projectId: ProjectId;
    readonly annotatorId: AnnotatorId;
    readonly limit: number;
  }) => Promise<readonly CaseId[]>;
}

const suggestions = 20;

export async function claimAdjudication(
  ports: SeatPorts,
  viewer: Viewer,
  input: ClaimAdjudicationInput,
): Promise<ClaimSeatResult> {
  const command = readCommand(ports, viewer, 'claimAdjudication', input);
  return '__typename' in command ? command : tryClaim(ports, command, input.caseId);
}

export async function claimNextAdjudication(
  ports: SeatPorts,
  viewer: Viewer,
  input: ClaimNextAdjudicationInput,
): Promise<ClaimSeatResult> {
  const command = readCommand(ports, viewer, 'claimNextAdjudication', input);
  if ('__typename' in command) return command;
  if (!isUuid(input.projectId)) return notFound('project');
  const { organisation, personId } = viewer;
  const projectId = input.projectId as ProjectId;
  const annotatorId = ports.identities.annotator(projectId, personId);
  const answer = await claimFirstOf(ports, command, {
    suggest: async () => ports.suggestAdjudications({ organisation, projectId, annotatorId, limit: suggestions }),
    claim: async (caseId) => tryClaim(ports, command, caseId),
    isClaimed: ({ __typename }) => __typename === 'SeatClaimed',
  });
  return answer ?? { __typename: 'NothingToAdjudicate', message: 'No case waits for you to adjudicate it at present.' };
}

async function tryClaim(ports: SeatPorts, command: ReadyCommand, caseId: string): Promise<ClaimSeatResult> {
  const { viewer, commandId } = command;
  const answer = await runSeatCommand<SeatClaimed>(ports, command, caseId, {
    command: ({ annotatorId, content, at, leases, protocol }) => ({
      type: 'claimSeat',
      annotatorId,
      claimId: ports.identities.claim(content.caseId, annotatorId, commandId),
      role: adjudicatingRoleOf(viewer),
      protocol,
      at,
      leases,
    }),
    answer: (events, context) => ({
      __typename: 'SeatClaimed',
      caseId: context.content.caseId,
      leaseToken: ports.identities.claim(context.content.caseId, context.annotatorId, commandId),
      leaseEndsAt: leaseEndOf(events, context),
    }),
  });
  return oneOf(answer, 'SeatClaimed', 'SeatRefused', 'NotFound', 'Invalid', 'CommandIdReused', 'Contended');
}

const adjudicatingRoleOf = ({ role }: Viewer): AdjudicatingRole | null =>
  adjudicatingRoles.find((adjudicating) => adjudicating === role) ?? null;
