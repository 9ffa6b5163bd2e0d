import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { computeConsensus } from '../compute-consensus.ts';
import { InvalidRatings } from '../ratings/rating.ts';
import { SeededRandom } from '../statistics/seeded-random.ts';
import { decideNextStep } from './decide-next-step.ts';
import { calibrationOf, fitTemper, halvesOf, reliabilityBins } from './fit-temper.ts';
import { labelPosterior, leaveOneOutPosterior } from './label-posterior.ts';
import { performanceMethod, presenceLabels } from './performance-method.ts';
import { performanceWeights } from './performance-weights.ts';
import type { PerformanceWeights, WeightOptions } from './performance-weights.ts';
import type { ScoredRead } from './scored-read.ts';

const labels = presenceLabels;
const options: WeightOptions = { labels, halfLife: null };
const scored = (
  readerId: string,
  item: number,
  given: string,
  label: string,
  more: Partial<ScoredRead> = {},
): ScoredRead => ({
  readerId,
  itemId: `item ${item}`,
  findingGroup: 'nodules',
  given,
  truth: { source: 'gold', label },
  knownAt: item,
  ...more,
});
/** So many gold reads of present findings, the first ones right. */
const history = (readerId: string, right: number, wrong: number): readonly ScoredRead[] =>
  Array.from({ length: right + wrong }, (_, item) =>
    scored(readerId, item, item < right ? 'present' : 'absent', 'present'),
  );
const only = (weights: PerformanceWeights, readerId: string) => {
  const found = weights.groups[0]?.readers.find((reader) => reader.readerId === readerId);
  if (found === undefined) throw new Error(`No weight of ${readerId}.`);
  return found;
};

describe('performance weights', () => {
  it('are expected log-odds under a prior of the pooled reader', () => {
    const weights = performanceWeights([...history('a', 9, 1), ...history('b', 5, 5)], options);
    // Pooled: (14 + 2 x .75) / 22; a: Beta(9 + 10 p, 1 + 10 (1 - p)).
    const pooled = 15.5 / 22;
    const a = only(weights, 'a');
    expect(a.accuracy.value).toBeCloseTo((9 + 10 * pooled) / 20, 12);
    expect(a.weight.value).toBeGreaterThan(only(weights, 'b').weight.value);
    expect(a.weight.low).toBeLessThan(a.weight.value);
    expect(a.weight.high).toBeGreaterThan(a.weight.value);
    expect(a).toMatchObject({
      model: 'oneCoin',
      effectiveReads: 10,
      scoredReads: { gold: 10, adjudicated: 0, posterior: 0 },
    });
  });

  it('never look ahead: truth known at or after the moment asked for does not enter', () => {
    const reads = history('a', 4, 6);
    expect(performanceWeights(reads, { ...options, asOf: 4 })).toEqual(performanceWeights(reads.slice(0, 4), options));
    expect(performanceWeights(reads, { ...options, asOf: 0 }).groups).toEqual([]);
  });

  it('forget by half-lives of the reader’s own reads', () => {
    const reads = history('a', 50, 10);
    const forgetting = only(performanceWeights(reads, { ...options, halfLife: 10 }), 'a');
    expect(forgetting.effectiveReads).toBeCloseTo((1 - 2 ** -6) / (1 - 2 ** -0.1), 6);
    expect(forgetting.accuracy.value).toBeLessThan(only(performanceWeights(reads, options), 'a').accuracy.value);
  });

  it('count an adjudicated read for those like it that were not drawn, at the worth of fewer reads', () => {
    const easy = Array.from({ length: 5 }, (_, item) =>
      scored('a', item, 'present', 'present', {
        truth: { source: 'adjudicated', label: 'present', samplingProbability: 0.1 },
      }),
    );
    const hard = Array.from({ length: 5 }, (_, item) =>
      scored('a', item + 5, 'absent', 'present', {
        truth: { source: 'adjudicated', label: 'present', samplingProbability: 1 },
      }),
    );
    const reader = only(performanceWeights([...easy, ...hard], options), 'a');
    // Kish: (5 x 10 + 5)^2 / (5 x 100 + 5).
    expect(reader.effectiveReads).toBeCloseTo(3025 / 505, 9);
    expect(reader.accuracy.value).toBeGreaterThan(0.8);
  });

  it('keep finding groups apart', () => {
    const reads = [...history('a', 10, 0), scored('a', 99, 'absent', 'present', { findingGroup: 'lines' })];
    const weights = performanceWeights(reads, options);
    expect(weights.groups.map(({ findingGroup }) => findingGroup)).toEqual(['lines', 'nodules']);
    expect(weights.groups[1]).toEqual(performanceWeights(history('a', 10, 0), options).groups[0]);
  });

  it('learn confusions once there are enough reads, and say when they fall back', () => {
    const oneSided = Array.from({ length: 80 }, (_, item) =>
      scored('a', item, item % 8 === 0 ? 'present' : 'absent', item % 4 === 0 ? 'present' : 'absent'),
    );
    const full = only(performanceWeights(oneSided, { ...options, model: 'twoCoin' }), 'a');
    expect(full.model).toBe('twoCoin');
    const [absent = [], present = []] = full.logLikelihoods;
    expect(absent[0]).toBeGreaterThan(present[1] ?? 0);
    const sparse = only(performanceWeights(oneSided.slice(0, 30), { ...options, model: 'twoCoin' }), 'a');
    expect(sparse.model).toBe('oneCoin');
  });

  it('leave the pooled weight inside every interval after three scored cases', () => {
    for (const accuracy of [0.6, 0.75, 0.85]) {
      const right = Math.round(accuracy * 300);
      const others = Array.from({ length: 10 }, (_, reader) => history(`reader ${reader}`, right, 300 - right)).flat();
      for (const rightOfThree of [0, 1, 2, 3]) {
        const weights = performanceWeights([...others, ...history('new', rightOfThree, 3 - rightOfThree)], options);
        const pooled = weights.groups[0]?.pooled.weight.value ?? Number.NaN;
        expect(only(weights, 'new').weight.low).toBeLessThan(pooled);
        expect(only(weights, 'new').weight.high).toBeGreaterThan(pooled);
      }
    }
  });

  it('refuse truth that is none', () => {
    const compute = (read: ScoredRead) => () => performanceWeights([read], options);
    expect(compute(scored('a', 1, 'maybe', 'present'))).toThrow(InvalidRatings);
    expect(compute(scored('a', 1, 'present', 'maybe'))).toThrow(InvalidRatings);
    const never = { source: 'adjudicated', label: 'present', samplingProbability: 0 } as const;
    expect(compute(scored('a', 1, 'present', 'present', { truth: never }))).toThrow(InvalidRatings);
    const shares = { source: 'posterior', probabilities: [0.5, 0.4] } as const;
    expect(compute(scored('a', 1, 'present', 'present', { truth: shares }))).toThrow(InvalidRatings);
    expect(() => performanceWeights([...history('a', 1, 0), ...history('a', 1, 0)], options)).toThrow(InvalidRatings);
  });

  it('are the same bytes in any order of reads', () => {
    const reads = [...history('a', 9, 4), ...history('b', 3, 3), ...history('c', 0, 2)];
    fc.assert(
      fc.property(fc.shuffledSubarray(reads, { minLength: reads.length }), (shuffled) => {
        const bytes = (given: readonly ScoredRead[]): string =>
          JSON.stringify(performanceWeights(given, { labels, model: 'twoCoin', fallbackReads: 5 }));
        expect(bytes(shuffled)).toBe(bytes(reads));
      }),
      { numRuns: 30 },
    );
  });
});

