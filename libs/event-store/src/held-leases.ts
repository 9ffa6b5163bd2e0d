import { type Claim, isLease } from './event-store.ts';

/**
 * What renewals change on a case: the sum of the ends of its leases, in epoch milliseconds. Leases only grow, so an
 * equal sum means that none was renewed. Thousands of claims stay far below 2^53. Its twin in SQL is journal.held_leases.
 */
export const heldLeases = (claims: readonly Claim[]): number =>
  claims.reduce((sum, { status, leaseEndsAt }) => (isLease(status) ? sum + leaseEndsAt : sum), 0);
