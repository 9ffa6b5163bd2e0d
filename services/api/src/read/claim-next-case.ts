import { claimObstacle, drawsGold, isUuid, streamIdOf } from '@consilium/domain';
import type { AnnotatorId, CaseId, Language, OrganisationId, ProjectId, Protocol } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { contended, notFound } from '../platform/refusals.ts';
import { type CommandVerdict, readCommand, type ReadyCommand, runCommand } from '../platform/run-command.ts';
import { annotatorState, projectState, streamOf } from '../platform/stream-state.ts';
import type {
  AnnotatorPaused,
  ClaimNextCaseInput,
  NotAnAnnotator,
  NotFound,
  NotQualified,
  TooManyClaims,
} from '../schema/generated/schema-types.ts';
import type { ClaimsInLine } from './claims-in-line.ts';
import {
  type ClaimPorts,
  claimRefusal,
  type StoredClaim,
  type StoredClaimResult,
  tooManyClaims,
  tryClaim,
} from './claim-case.ts';

export interface QueuePorts extends ClaimPorts {
  readonly claimsInLine: ClaimsInLine;
  /** Cases the queue view would offer, in queue order, leaving out `without` and the first `skip`; only a suggestion. */
  readonly suggestCases: (request: SuggestionRequest) => Promise<readonly CaseId[]>;
  /** Gold cases that this annotator might be given; only a suggestion. */
  readonly suggestGold: (request: Omit<SuggestionRequest, 'without'>) => Promise<readonly CaseId[]>;
  /** Cases that were given to this annotator; only a suggestion. */
  readonly suggestAssigned: (request: Omit<SuggestionRequest, 'without'>) => Promise<readonly CaseId[]>;
  /** How many cases of the project this annotator has ever claimed. */
  readonly claimedCases: (
    organisation: OrganisationId,
    projectId: ProjectId,
    annotatorId: AnnotatorId,
  ) => Promise<number>;
}

export interface SuggestionRequest extends QueueWish {
  readonly organisation: OrganisationId;
  readonly projectId: ProjectId;
  readonly annotatorId: AnnotatorId;
  readonly without: readonly CaseId[];
  /** @default 0 */
  readonly skip?: number;
  readonly limit: number;
}

/** What of the queue somebody asks for. */
export interface QueueWish {
  /** Only cases whose sentences are all given in it. */
  readonly language?: Language | undefined;
  readonly priorityAtLeast?: number | undefined;
}

const suggestionsPerBatch = 8;
const batchesMaximum = 25;
/** A suggestion leaves out at most so many. */
const refusedMaximum = 80;

/**
 * Claims the first case of the queue that takes one more read of this annotator, those first that were given to them by name. The queue view may be a moment behind, so
 * each suggestion is put to the case's own decider; where it refuses, the next is tried.
 */
export async function claimNextCase(
  ports: QueuePorts,
  viewer: Viewer,
  input: ClaimNextCaseInput,
): Promise<StoredClaimResult> {
  const command = readCommand(ports, viewer, 'claimNextCase', input);
  if ('__typename' in command) return command;
  if (!isUuid(input.projectId)) return notFound('project');
  const projectId = input.projectId as ProjectId;
  const annotatorId = ports.identities.annotator(projectId, viewer.personId);
  const wish = { language: input.language ?? undefined, priorityAtLeast: input.priorityAtLeast ?? undefined };
  const queue = { organisation: viewer.organisation, projectId, annotatorId, ...wish };
  const held = ports.heldClaims(viewer.organisation, projectId, annotatorId);
  // Asked for at once: each is a trip of its own, and none waits for another.
  const [before, assigned] = await Promise.all([
    beforeClaim(ports, command, projectId, held),
    ports.suggestAssigned({ ...queue, limit: suggestionsPerBatch }),
    held,
  ]);
  if (before.__typename !== 'MayClaim') return before;
  return (
    (await claimGold(ports, command, queue, before)) ??
    (await claimAmong(ports, command, annotatorId, assigned)) ??
    ports.claimsInLine.stand(projectId, async (place) => claimFirst(ports, command, queue, place))
  );
}

interface MayClaim {
  readonly __typename: 'MayClaim';
  readonly goldShare: Protocol['goldShare'];
}

