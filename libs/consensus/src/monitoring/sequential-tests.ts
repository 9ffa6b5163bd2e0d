import { demandOfRatings, demandWithin } from '../ratings/rating.ts';

/** Outcomes on gold in the order in which they came: true for a right answer. */
export type Outcomes = readonly boolean[];

const maxOutcomes = 1_000_000;

export interface Alarm {
  /** Number of the outcome at which it rose, counted from 1; null where it never did. */
  readonly at: number | null;
  /** After the last outcome taken. */
  readonly statistic: number;
}

export interface CusumDesign {
  /** Accuracy that is fine, and that which must be noticed; 0..1 exclusive, the first the greater. */
  readonly acceptable: number;
  readonly unacceptable: number;
  /** Alarm from here, in natural-logarithm units of the likelihood ratio. */
  readonly threshold: number;
}

/**
 * For readers at nine of ten: simulated over 4,000 panels of 500 gold reads, under 2 % raise a false alarm, and a fall to .7
 * is noticed after 60 reads or fewer on average (see the spec).
 */
export const goldCusum: CusumDesign = { acceptable: 0.9, unacceptable: 0.7, threshold: 8 };

/**
 * Bernoulli CUSUM: C = max(0, C + ln(likelihood ratio)), alarm at the threshold (Page 1954; Reynolds and Stoumbos 1999).
 * It stops at the alarm. @throws InvalidRatings INVALID_PARAMETER, TOO_MANY_RATINGS.
 */
export function bernoulliCusum(outcomes: Outcomes, { acceptable, unacceptable, threshold }: CusumDesign): Alarm {
  const step = likelihoodRatio(acceptable, unacceptable);
  demandOfRatings(threshold > 0, 'INVALID_PARAMETER', 'threshold');
  return firstAlarm(outcomes, 0, threshold, (sum, isRight) => Math.max(0, sum + step(isRight)));
}

export interface SprtDesign {
  readonly acceptable: number;
  readonly unacceptable: number;
  /** Chance of calling an acceptable reader unacceptable, and the reverse; 0..1 exclusive. */
  readonly falseAlarm: number;
  readonly missed: number;
}

export type SprtVerdict = {
  readonly verdict: 'acceptable' | 'unacceptable' | 'undecided';
  /** Outcomes it took. */
  readonly outcomes: number;
  readonly statistic: number;
};

/**
 * Sequential probability ratio test (Wald 1945), with his bounds ln((1 - missed) / falseAlarm) and
 * ln(missed / (1 - falseAlarm)). @throws InvalidRatings INVALID_PARAMETER, TOO_MANY_RATINGS.
 */
export function sprt(outcomes: Outcomes, { acceptable, unacceptable, falseAlarm, missed }: SprtDesign): SprtVerdict {
  const step = likelihoodRatio(acceptable, unacceptable);
  demandOfRatings(falseAlarm > 0 && missed > 0 && falseAlarm + missed < 1, 'INVALID_PARAMETER', 'falseAlarm');
  checkOutcomes(outcomes);
  const [upper, lower] = sprtBounds(falseAlarm, missed);
  let statistic = 0;
  for (const [index, isRight] of outcomes.entries()) {
    statistic += step(isRight);
    if (statistic >= upper) return { verdict: 'unacceptable', outcomes: index + 1, statistic };
    if (statistic <= lower) return { verdict: 'acceptable', outcomes: index + 1, statistic };
  }
  return { verdict: 'undecided', outcomes: outcomes.length, statistic };
}

export function sprtBounds(falseAlarm: number, missed: number): readonly [number, number] {
  return [Math.log((1 - missed) / falseAlarm), Math.log(missed / (1 - falseAlarm))];
}

export interface PageHinkleyDesign {
  /** Change of the mean that is let pass. Default 0.005. */
  readonly tolerance?: number;
  readonly threshold: number;
  /** Outcomes before it may alarm. Default 30. */
  readonly warmUp?: number;
  /** Memory of the sums, 0..1. Default 0.9999. */
  readonly memory?: number;
}

