import { isUuid, streamIdOf } from '@consilium/domain';
import { previewPage } from '../platform/preview-page.ts';
import { queryError } from '../platform/query-errors.ts';
import { hiddenFrom } from '../platform/reads-hidden.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { projectFor, streamOf } from '../platform/stream-state.ts';
import type { CaseChangePreview, QueryCaseChangePreviewArguments } from '../schema/generated/schema-types.ts';
import { assigneeProblem } from './assignee-problem.ts';
import { changeScopeOf } from './change-scope.ts';
import { type BulkPorts, findChanges, previewToken } from './find-changes.ts';

/** Made whole for each page: a cursor holds as long as the token does. */
export async function previewChanges(
  ports: BulkPorts,
  scope: RequestScope,
  { input, first, after }: QueryCaseChangePreviewArguments,
): Promise<CaseChangePreview> {
  const { viewer } = scope;
  if (!isUuid(input.projectId)) throw notThere();
  const wanted = changeScopeOf(ports.identities, viewer, input);
  if ('problems' in wanted) {
    throw queryError('BAD_USER_INPUT', wanted.problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
  }
  const { organisation } = viewer;
  const streamId = streamIdOf('project', wanted.projectId);
  const loaded = await ports.store.load({ organisation, streams: [streamId] });
  if (projectFor(viewer, streamOf(loaded, streamId)) === undefined) throw notThere();
  const hidden = await hiddenFrom(ports.facts, viewer, scope.annotatorId(wanted.projectId));
  if (hidden !== undefined) throw queryError('FORBIDDEN', hidden.message);
  const problem = await assigneeProblem(ports, viewer, wanted);
  if (problem !== undefined) throw queryError('BAD_USER_INPUT', `annotatorIds: ${problem.message}`);
  const found = await findChanges(ports, viewer, wanted);
  if (found === undefined) throw queryError('NOT_FOUND', 'You gave no such command before.');
  const token = previewToken(ports.signatures, viewer, wanted, found);
  const page = previewPage(
    scope,
    { signatures: ports.signatures, place: ['change', organisation, token], items: found.items, action: 'case.finish' },
    { first, after },
  );
  const possible = found.items.filter(({ why }) => why === null);
  return {
    ...page,
    counts: {
      possible: possible.length,
      impossible: found.items.length - possible.length,
      reads: possible.reduce((sum, { reads }) => sum + reads, 0),
      claimsEnded: possible.reduce((sum, { claimsEnded }) => sum + claimsEnded, 0),
    },
    more: found.more,
    token,
  };
}

const notThere = (): Error => queryError('NOT_FOUND', 'There is no project of this id for you.');
