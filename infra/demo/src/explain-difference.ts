import { intersectionOverUnion } from '@consilium/consensus';
import type { Box, Presence } from '@consilium/consensus';

/** A case of one nodule as it was read and as consensus decided it. */
export interface ComparedCase {
  readonly marks: readonly { readonly readerId: string; readonly box: Box }[];
  /** How many read the case, with or without a mark. */
  readonly readers: number;
  /** The gate the consensus was computed with. */
  readonly gate: number;
  readonly clusters: readonly {
    readonly decision: Presence;
    readonly members: readonly { readonly readerId: string }[];
  }[];
}

export type Unexplained =
  /** A mark is in no cluster, or in several. */
  | 'MARKS_NOT_PARTITIONED'
  /** A cluster was not decided by the number of its members. */
  | 'DECISION_NOT_BY_COUNT'
  /** Two marks lie in different clusters although they overlap enough. */
  | 'OVERLAPPING_MARKS_APART';

/** How the figure by count (which takes all marks of a case for the same finding) compares with the consensus. */
export type Explanation = {
  readonly byCount: Presence;
  readonly byConsensus: Presence;
  /** Marks in each cluster, falling: `[2, 1]`. */
  readonly clusterSizes: readonly number[];
} & (
  | { readonly kind: 'same' }
  /** Marks of the nodule overlap less than the gate across clusters, so that each cluster has fewer supporters. */
  | { readonly kind: 'splitByGate'; readonly highestIouAcross: number }
  | { readonly kind: 'unexplained'; readonly why: Unexplained }
);

/**
 * Says why the consensus of a case differs from the count of its marks. "Split by the gate" is checked from the boxes,
 * not assumed: every mark is in one cluster, each cluster is decided by its count, and no two marks of different clusters
 * reach the gate. Taken together in one cluster the marks would have had the decision by count.
 */
export function explainDifference(compared: ComparedCase): Explanation {
  const { marks, readers, clusters } = compared;
  const figures = {
    byCount: presenceByCount(marks.length, readers),
    byConsensus: presenceOfCase(clusters),
    clusterSizes: clusters.map(({ members }) => members.length).sort((one, other) => other - one),
  };
  if (figures.byCount === figures.byConsensus) return { ...figures, kind: 'same' };
  const why = whatIsUnexplained(compared);
  if (why !== undefined) return { ...figures, kind: 'unexplained', why };
  return { ...figures, kind: 'splitByGate', highestIouAcross: Math.max(...iousAcrossClusters(compared)) };
}

/** Majority over the readers, a tie being a dispute, as if all marks of a case were the same finding. */
export function presenceByCount(marks: number, readers: number): Presence {
  if (2 * marks === readers) return 'disputed';
  return 2 * marks > readers ? 'present' : 'absent';
}

/** One word for a case of one finding: present if a cluster is, else disputed if one is, else absent. */
export function presenceOfCase(clusters: readonly { readonly decision: Presence }[]): Presence {
  const decisions = new Set(clusters.map(({ decision }) => decision));
  if (decisions.has('present')) return 'present';
  return decisions.has('disputed') ? 'disputed' : 'absent';
}

function whatIsUnexplained(compared: ComparedCase): Unexplained | undefined {
  const { marks, readers, gate, clusters } = compared;
  const clustered = clusters.flatMap(({ members }) => members.map(({ readerId }) => readerId)).sort();
  const marked = marks.map(({ readerId }) => readerId).sort();
  if (JSON.stringify(clustered) !== JSON.stringify(marked)) return 'MARKS_NOT_PARTITIONED';
  if (clusters.some(({ decision, members }) => decision !== presenceByCount(members.length, readers))) {
    return 'DECISION_NOT_BY_COUNT';
  }
  return iousAcrossClusters(compared).some((iou) => iou > 0 && iou >= gate) ? 'OVERLAPPING_MARKS_APART' : undefined;
}

function iousAcrossClusters({ marks, clusters }: ComparedCase): readonly number[] {
  const clusterOf = (readerId: string): number =>
    clusters.findIndex(({ members }) => members.some((member) => member.readerId === readerId));
  return marks.flatMap((one, index) =>
    marks
      .slice(index + 1)
      .filter((other) => clusterOf(other.readerId) !== clusterOf(one.readerId))
      .map((other) => intersectionOverUnion(one.box, other.box)),
  );
}
