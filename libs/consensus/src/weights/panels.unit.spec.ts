import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from '../statistics/seeded-random.ts';
import { labelPosterior } from './label-posterior.ts';
import { presenceLabels } from './performance-method.ts';
import { performanceWeights } from './performance-weights.ts';
import type { WeightOptions } from './performance-weights.ts';
import type { ScoredRead } from './scored-read.ts';

interface Panel {
  readonly goldReads: number;
  readonly prevalence: number;
  readonly model: WeightOptions['model'];
  /** Of five readers, drawn anew with each panel. */
  readonly accuracy: (random: SeededRandom, reader: number) => number;
  /** Whether the second reader repeats the first. */
  readonly copying?: boolean;
  /** What the first reader's accuracy has lost by the end of the gold reads, bit by bit, and stays without. Default 0. */
  readonly drift?: number;
  /** Share of the items on which one draw decides for all readers, so that they err together. Default 0. */
  readonly dependence?: number;
}

const readers = ['a', 'b', 'c', 'd', 'e'];
const items = 300;
const panels = 200;

/** Accuracy of the weighted posterior less that of the majority vote, on items whose votes no weight has seen. */
function gain(seed: number, panel: Panel): number {
  const { goldReads, prevalence, model, accuracy, copying = false, drift = 0, dependence = 0 } = panel;
  const random = new SeededRandom(seed);
  const accuracies = readers.map((_, reader) => accuracy(random, reader));
  /** `progress` from 0 to 1: how much of the drift has come. */
  const draw = (progress: number): { readonly truth: number; readonly given: readonly number[] } => {
    const truth = Number(random.fraction() < prevalence);
    const shared = dependence > 0 && random.fraction() < dependence ? random.fraction() : undefined;
    const given = accuracies.map((start, reader) => {
      const right = reader === 0 ? start - drift * progress : start;
      return (shared ?? random.fraction()) < right ? truth : 1 - truth;
    });
    return { truth, given: copying ? given.with(1, given[0] ?? 0) : given };
  };
  const nameOf = (label: number | undefined): string => presenceLabels[label ?? 0] ?? '';
  const reads = Array.from({ length: goldReads }, (_, index) => draw(index / goldReads)).flatMap(
    ({ truth, given }, item) =>
      readers.map((readerId, reader): ScoredRead => ({
        readerId,
        itemId: `gold ${item}`,
        findingGroup: 'nodules',
        given: nameOf(given[reader]),
        truth: { source: 'gold', label: nameOf(truth) },
        knownAt: item,
      })),
  );
  const weights = performanceWeights(
    reads,
    model === undefined ? { labels: presenceLabels } : { labels: presenceLabels, model },
  );
  const posteriorModel = { weights, findingGroup: 'nodules', prevalences: [1 - prevalence, prevalence], temper: 1 };
  let more = 0;
  for (const { truth, given } of Array.from({ length: items }, () => draw(1))) {
    const votes = readers.map((readerId, reader) => ({ readerId, given: nameOf(given[reader]) }));
    const weighted = Number((labelPosterior(votes, posteriorModel)[1] ?? 0) > 0.5);
    const majority = Number(given.reduce((sum, label) => sum + label, 0) > readers.length / 2);
    more += Number(weighted === truth) - Number(majority === truth);
  }
  return more / items;
}

/** Mean gain over 200 seeds, and the reach of its 95 % interval. */
function gains(panel: Panel): { readonly mean: number; readonly reach: number } {
  const all = Array.from({ length: panels }, (_, seed) => gain(seed, panel));
  const mean = all.reduce((sum, one) => sum + one, 0) / panels;
  const variance = all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (panels - 1);
  return { mean, reach: 1.96 * Math.sqrt(variance / panels) };
}

const skilled = (random: SeededRandom): number => 0.55 + 0.4 * random.fraction();
/** Four of .8 and one who misleads. */
const oneBad = (_random: SeededRandom, reader: number): number => (reader === 0 ? 0.3 : 0.8);
/** The first one begins as the best of all. */
const fallingFirst = (_random: SeededRandom, reader: number): number => (reader === 0 ? 0.95 : 0.75);

describe('weights against the majority vote, on 200 simulated panels of five readers', () => {
  it.each([
    ['skills that differ', { goldReads: 60, prevalence: 0.5, model: 'oneCoin', accuracy: skilled }],
    ['skills that differ, confusions', { goldReads: 60, prevalence: 0.5, model: 'twoCoin', accuracy: skilled }],
    ['rare findings', { goldReads: 60, prevalence: 0.1, model: 'oneCoin', accuracy: skilled }],
    ['one bad reader', { goldReads: 60, prevalence: 0.5, model: 'oneCoin', accuracy: oneBad }],
    [
      'readers who err together',
      { goldReads: 60, prevalence: 0.5, model: 'oneCoin', accuracy: skilled, dependence: 0.4 },
    ],
    ['a reader who copies', { goldReads: 60, prevalence: 0.5, model: 'oneCoin', accuracy: skilled, copying: true }],
  ] as const)('win with %s', (_name, panel) => {
    const { mean, reach } = gains(panel);
    expect(mean - reach).toBeGreaterThan(0);
  });

  it.each([
    ['equal skill', { goldReads: 60, prevalence: 0.5, model: 'oneCoin', accuracy: () => 0.8 }],
    ['equal skill and ten gold reads', { goldReads: 10, prevalence: 0.5, model: 'oneCoin', accuracy: () => 0.8 }],
    ['a reader who drifts', { goldReads: 60, prevalence: 0.5, model: 'oneCoin', accuracy: fallingFirst, drift: 0.4 }],
    ['sparse confusions', { goldReads: 12, prevalence: 0.5, model: 'twoCoin', accuracy: skilled }],
  ] as const)('cost at most .002 with %s', (_name, panel) => {
    expect(gains(panel).mean).toBeGreaterThan(-0.002);
  });
});
