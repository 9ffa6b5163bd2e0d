import { isUuid } from '@consilium/domain';
import type { ProjectId } from '@consilium/domain';
import { findProject } from '@consilium/read-model';
import type { ChangeView } from '@consilium/read-model';
import { queryError } from '../platform/query-errors.ts';
import type { RequestScope } from '../platform/request-scope.ts';

/** @throws GraphQLError NOT_FOUND */
export async function demandProject(scope: RequestScope, projectId: string): Promise<ProjectId> {
  if (isUuid(projectId) && (await findProject(scope.session, projectId as ProjectId)) !== undefined) {
    return projectId as ProjectId;
  }
  throw queryError('NOT_FOUND', 'There is no project of this id for you.');
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

/** From this change on the viewer is one of the project's annotators, and what others do is not theirs to see. */
export const blinds =
  (scope: RequestScope, projectId: ProjectId) =>
  ({ type, annotatorId }: ChangeView): boolean =>
    type === 'annotatorRegistered' && annotatorId === scope.annotatorId(projectId);
