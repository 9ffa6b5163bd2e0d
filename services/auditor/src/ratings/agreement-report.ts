import { measureLabelAgreement } from '@consilium/consensus';
import type { Coefficient, IntervalWanted, LabelMeasure, Rating } from '@consilium/consensus';

/** A coefficient by the name that the command line and its answer give it. */
export interface NamedMeasure {
  readonly name: string;
  readonly measure: LabelMeasure;
}

const chanceModels = ['percent', 'cohen', 'fleiss', 'randolph', 'gwet'] as const;

/** What applies to labels without order. */
export const nominalMeasures: readonly NamedMeasure[] = [
  ...chanceModels.map((name): NamedMeasure => ({
    name: name === 'gwet' ? 'gwet-ac1' : name,
    measure: { name, weighting: 'unweighted' },
  })),
  { name: 'krippendorff-nominal', measure: { name: 'krippendorff', level: 'nominal' } },
];

/** What applies besides once an order is declared. */
export const ordinalMeasures: readonly NamedMeasure[] = [
  ...(['linear', 'quadratic'] as const).flatMap((weighting) =>
    chanceModels.map((name): NamedMeasure => ({
      name: `${name === 'gwet' ? 'gwet-ac2' : name}-${weighting}`,
      measure: { name, weighting },
    })),
  ),
  { name: 'krippendorff-ordinal', measure: { name: 'krippendorff', level: 'ordinal' } },
];

interface PairReport {
  readonly workers: readonly [string, string];
  readonly sharedQuestions: number;
  readonly coefficients: Record<string, Coefficient>;
}

export interface AgreementReport {
  readonly questions: number;
  /** With two answers or more. */
  readonly comparedQuestions: number;
  readonly workers: readonly string[];
  readonly overall: Readonly<Record<string, Coefficient>>;
  /** Each label against all others, with its share of all answers. */
  readonly labels: readonly {
    readonly label: string;
    readonly prevalence: number;
    readonly coefficients: Record<string, Coefficient>;
  }[];
  /** Workers who share a question. */
  readonly pairs: readonly PairReport[];
}

/**
 * Every measure of the answers, overall, by label and by pair.
 *
 * @param measures at least one
 * @throws InvalidRatings as measureLabelAgreement
 */
export function agreementReport(
  ratings: readonly Rating<string>[],
  measures: readonly NamedMeasure[],
  interval: IntervalWanted,
  labels: readonly string[] | undefined,
): AgreementReport {
  const overall: Record<string, Coefficient> = {};
  const byLabel = new Map<string, AgreementReport['labels'][number]>();
  const byPair = new Map<string, PairReport>();
  let compared = 0;
  for (const { name, measure } of measures) {
    const found = measureLabelAgreement(ratings, measure, interval, labels);
    compared = found.comparedItems;
    overall[name] = found.overall;
    for (const { label, prevalence, coefficient } of found.classes) {
      const entry = byLabel.get(label) ?? { label, prevalence, coefficients: {} };
      entry.coefficients[name] = coefficient;
      byLabel.set(label, entry);
    }
    for (const { readers, sharedItems, coefficient } of found.pairs) {
      const key = JSON.stringify(readers);
      const entry = byPair.get(key) ?? { workers: readers, sharedQuestions: sharedItems, coefficients: {} };
      entry.coefficients[name] = coefficient;
      byPair.set(key, entry);
    }
  }
  return {
    questions: new Set(ratings.map(({ itemId }) => itemId)).size,
    comparedQuestions: compared,
    workers: [...new Set(ratings.map(({ readerId }) => readerId))].sort(),
    overall,
    labels: [...byLabel.values()],
    pairs: [...byPair.values()],
  };
}
