import type { AnnotatorId, Instant } from '../identifiers.ts';
import type { Protocol } from '../project/protocol.ts';
import type { Lease } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import type { CaseState, KnownCase, ReadState } from './case-state.ts';

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

/** `readsCompleted` where the state after a change has as many reads that count as the protocol wants. */
export function completedReads(after: CaseState, { readsPerCase }: Protocol): readonly CaseEvent[] {
  if (after.status !== 'reading') return [];
  const readIds = [...after.reads.values()].filter(({ status }) => status === 'submitted').map(({ readId }) => readId);
  return readIds.length < readsPerCase ? [] : [{ type: 'readsCompleted', readIds: readIds.sort() }];
}
