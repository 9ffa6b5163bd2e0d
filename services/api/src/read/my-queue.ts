import type { CaseId } from '@consilium/domain';
import { countUnread } from '@consilium/read-model';
import { type AwaitPorts, awaitChange } from '../change/await-change.ts';
import { demandProject } from '../platform/demand-project.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { MyQueue, QueryMyQueueArguments } from '../schema/generated/schema-types.ts';
import type { ClaimPorts } from './claim-case.ts';

const unreadCounted = 100;

export async function myQueue(
  ports: AwaitPorts & Pick<ClaimPorts, 'heldClaims'>,
  scope: RequestScope,
  { projectId: id, after }: QueryMyQueueArguments,
): Promise<MyQueue> {
  await awaitChange(ports, scope, after);
  const projectId = await demandProject(scope, id);
  const annotatorId = scope.annotatorId(projectId);
  const [held, available] = await Promise.all([
    ports.heldClaims(scope.viewer.organisation, projectId, annotatorId),
    countUnread(scope.session, { projectId, annotatorId, limit: unreadCounted }),
  ]);
  scope.accessLog.note(
    'queue.read',
    held.map(({ caseId }) => caseId as CaseId),
  );
  return { held, available };
}
