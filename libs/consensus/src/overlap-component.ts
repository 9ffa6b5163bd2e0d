/**
 * Regions that counted pairs connect to each other, directly or through others, with nothing connected outside. Since a
 * cluster must be connected, the best partition of all regions is the best partition of each component.
 *
 * Regions are numbered 0..size-1 in canonical order, so rising by reader; readers are numbered 0..readerCount-1.
 */
export interface OverlapComponent {
  readonly size: number;
  readonly readerCount: number;
  /** The reader of each region. */
  readonly readers: readonly number[];
  /** size x size, symmetric, whole numbers: the counted IoU of two regions in units of 2^-32, else 0. */
  readonly weights: Float64Array;
}

/** Clusters of region numbers: rising within a cluster, clusters by their first region. */
export type Partition = readonly (readonly number[])[];

export function weightBetween({ weights, size }: OverlapComponent, one: number, other: number): number {
  return weights[one * size + other] ?? 0;
}

/** What the region adds to the sum by standing in a cluster with these. */
export function gainWith(component: OverlapComponent, region: number, others: readonly number[]): number {
  let gain = 0;
  for (const other of others) gain += weightBetween(component, region, other);
  return gain;
}

export function summedWeight(component: OverlapComponent, partition: Partition): number {
  let sum = 0;
  for (const cluster of partition) {
    for (const [index, region] of cluster.entries()) sum += gainWith(component, region, cluster.slice(0, index));
  }
  return sum;
}

/** The connected pieces of a set of regions, each rising, in the order of their first region. */
export function connectedPieces(component: OverlapComponent, regions: readonly number[]): Partition {
  const waiting = new Set(regions.toSorted((one, other) => one - other));
  const pieces: number[][] = [];
  for (const first of waiting) {
    const piece = [first];
    waiting.delete(first);
    for (const reached of piece) {
      for (const candidate of waiting) {
        if (weightBetween(component, reached, candidate) === 0) continue;
        piece.push(candidate);
        waiting.delete(candidate);
      }
    }
    pieces.push(piece.sort((one, other) => one - other));
  }
  return pieces;
}

/**
 * A sum that no partition of the free regions can pass: for each pair of readers a partition pairs every region with at
 * most one of the other reader, so it gains at most the best partner of each, counted from either side.
 */
export function upperBound(component: OverlapComponent, isFree: (region: number) => boolean): number {
  const { size, readerCount, readers } = component;
  const free = Array.from({ length: size }, (_, region) => region).filter(isFree);
  const bestSums = new Float64Array(readerCount * readerCount);
  const best = new Float64Array(readerCount);
  for (const region of free) {
    best.fill(0);
    for (const other of free) {
      const reader = readers[other] ?? 0;
      best[reader] = Math.max(best[reader] ?? 0, weightBetween(component, region, other));
    }
    const row = (readers[region] ?? 0) * readerCount;
    for (const [reader, weight] of best.entries()) bestSums[row + reader] = (bestSums[row + reader] ?? 0) + weight;
  }
  let bound = 0;
  for (let one = 0; one < readerCount; one += 1) {
    for (let other = one + 1; other < readerCount; other += 1) {
      bound += Math.min(bestSums[one * readerCount + other] ?? 0, bestSums[other * readerCount + one] ?? 0);
    }
  }
  return bound;
}
