import { decodeEvent } from '@consilium/contracts';
import type { AnnotatorId } from '@consilium/domain';
import type { LoadedStream } from '@consilium/event-store';
import type { Viewer } from '../access/viewer.ts';
import type { Identities } from '../platform/identities.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import type { ReadsHidden } from '../schema/generated/schema-types.ts';
import type { UndoScope } from './undo-scope.ts';

const readsHidden = (message: string): ReadsHidden => ({ __typename: 'ReadsHidden', message });

/**
 * Whoever reads in a project is blinded there, whatever role their token has: to undo others' reads is to learn of them.
 * Undefined where nothing is hidden.
 */
export async function hiddenFrom(
  facts: ProjectFacts,
  { organisation }: Viewer,
  annotatorId: AnnotatorId,
): Promise<ReadsHidden | undefined> {
  return (await facts.isRegistered(organisation, annotatorId))
    ? readsHidden('You read in this project yourself: somebody who does not has to do this.')
    : undefined;
}

/** The same about a whole undo. One person's reads tell who read what, which the source of some projects withholds. */
export async function scopeHiddenFrom(
  { facts, identities }: { readonly facts: ProjectFacts; readonly identities: Identities },
  viewer: Viewer,
  { kind, projectId }: Pick<UndoScope, 'kind' | 'projectId'>,
  project: LoadedStream,
): Promise<ReadsHidden | undefined> {
  const hidden = await hiddenFrom(facts, viewer, identities.annotator(projectId, viewer.personId));
  if (hidden !== undefined) return hidden;
  return kind === 'person' && hidesReaders(project)
    ? readsHidden('The source of this project withholds who read what.')
    : undefined;
}

const hidesReaders = (project: LoadedStream): boolean =>
  project.events
    .map(decodeEvent)
    .some((event) => event.type === 'protocolAdopted' && event.protocol.readerIdentity !== 'known');
