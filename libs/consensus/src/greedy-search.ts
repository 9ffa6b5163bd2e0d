import { connectedPieces, gainWith, weightBetween } from './overlap-component.ts';
import type { OverlapComponent, Partition } from './overlap-component.ts';

/** Rounds of moving and merging; every round but the last raises the sum, and few components need more than three. */
const maxRounds = 5;

interface Pair {
  readonly one: number;
  readonly other: number;
  readonly weight: number;
}

/**
 * A good partition, quickly: merge along the heaviest pairs first, then move or exchange single regions while that
 * raises the sum. No promise to be the best; deterministic, since every choice is made in canonical order.
 */
export function searchGreedily(component: OverlapComponent): Partition {
  const pairs = pairsHeaviestFirst(component);
  let clusters = mergeAlong(
    component,
    pairs,
    Array.from({ length: component.size }, (_, region) => [region]),
  );
  for (let round = 0; round < maxRounds && moveAndExchange(component, clusters); round += 1) {
    clusters = mergeAlong(component, pairs, clusters);
  }
  return clusters
    .flatMap((cluster) => connectedPieces(component, cluster))
    .sort((one, other) => (one[0] ?? 0) - (other[0] ?? 0));
}

function pairsHeaviestFirst(component: OverlapComponent): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let one = 0; one < component.size; one += 1) {
    for (let other = one + 1; other < component.size; other += 1) {
      const weight = weightBetween(component, one, other);
      if (weight > 0) pairs.push({ one, other, weight });
    }
  }
  // Equal weights stay in the order they were listed in, which is the canonical one.
  return pairs.sort((one, other) => other.weight - one.weight);
}

function mergeAlong(
  { readers }: OverlapComponent,
  pairs: readonly Pair[],
  start: readonly (readonly number[])[],
): number[][] {
  const clusterOf = new Map<number, number[]>();
  const readersIn = new Map<number[], Set<number | undefined>>();
  for (const cluster of start) {
    const members = [...cluster];
    readersIn.set(members, new Set(members.map((region) => readers[region])));
    for (const region of members) clusterOf.set(region, members);
  }
  for (const { one, other } of pairs) {
    const into = clusterOf.get(one);
    const from = clusterOf.get(other);
    if (into === undefined || from === undefined || into === from) continue;
    const present = readersIn.get(into) ?? new Set();
    const joining = readersIn.get(from) ?? new Set();
    if ([...joining].some((reader) => present.has(reader))) continue;
    for (const reader of joining) present.add(reader);
    readersIn.delete(from);
    into.push(...from);
    for (const region of from) clusterOf.set(region, into);
  }
  return [...readersIn.keys()];
}

/** One round over all regions, changing the clusters in place; true if the sum rose. */
function moveAndExchange(component: OverlapComponent, clusters: number[][]): boolean {
  let improved = false;
  for (let region = 0; region < component.size; region += 1) {
    const home = clusters.find((cluster) => cluster.includes(region));
    if (home === undefined) continue;
    const best = bestMove(component, region, home, clusters);
    if (best === undefined) continue;
    improved = true;
    home.splice(home.indexOf(region), 1);
    best.target.push(region);
    if (best.exchangedFor === undefined) continue;
    best.target.splice(best.target.indexOf(best.exchangedFor), 1);
    home.push(best.exchangedFor);
  }
  return improved;
}

interface Move {
  readonly target: number[];
  /** The region of the same reader that stands in the target and goes the other way. */
  readonly exchangedFor: number | undefined;
  readonly rise: number;
}

function bestMove(
  component: OverlapComponent,
  region: number,
  home: readonly number[],
  clusters: readonly number[][],
): Move | undefined {
  const { readers } = component;
  const left = home.filter((member) => member !== region);
  const lost = gainWith(component, region, left);
  let best: Move | undefined;
  for (const target of clusters) {
    if (target === home) continue;
    const exchangedFor = target.find((member) => readers[member] === readers[region]);
    const stay = target.filter((member) => member !== exchangedFor);
    let rise = gainWith(component, region, stay) - lost;
    if (exchangedFor !== undefined) {
      rise += gainWith(component, exchangedFor, left) - gainWith(component, exchangedFor, stay);
    }
    if (rise > (best?.rise ?? 0)) best = { target, exchangedFor, rise };
  }
  return best;
}
