import { demandOfRatings } from '../ratings/rating.ts';
import type { Rating } from '../ratings/rating.ts';
import { tabulateLabels, tabulateNumbers, tabulateSets } from '../ratings/rating-table.ts';
import type { RatingTable } from '../ratings/rating-table.ts';
import { agreementWeights, chanceCorrected } from './chance-corrected.ts';
import type { ChanceModel, Weighting } from './chance-corrected.ts';
import { toCoefficient } from './coefficient.ts';
import type { Coefficient, Estimator, IntervalWanted } from './coefficient.ts';
import { light, pairsOfReaders, tableOfPair } from './cohen.ts';
import { intraclassCorrelation } from './intraclass-correlation.ts';
import type { RaterCount } from './intraclass-correlation.ts';
import { countByItem } from './item-counts.ts';
import {
  intervalDifference,
  jaccardDifference,
  krippendorff,
  masiDifference,
  nominalDifference,
  ordinalDifference,
  ratioDifference,
} from './krippendorff.ts';

/** Labels of no order, unless weighted: then grades, in the order of `labels`. */
export type LabelMeasure =
  | { readonly name: ChanceModel | 'cohen'; readonly weighting: Weighting }
  | { readonly name: 'krippendorff'; readonly level: 'nominal' | 'ordinal' };

export type NumberMeasure =
  | { readonly name: 'krippendorff'; readonly level: 'ordinal' | 'interval' | 'ratio' }
  | { readonly name: 'intraclassCorrelation'; readonly raters: RaterCount };

export interface SetMeasure {
  readonly name: 'krippendorff';
  readonly distance: 'jaccard' | 'masi';
}

export interface PairAgreement {
  readonly readers: readonly [string, string];
  readonly sharedItems: number;
  readonly coefficient: Coefficient;
}

export interface Agreement {
  /** Of `cohen`, the mean over all pairs (Light 1971), whose interval is by bootstrap only. */
  readonly overall: Coefficient;
  /** Every pair of readers who share an item; with two readers it repeats the overall value. */
  readonly pairs: readonly PairAgreement[];
  readonly items: number;
  readonly comparedItems: number;
  readonly readers: number;
  readonly ratings: number;
}

export interface LabelAgreement extends Agreement {
  /**
   * Each label against all others, unweighted (ordinal alpha as nominal). Beside each stands its prevalence, the share of all ratings
   * that gave it: kappa and alpha fall where a label is rare, though people agree as well.
   */
  readonly classes: readonly {
    readonly label: string;
    readonly prevalence: number;
    readonly coefficient: Coefficient;
  }[];
}

/**
 * How far readers agree on labels. Only independent first submissions may enter (see `independentFirstRatings`). The order of ratings means
 * nothing, and equal input gives equal output.
 *
 * @param labels all labels that could have been given: Randolph's and Gwet's chance depends on their number, and weights on
 * their order. Without them, the labels that occur, by their text.
 * @throws InvalidRatings as tabulateLabels and toCoefficient say.
 */
export function measureLabelAgreement(
  ratings: readonly Rating<string>[],
  measure: LabelMeasure,
  interval: IntervalWanted,
  labels?: readonly string[],
): LabelAgreement {
  const table = tabulateLabels(ratings, labels);
  return {
    ...agreement(table, (part) => labelEstimator(part, measure), interval),
    classes: table.values.map((label, chosen) => ({
      label,
      prevalence: table.valueOf.filter((value) => value === chosen).length / table.valueOf.length,
      coefficient: toCoefficient(
        labelEstimator(oneAgainstRest(table, chosen), withoutOrder(measure)),
        table.items,
        interval,
      ),
    })),
  };
}

/** How far readers agree on numbers. @throws InvalidRatings as above; INVALID_VALUE for a ratio scale below 0. */
export function measureNumberAgreement(
  ratings: readonly Rating<number>[],
  measure: NumberMeasure,
  interval: IntervalWanted,
): Agreement {
  const table = tabulateNumbers(ratings);
  const isRatio = measure.name === 'krippendorff' && measure.level === 'ratio';
  demandOfRatings(!isRatio || table.values.every((value) => value >= 0), 'INVALID_VALUE', 'below 0');
  return agreement(table, (part) => numberEstimator(part, measure), interval);
}

/** How far readers agree on sets, of findings for instance; an empty set is an answer. @throws InvalidRatings as above. */
export function measureSetAgreement(
  ratings: readonly Rating<readonly string[]>[],
  { distance }: SetMeasure,
  interval: IntervalWanted,
): Agreement {
  const table = tabulateSets(ratings);
  const difference = distance === 'jaccard' ? jaccardDifference(table.values) : masiDifference(table.values);
  return agreement(table, (part) => krippendorff(countByItem(part), difference), interval);
}

function agreement<Value>(
  table: RatingTable<Value>,
  estimatorOf: (part: RatingTable<Value>) => Estimator,
  interval: IntervalWanted,
): Agreement {
  return {
    overall: toCoefficient(estimatorOf(table), table.items, interval),
    pairs: pairsOfReaders(table).map((pair) => {
      const part = tableOfPair(table, pair);
      return {
        readers: [part.readers[0] ?? '', part.readers[1] ?? ''],
        sharedItems: part.items.length,
        coefficient: toCoefficient(estimatorOf(part), part.items, interval),
      };
    }),
    items: table.items.length,
    comparedItems: countByItem(table).ratings.filter((size) => size >= 2).length,
    readers: table.readers.length,
    ratings: table.itemOf.length,
  };
}

function labelEstimator(table: RatingTable<string>, measure: LabelMeasure): Estimator {
  const size = table.values.length;
  switch (measure.name) {
    case 'krippendorff':
      return krippendorff(
        countByItem(table),
        measure.level === 'nominal' ? nominalDifference(size) : ordinalDifference(),
      );
    case 'cohen':
      return light(table, agreementWeights(size, measure.weighting));
    case 'percent':
    case 'fleiss':
    case 'randolph':
    case 'gwet':
      return chanceCorrected(countByItem(table), agreementWeights(size, measure.weighting), measure.name);
  }
}

function withoutOrder(measure: LabelMeasure): LabelMeasure {
  return measure.name === 'krippendorff' ? { ...measure, level: 'nominal' } : { ...measure, weighting: 'unweighted' };
}

function oneAgainstRest(table: RatingTable<string>, chosen: number): RatingTable<string> {
  return {
    ...table,
    values: ['', table.values[chosen] ?? ''],
    valueOf: table.valueOf.map((value) => Number(value === chosen)),
  };
}

function numberEstimator(table: RatingTable<number>, measure: NumberMeasure): Estimator {
  if (measure.name === 'intraclassCorrelation') return intraclassCorrelation(table, measure.raters);
  const counts = countByItem(table);
  switch (measure.level) {
    case 'ordinal':
      return krippendorff(counts, ordinalDifference());
    case 'interval':
      return krippendorff(counts, intervalDifference(table.values));
    case 'ratio':
      return krippendorff(counts, ratioDifference(table.values));
  }
}
