import {
  dawidSkene,
  defaultFitLimits,
  glad,
  InvalidRatings,
  kos,
  mace,
  majorityVote,
  oneCoinDawidSkene,
  wawa,
  weightedMajorityVote,
  zeroBasedSkill,
} from '@consilium/consensus';
import type { FittedModel, FitWarning, LabelConsensus, Rating, TieRule } from '@consilium/consensus';

/** What a method may be told, beside the answers; each takes some of it, see {@link methodOptions}. */
export interface MethodSettings {
  readonly tie: TieRule;
  readonly labels: readonly string[] | undefined;
  readonly weights: ReadonlyMap<string, number> | undefined;
  readonly smoothing: number | undefined;
  readonly iterations: number | undefined;
  readonly tolerance: number | undefined;
  readonly restarts: number | undefined;
  readonly seed: number | undefined;
}

export interface MethodResult {
  readonly consensus: LabelConsensus;
  /** What the numbers beside the labels of a question are. */
  readonly probabilitiesAre: 'shares of votes' | 'shares of weighted votes' | 'posteriors' | 'the sign of a sum';
  /** As they were used, defaults included, so that the same can be computed again. */
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly fit: FittedModel | null;
  readonly warnings: readonly FitWarning[];
  /** What the method found out about each worker from the answers themselves: never a score of a person. */
  readonly workers: readonly (Readonly<Record<string, unknown>> & { readonly worker: string })[];
}

export const methodNames = [
  'majority',
  'weighted-majority',
  'dawid-skene',
  'one-coin',
  'glad',
  'mace',
  'wawa',
  'zero-based-skill',
  'kos',
] as const;
export type MethodName = (typeof methodNames)[number];

/** The options that mean something to each method, beside --tie and --labels. */
export const methodOptions: Readonly<Record<MethodName, readonly string[]>> = {
  majority: [],
  'weighted-majority': ['weights'],
  'dawid-skene': ['smoothing', 'iterations', 'tolerance'],
  'one-coin': ['smoothing', 'iterations', 'tolerance'],
  glad: ['iterations', 'tolerance'],
  mace: ['iterations', 'tolerance', 'restarts', 'seed'],
  wawa: [],
  'zero-based-skill': [],
  kos: ['iterations', 'seed'],
};

type Ratings = readonly Rating<string>[];

/** @throws InvalidRatings as the method does */
export function runMethod(name: MethodName, ratings: Ratings, settings: MethodSettings): MethodResult {
  const { tie, labels } = settings;
  switch (name) {
    case 'majority':
      return voted(majorityVote(ratings, tie, labels), 'shares of votes');
    case 'weighted-majority':
      return voted(
        weightedMajorityVote(ratings, settings.weights ?? new Map(), tie, labels),
        'shares of weighted votes',
      );
    case 'dawid-skene':
    case 'one-coin':
      return confusions(name, ratings, settings);
    case 'glad': {
      const limits = limitsOf(settings, 1_000, 1e-8);
      const found = glad(ratings, { tie, ...labelsOf(labels), limits });
      const workers = found.readers.map(({ readerId, ability }) => ({ worker: readerId, ability }));
      return fitted(found, { ...limits }, workers);
    }
    case 'mace': {
      const limits = limitsOf(settings, 1_000, 1e-8);
      const { seed = 0, restarts = 10 } = settings;
      const found = mace(ratings, { tie, ...labelsOf(labels), limits, seed, restarts });
      const workers = found.readers.map(({ readerId, competence }) => ({ worker: readerId, competence }));
      return fitted(found, { ...limits, seed, restarts }, workers);
    }
    case 'wawa':
    case 'zero-based-skill': {
      const found = (name === 'wawa' ? wawa : zeroBasedSkill)(ratings, tie, labels);
      const workers = found.readers.map(({ readerId, skill }) => ({ worker: readerId, skill }));
      return { ...voted(found, 'shares of weighted votes'), workers };
    }
    case 'kos': {
      const { seed = 0, iterations = 100 } = settings;
      const found = kos(ratings, { tie, ...labelsOf(twoOf(labels)), seed, rounds: iterations });
      return { ...voted(found, 'the sign of a sum'), parameters: { seed, iterations } };
    }
  }
}

function confusions(name: 'dawid-skene' | 'one-coin', ratings: Ratings, settings: MethodSettings): MethodResult {
  const { tie, labels, smoothing = 0 } = settings;
  const limits = limitsOf(settings, defaultFitLimits.maxIterations, defaultFitLimits.tolerance);
  const fit = name === 'dawid-skene' ? dawidSkene : oneCoinDawidSkene;
  const found = fit(ratings, { tie, ...labelsOf(labels), smoothing, limits });
  const workers = found.readers.map(({ readerId, accuracy, confusion }) => ({ worker: readerId, accuracy, confusion }));
  return { ...fitted(found, { ...limits, smoothing }, workers), warnings: found.warnings };
}

function voted(
  consensus: LabelConsensus,
  probabilitiesAre: Exclude<MethodResult['probabilitiesAre'], 'posteriors'>,
): MethodResult {
  return { consensus, probabilitiesAre, parameters: {}, fit: null, warnings: [], workers: [] };
}

function fitted(
  found: LabelConsensus & FittedModel,
  parameters: MethodResult['parameters'],
  workers: MethodResult['workers'],
): MethodResult {
  const { logLikelihood, iterations, converged } = found;
  return {
    consensus: found,
    probabilitiesAre: 'posteriors',
    parameters,
    fit: { logLikelihood, iterations, converged },
    warnings: converged ? [] : [{ code: 'NOT_CONVERGED', label: null, measured: iterations }],
    workers,
  };
}

function limitsOf({ iterations, tolerance }: MethodSettings, mostIterations: number, least: number) {
  return { maxIterations: iterations ?? mostIterations, tolerance: tolerance ?? least };
}

const labelsOf = <Labels extends readonly string[]>(labels: Labels | undefined): { readonly labels?: Labels } =>
  labels === undefined ? {} : { labels };

/** The method is for two labels. @throws InvalidRatings */
function twoOf(labels: readonly string[] | undefined): readonly [string, string] | undefined {
  if (labels === undefined) return undefined;
  const [one, other, ...more] = labels;
  if (one === undefined || other === undefined || more.length > 0)
    throw new InvalidRatings('INVALID_PARAMETER', 'labels');
  return [one, other];
}
