import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidRatings } from '../ratings/rating.ts';
import type { Rating } from '../ratings/rating.ts';
import type { IntervalWanted } from './coefficient.ts';
import { measureLabelAgreement, measureNumberAgreement, measureSetAgreement } from './measure-agreement.ts';
import type { LabelMeasure } from './measure-agreement.ts';

const none: IntervalWanted = { kind: 'none' };
const analytic: IntervalWanted = { kind: 'analytic', level: 0.95 };
const bootstrap: IntervalWanted = { kind: 'bootstrap', level: 0.95, replicates: 400, seed: 7 };
const unweighted = (name: 'percent' | 'fleiss' | 'randolph' | 'gwet' | 'cohen'): LabelMeasure => ({
  name,
  weighting: 'unweighted',
});
const alpha: LabelMeasure = { name: 'krippendorff', level: 'nominal' };

/** One row a reader, one sign an item, a dot where there is no rating. */
const rated = (...rows: readonly string[]): readonly Rating<string>[] =>
  rows.flatMap((row, reader) =>
    Array.from(row).flatMap((value, item) =>
      value === '.' ? [] : [{ itemId: `item ${item + 10}`, readerId: `reader ${reader}`, value }],
    ),
  );
const asNumbers = (ratings: readonly Rating<string>[]): readonly Rating<number>[] =>
  ratings.map((rating) => ({ ...rating, value: Number(rating.value) }));
/** Two readers, counts of items by what the one (row) and the other (column) said. */
const crossed = (table: readonly (readonly number[])[]): readonly Rating<string>[] =>
  table
    .flatMap((row, one) => row.flatMap((count, other) => Array.from({ length: count }, () => [one, other])))
    .flatMap((said, item) =>
      said.map((value, reader) => ({ itemId: String(item), readerId: String(reader), value: String(value) })),
    );

describe('agreement by published examples', () => {
  /** Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, section C: four observers, twelve units. */
  const units = rated('123321412...', '1233224125.3', '.3332342251.', '12332441251.');

  it('is alpha of nominal data', () => {
    expect(measureLabelAgreement(units, alpha, none).overall.value).toBeCloseTo(0.743421, 6);
  });

  it.each([
    ['ordinal', 0.815388],
    ['interval', 0.849107],
    ['ratio', 0.797403],
  ] as const)('is alpha of %s data', (level, expected) => {
    const { overall } = measureNumberAgreement(asNumbers(units), { name: 'krippendorff', level }, none);
    expect(overall.value).toBeCloseTo(expected, 6);
  });

  it('is ordinal alpha of labels in their declared order', () => {
    const letters = units.map((rating) => ({ ...rating, value: 'vwxyz'[Number(rating.value) - 1] ?? '' }));
    const measure: LabelMeasure = { name: 'krippendorff', level: 'ordinal' };
    const { overall } = measureLabelAgreement(letters, measure, none, ['v', 'w', 'x', 'y', 'z']);
    expect(overall.value).toBeCloseTo(0.815388, 6);
  });

  /** The worked example of Wikipedia's article on Fleiss' kappa: ten subjects, fourteen raters, five categories. */
  const fourteen = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
  ].flatMap((counts, item) =>
    counts
      .flatMap((count, label) => Array.from({ length: count }, () => label))
      .map((label, reader) => ({ itemId: String(item), readerId: String(reader), value: String(label) })),
  );

  it('is the kappa of Fleiss, and that of Randolph', () => {
    expect(measureLabelAgreement(fourteen, unweighted('fleiss'), none).overall.value).toBeCloseTo(0.209931, 6);
    expect(measureLabelAgreement(fourteen, unweighted('randolph'), none).overall.value).toBeCloseTo(0.222527, 6);
  });

  it('is the kappa of Cohen with the interval of Fleiss, Cohen and Everitt (figures of statsmodels 0.15.0)', () => {
    const { overall } = measureLabelAgreement(
      crossed([
        [20, 5],
        [10, 15],
      ]),
      unweighted('cohen'),
      analytic,
    );
    expect(overall.value).toBeCloseTo(0.4, 10);
    expect(overall.interval?.low).toBeCloseTo(0.151092290476661, 7);
    expect(overall.interval?.high).toBeCloseTo(0.6489077095233389, 7);
  });

  it.each([
    ['unweighted', 0.5419847328244275, 0.3938738326062377, 0.6900956330426173],
    ['linear', 0.6765676567656767, 0.5547541978192692, 0.7983811157120841],
    ['quadratic', 0.778702163061564, 0.6533152107647726, 0.9040891153583555],
  ] as const)('is %s kappa of four grades (figures of statsmodels 0.15.0)', (weighting, kappa, low, high) => {
    const grades = crossed([
      [11, 3, 1, 0],
      [4, 9, 4, 1],
      [0, 2, 12, 5],
      [1, 0, 3, 14],
    ]);
    const { overall } = measureLabelAgreement(grades, { name: 'cohen', weighting }, analytic);
    expect(overall.value).toBeCloseTo(kappa, 10);
    expect(overall.interval?.low).toBeCloseTo(low, 7);
    expect(overall.interval?.high).toBeCloseTo(high, 7);
  });

  it('is the intraclass correlation of Shrout and Fleiss 1979, table 2', () => {
    const four = [
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ].flatMap((row, item) => row.map((value, reader) => ({ itemId: `${item}`, readerId: `${reader}`, value })));
    const single = measureNumberAgreement(four, { name: 'intraclassCorrelation', raters: 'single' }, analytic).overall;
    const average = measureNumberAgreement(
      four,
      { name: 'intraclassCorrelation', raters: 'average' },
      analytic,
    ).overall;
    expect(single.value).toBeCloseTo(0.17, 2);
    expect(average.value).toBeCloseTo(0.44, 2);
    // Intervals as pingouin and psych print them for these data.
    expect(single.interval?.low).toBeCloseTo(-0.13, 2);
    expect(single.interval?.high).toBeCloseTo(0.72, 2);
    expect(average.interval?.low).toBeCloseTo(-0.88, 2);
    expect(average.interval?.high).toBeCloseTo(0.91, 2);
  });
});

