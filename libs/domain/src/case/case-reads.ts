import type { AnnotatorId, ClaimId, Instant } from '../identifiers.ts';
import type { Protocol } from '../project/protocol.ts';
import type { CaseEvent } from './case-events.ts';
import type { CaseState, KnownCase, ReadState } from './case-state.ts';
import type { Lease } from './lease.ts';

/** How the leases of a case stand at an instant of the store's clock. */
export interface LeasesAt {
  readonly at: Instant;
  readonly leases: readonly Lease[];
}

/** Of a read or a seat that is held: half-open, so at its end a lease has ended. */
export const isLive = ({ claimId }: { readonly claimId: ClaimId }, { at, leases }: LeasesAt): boolean =>
  leases.some((lease) => lease.claimId === claimId && at < lease.endsAt);

/** Takes one of the places of the case. */
const isTaken = (read: ReadState): boolean => read.status === 'held' || read.status === 'submitted';

type Expiry = CaseEvent & { readonly type: 'readExpired'; readonly annotatorId: AnnotatorId };

/** Held reads whose lease has run out by the store's clock: they are told apart when somebody wants a place. */
export const expiredReads = (leases: LeasesAt, state: KnownCase): readonly Expiry[] =>
  [...state.reads].flatMap(([annotatorId, read]) =>
    read.status === 'held' && !isLive(read, leases)
      ? [{ type: 'readExpired' as const, readId: read.readId, annotatorId, claimId: read.claimId }]
      : [],
  );

/** Live reads of a case that is taken from its readers, and those whose lease has run out. */
export const releasedReads = (leases: LeasesAt, state: KnownCase): readonly CaseEvent[] => [
  ...expiredReads(leases, state),
  ...[...state.reads].flatMap(([annotatorId, read]): readonly CaseEvent[] =>
    read.status === 'held' && isLive(read, leases)
      ? [{ type: 'readReleased', readId: read.readId, annotatorId, claimId: read.claimId }]
      : [],
  ),
];

/** Whether whoever claimed so has seen sentences that mean what they mean now. */
export const isOfPresentMeaning = (claimId: ClaimId, { meaning, meaningAtClaim }: KnownCase): boolean =>
  (meaningAtClaim.get(claimId) ?? 0) === meaning;

/** Reads that a case gets: those of its protocol, and those that were asked for since, as far as the protocol allows. */
export const readsWanted = ({ extraReads }: KnownCase, { readsPerCase, readsMaximum }: Protocol): number =>
  Math.min(readsPerCase + extraReads, Math.max(readsPerCase, readsMaximum));

/** Whose read counts, or who holds the case at present. */
export function countingOrHeld(leases: LeasesAt, state: KnownCase): ReadonlySet<AnnotatorId> {
  const expired = new Set(expiredReads(leases, state).map((event) => event.annotatorId));
  const taken = [...state.reads].filter(([reader, read]) => isTaken(read) && !expired.has(reader));
  return new Set(taken.map(([reader]) => reader));
}

/** Whether somebody could still be given the case as a read: they have said nothing of it, and seen and know nothing of what others said. */
export function mayStillRead(annotatorId: AnnotatorId, state: KnownCase): boolean {
  const [read, gold] = [state.reads.get(annotatorId)?.status, state.goldReads.get(annotatorId)?.status];
  const hasRead = read === 'submitted' || read === 'skipped' || read === 'passedOn';
  const knows = state.gold?.givers.has(annotatorId) === true;
  return !hasRead && !knows && (gold === undefined || gold === 'open') && !hasSeenReads(annotatorId, state);
}

/** For whom a place is kept: assigned to the case, without a read of it, and free to give one. */
export function reservedPlaces(leases: LeasesAt, state: KnownCase): readonly AnnotatorId[] {
  if (state.assigned.size === 0) return [];
  const taken = countingOrHeld(leases, state);
  return [...state.assigned].filter((annotatorId) => !taken.has(annotatorId) && mayStillRead(annotatorId, state));
}

/**
 * Whether this annotator finds a place besides those of the others, and besides those that are kept for others; whoever is assigned to the
 * case finds one that is kept. Claims that have run out hold none.
 */
export function isPlaceFree(leases: LeasesAt, state: KnownCase, annotatorId: AnnotatorId, protocol: Protocol): boolean {
  const others = new Set(countingOrHeld(leases, state));
  if (!state.assigned.has(annotatorId)) for (const reader of reservedPlaces(leases, state)) others.add(reader);
  others.delete(annotatorId);
  return others.size < readsWanted(state, protocol);
}

/** A person has had a part in the reading of a case once they have submitted, skipped, or hold it, also as gold. */
export const hasRead = (annotatorId: AnnotatorId, { reads, goldReads }: KnownCase): boolean =>
  [reads.get(annotatorId), goldReads.get(annotatorId)].some(
    (read) => read !== undefined && (read.status !== 'open' || read.revision > 0),
  );

/** Whoever has decided about others' reads of a case, or reviewed one, has seen what readers of it must not. */
export const hasSeenReads = (annotatorId: AnnotatorId, { adjudicators, reviewers }: KnownCase): boolean =>
  adjudicators.has(annotatorId) || reviewers.has(annotatorId);

/** Reads that count at present. */
export const countingReads = ({ reads }: KnownCase): number =>
  [...reads.values()].filter(({ status }) => status === 'submitted').length;

/** `readsCompleted` where the state after a change has as many reads that count as are wanted. */
export function completedReads(after: CaseState, protocol: Protocol): readonly CaseEvent[] {
  if (after.status !== 'reading') return [];
  const readIds = [...after.reads.values()].filter(({ status }) => status === 'submitted').map(({ readId }) => readId);
  return readIds.length < readsWanted(after, protocol) ? [] : [{ type: 'readsCompleted', readIds: readIds.sort() }];
}
