import type { AnnotatorId, Instant } from '../identifiers.ts';
import type { Protocol } from '../project/protocol.ts';
import type { CaseEvent } from './case-events.ts';
import type { CaseState, KnownCase, ReadState } from './case-state.ts';
import type { Lease } from './lease.ts';

/** How the leases of a case stand at an instant of the store's clock. */
export interface LeasesAt {
  readonly at: Instant;
  readonly leases: readonly Lease[];
}

export const isLive = (read: Extract<ReadState, { readonly status: 'held' }>, { at, leases }: LeasesAt): boolean =>
  leases.some((lease) => lease.claimId === read.claimId && at < lease.endsAt);

/** Takes one of the places of the case. */
export const isTaken = (read: ReadState): boolean => read.status === 'held' || read.status === 'submitted';

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

/** Reads that a case gets: those of its protocol, and those that were asked for since, as far as the protocol allows. */
export const readsWanted = ({ extraReads }: KnownCase, { readsPerCase, readsMaximum }: Protocol): number =>
  Math.min(readsPerCase + extraReads, Math.max(readsPerCase, readsMaximum));

/** Reads that count at present. */
export const countingReads = ({ reads }: KnownCase): number =>
  [...reads.values()].filter(({ status }) => status === 'submitted').length;

/** `readsCompleted` where the state after a change has as many reads that count as are wanted. */
export function completedReads(after: CaseState, protocol: Protocol): readonly CaseEvent[] {
  if (after.status !== 'reading') return [];
  const readIds = [...after.reads.values()].filter(({ status }) => status === 'submitted').map(({ readId }) => readId);
  return readIds.length < readsWanted(after, protocol) ? [] : [{ type: 'readsCompleted', readIds: readIds.sort() }];
}
