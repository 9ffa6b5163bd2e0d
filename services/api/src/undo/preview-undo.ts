import { isUuid, streamIdOf } from '@consilium/domain';
import { previewPage } from '../platform/preview-page.ts';
import { queryError } from '../platform/query-errors.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { projectFor, streamOf } from '../platform/stream-state.ts';
import type { QueryUndoPreviewArguments, UndoPreview } from '../schema/generated/schema-types.ts';
import { findUndo, previewToken, type UndoPorts } from './find-undo.ts';
import { scopeHiddenFrom } from './undo-hidden.ts';
import { undoScopeOf } from './undo-scope.ts';

/** Made whole for each page: a cursor holds as long as the preview does. */
export async function previewUndo(
  ports: UndoPorts,
  scope: RequestScope,
  { input, first, after }: QueryUndoPreviewArguments,
): Promise<UndoPreview> {
  const { viewer } = scope;
  const wanted = undoScopeOf(ports.identities, viewer, input);
  if ('problems' in wanted) {
    if (!isUuid(input.projectId)) throw notThere();
    throw queryError('BAD_USER_INPUT', wanted.problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
  }
  const streamId = streamIdOf('project', wanted.projectId);
  const project = streamOf(
    await ports.store.load({ organisation: viewer.organisation, streams: [streamId] }),
    streamId,
  );
  if (projectFor(viewer, project) === undefined) throw notThere();
  const hidden = await scopeHiddenFrom(ports, viewer, wanted, project);
  if (hidden !== undefined) throw queryError('FORBIDDEN', hidden.message);
  const found = await findUndo(ports, viewer, wanted);
  if (found === undefined) throw queryError('NOT_FOUND', 'There is no such import for you.');
  const token = previewToken(ports.signatures, viewer, wanted, found);
  const page = previewPage(
    scope,
    {
      signatures: ports.signatures,
      place: ['undo', viewer.organisation, token],
      items: found.items,
      action: 'entry.undo',
    },
    { first, after },
  );
  const possible = found.items.filter(({ why }) => why === null);
  return {
    ...page,
    counts: {
      possible: possible.length,
      impossible: found.items.length - possible.length,
      reopened: possible.filter(({ reopens }) => reopens).length,
    },
    more: found.more,
    token,
  };
}

const notThere = (): Error => queryError('NOT_FOUND', 'There is no project of this id for you.');
