import { isUuid, streamIdOf } from '@consilium/domain';
import { previewPage } from '../platform/preview-page.ts';
import { queryError } from '../platform/query-errors.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { projectFor, streamOf } from '../platform/stream-state.ts';
import type { ProtocolMovePreview, QueryProtocolMovePreviewArguments } from '../schema/generated/schema-types.ts';
import { hiddenFrom } from '../platform/reads-hidden.ts';
import { findMoves, type MovePorts, previewToken } from './find-moves.ts';
import { moveScopeOf } from './move-scope.ts';

/** Made whole for each page: a cursor holds as long as the token does. */
export async function previewMove(
  ports: MovePorts,
  scope: RequestScope,
  { input, first, after }: QueryProtocolMovePreviewArguments,
): Promise<ProtocolMovePreview> {
  const { viewer } = scope;
  if (!isUuid(input.projectId)) throw notThere();
  const wanted = moveScopeOf(input);
  if ('problems' in wanted) {
    throw queryError('BAD_USER_INPUT', wanted.problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
  }
  const { organisation } = viewer;
  const streamId = streamIdOf('project', wanted.projectId);
  const loaded = await ports.store.load({ organisation, streams: [streamId] });
  if (projectFor(viewer, streamOf(loaded, streamId)) === undefined) throw notThere();
  const hidden = await hiddenFrom(ports.facts, viewer, scope.annotatorId(wanted.projectId));
  if (hidden !== undefined) throw queryError('FORBIDDEN', hidden.message);
  const found = await findMoves(ports, viewer, wanted);
  if (found === undefined) throw queryError('NOT_FOUND', 'This project has no such version of its protocol.');
  const token = previewToken(ports.signatures, viewer, wanted, found);
  const page = previewPage(
    scope,
    { signatures: ports.signatures, place: ['move', organisation, token], items: found.items, action: 'case.move' },
    { first, after },
  );
  const possible = found.items.filter(({ why }) => why === null);
  return {
    ...page,
    counts: {
      possible: possible.length,
      impossible: found.items.length - possible.length,
      reopened: possible.filter(({ reopens }) => reopens).length,
      completed: possible.filter(({ completes }) => completes).length,
      claimsEnded: possible.reduce((sum, { claimsEnded }) => sum + claimsEnded, 0),
    },
    more: found.more,
    token,
  };
}

const notThere = (): Error => queryError('NOT_FOUND', 'There is no project of this id for you.');
