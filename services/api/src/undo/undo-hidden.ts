import type { LoadedStream } from '@consilium/event-store';
import type { Viewer } from '../access/viewer.ts';
import type { Identities } from '../platform/identities.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import { hiddenFrom, readsHidden } from '../platform/reads-hidden.ts';
import { withholdsReaders } from '../platform/stream-state.ts';
import type { ReadsHidden } from '../schema/generated/schema-types.ts';
import type { UndoScope } from './undo-scope.ts';

/** As {@link hiddenFrom}, about a whole undo. One person's reads tell who read what, which the source of some projects withholds. */
export async function scopeHiddenFrom(
  { facts, identities }: { readonly facts: ProjectFacts; readonly identities: Identities },
  viewer: Viewer,
  { kind, projectId }: Pick<UndoScope, 'kind' | 'projectId'>,
  project: LoadedStream,
): Promise<ReadsHidden | undefined> {
  const hidden = await hiddenFrom(facts, viewer, identities.annotator(projectId, viewer.personId));
  if (hidden !== undefined) return hidden;
  return kind === 'person' && withholdsReaders(project)
    ? readsHidden('The source of this project withholds who read what.')
    : undefined;
}