describe('agreement where little can be said', () => {
  it('has no kappa where all say the same, and Gwet and Randolph say 1 once two labels are declared', () => {
    const same = rated('aaaa', 'aaaa');
    for (const measure of [alpha, unweighted('fleiss'), unweighted('cohen')]) {
      expect(measureLabelAgreement(same, measure, analytic, ['a', 'b']).overall).toEqual({
        value: null,
        undefinedBecause: 'NO_VARIATION',
        interval: null,
      });
    }
    for (const measure of [unweighted('gwet'), unweighted('randolph'), unweighted('percent')]) {
      expect(measureLabelAgreement(same, measure, analytic, ['a', 'b']).overall.value).toBe(1);
    }
  });

  it('has nothing to compare with one reader', () => {
    for (const measure of [alpha, unweighted('gwet'), unweighted('cohen'), unweighted('percent')]) {
      const report = measureLabelAgreement(rated('abab'), measure, bootstrap);
      expect(report.overall).toEqual({ value: null, undefinedBecause: 'NO_PAIRS', interval: null });
      expect(report.pairs).toEqual([]);
    }
  });

  it('refuses by name what it cannot compute with', () => {
    const refused = (compute: () => unknown): string => {
      try {
        compute();
      } catch (error) {
        if (error instanceof InvalidRatings) return `${error.problem} ${error.subject}`;
      }
      return 'nothing refused';
    };
    const two = rated('ab', 'ab');
    expect(refused(() => measureLabelAgreement([], alpha, none))).toBe('NO_RATINGS ');
    expect(refused(() => measureLabelAgreement([...two, ...two], alpha, none))).toBe('DUPLICATE_RATING item 10');
    expect(refused(() => measureLabelAgreement(two, alpha, none, ['a']))).toBe('UNKNOWN_LABEL b');
    expect(refused(() => measureLabelAgreement(two, alpha, none, ['a', 'a', 'b']))).toBe('DUPLICATE_LABEL ');
    expect(refused(() => measureLabelAgreement(two, alpha, { ...bootstrap, replicates: 1 }))).toMatch(/PARAMETER/);
    expect(refused(() => measureLabelAgreement(two, alpha, { ...analytic, level: 1 }))).toBe('INVALID_PARAMETER level');
    const measure = { name: 'krippendorff', level: 'ratio' } as const;
    expect(refused(() => measureNumberAgreement(asNumbers(two), measure, none))).toBe('INVALID_VALUE item 10');
    const negative = asNumbers(two).map((rating) => ({ ...rating, value: -1 }));
    expect(refused(() => measureNumberAgreement(negative, measure, none))).toBe('INVALID_VALUE below 0');
  });
});

describe('what stands beside the overall figure', () => {
  it('is every pair of readers, and every label with its prevalence', () => {
    const report = measureLabelAgreement(rated('aabbc', 'aabbb', 'ab...'), unweighted('percent'), none);
    expect(report).toMatchObject({ items: 5, comparedItems: 5, readers: 3, ratings: 12 });
    expect(
      report.pairs.map(({ readers, sharedItems, coefficient }) => [...readers, sharedItems, coefficient.value]),
    ).toEqual([
      ['reader 0', 'reader 1', 5, 0.8],
      ['reader 0', 'reader 2', 2, 0.5],
      ['reader 1', 'reader 2', 2, 0.5],
    ]);
    expect(report.classes.map(({ label, prevalence }) => [label, prevalence])).toEqual([
      ['a', 5 / 12],
      ['b', 6 / 12],
      ['c', 1 / 12],
    ]);
    expect(report.classes[0]?.coefficient.value).toBeCloseTo((1 + 1 / 3 + 1 + 1 + 1) / 5, 12);
  });
});

