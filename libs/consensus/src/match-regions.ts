import { intersectionOverUnion } from './box.ts';
import type { Box } from './box.ts';
import { compareIds, firstDifference } from './canonical-order.ts';
import { ExactSearch } from './exact-search.ts';
import { searchGreedily } from './greedy-search.ts';
import { summedWeight, upperBound } from './overlap-component.ts';
import type { OverlapComponent, Partition } from './overlap-component.ts';

export interface MatchableRegion {
  readonly readerId: string;
  /** With the reader, unique among the regions matched together. */
  readonly regionId: string;
  readonly box: Box;
}

export interface MatchingOptions {
  /** 0..1: a pair of regions counts if its IoU is at least this, and above 0. So 0 counts every overlap. */
  readonly gate: number;
  /** Connected components of more regions than this are left to the heuristic. Default 40. */
  readonly maxExactRegions?: number;
  /** Partial clusters the exact search may look at in one component before the heuristic's answer stands. Default 20,000. */
  readonly maxSearchStates?: number;
}

export interface Matching<Region extends MatchableRegion> {
  /** Every region once; members by reader, clusters by their first member, in canonical order. */
  readonly clusters: readonly (readonly Region[])[];
  /** Sum of the IoU, each rounded to a multiple of 2^-32, of the counted pairs within clusters. */
  readonly summedIou: number;
  /** Whether the sum is proved to be the greatest possible and the clusters first in the tie order. */
  readonly exact: boolean;
  /** The greatest possible sum is at most summedIou + gap; 0 where exact. */
  readonly gap: number;
}

export const defaultMaxExactRegions = 40;
export const defaultMaxSearchStates = 20_000;
/** The gate of a protocol that names none. */
export const defaultGate = 0.5;
/** For findings of a few pixels, where one pixel of difference already halves the overlap. */
export const smallFindingGate = 0.3;

/** Sums of whole numbers are exact, so equal sums are ties in whatever order they were added up. */
const unitsPerIou = 2 ** 32;

/**
 * Tells which regions of different readers are the same finding: the partition into clusters with at most one region a
 * reader that maximises the summed IoU of counted pairs (see {@link MatchingOptions.gate}) within clusters.
 *
 * - A cluster is connected by counted pairs: a region that overlaps none of the others enough adds nothing, and stays
 *   alone. Two regions of one cluster may overlap less than the gate where a third connects them.
 * - Tie order: compare the two partitions at the first region (by reader id, then region id) whose cluster differs, taken
 *   in the order of the clusters' first regions; there, reader by reader, the smaller region id wins, and any region
 *   wins over none.
 *
 * The problem is multidimensional assignment, which is NP-hard from three readers on; so components of a size rare in
 * reading (or with states beyond the limit) get a heuristic, and the result says `exact: false` and how far it may be off.
 */
export function matchRegions<Region extends MatchableRegion>(
  regions: readonly Region[],
  options: MatchingOptions,
): Matching<Region> {
  const ordered = regions.toSorted((one, other) =>
    firstDifference(compareIds(one.readerId, other.readerId), compareIds(one.regionId, other.regionId)),
  );
  const clusters: (readonly Region[])[] = [];
  let summed = 0;
  let gap = 0;
  let exact = true;
  for (const members of connectedRegions(ordered, options.gate)) {
    const component = toComponent(members, options.gate);
    const solved = partition(component, options);
    summed += solved.summed;
    gap += solved.gap;
    exact &&= solved.exact;
    for (const cluster of solved.partition) clusters.push(pick(members, cluster));
  }
  const position = new Map(ordered.map((region, index) => [region, index]));
  const firstPosition = ([first]: readonly Region[]) => (first === undefined ? -1 : (position.get(first) ?? -1));
  clusters.sort((one, other) => firstPosition(one) - firstPosition(other));
  return { clusters, summedIou: summed / unitsPerIou, exact, gap: gap / unitsPerIou };
}

interface Solved {
  readonly partition: Partition;
  readonly summed: number;
  readonly exact: boolean;
  readonly gap: number;
}

function partition(component: OverlapComponent, options: MatchingOptions): Solved {
  const { maxExactRegions = defaultMaxExactRegions, maxSearchStates = defaultMaxSearchStates } = options;
  if (component.readerCount === component.size) {
    // One region a reader: all in one cluster, since leaving any out only loses.
    const all = [Array.from({ length: component.size }, (_, index) => index)];
    return { partition: all, summed: summedWeight(component, all), exact: true, gap: 0 };
  }
  const quick = searchGreedily(component);
  const reached = summedWeight(component, quick);
  const atMost = upperBound(component, () => true);
  if (component.size > maxExactRegions) {
    return { partition: quick, summed: reached, exact: false, gap: atMost - reached };
  }
  const found = new ExactSearch(component, reached, maxSearchStates).run();
  const best = found.partition ?? quick;
  const summed = summedWeight(component, best);
  return { partition: best, summed, exact: found.proved, gap: found.proved ? 0 : atMost - summed };
}

function pick<Item>(items: readonly Item[], indexes: readonly number[]): readonly Item[] {
  return indexes.flatMap((index) => items.slice(index, index + 1));
}

/** 0 where the pair does not count, at least 1 where it does. */
function countedUnits(one: MatchableRegion, other: MatchableRegion, gate: number): number {
  if (one.readerId === other.readerId) return 0;
  const iou = intersectionOverUnion(one.box, other.box);
  return iou > 0 && iou >= gate ? Math.max(1, Math.round(iou * unitsPerIou)) : 0;
}

function connectedRegions<Region extends MatchableRegion>(
  ordered: readonly Region[],
  gate: number,
): readonly (readonly Region[])[] {
  const waiting = new Set(ordered);
  const components: Region[][] = [];
  for (const first of waiting) {
    const reachedSoFar = new Set([first]);
    waiting.delete(first);
    for (const reached of reachedSoFar) {
      for (const candidate of waiting) {
        if (countedUnits(reached, candidate, gate) === 0) continue;
        reachedSoFar.add(candidate);
        waiting.delete(candidate);
      }
    }
    components.push(ordered.filter((region) => reachedSoFar.has(region)));
  }
  return components;
}

function toComponent(members: readonly MatchableRegion[], gate: number): OverlapComponent {
  const size = members.length;
  const readerIds = [...new Set(members.map(({ readerId }) => readerId))];
  const weights = new Float64Array(size * size);
  for (const [one, region] of members.entries()) {
    for (const [other, against] of members.entries()) weights[one * size + other] = countedUnits(region, against, gate);
  }
  return {
    size,
    readerCount: readerIds.length,
    readers: members.map(({ readerId }) => readerIds.indexOf(readerId)),
    weights,
  };
}
