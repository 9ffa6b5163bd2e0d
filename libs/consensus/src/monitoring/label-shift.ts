import { demandOfRatings } from '../ratings/rating.ts';
import { chiSquareTail } from '../statistics/special-functions.ts';

export interface LabelCount {
  readonly label: string;
  /** How often it was given: before, and now. */
  readonly before: number;
  readonly now: number;
}

export interface LabelShift {
  /** Jensen-Shannon divergence of the shares in bits, 0 (equal) to 1 (nothing in common) (Lin 1991). */
  readonly divergence: number;
  /** Chance of such a difference if nothing had changed, by Pearson's chi-square; null where a count is too small to say. */
  readonly chance: number | null;
}

/**
 * Whether labels are given in other shares than before: by one reader, or by all (then the cases changed, or the rules).
 * The chance is given only where at least four in five expected counts are 5 or more and none is below 1 (Cochran 1954).
 *
 * @throws InvalidRatings NO_RATINGS where either side is empty, INVALID_VALUE for what is no count, DUPLICATE_LABEL.
 */
export function labelShift(counts: readonly LabelCount[]): LabelShift {
  demandOfRatings(new Set(counts.map(({ label }) => label)).size === counts.length, 'DUPLICATE_LABEL');
  for (const { label, before, now } of counts) {
    const areCounts = [before, now].every((count) => Number.isSafeInteger(count) && count >= 0);
    demandOfRatings(areCounts, 'INVALID_VALUE', label);
  }
  const occurring = counts
    .filter(({ before, now }) => before + now > 0)
    .toSorted((one, other) => one.before - other.before || one.now - other.now);
  const before = occurring.reduce((sum, count) => sum + count.before, 0);
  const now = occurring.reduce((sum, count) => sum + count.now, 0);
  demandOfRatings(before > 0 && now > 0, 'NO_RATINGS');
  const divergence = occurring.reduce((sum, count) => {
    const [one, other] = [count.before / before, count.now / now];
    return sum + (informationGain(one, (one + other) / 2) + informationGain(other, (one + other) / 2)) / 2;
  }, 0);
  return { divergence: Math.max(0, divergence), chance: chanceOf(occurring, before, now) };
}

function informationGain(share: number, against: number): number {
  return share === 0 ? 0 : share * Math.log2(share / against);
}

function chanceOf(counts: readonly LabelCount[], before: number, now: number): number | null {
  const cells = counts.flatMap((count) =>
    [
      { seen: count.before, of: before },
      { seen: count.now, of: now },
    ].map(({ seen, of }) => ({ seen, expected: ((count.before + count.now) * of) / (before + now) })),
  );
  const large = cells.filter(({ expected }) => expected >= 5).length;
  if (counts.length < 2 || large < 0.8 * cells.length || cells.some(({ expected }) => expected < 1)) return null;
  const statistic = cells.reduce((sum, { seen, expected }) => sum + (seen - expected) ** 2 / expected, 0);
  return chiSquareTail(statistic, counts.length - 1);
}
