import { translationQuestions } from '@consilium/read-model';
import type { SentenceChangeView, TranslationQuestionView } from '@consilium/read-model';
import { type AwaitPorts, awaitChange } from '../change/await-change.ts';
import { type CursorScope, makeCursor, readCursor } from '../platform/cursor.ts';
import { demandOthersWork } from '../platform/demand-project.ts';
import { pageSize } from '../platform/page-size.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { openBilingual } from '../platform/sealed-texts.ts';
import type {
  QueryTranslationChecksArguments,
  TranslationCheck,
  TranslationCheckConnection,
} from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';
import { sentenceHistory } from './sentence-history.ts';

/** @throws GraphQLError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, VIEW_BEHIND, STREAM_PARKED */
export async function listTranslationChecks(
  ports: AwaitPorts,
  scope: RequestScope,
  { projectId: id, first, after, afterChange }: QueryTranslationChecksArguments,
): Promise<TranslationCheckConnection> {
  const size = pageSize(first);
  await awaitChange(ports, scope, afterChange);
  const projectId = await demandOthersWork(scope, id);
  const place: CursorScope = ['translationChecks', scope.viewer.organisation, projectId];
  const { items, hasNextPage } = await translationQuestions(scope.session, {
    projectId,
    first: size,
    afterSeq: isGiven(after) ? placeOf(readCursor(ports.signatures, place, after)) : 0,
  });
  scope.accessLog.note('case.read', [...new Set(items.map(({ caseId }) => caseId))]);
  const edges = await Promise.all(
    items.map(async (question) => ({
      cursor: makeCursor(ports.signatures, place, [question.fromSeq]),
      node: await present(scope, question, (await scope.sentenceChanges.get(question.caseId)) ?? []),
    })),
  );
  return { edges, pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } };
}

function placeOf([seq]: readonly unknown[]): number {
  if (typeof seq !== 'number') throw new Error('a signed cursor has another form');
  return seq;
}

async function present(
  { texts }: RequestScope,
  question: TranslationQuestionView,
  changes: readonly SentenceChangeView[],
): Promise<TranslationCheck> {
  const { caseId, subjectId, disagreementId, sentenceId, version, checker, hits, askedAt } = question;
  const checked = sentenceHistory(question, changes)
    .versionsOf(sentenceId)
    .find((each) => each.version === version);
  if (checked === undefined) throw new Error('a sentence is questioned that was never there');
  const { text, eventId, type, field } = checked;
  const open = await texts.openerOf({ subjectId, eventId, type }, text);
  return {
    caseId,
    disagreementId,
    sentenceId,
    version,
    text: openBilingual(open, text, field),
    hits,
    checker: `${checker.name} ${checker.version}`,
    askedAt,
  };
}
