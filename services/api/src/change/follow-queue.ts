import type { ProjectFacts } from '../platform/project-facts.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { MyQueueChange, SubscriptionMyQueueChangedArguments } from '../schema/generated/schema-types.ts';
import { type AwaitPorts, awaitChange } from './await-change.ts';
import { followChanges } from './follow-changes.ts';
import { demandProject } from '../platform/demand-project.ts';
import { typeAsRead } from './gold-sight.ts';
import { showsToBlinded } from './own-events.ts';
import { Standing } from './standing.ts';

export interface QueueFrame {
  readonly myQueueChanged: MyQueueChange;
}

/**
 * What the viewer's own queue is made of, and nothing that others do: the same as a blinded annotator is told of a case, for
 * ever. @throws GraphQLError NOT_FOUND, and those of `awaitChange`
 */
export async function followQueue(
  ports: AwaitPorts & { readonly facts: ProjectFacts },
  scope: RequestScope,
  { projectId: id, after }: SubscriptionMyQueueChangedArguments,
): Promise<AsyncIterableIterator<QueueFrame>> {
  await awaitChange(ports, scope, after);
  const projectId = await demandProject(scope, id);
  const own = scope.annotatorId(projectId);
  return followChanges(ports.follower, scope, {
    field: 'myQueueChanged',
    standing: new Standing({ facts: ports.facts, scope, projectId, seesOthers: false }),
    concerns: (change) => change.projectId === projectId && showsToBlinded(change, own),
    frameOf: async ({ caseId, type, recordedAt }) =>
      frameOf({ caseId: caseId ?? null, type: typeAsRead(type), at: recordedAt }),
    resync: () => frameOf(undefined),
  });
}

const frameOf = (told: Omit<MyQueueChange, 'resync'> | undefined): QueueFrame => ({
  myQueueChanged:
    told === undefined ? { caseId: null, type: null, at: Date.now(), resync: true } : { ...told, resync: false },
});