describe('posterior of a label', () => {
  const weights = performanceWeights([...history('good', 95, 5), ...history('bad', 55, 45)], options);
  const model = { weights, findingGroup: 'nodules', prevalences: [0.5, 0.5], temper: 1 };

  it('follows the better reader, and takes whoever is not known for the pooled one', () => {
    const votes = [
      { readerId: 'good', given: 'present' },
      { readerId: 'bad', given: 'absent' },
    ];
    expect(labelPosterior(votes, model)[1]).toBeGreaterThan(0.8);
    const stranger = labelPosterior([{ readerId: 'new', given: 'present' }], model)[1] ?? 0;
    expect(stranger).toBeGreaterThan(labelPosterior([{ readerId: 'bad', given: 'present' }], model)[1] ?? 1);
    expect(stranger).toBeLessThan(labelPosterior([{ readerId: 'good', given: 'present' }], model)[1] ?? 0);
    expect(labelPosterior([], { ...model, prevalences: [0.9, 0.1] })).toEqual([
      expect.closeTo(0.9, 12),
      expect.closeTo(0.1, 12),
    ]);
  });

  it('leaves a reader’s own vote out of what the vote is scored by, whatever it says', () => {
    const others = [
      { readerId: 'bad', given: 'absent' },
      { readerId: 'new', given: 'absent' },
    ];
    const of = (given: string) => leaveOneOutPosterior([...others, { readerId: 'good', given }], 'good', model);
    expect(of('present')).toEqual(of('absent'));
    expect(leaveOneOutPosterior(others, 'bad', model)).toBeNull();
  });

  it('decides presence in a consensus, with its weights in the parameters', () => {
    const method = performanceMethod({ weights, findingGroup: 'nodules', prevalence: 0.5, temper: 1, settleAt: 0.8 });
    const region = {
      regionId: '1',
      sentenceId: null,
      imageId: 'image',
      findingLabel: null,
      box: { x1: 0, y1: 0, x2: 9, y2: 9 },
      attributes: [],
    };
    const reads = [
      { readerId: 'good', sentences: [], regions: [region] },
      { readerId: 'bad', sentences: [], regions: [] },
    ];
    const consensus = computeConsensus({ reads, gate: 0.5 }, method);
    expect(consensus.clusters[0]).toMatchObject({ decision: 'present', supporters: { count: 1, of: 2 } });
    expect(Object.keys(consensus.method.parameters)).toEqual(expect.arrayContaining(['marked:good', 'unmarked:bad']));
    expect(computeConsensus({ reads, gate: 0.5 }).clusters[0]?.decision).toBe('disputed');
  });
});

