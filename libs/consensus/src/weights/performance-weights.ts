import { compareIds, firstDifference } from '../canonical-order.ts';
import { demandOfRatings, demandWithin } from '../ratings/rating.ts';
import { Grid, sumOf } from '../statistics/grid.ts';
import { betaQuantile, digamma } from '../statistics/special-functions.ts';
import { checkScoredReads } from './scored-read.ts';
import type { IndependentTruth, ScoredRead } from './scored-read.ts';

export interface WeightOptions {
  readonly labels: readonly string[];
  /** Only truth known before this position enters. Default: all. */
  readonly asOf?: number;
  /**
   * How many reads of the pooled reader stand before a reader's own, above 0. Default `estimated`: as many as the spread of the
   * readers asks for (see priorReadsOf), 10 to 1,000.
   */
  readonly priorReads?: number | 'estimated';
  /** Scored reads of the reader after which a read counts half; null never forgets. Default 200. */
  readonly halfLife?: number | null;
  /**
   * `twoCoin` learns which labels a reader takes for which; below `fallbackReads` effective reads it is `oneCoin`, one accuracy, since sparse
   * confusions lose to a plain vote. Default `oneCoin`, and 20 reads a label.
   */
  readonly model?: 'oneCoin' | 'twoCoin';
  readonly fallbackReads?: number;
  /** Of the intervals. Default 0.95. */
  readonly level?: number;
}

