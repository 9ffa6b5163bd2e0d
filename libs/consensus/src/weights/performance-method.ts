import { compareIds } from '../canonical-order.ts';
import type { ConsensusMethod, PresenceVote } from '../consensus-method.ts';
import { demandOfRatings } from '../ratings/rating.ts';
import { labelPosterior } from './label-posterior.ts';
import type { PerformanceWeights } from './performance-weights.ts';

export const presenceLabels = ['absent', 'present'] as const;

export interface PerformanceMethodOptions {
  /** Over {@link presenceLabels}, as they stood when the reads were pooled. */
  readonly weights: PerformanceWeights;
  readonly findingGroup: string;
  /** Share of clusters that are real, 0..1 exclusive. */
  readonly prevalence: number;
  readonly temper: number;
  /** The posterior from which presence, or absence, is decided. */
  readonly settleAt: number;
}

/** No reader's coordinates vanish, and none count against the others, however bad the reader. */
const leastWeight = 0.05;

/**
 * Presence by the posterior of performance weights: present or absent from `settleAt`, else disputed. The score is the
 * posterior of presence. The parameters hold what each vote of each reader adds to the log-odds of presence, so that the stored result says
 * by which weights it came about.
 *
 * @throws InvalidRatings INVALID_PARAMETER.
 */
export function performanceMethod(options: PerformanceMethodOptions): ConsensusMethod {
  const { weights, findingGroup, prevalence, temper, settleAt } = options;
  const group = weights.groups.find((candidate) => candidate.findingGroup === findingGroup);
  demandOfRatings(group !== undefined, 'INVALID_PARAMETER', 'findingGroup');
  demandOfRatings(weights.labels.join(' ') === presenceLabels.join(' '), 'INVALID_PARAMETER', 'labels');
  demandOfRatings(prevalence > 0 && prevalence < 1, 'INVALID_PARAMETER', 'prevalence');
  demandOfRatings(settleAt > 0.5 && settleAt <= 1, 'INVALID_PARAMETER', 'settleAt');
  demandOfRatings(Number.isFinite(temper) && temper > 0, 'INVALID_PARAMETER', 'temper');
  const known = [...(group?.readers ?? [])].sort((one, other) => compareIds(one.readerId, other.readerId));
  const evidence = known.flatMap(({ readerId, logLikelihoods: [absent = [], present = []] }): [string, number][] => [
    [`marked:${readerId}`, (present[1] ?? 0) - (absent[1] ?? 0)],
    [`unmarked:${readerId}`, (present[0] ?? 0) - (absent[0] ?? 0)],
  ]);
  const weightOf = (readerId: string): number =>
    Math.max(leastWeight, (known.find((reader) => reader.readerId === readerId) ?? group?.pooled)?.weight.value ?? 0);
  const prevalences = [1 - prevalence, prevalence];
  return {
    name: 'performance',
    version: '1',
    parameters: { findingGroup, prevalence, temper, settleAt, ...Object.fromEntries(evidence) },
    weightOf,
    decide: (votes: readonly PresenceVote[]) => {
      const given = votes.map(({ readerId, marked }) => ({ readerId, given: presenceLabels[marked ? 1 : 0] }));
      const [absent = 0, score = 0] = labelPosterior(given, { weights, findingGroup, prevalences, temper });
      return { decision: score >= settleAt ? 'present' : absent >= settleAt ? 'absent' : 'disputed', score };
    },
  };
}