describe('tempering', () => {
  /** Two groups of readers who err together: the raw posterior takes each voice for a new one. */
  it('makes the posterior of dependent readers believable on the half it was not fitted on', () => {
    const random = new SeededRandom(11);
    const readers = ['a', 'b', 'c', 'd', 'e', 'f'];
    const items = Array.from({ length: 600 }, (_, item) => {
      const truth = labels[Number(random.fraction() < 0.5)] ?? 'absent';
      const other = truth === 'absent' ? 'present' : 'absent';
      const shared = [0, 1].map(() => random.fraction() < 0.2);
      const votes = readers.map((readerId, index) => {
        const isWrong = random.fraction() < 0.75 ? shared[index % 2] : random.fraction() < 0.2;
        return { readerId, given: isWrong === true ? other : truth };
      });
      return { itemId: `item ${item}`, votes, truth };
    });
    const reads = items.flatMap(({ votes, truth }, item) =>
      votes.map(({ readerId, given }) => scored(readerId, item, given, truth)),
    );
    const model = { weights: performanceWeights(reads, options), findingGroup: 'nodules', prevalences: [0.5, 0.5] };
    const { temper, before, after, fittedOn } = fitTemper(items, model);
    expect([fittedOn, after.items]).toEqual([300, 300]);
    expect(temper).toBeLessThan(0.8);
    expect(after.logLoss).toBeLessThan(before.logLoss);
    expect(after.calibrationError).toBeLessThan(before.calibrationError);
    const { fitted, reported } = halvesOf(items.toReversed());
    expect([...fitted, ...reported].map(({ itemId }) => itemId).sort()).toEqual(
      items.map(({ itemId }) => itemId).sort(),
    );
    expect(calibrationOf(reported, { ...model, temper })).toEqual(after);
    const bins = reliabilityBins(reported, { ...model, temper });
    expect(bins.map(({ from }) => from)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    expect(bins.reduce((sum, bin) => sum + bin.items, 0)).toBe(300);
    const error = bins.reduce((sum, bin) => sum + Math.abs(bin.right - bin.items * (bin.meanStated ?? 0)), 0) / 300;
    expect(error).toBeCloseTo(after.calibrationError, 12);
    for (const { items: size, right, interval } of bins) {
      expect(interval.low).toBeLessThan(interval.high);
      if (size > 0)
        expect([interval.low < right / size || right === 0, interval.high > right / size || right === size]).toEqual([
          true,
          true,
        ]);
    }
  });
});

describe('the next step', () => {
  const rule = { maximumReads: 4, settleAt: 0.95 };
  it.each([
    [1, 0.99, false, { step: 'anotherRead' }],
    [2, 0.96, false, { step: 'settle', label: 1, probability: 0.96 }],
    [2, 0.9, false, { step: 'anotherRead' }],
    [4, 0.9, false, { step: 'adjudicate', because: 'NOT_SURE_AT_MAXIMUM' }],
    [2, 0.999, true, { step: 'adjudicate', because: 'CONFLICT' }],
    [1, 0.999, true, { step: 'anotherRead' }],
  ] as const)('after %s reads at %s, conflicting: %s', (reads, probability, conflicting, expected) => {
    expect(decideNextStep({ reads, posterior: [1 - probability, probability], conflicting }, rule)).toEqual(expected);
  });

  it('refuses a maximum below the minimum, and what is no posterior', () => {
    const item = { reads: 2, posterior: [0.5, 0.5], conflicting: false };
    expect(() => decideNextStep(item, { maximumReads: 1 })).toThrow(InvalidRatings);
    expect(() => decideNextStep({ ...item, posterior: [0.5, 0.6] }, rule)).toThrow(InvalidRatings);
    expect(() => decideNextStep({ ...item, posterior: [Number.NaN, 0.6] }, rule)).toThrow(InvalidRatings);
  });
});