describe('sets', () => {
  const said = (...sets: readonly (readonly string[])[]): readonly Rating<readonly string[]>[] =>
    sets.map((value, index) => ({ itemId: String(Math.floor(index / 2)), readerId: String(index % 2), value }));
  const value = (distance: 'jaccard' | 'masi', ratings: readonly Rating<readonly string[]>[]): number | null =>
    measureSetAgreement(ratings, { name: 'krippendorff', distance }, none).overall.value;

  it('differ by Jaccard and by MASI, as alpha counts them', () => {
    // Items {a} against {a, b}, and {c} against {c}: observed (1/2 + 1/2) / 4; six of the twelve ordered pairs expected
    // are written out by hand below.
    const ratings = said(['a'], ['b', 'a', 'a'], ['c'], ['c']);
    const expectedOf = (subset: number): number => (2 * (subset + 4 * 1)) / 12;
    expect(value('jaccard', ratings)).toBeCloseTo(1 - (2 * 0.5) / 4 / expectedOf(0.5), 12);
    expect(value('masi', ratings)).toBeCloseTo(1 - (2 * (2 / 3)) / 4 / expectedOf(2 / 3), 12);
  });

  it('are equal whatever the order, and an empty one is an answer', () => {
    expect(value('masi', said(['a', 'b'], ['b', 'a'], [], [], ['c'], ['c']))).toBe(1);
  });
});

describe('intervals', () => {
  const many = rated('aabbabababbbaabbabab', 'aabbabbbabbbaabbaaab', 'abbbabababbaaabbabab');

  it('of the bootstrap lie near the analytic ones and hold the value', () => {
    for (const measure of [alpha, unweighted('gwet'), unweighted('fleiss'), unweighted('percent')]) {
      const exact = measureLabelAgreement(many, measure, analytic).overall;
      const drawn = measureLabelAgreement(many, measure, bootstrap).overall;
      expect(Math.abs((drawn.interval?.low ?? 9) - (exact.interval?.low ?? 0))).toBeLessThan(0.12);
      expect(drawn.interval?.low).toBeLessThan(drawn.value ?? 0);
      expect(drawn.interval?.high).toBeGreaterThan(drawn.value ?? 2);
    }
  });

  it('grow where items come from few cases', () => {
    const caseOf = (itemId: string): string => itemId.slice(0, -1);
    const drawn = measureLabelAgreement(many, alpha, bootstrap).overall.interval;
    const cases = measureLabelAgreement(many, alpha, { ...bootstrap, caseOf }).overall.interval;
    expect(cases).not.toEqual(drawn);
  });

  it('are the same for the same seed', () => {
    expect(measureLabelAgreement(many, alpha, bootstrap)).toEqual(measureLabelAgreement(many, alpha, bootstrap));
  });
});

describe('any ratings', () => {
  const ratings = fc
    .uniqueArray(fc.record({ item: fc.nat(6), reader: fc.nat(4), value: fc.nat(3) }), {
      minLength: 1,
      maxLength: 30,
      selector: ({ item, reader }) => item * 10 + reader,
    })
    .map((all) =>
      all.map(({ item, reader, value }) => ({ itemId: `i${item}`, readerId: `r${reader}`, value: String(value) })),
    );
  const measures = fc.constantFrom<LabelMeasure>(
    alpha,
    { name: 'krippendorff', level: 'ordinal' },
    ...(['percent', 'fleiss', 'randolph', 'gwet', 'cohen'] as const).flatMap((name) =>
      (['unweighted', 'linear', 'quadratic'] as const).map((weighting) => ({ name, weighting })),
    ),
  );

  it('give the same bytes in any order, and no coefficient above 1', () => {
    const wanted = fc.constantFrom<IntervalWanted>(analytic, { ...bootstrap, replicates: 100 });
    fc.assert(
      fc.property(
        ratings.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        measures,
        wanted,
        ([one, other], measure, interval) => {
          const report = measureLabelAgreement(one, measure, interval);
          expect(JSON.stringify(measureLabelAgreement(other, measure, interval))).toBe(JSON.stringify(report));
          const { value, interval: bounds } = report.overall;
          expect(value ?? 0).toBeLessThanOrEqual(1 + 1e-12);
          if (bounds) expect(bounds.low).toBeLessThanOrEqual(bounds.high);
        },
      ),
      { numRuns: 150 },
    );
  });
});
