import type { ProjectId } from '@consilium/domain';
import { queryError } from './query-errors.ts';
import type { RequestScope } from './request-scope.ts';

/** A project that is there for the viewer: of their organisation, and one that they act in. @throws GraphQLError NOT_FOUND */
export async function demandProject(scope: RequestScope, projectId: string): Promise<ProjectId> {
  const found = await scope.findProject(projectId);
  if (found === undefined) throw queryError('NOT_FOUND', 'There is no project of this id for you.');
  return found.projectId;
}

/**
 * A project that the viewer may see the work of others in: they do not read there themselves.
 * @throws GraphQLError NOT_FOUND, FORBIDDEN
 */
export async function demandOthersWork(scope: RequestScope, id: string): Promise<ProjectId> {
  const projectId = await demandProject(scope, id);
  if (await scope.isAnnotatorOf(projectId)) {
    throw queryError('FORBIDDEN', 'What others do in a project is not shown to its annotators.');
  }
  return projectId;
}
