import { isUuid } from '@consilium/domain';
import type { CaseEvent, CaseId } from '@consilium/domain';
import { findCase } from '@consilium/read-model';
import type { ChangeView } from '@consilium/read-model';
import { seeCases, type SeenCase } from '../case/case-sight.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import { queryError } from '../platform/query-errors.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { CaseChange, SubscriptionCaseChangedArguments } from '../schema/generated/schema-types.ts';
import { type AwaitPorts, awaitChange } from './await-change.ts';
import { followChanges } from './follow-changes.ts';
import { demandOthersWork } from '../platform/demand-project.ts';
import { hidesGold, isOfGold, seesGold, typeAsRead } from './gold-sight.ts';
import { showsToBlinded } from './own-events.ts';
import { isGiven } from '../schema/is-given.ts';
import { Standing } from './standing.ts';

export interface FollowPorts extends AwaitPorts {
  readonly facts: ProjectFacts;
}

/** What a subscription yields: the root field takes it out by name. */
export interface CaseFrame {
  readonly caseChanged: CaseChange;
}

/** The events after which an annotator who has submitted may see the others: only a look at the case can tell. */
const settling: ReadonlySet<string> = new Set<CaseEvent['type']>([
  'consensusReached',
  'adjudicationDecided',
  'caseFinalised',
  // Who answered it as gold was blinded for that alone.
  'goldRetired',
]);
/** The events from which on every annotator of the project is blinded again. */
const reopening: ReadonlySet<string> = new Set<CaseEvent['type']>([
  'readsReopened',
  'extraReadRequested',
  'adjudicationOpened',
  'caseReopened',
]);

/** Frames about one case, or about all of a project. @throws GraphQLError BAD_USER_INPUT, NOT_FOUND, FORBIDDEN, and those of `awaitChange` */
export async function followCases(
  ports: FollowPorts,
  scope: RequestScope,
  { caseId, projectId, after }: SubscriptionCaseChangedArguments,
): Promise<AsyncIterableIterator<CaseFrame>> {
  if (isGiven(caseId) === isGiven(projectId)) throw queryError('BAD_USER_INPUT', 'Name either a case or a project.');
  await awaitChange(ports, scope, after);
  return isGiven(caseId) ? followCase(ports, scope, caseId) : followProject(ports, scope, projectId ?? '');
}

async function followProject(
  ports: FollowPorts,
  scope: RequestScope,
  id: string,
): Promise<AsyncIterableIterator<CaseFrame>> {
  const projectId = await demandOthersWork(scope, id);
  const isTold = seesGold(scope.viewer.role, false);
  return follow(ports, scope, {
    caseId: undefined,
    concerns: (change) =>
      change.projectId === projectId && change.caseId !== undefined && (isTold || !isOfGold(change.type)),
    standing: new Standing({ facts: ports.facts, scope, projectId, seesOthers: true }),
    mayShow: async () => true,
    isTold,
  });
}

async function followCase(
  ports: FollowPorts,
  scope: RequestScope,
  caseId: string,
): Promise<AsyncIterableIterator<CaseFrame>> {
  const seen = isUuid(caseId) ? await look(ports, scope, caseId as CaseId) : undefined;
  if (seen === undefined) throw queryError('NOT_FOUND', 'There is no case of this id for you.');
  scope.accessLog.note('case.read', [seen.view.caseId]);
  const { annotatorId } = seen.sight;
  const { isAnnotator } = seen.sight;
  const isTold = seesGold(scope.viewer.role, isAnnotator);
  let { isBlinded, amendableUntil } = seen.sight;
  let reopenings = 0;
  return follow(ports, scope, {
    caseId: seen.view.caseId,
    isTold,
    standing: new Standing({ facts: ports.facts, scope, projectId: seen.view.projectId, seesOthers: !isAnnotator }),
    // What cannot be shown does not enter the queue: others' activity must not fill it.
    concerns: (change) => {
      if (change.caseId !== caseId) return false;
      if (!isTold && hidesGold(change, annotatorId) && change.type !== 'goldRetired') return false;
      if (isAnnotator && reopening.has(change.type)) {
        isBlinded = true;
        reopenings += 1;
      }
      // A window closes without an event; whether it has by the store's clock, the look at the case tells.
      const mayHaveClosed = amendableUntil !== undefined && Date.now() >= amendableUntil;
      return !isBlinded || mayHaveClosed || settling.has(change.type) || showsToBlinded(change, annotatorId);
    },
    mayShow: async (change) => {
      const isHidden = !isTold && hidesGold(change, annotatorId);
      if (isHidden && !isBlinded) return false;
      if (!isBlinded || showsToBlinded(change, annotatorId)) return true;
      const before = reopenings;
      const sight = (await look(ports, scope, seen.view.caseId))?.sight;
      const isBlindedNow = sight?.isBlinded ?? true;
      ({ amendableUntil } = sight ?? { amendableUntil });
      // What was seen before the case was opened again says nothing of now.
      if (before === reopenings) isBlinded = isBlindedNow;
      return !isBlindedNow && !isBlinded && !isHidden;
    },
  });
}

async function look({ facts }: FollowPorts, scope: RequestScope, caseId: CaseId): Promise<SeenCase | undefined> {
  const view = await findCase(scope.session, caseId);
  return view === undefined ? undefined : (await seeCases(facts, scope, [view]))[0];
}

interface FollowedCases {
  readonly caseId: CaseId | undefined;
  readonly concerns: (change: ChangeView) => boolean;
  readonly standing: Standing;
  readonly mayShow: (change: ChangeView) => Promise<boolean>;
  readonly isTold: boolean;
}

const follow = async (
  { follower }: FollowPorts,
  scope: RequestScope,
  { caseId, mayShow, isTold, ...followed }: FollowedCases,
): Promise<AsyncIterableIterator<CaseFrame>> =>
  followChanges<CaseFrame>(follower, scope, {
    ...followed,
    field: 'caseChanged',
    frameOf: async (change) => ((await mayShow(change)) ? frameOf(change, isTold) : undefined),
    resync: () => ({ caseChanged: { caseId: caseId ?? null, type: null, at: Date.now(), resync: true } }),
  });

const frameOf = ({ caseId, type, recordedAt }: ChangeView, isTold: boolean): CaseFrame => ({
  caseChanged: { caseId: caseId ?? null, type: isTold ? type : typeAsRead(type), at: recordedAt, resync: false },
});
