import type { AnnotatorId, CaseEvent, CaseId, Instant, ProjectId } from '@consilium/domain';
import { claimStatusAfter } from '@consilium/event-store';
import type { Claim } from '@consilium/event-store';

/** The rows of the claim table that change together with these events: the last event about a reader decides. */
export function claimChanges(
  events: readonly CaseEvent[],
  before: readonly Claim[],
  { caseId, projectId }: { readonly caseId: CaseId; readonly projectId: ProjectId },
): readonly Claim[] {
  const changes = new Map<AnnotatorId, Claim>();
  for (const event of events) {
    const status = claimStatusAfter[event.type];
    if (status === undefined || !('claimId' in event)) continue;
    const { annotatorId, claimId } = event;
    const known = before.find((claim) => claim.annotatorId === annotatorId)?.leaseEndsAt ?? (0 as Instant);
    const leaseEndsAt = 'leaseEndsAt' in event ? event.leaseEndsAt : known;
    changes.set(annotatorId, { caseId, annotatorId, projectId, claimId, status, leaseEndsAt });
  }
  return [...changes.values()];
}
