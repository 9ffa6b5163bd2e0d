import type { Presence } from '@consilium/consensus';
import type { Explanation } from './explain-difference.ts';

export type PresenceCounts = Readonly<Record<Presence, number>>;

export interface DifferenceSummary {
  readonly byCount: PresenceCounts;
  readonly byConsensus: PresenceCounts;
  /** Cases whose decision changed, by how and why, most frequent first. */
  readonly splitByGate: readonly SplitGroup[];
  /** Cases whose marks fall into several clusters and which are decided as by count all the same. */
  readonly splitWithoutDifference: number;
  readonly unexplained: number;
}

export interface SplitGroup {
  readonly from: Presence;
  readonly to: Presence;
  /** Marks in each cluster: `2+1`. */
  readonly clusters: string;
  readonly cases: number;
}

export function summariseDifferences(explanations: readonly Explanation[]): DifferenceSummary {
  const groups = new Map<string, SplitGroup>();
  for (const { kind, byCount: from, byConsensus: to, clusterSizes } of explanations) {
    if (kind !== 'splitByGate') continue;
    const clusters = clusterSizes.join('+');
    const key = `${from} ${to} ${clusters}`;
    groups.set(key, { from, to, clusters, cases: (groups.get(key)?.cases ?? 0) + 1 });
  }
  return {
    byCount: countPresence(explanations.map(({ byCount }) => byCount)),
    byConsensus: countPresence(explanations.map(({ byConsensus }) => byConsensus)),
    splitByGate: [...groups.values()].sort(
      (one, other) => other.cases - one.cases || (one.clusters < other.clusters ? -1 : 1),
    ),
    splitWithoutDifference: explanations.filter(({ kind, clusterSizes }) => kind === 'same' && clusterSizes.length > 1)
      .length,
    unexplained: explanations.filter(({ kind }) => kind === 'unexplained').length,
  };
}

function countPresence(decisions: readonly Presence[]): PresenceCounts {
  const count = (presence: Presence): number => decisions.filter((decision) => decision === presence).length;
  return { present: count('present'), disputed: count('disputed'), absent: count('absent') };
}
