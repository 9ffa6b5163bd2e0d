import { findDraft as findStoredDraft } from '@consilium/event-store';
import { queryError } from '../platform/query-errors.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { Draft, QueryMyDraftArguments } from '../schema/generated/schema-types.ts';
import { caseOfDraft, type DraftPorts } from './case-of-draft.ts';
import { openDraft } from './sealed-draft.ts';

/** @throws GraphQLError NOT_FOUND */
export async function findDraft(
  ports: DraftPorts,
  scope: RequestScope,
  { caseId: id }: QueryMyDraftArguments,
): Promise<Draft | null> {
  const found = await caseOfDraft(ports, scope, id);
  if (found === undefined) throw queryError('NOT_FOUND', 'There is no case of this id for you.');
  const { caseId, annotatorId, key } = found;
  scope.accessLog.note('read.work', [caseId]);
  const draft = await findStoredDraft(scope.session, caseId, annotatorId);
  if (draft === undefined) return null;
  const { revision, savedAt, keyVersion } = draft;
  const dataKey = await key(keyVersion);
  return { caseId, revision, savedAt, annotation: dataKey === undefined ? null : openDraft(draft, dataKey) };
}
