import type { AnnotatorId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import type { ReadsHidden } from '../schema/generated/schema-types.ts';
import type { ProjectFacts } from './project-facts.ts';

export const readsHidden = (message: string): ReadsHidden => ({ __typename: 'ReadsHidden', message });

/**
 * Whoever reads in a project is blinded there, whatever role their token has: to decide about others' reads is to learn of them.
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
