import { seededNumbers } from './seeded-numbers.ts';

/**
 * The accounts in an order of their own for each scan, always the same for the same seed and scan: Fisher-Yates, fed by
 * numbers that both determine.
 */
export function dealAccounts<Account>(accounts: readonly Account[], seed: number, scan: string): readonly Account[] {
  const next = seededNumbers(`${seed}/${scan}`);
  const left = [...accounts];
  return accounts.flatMap(() => left.splice(Math.floor(next() * left.length), 1));
}
