import { isUuid } from '@consilium/domain';
import type { CaseId } from '@consilium/domain';
import { findCase, heldClaims, suggestReviews } from '@consilium/read-model';
import { seeCases, type SeenCase } from '../case/case-sight.ts';
import { type AwaitPorts, awaitChange } from '../change/await-change.ts';
import { demandProject } from '../platform/demand-project.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { hidesTime, presentRead } from '../read/present-annotations.ts';
import type {
  MyReviews,
  QueryMyReviewsArguments,
  QueryReviewTaskArguments,
  ReviewTask,
} from '../schema/generated/schema-types.ts';

const counted = 100;

export async function myReviews(
  ports: AwaitPorts,
  scope: RequestScope,
  { projectId: id, after }: QueryMyReviewsArguments,
): Promise<MyReviews> {
  await awaitChange(ports, scope, after);
  const projectId = await demandProject(scope, id);
  const annotatorId = scope.annotatorId(projectId);
  const [held, available] = await Promise.all([
    heldClaims(scope.session, projectId, annotatorId, 'reviewing'),
    suggestReviews(scope.session, { projectId, annotatorId, limit: counted }),
  ]);
  return {
    held: held.map(({ caseId, claimId, leaseEndsAt }) => ({ caseId, leaseToken: claimId, leaseEndsAt })),
    available: available.length,
  };
}

/** `case` is resolved from the case itself. */
export type StoredReviewTask = Omit<ReviewTask, 'case'> & { readonly case: SeenCase };

/** One read, for who holds its review: that is what the claim is for, whoever they are else in the project. */
export async function reviewTask(
  ports: AwaitPorts & { readonly facts: ProjectFacts },
  scope: RequestScope,
  { caseId: id, after }: QueryReviewTaskArguments,
): Promise<StoredReviewTask | null> {
  await awaitChange(ports, scope, after);
  const view = isUuid(id) ? await findCase(scope.session, id as CaseId) : undefined;
  if (view === undefined) return null;
  const { caseId, projectId, subjectId } = view;
  const claims = await heldClaims(scope.session, projectId, scope.annotatorId(projectId), 'reviewing');
  const claim = claims.find((held) => held.caseId === caseId);
  const [seen] = await seeCases(ports.facts, scope, [view]);
  if (claim === undefined || seen === undefined) return null;
  const reviews = (await scope.reviews.get(caseId)) ?? [];
  const review = reviews.find(({ claimId, end }) => end === undefined && claimId === claim.claimId);
  // The views are a moment behind the claim: the token of the claim waits for them.
  if (review === undefined) return null;
  scope.accessLog.note('case.read', [caseId]);
  scope.accessLog.note('annotation.read', [caseId]);
  const read = ((await scope.reads.get(caseId)) ?? []).find(({ readId }) => readId === review.readId);
  return {
    caseId,
    reviewId: review.reviewId,
    leaseToken: claim.claimId,
    leaseEndsAt: claim.leaseEndsAt,
    case: seen,
    read:
      read?.submission === undefined
        ? null
        : await presentRead(scope.texts, subjectId, read, seen.sight.hidesReaders, hidesTime(seen.sight)),
  };
}
