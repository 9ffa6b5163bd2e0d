import type { CaseId } from '@consilium/domain';
import { goldAnswersOf, goldTruthsOf, listGold as listGoldCases } from '@consilium/read-model';
import type { GoldAnswerView, GoldCaseView, GoldTruthView } from '@consilium/read-model';
import { type AwaitPorts, awaitChange } from '../change/await-change.ts';
import { type CursorScope, makeCursor, readCursor } from '../platform/cursor.ts';
import { demandOthersWork } from '../platform/demand-project.ts';
import { pageSize } from '../platform/page-size.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { presentAnswer, presentTime } from '../read/present-annotations.ts';
import type {
  GoldAnswer,
  GoldCase,
  GoldCaseConnection,
  GoldTruth,
  QueryGoldCasesArguments,
} from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

/** @throws GraphQLError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, and those of `awaitChange` */
export async function listGold(
  ports: AwaitPorts & { readonly facts: ProjectFacts },
  scope: RequestScope,
  { projectId: id, first, after, afterChange }: QueryGoldCasesArguments,
): Promise<GoldCaseConnection> {
  const size = pageSize(first);
  await awaitChange(ports, scope, afterChange);
  const projectId = await demandOthersWork(scope, id);
  const place: CursorScope = ['gold', scope.viewer.organisation, projectId];
  const page = await listGoldCases(scope.session, {
    projectId,
    first: size,
    after: isGiven(after) ? placeOf(readCursor(ports.signatures, place, after)) : undefined,
  });
  const caseIds = page.items.map(({ caseId }) => caseId);
  scope.accessLog.note('gold.read', caseIds);
  const [truths, answers, hidesReaders] = await Promise.all([
    goldTruthsOf(scope.session, caseIds),
    goldAnswersOf(scope.session, caseIds),
    ports.facts.hidesReaders(scope.viewer.organisation, projectId),
  ]);
  const edges = await Promise.all(
    page.items.map(async (view) => ({
      cursor: makeCursor(ports.signatures, place, [view.caseId]),
      node: await present(scope, view, truths.get(view.caseId) ?? [], answers.get(view.caseId) ?? [], hidesReaders),
    })),
  );
  return { edges, pageInfo: { hasNextPage: page.hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } };
}

function placeOf([caseId]: readonly unknown[]): CaseId {
  if (typeof caseId !== 'string') throw new Error('a signed cursor has another form');
  return caseId as CaseId;
}

async function present(
  scope: RequestScope,
  view: GoldCaseView,
  truths: readonly GoldTruthView[],
  answers: readonly GoldAnswerView[],
  hidesReaders: boolean,
): Promise<GoldCase> {
  return {
    caseId: view.caseId,
    isActive: view.isActive,
    truthVersion: view.truthVersion,
    truths: await Promise.all(truths.map(async (truth) => presentTruth(scope, view, truth))),
    answers: await Promise.all(answers.map(async (answer) => presentGoldAnswer(scope, view, answer, hidesReaders))),
  };
}

async function presentTruth(
  { texts }: RequestScope,
  { subjectId }: GoldCaseView,
  { eventId, eventType, annotation, annotationId, source, note, truthVersion, actorId, givenAt }: GoldTruthView,
): Promise<GoldTruth> {
  const sealedIn = { subjectId, eventId, type: eventType };
  const open = await texts.openerOf(sealedIn, { annotation, source, note });
  return {
    truthVersion,
    annotationId,
    source: source.kind,
    adjudicationId: source.kind === 'adjudication' ? source.adjudicationId : null,
    externalSource: source.kind === 'external' ? open(source.note, 'source.note') : null,
    note: note === undefined ? null : open(note, 'note'),
    givenBy: actorId,
    givenAt,
    ...presentAnswer(open, annotation),
  };
}

async function presentGoldAnswer(
  { texts }: RequestScope,
  { subjectId }: GoldCaseView,
  {
    eventId,
    annotation,
    annotationId,
    annotatorId,
    readId,
    revision,
    truthVersion,
    answeredAt,
    timeOnTask,
  }: GoldAnswerView,
  hidesReaders: boolean,
): Promise<GoldAnswer> {
  const type = revision === 1 ? 'goldAnswered' : 'goldAmended';
  const open = await texts.openerOf({ subjectId, eventId, type }, annotation);
  return {
    annotationId,
    readId,
    annotatorId: hidesReaders ? null : annotatorId,
    revision,
    truthVersion: truthVersion ?? null,
    answeredAt,
    timeOnTask: hidesReaders ? null : presentTime(timeOnTask),
    ...presentAnswer(open, annotation),
  };
}
