import type { ProjectFacts } from '../platform/project-facts.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { DisagreementFound, SubscriptionDisagreementFoundArguments } from '../schema/generated/schema-types.ts';
import { type AwaitPorts, awaitChange } from './await-change.ts';
import { followChanges } from './follow-changes.ts';
import { demandOthersWork } from '../platform/demand-project.ts';
import { Standing } from './standing.ts';

export interface DisagreementFrame {
  readonly disagreementFound: DisagreementFound;
}

/** Of one project. @throws GraphQLError NOT_FOUND, FORBIDDEN, and those of `awaitChange` */
export async function followDisagreements(
  ports: AwaitPorts & { readonly facts: ProjectFacts },
  scope: RequestScope,
  { projectId: id, after }: SubscriptionDisagreementFoundArguments,
): Promise<AsyncIterableIterator<DisagreementFrame>> {
  await awaitChange(ports, scope, after);
  const projectId = await demandOthersWork(scope, id);
  return followChanges<DisagreementFrame>(ports.follower, scope, {
    field: 'disagreementFound',
    concerns: (change) => change.projectId === projectId && change.type === 'disagreementFound',
    standing: new Standing({ facts: ports.facts, scope, projectId, seesOthers: true }),
    frameOf: async ({ caseId, recordedAt }) => ({
      disagreementFound: { caseId: caseId ?? null, at: recordedAt, resync: false },
    }),
    resync: () => ({ disagreementFound: { caseId: null, at: Date.now(), resync: true } }),
  });
}