/** Everything that settles the command before a case is looked for; a repeat is answered with the case it claimed. */
async function beforeClaim(
  ports: QueuePorts,
  command: ReadyCommand,
  projectId: ProjectId,
  heldNow: ReturnType<QueuePorts['heldClaims']>,
): Promise<StoredClaimResult | MayClaim> {
  const annotatorId = ports.identities.annotator(projectId, command.viewer.personId);
  const [projectStream, annotatorStream] = [streamIdOf('project', projectId), streamIdOf('annotator', annotatorId)];
  type Outcome = NotFound | NotAnAnnotator | AnnotatorPaused | NotQualified | TooManyClaims | MayClaim;
  return runCommand<StoredClaim, Outcome>(ports, command, [projectStream, annotatorStream], async (loaded) => {
    const refused = (refusal: Outcome): CommandVerdict<StoredClaim, Outcome> => ({ kind: 'refused', refusal });
    const project = projectState(streamOf(loaded, projectStream));
    if (project.status !== 'active') return refused(notFound('project'));
    const standing = annotatorState(streamOf(loaded, annotatorStream));
    const obstacle = claimObstacle(standing, project.protocol, loaded.now);
    // Cases of an earlier version may ask for less: which qualifications are needed is for each case to say.
    if (obstacle !== undefined && obstacle.code !== 'NOT_QUALIFIED') return refused(claimRefusal(obstacle));
    const held = await heldNow;
    const { goldShare, openClaimsMaximum } = project.protocol;
    const isFull = held.length >= openClaimsMaximum;
    return refused(isFull ? tooManyClaims(held) : { __typename: 'MayClaim', goldShare });
  });
}

type Queue = Omit<SuggestionRequest, 'without' | 'skip' | 'limit'>;

/** Now and then a case whose answer is known; undefined where none was drawn, or none is left for this annotator. */
async function claimGold(
  ports: QueuePorts,
  command: ReadyCommand,
  queue: Queue,
  { goldShare }: MayClaim,
): Promise<StoredClaimResult | undefined> {
  if (goldShare === 0) return undefined;
  const { organisation, projectId, annotatorId } = queue;
  const claimed = await ports.claimedCases(organisation, projectId, annotatorId);
  if (!drawsGold(ports.identities.goldDraw(annotatorId, claimed), { goldShare })) return undefined;
  return claimAmong(ports, command, annotatorId, await ports.suggestGold({ ...queue, limit: suggestionsPerBatch }));
}

/** The first of those suggested that its decider gives: no others come for these. */
async function claimAmong(
  ports: QueuePorts,
  command: ReadyCommand,
  annotatorId: AnnotatorId,
  suggested: readonly CaseId[],
): Promise<StoredClaimResult | undefined> {
  for (const caseId of suggested) {
    const answer = await tryClaim(ports, command, caseId, { annotatorId });
    if (isLast(answer)) return answer;
  }
  return undefined;
}

/** @param place in line, among those of this process who are looking for a case of the same queue */
async function claimFirst(
  ports: QueuePorts,
  command: ReadyCommand,
  queue: Queue,
  place: number,
): Promise<StoredClaimResult> {
  const { annotatorId } = queue;
  const refused: CaseId[] = [];
  let notQualified: NotQualified | undefined;
  let skip = place;
  for (let batch = 0; batch < batchesMaximum && refused.length <= refusedMaximum; batch += 1) {
    const suggested = await ports.suggestCases({ ...queue, without: refused, skip, limit: suggestionsPerBatch });
    if (suggested.length === 0 && skip > 0) {
      // There are fewer cases than people in line: nearer the front they share what there is.
      skip = Math.floor(skip / 2);
      batch -= 1;
      continue;
    }
    if (suggested.length === 0) {
      return notQualified ?? { __typename: 'NothingToClaim', message: 'The queue has nothing for you at present.' };
    }
    for (const caseId of suggested) {
      const answer = await tryClaim(ports, command, caseId, { annotatorId });
      if (isLast(answer)) return answer;
      if (answer.__typename === 'NotQualified') notQualified = answer;
      // One that others were changing may have a place still: it is suggested again as long as it seems to.
      if (answer.__typename !== 'Contended') refused.push(caseId);
    }
  }
  // There seemed to be cases to the end, so "nothing" would be wrong.
  return notQualified ?? contended();
}

/** No other case would be answered otherwise; the sender may have been paused meanwhile. */
const isLast = ({ __typename }: StoredClaimResult): boolean =>
  __typename === 'Claimed' || __typename === 'CommandIdReused' || __typename === 'AnnotatorPaused';
