import { canonicalJson, decodeEnvelope, type JsonValue } from '@consilium/contracts';
import { medicalCase, streamIdOf } from '@consilium/domain';
import type { AnnotationId, CaseCommand, CaseId, Instant, OrganisationId, StreamId } from '@consilium/domain';
import type { Loaded } from '@consilium/event-store';
import type { SubmittedReadsRequest } from '@consilium/read-model';
import type { Viewer } from '../access/viewer.ts';
import type { KeyedHash } from '../platform/keyed-hash.ts';
import { type LoadedCase, loadedCase, streamOf } from '../platform/stream-state.ts';
import type { ReadContext, ReadPorts } from '../read/run-read-command.ts';
import type { UndoPreviewItem } from '../schema/generated/schema-types.ts';
import { givenBy, isRevision } from './given-annotation.ts';
import { obstacleOf } from './undo-obstacle.ts';
import type { UndoScope } from './undo-scope.ts';

export interface UndoPorts extends ReadPorts {
  /** Cases in which a read of an annotator counts, by the journal; in order of their ids. May give too many. */
  readonly submittedCases: (organisation: OrganisationId, request: SubmittedReadsRequest) => Promise<readonly CaseId[]>;
}

export interface FoundUndo {
  /** At most 1,000, in order of their case ids. */
  readonly items: readonly UndoPreviewItem[];
  readonly more: boolean;
}

const casesMaximum = 1_000;
/** So many streams are held at a time; a case may be large. */
const casesPerLoad = 25;

/**
 * What an undo would do at this moment: each case is read from the journal and its own decider asked, so that a preview
 * cannot promise what the command would not do. Undefined where there is no such import.
 */
export async function findUndo(ports: UndoPorts, viewer: Viewer, scope: UndoScope): Promise<FoundUndo | undefined> {
  const candidates = await candidatesOf(ports, viewer, scope);
  if (candidates === undefined) return undefined;
  const items: UndoPreviewItem[] = [];
  for (let from = 0; from < Math.min(candidates.length, casesMaximum); from += casesPerLoad) {
    const streams = candidates.slice(from, Math.min(from + casesPerLoad, casesMaximum));
    const loaded = await ports.store.load({ organisation: viewer.organisation, streams });
    for (const streamId of streams) items.push(...(await itemOf(ports, viewer, loaded, streamId, scope)));
  }
  return { items, more: candidates.length > casesMaximum };
}

async function candidatesOf(
  ports: UndoPorts,
  { organisation }: Viewer,
  scope: UndoScope,
): Promise<readonly StreamId[] | undefined> {
  if (scope.kind === 'person') {
    const found = await ports.submittedCases(organisation, { ...scope, limit: casesMaximum + 1 });
    return found.map((caseId) => streamIdOf('case', caseId));
  }
  const { actorId, commandId } = scope;
  const { command } = await ports.store.load({ organisation, streams: [], command: { actorId, commandId } });
  return command?.streams.map(({ streamId }) => streamId).sort();
}

async function itemOf(
  { facts }: UndoPorts,
  { organisation }: Viewer,
  loaded: Loaded,
  streamId: StreamId,
  scope: UndoScope,
): Promise<readonly UndoPreviewItem[]> {
  const stream = streamOf(loaded, streamId);
  const known = loadedCase(stream);
  // A command that wrote something else is no import, and what is of another project is not asked for.
  if (known?.content.projectId !== scope.projectId || known.state.status === 'unknown') return [];
  const target = scope.kind === 'person' ? annotationOf(known, scope) : caseOf(known, scope);
  if (target === undefined) return [];
  const protocol = await facts.protocol(organisation, scope.projectId, known.state.protocolVersion);
  if (protocol === undefined) throw new Error(`${streamId} goes by a version that its project has not`);
  const context = { at: loaded.now, leases: known.leases, protocol };
  const decision = medicalCase.decide(undoCommand(scope, target.revision ?? 0, context), known.state);
  return [
    {
      caseId: known.content.caseId,
      action: scope.kind === 'person' ? 'withdrawAnnotation' : 'withdrawCase',
      why: decision.ok ? null : (obstacleOf(decision.refusal) ?? 'changedSince'),
      reads: [...known.state.reads.values()].filter(({ status }) => status === 'submitted').length,
      reopens: decision.ok && decision.events.some(({ type }) => type === 'readsReopened'),
      ...target,
    },
  ];
}

/** The command that undoes one case of a scope. */
export const undoCommand = (
  scope: UndoScope,
  revision: number,
  { at, leases, protocol }: Pick<ReadContext, 'at' | 'leases' | 'protocol'>,
): Extract<CaseCommand, { readonly type: 'withdrawAnnotation' | 'withdrawCase' }> =>
  scope.kind === 'person'
    ? { type: 'withdrawAnnotation', annotatorId: scope.annotatorId, revision, protocol }
    : { type: 'withdrawCase', withReads: scope.withReads, at, leases };

type Target = Pick<UndoPreviewItem, 'annotationId' | 'revision' | 'submittedAt'>;

/** What of this person counts in the case, if it was given within the interval. */
function annotationOf(
  { state, recorded }: LoadedCase,
  { annotatorId, from, to }: Extract<UndoScope, { readonly kind: 'person' }>,
): Target | undefined {
  const read = state.status === 'unknown' ? undefined : state.reads.get(annotatorId);
  if (read?.status !== 'submitted') return undefined;
  const submittedAt = givenAt(recorded, read.annotationId, read.revision);
  if (submittedAt === undefined) throw new Error('a read counts that no event gave');
  const isWithin = (from === undefined || submittedAt >= from) && (to === undefined || submittedAt < to);
  return isWithin ? { annotationId: read.annotationId, revision: read.revision, submittedAt } : undefined;
}

function givenAt(recorded: LoadedCase['recorded'], annotationId: AnnotationId, revision: number): Instant | undefined {
  return recorded.map(givenBy).findLast((given) => given !== undefined && isRevision(given, annotationId, revision))
    ?.recorded.recordedAt;
}

/** A case counts as the import's when that command brought it in. */
function caseOf(
  { recorded: [first] }: LoadedCase,
  { commandId, actorId }: Extract<UndoScope, { readonly kind: 'import' }>,
): Target | undefined {
  const envelope = first === undefined ? undefined : decodeEnvelope(first.metaBytes);
  return envelope?.commandId === commandId && envelope.actor.id === actorId
    ? { annotationId: null, revision: null, submittedAt: null }
    : undefined;
}

/** Signs all that a preview says, for this viewer: equal exactly as long as nothing of it has changed. */
export function previewToken(
  signatures: KeyedHash,
  { organisation, personId }: Viewer,
  scope: UndoScope,
  found: FoundUndo,
): string {
  const said = canonicalJson({ organisation, personId, scope, found } as unknown as JsonValue);
  return signatures.bytes('undo-preview', said).toString('base64url');
}
