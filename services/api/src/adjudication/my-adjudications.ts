import { isUuid } from '@consilium/domain';
import type { CaseId } from '@consilium/domain';
import { findCase, heldClaims, suggestAdjudications } from '@consilium/read-model';
import { seeCases, type SeenCase } from '../case/case-sight.ts';
import { type AwaitPorts, awaitChange } from '../change/await-change.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import { demandProject } from '../platform/demand-project.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { presentRead } from '../read/present-annotations.ts';
import type {
  AdjudicationTask,
  MyAdjudications,
  QueryAdjudicationTaskArguments,
  QueryMyAdjudicationsArguments,
} from '../schema/generated/schema-types.ts';
import { disagreementsOf } from './present-adjudication.ts';

const counted = 100;

export async function myAdjudications(
  ports: AwaitPorts,
  scope: RequestScope,
  { projectId: id, after }: QueryMyAdjudicationsArguments,
): Promise<MyAdjudications> {
  await awaitChange(ports, scope, after);
  const projectId = await demandProject(scope, id);
  const annotatorId = scope.annotatorId(projectId);
  const [held, available] = await Promise.all([
    heldClaims(scope.session, projectId, annotatorId, 'adjudicating'),
    suggestAdjudications(scope.session, { projectId, annotatorId, limit: counted }),
  ]);
  return {
    held: held.map(({ caseId, claimId, leaseEndsAt }) => ({ caseId, leaseToken: claimId, leaseEndsAt })),
    available: available.length,
  };
}

/** `case` is resolved from the case itself. */
export type StoredTask = Omit<AdjudicationTask, 'case'> & { readonly case: SeenCase };

/**
 * All reads of a case, for who holds a seat: that is what a seat is for, whoever they are else in the project. In the order of the read
 * ids, which are made by a keyed hash of case and reader: another order in each case.
 */
export async function adjudicationTask(
  ports: AwaitPorts & { readonly facts: ProjectFacts },
  scope: RequestScope,
  { caseId: id, after }: QueryAdjudicationTaskArguments,
): Promise<StoredTask | null> {
  await awaitChange(ports, scope, after);
  const view = isUuid(id) ? await findCase(scope.session, id as CaseId) : undefined;
  if (view === undefined) return null;
  const seats = await heldClaims(scope.session, view.projectId, scope.annotatorId(view.projectId), 'adjudicating');
  const seat = seats.find(({ caseId }) => caseId === view.caseId);
  const [seen] = await seeCases(ports.facts, scope, [view]);
  if (seat === undefined || seen === undefined) return null;
  scope.accessLog.note('case.read', [view.caseId]);
  scope.accessLog.note('annotation.read', [view.caseId]);
  scope.accessLog.note('consensus.read', [view.caseId]);
  const protocol = await ports.facts.protocol(scope.viewer.organisation, view.projectId, view.protocolVersion);
  const hidesReaders = seen.sight.hidesReaders || protocol?.adjudication.readersShown !== 'always';
  const submitted = ((await scope.reads.get(view.caseId)) ?? [])
    .filter(({ submission }) => submission !== undefined)
    .toSorted((one, other) => (one.readId < other.readId ? -1 : 1));
  return {
    caseId: view.caseId,
    leaseToken: seat.claimId,
    leaseEndsAt: seat.leaseEndsAt,
    case: seen,
    reads: await Promise.all(
      submitted.map(async (read) => presentRead(scope.texts, view.subjectId, read, hidesReaders, true)),
    ),
    disagreements: await disagreementsOf(scope, view.caseId),
  };
}
