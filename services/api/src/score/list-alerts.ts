import type { AlertId } from '@consilium/domain';
import { listAlerts as listViews } from '@consilium/read-model';
import type { AlertView } from '@consilium/read-model';
import { type AwaitPorts, awaitChange } from '../change/await-change.ts';
import { type CursorScope, makeCursor, readCursor } from '../platform/cursor.ts';
import { demandOthersWork } from '../platform/demand-project.ts';
import { pageSize } from '../platform/page-size.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { Alert, AlertConnection, QueryAlertsArguments } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

/** @throws GraphQLError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, and those of `awaitChange` */
export async function listAlerts(
  ports: AwaitPorts & { readonly facts: ProjectFacts },
  scope: RequestScope,
  { projectId: id, status, first, after, afterChange }: QueryAlertsArguments,
): Promise<AlertConnection> {
  const size = pageSize(first);
  await awaitChange(ports, scope, afterChange);
  const projectId = await demandOthersWork(scope, id);
  // None is raised where the readers behind the accounts are not known, and none is shown that was raised before a protocol said so.
  if (await ports.facts.hidesReaders(scope.viewer.organisation, projectId)) {
    return { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
  }
  const place: CursorScope = ['alerts', scope.viewer.organisation, projectId];
  const page = await listViews(scope.session, {
    projectId,
    status: status ?? undefined,
    first: size,
    after: isGiven(after) ? placeOf(readCursor(ports.signatures, place, after)) : undefined,
  });
  const edges = page.items.map((view) => ({
    cursor: makeCursor(ports.signatures, place, [view.seq, view.alertId]),
    node: present(view),
  }));
  return { edges, pageInfo: { hasNextPage: page.hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } };
}

function placeOf([seq, alertId]: readonly unknown[]): Pick<AlertView, 'seq' | 'alertId'> {
  if (typeof seq !== 'number' || typeof alertId !== 'string') throw new Error('a signed cursor has another form');
  return { seq, alertId: alertId as AlertId };
}

const present = ({ alertId, seq: _seq, acknowledged, resolved, ...alert }: AlertView): Alert => ({
  ...alert,
  id: alertId,
  acknowledgedAt: acknowledged?.at ?? null,
  acknowledgedBy: acknowledged?.by ?? null,
  resolvedAt: resolved?.at ?? null,
  resolvedBy: resolved?.by ?? null,
  outcome: resolved?.outcome ?? null,
});
