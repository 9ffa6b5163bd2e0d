import { canonicalJson, type JsonValue } from '@consilium/contracts';
import { medicalCase, streamIdOf } from '@consilium/domain';
import type { CaseEvent, CaseId, OrganisationId, StreamId } from '@consilium/domain';
import type { CasesOfStatusRequest } from '@consilium/read-model';
import type { Viewer } from '../access/viewer.ts';
import type { FinishPorts } from '../adjudication/finish-case.ts';
import type { KeyedHash } from '../platform/keyed-hash.ts';
import { partId } from '../platform/run-parts.ts';
import { loadedCase, streamOf } from '../platform/stream-state.ts';
import type { CaseChangePreviewItem } from '../schema/generated/schema-types.ts';
import { changeCommand, changeObstacle } from './case-change.ts';
import type { ChangeScope } from './change-scope.ts';

export interface BulkPorts extends FinishPorts {
  /** As the view knows them, in order of their ids. */
  readonly casesOfStatus: (organisation: OrganisationId, request: CasesOfStatusRequest) => Promise<readonly CaseId[]>;
}

export interface FoundChanges {
  /** At most 1,000. */
  readonly items: readonly CaseChangePreviewItem[];
  readonly more: boolean;
}

const casesMaximum = 1_000;
/** So many streams are held at a time; a case may be large. */
const casesPerLoad = 25;
/** In the ids of the parts. */
export const changePurpose = 'change';

/** What is kept as the answer of the command: which cases it means, fixed before the first is changed. At most 1,000. */
export interface ChangePlan {
  readonly __typename: 'ChangePlan';
  readonly caseIds: readonly CaseId[];
  readonly token: string;
}

/**
 * What a change would do at this moment: each case is read from the journal and its own decider asked, so that a preview cannot
 * promise what the command would not do. Undefined where the sender gave no such earlier command.
 */
export async function findChanges(
  ports: BulkPorts,
  viewer: Viewer,
  scope: ChangeScope,
): Promise<FoundChanges | undefined> {
  const candidates = await candidatesOf(ports, viewer, scope);
  if (candidates === undefined) return undefined;
  const items: CaseChangePreviewItem[] = [];
  for (let from = 0; from < Math.min(candidates.length, casesMaximum); from += casesPerLoad) {
    const streams = candidates
      .slice(from, Math.min(from + casesPerLoad, casesMaximum))
      .map((caseId) => streamIdOf('case', caseId));
    items.push(...(await itemsOf(ports, viewer, streams, scope)));
  }
  return { items, more: candidates.length > casesMaximum };
}

async function candidatesOf(
  ports: BulkPorts,
  viewer: Viewer,
  { projectId, status, caseIds, changedBy }: ChangeScope,
): Promise<readonly CaseId[] | undefined> {
  if (changedBy !== undefined) return changedCases(ports, viewer, changedBy);
  if (status === undefined) return caseIds ?? [];
  return ports.casesOfStatus(viewer.organisation, { projectId, status, limit: casesMaximum + 1 });
}

/** Those of its plan that an earlier change was accepted for. */
async function changedCases(
  { store }: BulkPorts,
  { organisation, personId: actorId }: Viewer,
  commandId: NonNullable<ChangeScope['changedBy']>,
): Promise<readonly CaseId[] | undefined> {
  const { command } = await store.load({ organisation, streams: [], command: { actorId, commandId } });
  const plan = command === undefined ? undefined : (JSON.parse(command.answer) as Partial<ChangePlan>);
  if (plan?.__typename !== 'ChangePlan') return undefined;
  const changed: CaseId[] = [];
  for (const caseId of plan.caseIds ?? []) {
    const part = { actorId, commandId: partId(commandId, changePurpose, caseId) };
    const { command: done } = await store.load({ organisation, streams: [], command: part });
    if ((done?.streams.length ?? 0) > 0) changed.push(caseId);
  }
  return changed;
}

async function itemsOf(
  { store, facts, readersLeft }: BulkPorts,
  { organisation }: Viewer,
  streams: readonly StreamId[],
  scope: ChangeScope,
): Promise<readonly CaseChangePreviewItem[]> {
  const { projectId, kind } = scope;
  const loaded = await store.load({ organisation, streams });
  const items: CaseChangePreviewItem[] = [];
  for (const streamId of streams) {
    const known = loadedCase(streamOf(loaded, streamId));
    if (known?.content.projectId !== projectId || known.state.status === 'unknown') continue;
    const { state, content, leases } = known;
    const protocol = await facts.protocol(organisation, projectId, state.protocolVersion);
    if (protocol === undefined) throw new Error(`${streamId} goes by a version that its project has not`);
    const left = kind === 'reopen' ? await readersLeft({ organisation, projectId, caseId: content.caseId }) : 0;
    const command = changeCommand(scope, { at: loaded.now, leases, protocol, readersLeft: left });
    const decision = medicalCase.decide(command, state);
    items.push({
      caseId: content.caseId,
      status: state.status,
      why: decision.ok ? null : changeObstacle(decision.refusal),
      reads: [...state.reads.values()].filter(({ status }) => status === 'submitted').length,
      claimsEnded: decision.ok ? decision.events.filter(isOfReader).length : 0,
    });
  }
  return items;
}

/** The end of a claim of who reads the case: to whoever answers it as gold it is a read like any other. */
const isOfReader = ({ type }: CaseEvent): boolean => type === 'readReleased' || type === 'goldReleased';

/** Signs, for this viewer, which cases are meant and which of them can be changed. Who reads at the moment is left out. */
export function previewToken(
  signatures: KeyedHash,
  { organisation, personId }: Viewer,
  scope: ChangeScope,
  { items, more }: FoundChanges,
): string {
  const meant = items.map(({ caseId, why }) => ({ caseId, why }));
  const said = canonicalJson({ organisation, personId, scope, items: meant, more } as unknown as JsonValue);
  return signatures.bytes('change-preview', said).toString('base64url');
}
