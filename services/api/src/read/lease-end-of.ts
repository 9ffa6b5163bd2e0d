import type { AnnotatorId, CaseEvent, Lease } from '@consilium/domain';

/** When the lease ends that a claim has just been given by these events, or had before where it was only repeated. */
export function leaseEndOf(
  events: readonly CaseEvent[],
  { leases, annotatorId }: { readonly leases: readonly Lease[]; readonly annotatorId: AnnotatorId },
): number {
  const claimed = events.find((event) => 'leaseEndsAt' in event);
  const endsAt = claimed?.leaseEndsAt ?? leases.find((lease) => lease.annotatorId === annotatorId)?.endsAt;
  if (endsAt === undefined) throw new Error('a claim was accepted without a lease');
  return endsAt;
}
