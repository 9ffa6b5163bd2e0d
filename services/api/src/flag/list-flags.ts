import { openFlags } from '@consilium/read-model';
import type { FlagView } from '@consilium/read-model';
import { demandOthersWork } from '../platform/demand-project.ts';
import { pageSize } from '../platform/page-size.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { CaseFlag, QueryFlagsArguments } from '../schema/generated/schema-types.ts';

/** @throws GraphQLError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT */
export async function listFlags(
  { facts }: { readonly facts: ProjectFacts },
  scope: RequestScope,
  given: QueryFlagsArguments,
): Promise<readonly CaseFlag[]> {
  const size = pageSize(given.first);
  const projectId = await demandOthersWork(scope, given.projectId);
  const views = await openFlags(scope.session, projectId, size);
  scope.accessLog.note(
    'case.read',
    views.map(({ caseId }) => caseId),
  );
  const hidesReaders = await facts.hidesReaders(scope.viewer.organisation, projectId);
  return Promise.all(views.map(async (view) => present(scope, view, hidesReaders)));
}

async function present({ texts }: RequestScope, view: FlagView, hidesReaders: boolean): Promise<CaseFlag> {
  const { caseId, subjectId, flagId, annotatorId, actorId, actorRole, reason, note, eventId, flaggedAt } = view;
  const isByReader = annotatorId !== undefined;
  return {
    caseId,
    flagId,
    actorId: hidesReaders && isByReader ? null : actorId,
    actorRole,
    reason,
    note:
      note === undefined
        ? null
        : (await texts.openerOf({ subjectId, eventId, type: 'caseFlagged' }, note))(note, 'note'),
    flaggedAt,
  };
}
