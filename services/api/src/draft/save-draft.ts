import type { JsonValue } from '@consilium/contracts';
import { assertNever, idleGapMs, isUuid } from '@consilium/domain';
import type { ClaimId } from '@consilium/domain';
import { findDraft, saveDraft as storeDraft } from '@consilium/event-store';
import { invalid, invalidAt, notFound, staleLease } from '../platform/refusals.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { textProblems } from '../platform/text-problems.ts';
import type { DraftConflict, SaveDraftInput, SaveDraftResult } from '../schema/generated/schema-types.ts';
import { type CaseOfDraft, caseOfDraft, type DraftPorts } from './case-of-draft.ts';
import { draftText } from './draft-text.ts';
import { differencesBetween } from './differences.ts';
import { openDraft, sealDraft } from './sealed-draft.ts';

/** Bytes of its JSON: an event, which it is to become, has no more. */
const draftBytes = 262_144;

/** Not a command: a repeat of a save that was answered nowhere finds its own content, and is told its revision. */
export async function saveDraft(
  ports: DraftPorts,
  scope: RequestScope,
  input: SaveDraftInput,
): Promise<SaveDraftResult> {
  const problems = textProblems(input);
  if (problems.length > 0) return invalid(problems);
  const content = draftText(input.annotation);
  if (Buffer.byteLength(content) > draftBytes) {
    return invalidAt('annotation', 'TOO_LARGE', `a draft has at most ${draftBytes} bytes`);
  }
  if (input.revision < 0) return invalidAt('revision', 'OUT_OF_RANGE', 'a revision is 0 or more');
  const found = await caseOfDraft(ports, scope, input.caseId);
  if (found === undefined) return notFound('case');
  const { claimedAt } = found;
  if (!isUuid(input.leaseToken) || claimedAt === undefined) return staleLease();
  const key = await found.key();
  if (key === undefined) return invalidAt('', 'SUBJECT_ERASED', 'this subject was erased');
  const { caseId, annotatorId, now } = found;
  const { organisation } = scope.viewer;
  const claimId = input.leaseToken as ClaimId;
  const { revision } = input;
  const draft = {
    organisation,
    caseId,
    annotatorId,
    claimId,
    revision,
    claimedAt,
    idleGapMs,
    ...sealDraft(content, key, now),
  };
  const outcome = await storeDraft(scope.session, draft);
  switch (outcome.kind) {
    case 'saved':
      return { __typename: 'DraftSaved', revision: outcome.revision };
    case 'staleLease':
      return staleLease();
    case 'conflict':
      return conflictWith(scope, found, content);
    default:
      return assertNever(outcome);
  }
}

async function conflictWith(
  scope: RequestScope,
  { caseId, annotatorId, key }: CaseOfDraft,
  yours: string,
): Promise<SaveDraftResult> {
  const draft = await findDraft(scope.session, caseId, annotatorId);
  const dataKey = draft === undefined ? undefined : await key(draft.keyVersion);
  const saved = draft === undefined || dataKey === undefined ? null : openDraft(draft, dataKey);
  if (saved === yours) return { __typename: 'DraftSaved', revision: draft?.revision ?? 0 };
  scope.accessLog.note('read.work', [caseId]);
  return {
    __typename: 'DraftConflict',
    message: 'Another window of yours saved since. Nothing was overwritten.',
    revision: draft?.revision ?? 0,
    saved,
    differences: saved === null ? [] : differencesBetween(parse(saved), parse(yours)),
  } satisfies DraftConflict;
}

const parse = (json: string): JsonValue => JSON.parse(json) as JsonValue;