export interface Estimated {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What is known of a reader in one finding group, or of all readers pooled. */
export interface Performance {
  readonly findingGroup: string;
  /** The model that stands behind `logLikelihoods`: the fallback shows here. */
  readonly model: 'oneCoin' | 'twoCoin';
  /** Reads that entered, by what they were scored against; and what they are worth after decay and sampling. */
  readonly scoredReads: Readonly<Record<IndependentTruth['source'], number>>;
  readonly effectiveReads: number;
  /** Posterior mean and interval of the probability of the right label. */
  readonly accuracy: Estimated;
  /** Expected log-odds of being right, plus ln(K - 1): what a vote adds to its label. 0 for who guesses; below, who misleads. */
  readonly weight: Estimated;
  /** Expected log-probability of each given label (column) under each true one (row). */
  readonly logLikelihoods: readonly (readonly number[])[];
}

export interface PerformanceWeights {
  readonly labels: readonly string[];
  /** Each finding group, by name: the pooled reader, who stands for whoever is not known, and the readers by id. */
  readonly groups: readonly {
    readonly findingGroup: string;
    /** Reads of the pooled reader that stand before each reader's own. */
    readonly priorReads: number;
    readonly pooled: Performance;
    readonly readers: readonly (Performance & { readonly readerId: string })[];
  }[];
}

/** Of whoever nothing is known of in a group where nothing is known: better than chance, and worth little. */
const assumedAccuracy = 0.75;
const assumedReads = 2;

/**
 * Weights of readers by finding group, from truth that does not contain the read. Each reader starts as the pooled reader
 * of the group: Beta(right + m p, wrong + m (1 - p)) with the pooled accuracy p, or a Dirichlet row for each true label
 * (hierarchical Dawid-Skene with fixed strength; expectations as in variational Bayes, Kim and Ghahramani 2012). Reads decay by the
 * reader's later ones. Adjudicated reads weigh by 1 / sampling probability (Hajek), cut to their effective
 * number (Kish 1965), since who is adjudicated is not drawn evenly. A reader's own reads are part of the pooled reader.
 *
 * Without a scored read there is no group; the order of reads means nothing.
 *
 * @throws InvalidRatings for reads as checkScoredReads says, and INVALID_PARAMETER.
 */
export function performanceWeights(reads: readonly ScoredRead[], options: WeightOptions): PerformanceWeights {
  const { labels, asOf = Infinity, priorReads = 'estimated', halfLife = 200, level = 0.95 } = options;
  checkScoredReads(reads, labels);
  const isPrior = priorReads === 'estimated' || (priorReads > 0 && Number.isFinite(priorReads));
  demandOfRatings(isPrior, 'INVALID_PARAMETER', 'priorReads');
  demandOfRatings(halfLife === null || halfLife > 0, 'INVALID_PARAMETER', 'halfLife');
  demandWithin('level', level, 0.01, 0.999);
  const { model = 'oneCoin', fallbackReads = 20 * labels.length } = options;
  const settings = { labels, level, model, fallbackReads };
  const known = reads.filter(({ knownAt }) => knownAt < asOf);
  const groups = [...Map.groupBy(known, ({ findingGroup }) => findingGroup)].sort(([one], [other]) =>
    compareIds(one, other),
  );
  return {
    labels,
    groups: groups.map(([findingGroup, ofGroup]) => {
      const tallies = [...Map.groupBy(ofGroup, ({ readerId }) => readerId)]
        .sort(([one], [other]) => compareIds(one, other))
        .map(([readerId, ofReader]) => ({ readerId, tally: tallyOf(ofReader, labels, halfLife) }));
      const pooled = pooledTally(tallies.map(({ tally }) => tally));
      const prior = priorOf(pooled);
      const strength =
        priorReads === 'estimated'
          ? priorReadsOf(
              tallies.map(({ tally }) => tally),
              prior.accuracy,
            )
          : priorReads;
      return {
        findingGroup,
        priorReads: strength,
        pooled: { findingGroup, ...estimate(pooled, prior, { ...settings, priorReads: assumedReads }) },
        readers: tallies.map(({ readerId, tally }) => ({
          readerId,
          findingGroup,
          ...estimate(tally, prior, { ...settings, priorReads: strength }),
        })),
      };
    }),
  };
}

interface Tally {
  /** Effective reads by true label (row) and given label (column). */
  readonly counts: Grid;
  readonly scoredReads: Performance['scoredReads'];
}

function tallyOf(reads: readonly ScoredRead[], labels: readonly string[], halfLife: number | null): Tally {
  const latestFirst = reads.toSorted((one, other) =>
    firstDifference(other.knownAt - one.knownAt, compareIds(one.itemId, other.itemId)),
  );
  const decays = latestFirst.map((_, age) => (halfLife === null ? 1 : 2 ** (-age / halfLife)));
  const inverses = latestFirst.map(({ truth }) => (truth.source === 'adjudicated' ? 1 / truth.samplingProbability : 1));
  const total = inverses.reduce((sum, inverse, index) => sum + inverse * (decays[index] ?? 0), 0);
  const squares = inverses.reduce((sum, inverse, index) => sum + inverse * inverse * (decays[index] ?? 0), 0);
  const counts = new Grid(labels.length, labels.length);
  const scoredReads = { gold: 0, adjudicated: 0, posterior: 0 };
  for (const [index, { given, truth }] of latestFirst.entries()) {
    scoredReads[truth.source] += 1;
    const worth = (decays[index] ?? 0) * (inverses[index] ?? 0) * (total / squares);
    for (const [row, label] of labels.entries()) {
      const isTrue = truth.source === 'posterior' ? (truth.probabilities[row] ?? 0) : Number(truth.label === label);
      counts.add(row, labels.indexOf(given), worth * isTrue);
    }
  }
  return { counts, scoredReads };
}

function pooledTally(tallies: readonly Tally[]): Tally {
  const size = tallies[0]?.counts.rows ?? 0;
  const counts = new Grid(size, size);
  const scoredReads = { gold: 0, adjudicated: 0, posterior: 0 };
  for (const tally of tallies) {
    for (const [cell, count] of tally.counts.cells.entries()) counts.cells[cell] = (counts.cells[cell] ?? 0) + count;
    scoredReads.gold += tally.scoredReads.gold;
    scoredReads.adjudicated += tally.scoredReads.adjudicated;
    scoredReads.posterior += tally.scoredReads.posterior;
  }
  return { counts, scoredReads };
}

/** The pooled reader: an accuracy, and a row of shares for each true label, never 0. */
interface Prior {
  readonly accuracy: number;
  readonly rows: Grid;
}

function priorOf({ counts }: Tally): Prior {
  const size = counts.rows;
  const accuracy = (rightReads(counts) + assumedReads * assumedAccuracy) / (counts.sum() + assumedReads);
  const rows = new Grid(size, size);
  for (let truth = 0; truth < size; truth += 1) {
    const total = sumOf(counts.row(truth)) + assumedReads;
    for (let given = 0; given < size; given += 1) {
      const assumed = truth === given ? accuracy : (1 - accuracy) / (size - 1);
      rows.set(truth, given, (counts.at(truth, given) + assumedReads * assumed) / total);
    }
  }
  return { accuracy, rows };
}

function rightReads(counts: Grid): number {
  let right = 0;
  for (let label = 0; label < counts.rows; label += 1) right += counts.at(label, label);
  return right;
}

const [fewestPriorReads, mostPriorReads] = [10, 1_000];

/**
 * How alike readers are, by the moments of the beta-binomial distribution (Kleinman 1973): where they differ no more than
 * chance makes readers of one skill differ, the pooled reader counts for much, so that weights do not follow noise and cost
 * accuracy against a plain vote. Only spread beyond one standard deviation of what noise gives is believed. Below two readers nothing is known of their spread.
 */
function priorReadsOf(tallies: readonly Tally[], pooled: number): number {
  const readers = tallies.map(({ counts }) => ({ right: rightReads(counts), reads: counts.sum() }));
  const total = readers.reduce((sum, { reads }) => sum + reads, 0);
  const squares = readers.reduce((sum, { reads }) => sum + reads * reads, 0);
  if (readers.length < 2 || total <= squares / total) return fewestPriorReads;
  const spread = readers.reduce((sum, { right, reads }) => sum + reads * (right / reads - pooled) ** 2, 0);
  const noise = pooled * (1 - pooled);
  const others = readers.length - 1;
  const between = (spread - noise * (others + Math.sqrt(2 * others))) / (total - squares / total);
  const reads = between <= 0 ? mostPriorReads : noise / between - 1;
  return Math.min(mostPriorReads, Math.max(fewestPriorReads, reads));
}

type Settings = Required<Omit<WeightOptions, 'asOf' | 'halfLife' | 'priorReads'>> & { readonly priorReads: number };

function estimate(
  { counts, scoredReads }: Tally,
  prior: Prior,
  { labels, priorReads, level, model, fallbackReads }: Settings,
): Omit<Performance, 'findingGroup'> {
  const effectiveReads = counts.sum();
  const right = rightReads(counts) + priorReads * prior.accuracy;
  const wrong = Math.max(0, effectiveReads - rightReads(counts)) + priorReads * (1 - prior.accuracy);
  const alternatives = Math.log(labels.length - 1);
  const [low, high] = [betaQuantile((1 - level) / 2, right, wrong), betaQuantile((1 + level) / 2, right, wrong)];
  const logOdds = (share: number): number => Math.log(share) - Math.log1p(-share) + alternatives;
  const used = model === 'twoCoin' && effectiveReads >= fallbackReads ? 'twoCoin' : 'oneCoin';
  const logLikelihood = (truth: number, given: number): number => {
    if (used === 'oneCoin') {
      const both = digamma(right + wrong);
      return truth === given ? digamma(right) - both : digamma(wrong) - both - alternatives;
    }
    const count = counts.at(truth, given) + priorReads * prior.rows.at(truth, given);
    return digamma(count) - digamma(sumOf(counts.row(truth)) + priorReads);
  };
  return {
    model: used,
    scoredReads,
    effectiveReads,
    accuracy: { value: right / (right + wrong), low, high },
    weight: { value: digamma(right) - digamma(wrong) + alternatives, low: logOdds(low), high: logOdds(high) },
    logLikelihoods: labels.map((_, truth) => labels.map((_label, given) => logLikelihood(truth, given))),
  };
}
