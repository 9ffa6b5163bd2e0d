import type { ProjectId } from '@consilium/domain';
import { isUuid } from '@consilium/domain';
import { findProject } from '@consilium/read-model';
import { queryError } from '../platform/query-errors.ts';
import type { RequestScope } from '../platform/request-scope.ts';

/** A project of the viewer's organisation in which they do not read. @throws GraphQLError NOT_FOUND, FORBIDDEN */
export async function demandShownReads(scope: RequestScope, projectId: string): Promise<ProjectId> {
  const id = projectId as ProjectId;
  if (!isUuid(projectId) || (await findProject(scope.session, id)) === undefined) {
    throw queryError('NOT_FOUND', 'There is no project of this id for you.');
  }
  if (await scope.isAnnotatorOf(id)) {
    throw queryError('FORBIDDEN', 'You read in this project yourself: somebody who does not has to look.');
  }
  return id;
}
