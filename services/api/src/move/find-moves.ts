import { canonicalJson } from '@consilium/contracts';
import { assertNever, medicalCase, streamIdOf } from '@consilium/domain';
import type { CaseCommand, CaseId, CaseRefusal, OrganisationId, Protocol, StreamId } from '@consilium/domain';
import type { Loaded } from '@consilium/event-store';
import type { CasesToMoveRequest } from '@consilium/read-model';
import type { Viewer } from '../access/viewer.ts';
import type { KeyedHash } from '../platform/keyed-hash.ts';
import { loadedCase, streamOf } from '../platform/stream-state.ts';
import type { ReadPorts } from '../read/run-read-command.ts';
import type { ProtocolMoveObstacle, ProtocolMovePreviewItem } from '../schema/generated/schema-types.ts';
import type { MoveScope } from './move-scope.ts';

export interface MovePorts extends ReadPorts {
  /** Cases that go by another version, as the view knows them; those at an end last. */
  readonly casesToMove: (organisation: OrganisationId, request: CasesToMoveRequest) => Promise<readonly CaseId[]>;
}

export interface FoundMoves {
  /** At most 1,000. */
  readonly items: readonly ProtocolMovePreviewItem[];
  readonly more: boolean;
}

const casesMaximum = 1_000;
/** So many streams are held at a time; a case may be large. */
const casesPerLoad = 25;

/**
 * What a move would do at this moment: each case is read from the journal and its own decider asked, so that a preview cannot
 * promise what the command would not do. Undefined where the project has no such version.
 */
export async function findMoves(
  ports: MovePorts,
  { organisation }: Viewer,
  scope: MoveScope,
): Promise<FoundMoves | undefined> {
  const protocol = await ports.facts.protocol(organisation, scope.projectId, scope.protocolVersion);
  if (protocol === undefined) return undefined;
  const candidates = await ports.casesToMove(organisation, { ...scope, limit: casesMaximum + 1 });
  const items: ProtocolMovePreviewItem[] = [];
  for (let from = 0; from < Math.min(candidates.length, casesMaximum); from += casesPerLoad) {
    const streams = candidates
      .slice(from, Math.min(from + casesPerLoad, casesMaximum))
      .map((caseId) => streamIdOf('case', caseId));
    const loaded = await ports.store.load({ organisation, streams });
    items.push(...streams.flatMap((streamId) => itemOf(loaded, streamId, scope, protocol)));
  }
  return { items, more: candidates.length > casesMaximum };
}

function itemOf(
  loaded: Loaded,
  streamId: StreamId,
  scope: MoveScope,
  protocol: Protocol,
): readonly ProtocolMovePreviewItem[] {
  const known = loadedCase(streamOf(loaded, streamId));
  if (known?.content.projectId !== scope.projectId || known.state.status === 'unknown') return [];
  const { state, content, leases } = known;
  const decision = medicalCase.decide(moveCommand(scope, protocol, { at: loaded.now, leases }), state);
  const events = decision.ok ? decision.events : [];
  return [
    {
      caseId: content.caseId,
      from: state.protocolVersion,
      why: decision.ok ? null : moveObstacle(decision.refusal),
      reads: [...state.reads.values()].filter(({ status }) => status === 'submitted').length,
      reopens: events.some(({ type }) => type === 'readsReopened'),
      completes: events.some(({ type }) => type === 'readsCompleted'),
      claimsEnded: events.filter(({ type }) => type === 'readReleased' || type === 'goldReleased').length,
    },
  ];
}

/** The command that moves one case of a scope. */
export const moveCommand = (
  { protocolVersion }: MoveScope,
  protocol: Protocol,
  { at, leases }: Pick<Extract<CaseCommand, { readonly type: 'moveCaseProtocol' }>, 'at' | 'leases'>,
): CaseCommand => ({ type: 'moveCaseProtocol', protocolVersion, protocol, at, leases });

/** @throws of a refusal that no move gets */
export function moveObstacle({ code }: CaseRefusal): ProtocolMoveObstacle {
  switch (code) {
    case 'CASE_WITHDRAWN':
      return 'caseWithdrawn';
    case 'CASE_FINALISED':
      return 'caseDecided';
    case 'CASE_EXCLUDED':
      return 'caseExcluded';
    case 'PROTOCOL_UNCHANGED':
      return 'alreadyThere';
    case 'CASE_UNKNOWN':
    case 'CASE_DIFFERS':
    case 'INVALID_CASE':
    case 'CASE_NOT_AVAILABLE':
    case 'ALREADY_SUBMITTED':
    case 'ALREADY_SKIPPED':
    case 'STALE_LEASE':
    case 'STALE_REVISION':
    case 'INVALID_ANNOTATION':
    case 'CONSENSUS_NOT_DUE':
    case 'CONSENSUS_SUPERSEDED':
    case 'NOT_SUBMITTED':
    case 'REVISION_UNKNOWN':
    case 'READ_HELD':
    case 'CASE_NOT_WITHDRAWN':
    case 'CASE_HAS_READS':
    case 'NOT_ADJUDICATING':
    case 'READ_BY_YOU':
    case 'NO_SEAT':
    case 'ROLE_MAY_NOT':
    case 'ALREADY_VOTED':
    case 'WRONG_STATUS':
    case 'NO_MORE_READS':
    case 'AMEND_WINDOW_CLOSED':
    case 'LATE_ANNOTATION_UNKNOWN':
    case 'FLAG_UNKNOWN':
    case 'HAD_A_PART':
    case 'SENTENCE_UNKNOWN':
    case 'SENTENCE_CHANGED':
    case 'TOO_MANY_VERSIONS':
    case 'TRANSLATION_NOT_QUESTIONED':
    case 'SENTENCES_CHANGED':
    case 'TOO_MANY_FLAGS':
    case 'ALREADY_GOLD':
    case 'NOT_GOLD':
    case 'INVALID_TRUTH':
    case 'REVIEW_UNKNOWN':
    case 'REVIEW_TAKEN':
    case 'ADJUDICATED_BY_YOU':
    case 'REVIEWED_BY_YOU':
    case 'READ_CHANGED':
    case 'REVIEW_OPEN':
    case 'THREAD_UNKNOWN':
    case 'COMMENT_UNKNOWN':
    case 'SUBJECT_UNKNOWN':
    case 'COMMENT_OF_ANOTHER':
    case 'COMMENT_RETRACTED':
    case 'COMMENT_CHANGED':
    case 'TOO_MANY_COMMENTS':
    case 'TOO_MANY_TURNS':
    case 'BLINDED':
    case 'TRANSLATION_UNFAITHFUL':
      throw new Error(`a move was refused as ${code}`);
    default:
      return assertNever(code);
  }
}

/**
 * Signs, for this viewer, which cases are meant, from where they are moved, and whose consensus falls. How many read at present and
 * whether reads become complete changes all the time where people work, and is nothing that the sender would decide otherwise for.
 */
export function previewToken(
  signatures: KeyedHash,
  { organisation, personId }: Viewer,
  { projectId, protocolVersion, from, caseIds }: MoveScope,
  { items, more }: FoundMoves,
): string {
  const said = canonicalJson({
    organisation,
    personId,
    scope: { projectId, protocolVersion, from: from ?? null, caseIds: caseIds ?? null },
    items: items.map(({ caseId, from: version, why, reopens }) => ({ caseId, from: version, why, reopens })),
    more,
  });
  return signatures.bytes('move-preview', said).toString('base64url');
}
