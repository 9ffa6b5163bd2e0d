import { bernoulliCusum, goldCusum, performanceWeights, presenceLabels } from '@consilium/consensus';
import type { Performance as Known, PerformanceWeights, ScoredRead } from '@consilium/consensus';
import type { ScoredItem } from '@consilium/domain';
import type { AnswerScoreView } from '@consilium/read-model';
import type { Confusion, Performance, RegionPerformance, Scorecard } from '../schema/generated/schema-types.ts';

export const scorecardMethod = { name: 'performance', version: '1', level: 0.95, halfLife: 200 } as const;

/** Stands for all groups together: no finding group is called so, since a term has letters. */
const allGroups = '*';
/** Statements of labels without a group. */
const noGroup = '';

/**
 * What the scores of a project, the newest first, say of its annotators. Pure: the same scores give the same numbers in any order.
 *
 * @throws InvalidRatings for more statements than the method takes
 */
export function scorecardsOf(scores: readonly AnswerScoreView[]): {
  readonly pooled: readonly Performance[];
  readonly annotators: readonly Scorecard[];
} {
  const { level, halfLife } = scorecardMethod;
  const weightsOf = (reads: readonly ScoredRead[]): PerformanceWeights =>
    performanceWeights(reads, { labels: presenceLabels, level, halfLife, model: 'twoCoin' });
  const statements = scores.flatMap(statementsOf);
  const groups = [
    ...weightsOf(statements.map((statement) => ({ ...statement, findingGroup: allGroups }))).groups,
    ...weightsOf(statements).groups,
  ];
  const itemsOf = (own: readonly AnswerScoreView[], findingGroup: string): readonly ScoredItem[] =>
    own
      .flatMap(({ items }) => items)
      .filter((item) => findingGroup === allGroups || (item.findingGroup ?? noGroup) === findingGroup);
  const byAnnotator = [...Map.groupBy(scores, ({ annotatorId }) => annotatorId)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return {
    pooled: groups.map(({ findingGroup, pooled }) => presentPerformance(pooled, itemsOf(scores, findingGroup))),
    annotators: byAnnotator.map(([annotatorId, own]) => ({
      annotatorId,
      answers: own.length,
      performance: groups.flatMap(({ findingGroup, readers }) =>
        readers
          .filter(({ readerId }) => readerId === annotatorId)
          .map((reader) => presentPerformance(reader, itemsOf(own, findingGroup))),
      ),
      regions: regionsOf(own),
      medianSeconds: medianOf(own.flatMap(({ activeMs }) => (activeMs === null ? [] : [activeMs / 1_000]))),
      drift: driftOf(own),
    })),
  };
}

const keyOf = ({ sentence, label }: ScoredItem): string =>
  sentence === null ? `label/${label ?? ''}` : `sentence/${sentence.sentenceId}`;

function statementsOf(score: AnswerScoreView): readonly ScoredRead[] {
  const { annotatorId, caseId, seq, source, samplingProbability } = score;
  return score.items.map((item) => ({
    readerId: annotatorId,
    itemId: `${caseId}/${keyOf(item)}`,
    findingGroup: item.findingGroup ?? noGroup,
    given: item.given,
    truth:
      source === 'gold'
        ? { source, label: item.truth }
        : { source, label: item.truth, samplingProbability: samplingProbability ?? 1 },
    knownAt: seq,
  }));
}

const presentPerformance = (
  { findingGroup, scoredReads, effectiveReads, accuracy, weight }: Known,
  items: readonly ScoredItem[],
): Performance => ({
  findingGroup: findingGroup === allGroups ? null : findingGroup,
  gold: scoredReads.gold,
  adjudicated: scoredReads.adjudicated,
  effective: effectiveReads,
  accuracy,
  weight,
  confusion: confusionOf(items),
});

function confusionOf(items: readonly ScoredItem[]): Confusion {
  const count = (truth: ScoredItem['truth'], given: ScoredItem['given']): number =>
    items.filter((item) => item.truth === truth && item.given === given).length;
  return {
    truePresent: count('present', 'present'),
    missed: count('present', 'absent'),
    falselyPresent: count('absent', 'present'),
    trueAbsent: count('absent', 'absent'),
  };
}

function regionsOf(own: readonly AnswerScoreView[]): RegionPerformance {
  const sum = (of: (regions: AnswerScoreView['regions']) => number): number =>
    own.reduce((total, { regions }) => total + of(regions), 0);
  const matched = sum((regions) => regions.matched);
  return {
    expected: sum((regions) => regions.expected),
    given: sum((regions) => regions.given),
    matched,
    meanIou: matched === 0 ? null : sum((regions) => regions.summedIou) / matched,
  };
}

function medianOf(values: readonly number[]): number | null {
  const ordered = values.toSorted((one, other) => one - other);
  const [low, high] = [ordered[Math.ceil(ordered.length / 2) - 1], ordered[Math.floor(ordered.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Alerts are about gold alone: what is adjudicated is the hard part of what somebody read. */
function driftOf(own: readonly AnswerScoreView[]): Scorecard['drift'] {
  const outcomes = own
    .filter(({ source }) => source === 'gold')
    .toSorted((one, other) => one.seq - other.seq)
    .flatMap(({ items }) => items.map(({ given, truth }) => given === truth));
  const { at, statistic } = bernoulliCusum(outcomes, goldCusum);
  return { statements: outcomes.length, statistic, threshold: goldCusum.threshold, alarmAt: at };
}