/**
 * Page-Hinkley test for a fall of the mean (Page 1954; Hinkley 1971), against the running mean of all outcomes so far, so that it needs no
 * acceptable rate: m = max(0, memory m + (mean - outcome - tolerance)), alarm beyond the threshold.
 *
 * @throws InvalidRatings INVALID_PARAMETER, TOO_MANY_RATINGS.
 */
export function pageHinkley(outcomes: Outcomes, design: PageHinkleyDesign): Alarm {
  const { tolerance = 0.005, threshold, warmUp = 30, memory = 0.9999 } = design;
  demandOfRatings(threshold > 0, 'INVALID_PARAMETER', 'threshold');
  demandWithin('tolerance', tolerance, 0, 1);
  demandWithin('memory', memory, 0, 1);
  checkOutcomes(outcomes);
  let mean = 0;
  let statistic = 0;
  for (const [index, isRight] of outcomes.entries()) {
    mean += (Number(isRight) - mean) / (index + 1);
    statistic = Math.max(0, memory * statistic + (mean - Number(isRight) - tolerance));
    if (index + 1 >= warmUp && statistic > threshold) return { at: index + 1, statistic };
  }
  return { at: null, statistic };
}

export interface EwmaDesign {
  readonly acceptable: number;
  /** Weight of the newest outcome, 0..1. Default 0.05. */
  readonly newest?: number;
  /** Standard deviations below the acceptable rate that are let pass. Default 3. */
  readonly width?: number;
}

/**
 * Exponentially weighted moving average z = newest x + (1 - newest) z from the acceptable rate, alarm below its lower
 * control limit (Roberts 1959; exact variance of Lucas and Saccucci 1990). The statistic is z.
 *
 * @throws InvalidRatings INVALID_PARAMETER, TOO_MANY_RATINGS.
 */
export function ewma(outcomes: Outcomes, { acceptable, newest = 0.05, width = 3 }: EwmaDesign): Alarm {
  demandOfRatings(acceptable > 0 && acceptable < 1, 'INVALID_PARAMETER', 'acceptable');
  demandOfRatings(newest > 0 && newest <= 1, 'INVALID_PARAMETER', 'newest');
  demandOfRatings(width > 0, 'INVALID_PARAMETER', 'width');
  checkOutcomes(outcomes);
  let statistic = acceptable;
  for (const [index, isRight] of outcomes.entries()) {
    statistic += newest * (Number(isRight) - statistic);
    const spread = (newest / (2 - newest)) * (1 - (1 - newest) ** (2 * (index + 1)));
    const limit = acceptable - width * Math.sqrt(acceptable * (1 - acceptable) * spread);
    if (statistic < limit) return { at: index + 1, statistic };
  }
  return { at: null, statistic };
}

function likelihoodRatio(acceptable: number, unacceptable: number): (isRight: boolean) => number {
  const areRates = unacceptable > 0 && unacceptable < acceptable && acceptable < 1;
  demandOfRatings(areRates, 'INVALID_PARAMETER', 'acceptable');
  const right = Math.log(unacceptable / acceptable);
  const wrong = Math.log((1 - unacceptable) / (1 - acceptable));
  return (isRight) => (isRight ? right : wrong);
}

function firstAlarm(
  outcomes: Outcomes,
  start: number,
  threshold: number,
  next: (statistic: number, isRight: boolean) => number,
): Alarm {
  checkOutcomes(outcomes);
  let statistic = start;
  for (const [index, isRight] of outcomes.entries()) {
    statistic = next(statistic, isRight);
    if (statistic >= threshold) return { at: index + 1, statistic };
  }
  return { at: null, statistic };
}

function checkOutcomes({ length }: Outcomes): void {
  demandOfRatings(length <= maxOutcomes, 'TOO_MANY_RATINGS', String(length));
}
