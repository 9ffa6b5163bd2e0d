import { isUuid } from '@consilium/domain';
import type { CaseId, ProjectId } from '@consilium/domain';
import {
  assignmentsOf,
  countAssigned,
  countUnread,
  findCase,
  holdersOf,
  openFlagsOf,
  ownClaims,
  queueCounts,
} from '@consilium/read-model';
import type { CaseView } from '@consilium/read-model';
import { seeCases } from '../case/case-sight.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import { demandProject } from '../platform/demand-project.ts';
import { queryError } from '../platform/query-errors.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type {
  CasePlaces,
  QueryExplainQueueArguments,
  QueueExplanation,
  QueueRule,
  QueueRuleName,
} from '../schema/generated/schema-types.ts';
import type { QueueWish } from '../read/claim-next-case.ts';
import { isGiven } from '../schema/is-given.ts';

interface ExplainPorts {
  readonly facts: ProjectFacts;
}

const unreadCounted = 100;

/**
 * By claims and clock of the journal, and the views for the rest. Whoever reads in the project is told of their own doing and of
 * what everybody may see alone: the rules that others' reads decide are left out, not answered.
 * @throws GraphQLError NOT_FOUND
 */
export async function explainQueue(
  ports: ExplainPorts,
  scope: RequestScope,
  { projectId: id, caseId, language, priorityAtLeast }: QueryExplainQueueArguments,
): Promise<QueueExplanation> {
  const projectId = await demandProject(scope, id);
  const view = isGiven(caseId) ? await caseWithin(scope, projectId, caseId) : undefined;
  scope.accessLog.note('queue.read', view === undefined ? [] : [view.caseId]);
  const isReader = await scope.isAnnotatorOf(projectId);
  const wish = { language: language ?? undefined, priorityAtLeast: priorityAtLeast ?? undefined };
  const own = isReader ? await ownRules(ports, scope, projectId, wish) : [];
  const places = view === undefined || isReader ? null : await placesOf(ports, scope, view);
  const ofCase = view === undefined ? [] : await caseRules(scope, view, places);
  return {
    rules: [...own, ...ofCase],
    counts: isReader ? null : await queueCounts(scope.session, projectId),
    places,
  };
}

async function caseWithin(scope: RequestScope, projectId: ProjectId, caseId: string): Promise<CaseView> {
  const view = isUuid(caseId) ? await findCase(scope.session, caseId as CaseId) : undefined;
  if (view?.projectId !== projectId)
    throw queryError('NOT_FOUND', 'There is no case of this id in the project for you.');
  return view;
}

async function ownRules(
  { facts }: ExplainPorts,
  scope: RequestScope,
  projectId: ProjectId,
  wish: QueueWish,
): Promise<readonly QueueRule[]> {
  const annotatorId = scope.annotatorId(projectId);
  const { organisation } = scope.viewer;
  const asked = wish.language !== undefined || wish.priorityAtLeast !== undefined;
  const queue = { projectId, annotatorId, limit: unreadCounted };
  const [isRegistered, { held, submitted, skipped }, unread, unreadAsAsked, assigned, protocol] = await Promise.all([
    facts.isRegistered(organisation, annotatorId),
    ownClaims(scope.session, projectId, annotatorId),
    countUnread(scope.session, queue),
    asked ? countUnread(scope.session, { ...queue, ...wish }) : 0,
    countAssigned(scope.session, queue),
    facts.newestProtocol(organisation, projectId),
  ]);
  const limit = protocol?.openClaimsMaximum ?? null;
  return [
    rule('registered', isRegistered),
    { rule: 'claimsOpen', passes: limit === null || held < limit, count: held, limit },
    rule('submitted', true, submitted),
    rule('skipped', true, skipped),
    rule('unread', unread > 0, unread),
    ...(asked ? [rule('unreadAsAsked', unreadAsAsked > 0, unreadAsAsked)] : []),
    ...(assigned > 0 ? [rule('assigned', true, assigned)] : []),
  ];
}

/** What others' reads decide is told where the places are. */
async function caseRules(
  scope: RequestScope,
  { caseId, status }: CaseView,
  places: CasePlaces | null,
): Promise<readonly QueueRule[]> {
  const inQueue = rule('caseInQueue', status !== 'withdrawn' && status !== 'excluded');
  if (places === null) return [inQueue];
  const holding = (await openFlagsOf(scope.session, caseId)).filter((reason) => reason === 'identityVisible').length;
  return [
    inQueue,
    rule('caseReading', status === 'reading'),
    rule('caseNotHeldBack', holding === 0, holding),
    {
      rule: 'casePlace',
      passes: places.taken + places.kept < places.wanted,
      count: places.taken,
      limit: places.wanted,
    },
  ];
}

async function placesOf({ facts }: ExplainPorts, scope: RequestScope, view: CaseView): Promise<CasePlaces> {
  const { caseId, projectId, protocolVersion, priority, position, readsWanted } = view;
  const { organisation } = scope.viewer;
  const protocol = await facts.protocol(organisation, projectId, protocolVersion);
  if (protocol === undefined) throw new Error(`${caseId} names a protocol version that its project has not`);
  const holders = await holdersOf(scope.session, caseId);
  const taken = holders.filter(({ status }) => status === 'held' || status === 'submitted').length;
  const kept = ((await assignmentsOf(scope.session, [caseId])).get(caseId) ?? []).filter(({ isKept }) => isKept).length;
  const [seen] = await seeCases(facts, scope, [view]);
  const shown = seen?.sight.hidesReaders === false ? holders : [];
  return { priority, position, wanted: readsWanted ?? protocol.readsPerCase, taken, kept, holders: shown };
}

const rule = (name: QueueRuleName, passes: boolean, count?: number): QueueRule => ({
  rule: name,
  passes,
  count: count ?? null,
  limit: null,
});
