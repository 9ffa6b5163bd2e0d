import type { DataKey } from '@consilium/contracts';
import { isUuid, streamIdOf } from '@consilium/domain';
import type { AnnotatorId, CaseId, Instant } from '@consilium/domain';
import type { EventStore, SubjectKeys } from '@consilium/event-store';
import type { RequestScope } from '../platform/request-scope.ts';
import { claimInstants } from '../read/time-on-task.ts';
import { loadedCase, streamOf } from '../platform/stream-state.ts';

export interface DraftPorts {
  readonly store: EventStore;
  readonly subjectKeys: SubjectKeys;
}

export interface CaseOfDraft {
  readonly caseId: CaseId;
  /** The viewer as annotator of the case's project. */
  readonly annotatorId: AnnotatorId;
  readonly now: Instant;
  /** When the viewer claimed it last; undefined where they never did. */
  readonly claimedAt: Instant | undefined;
  /** The subject's key of that version, or of the case's import; undefined where it was destroyed. */
  readonly key: (keyVersion?: number) => Promise<DataKey | undefined>;
}

/** From the journal, as a command takes it. Undefined where there is no such case for the viewer. */
export async function caseOfDraft(
  { store, subjectKeys }: DraftPorts,
  scope: RequestScope,
  id: string,
): Promise<CaseOfDraft | undefined> {
  if (!isUuid(id)) return undefined;
  const { organisation } = scope.viewer;
  const streamId = streamIdOf('case', id);
  const loaded = await store.load({ organisation, streams: [streamId] });
  const known = loadedCase(streamOf(loaded, streamId));
  if (known === undefined) return undefined;
  const { state, content } = known;
  const { caseId, projectId, subjectId, externalKey } = content;
  const isErased = state.status !== 'unknown' && state.isErased === true;
  const importedUnder = externalKey.state === 'sealed' ? externalKey.keyVersion : 1;
  return {
    caseId,
    annotatorId: scope.annotatorId(projectId),
    now: loaded.now,
    claimedAt: claimInstants(known.recorded, scope.annotatorId(projectId)).at(-1),
    // By the case itself, for the key may still be in this process's memory.
    key: async (keyVersion = importedUnder) =>
      isErased ? undefined : subjectKeys.find(organisation, subjectId, keyVersion),
  };
}
