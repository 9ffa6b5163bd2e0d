import { streamIdOf } from '@consilium/domain';
import type { CaseId } from '@consilium/domain';
import type { EventStore } from '@consilium/event-store';
import type { CaseView } from '@consilium/read-model';
import { loadedCase, streamOf } from '../platform/stream-state.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { changesIn } from '../sentence/sentence-history.ts';
import { seeCases, type SeenCase } from './case-sight.ts';

/** A claimed case, read from the journal: the view may not have it yet, and its claimer sees its sentences as they are now. */
export async function caseOfClaim(
  { store, facts }: { readonly store: EventStore; readonly facts: ProjectFacts },
  scope: RequestScope,
  caseId: CaseId,
): Promise<SeenCase> {
  const streamId = streamIdOf('case', caseId);
  const loaded = await store.load({ organisation: scope.viewer.organisation, streams: [streamId] });
  const known = loadedCase(streamOf(loaded, streamId));
  const first = known?.recorded[0];
  if (known === undefined || known.state.status === 'unknown' || first === undefined) {
    throw new Error(`${streamId} has no import`);
  }
  const { content, state } = known;
  scope.accessLog.note('case.read', [caseId]);
  const { externalKey, images, sentences, source, clinical, position, priority, projectId, subjectId } = content;
  const view: CaseView = {
    caseId,
    projectId,
    subjectId,
    position,
    priority,
    status: 'reading',
    protocolVersion: state.protocolVersion,
    importedUnder: content.protocolVersion,
    readsWanted: undefined,
    readsSubmitted: 0,
    externalKey,
    images,
    sentences,
    source,
    clinical,
    importedAt: first.recordedAt,
    importedEventId: first.eventId,
  };
  const [seen] = await seeCases(facts, scope, [view]);
  if (seen === undefined) throw new Error('a case was not seen');
  return { ...seen, changes: changesIn(known.recorded) };
}
