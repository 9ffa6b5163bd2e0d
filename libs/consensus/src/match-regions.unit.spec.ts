import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Box } from './box.ts';
import { matchRegions } from './match-regions.ts';
import type { MatchableRegion, Matching } from './match-regions.ts';

const region = (readerId: string, regionId: string, x: number, width = 10): MatchableRegion => ({
  readerId,
  regionId,
  box: { x1: x, y1: 0, x2: x + width, y2: 10 },
});
const named = (clusters: readonly (readonly MatchableRegion[])[]): readonly (readonly string[])[] =>
  clusters.map((cluster) => cluster.map(({ readerId, regionId }) => `${readerId}${regionId}`));

describe('matching regions', () => {
  it('joins regions of different readers that overlap enough, and leaves the others alone', () => {
    const regions = [region('a', '1', 0), region('b', '1', 2), region('c', '1', 100)];
    const matching = matchRegions(regions, { gate: 0.5 });
    expect(named(matching.clusters)).toEqual([['a1', 'b1'], ['c1']]);
    expect(matching).toMatchObject({ exact: true, gap: 0 });
    expect(matching.summedIou).toBeCloseTo(80 / 120, 8);
  });

  it('counts a pair at the gate itself', () => {
    const half = [region('a', '1', 0, 10), region('b', '1', 0, 5)];
    expect(matchRegions(half, { gate: 0.5 }).clusters).toHaveLength(1);
    expect(matchRegions(half, { gate: 0.500001 }).clusters).toHaveLength(2);
    const threeTenths = [region('a', '1', 0, 10), region('b', '1', 0, 3)];
    expect(matchRegions(threeTenths, { gate: 0.3 }).clusters).toHaveLength(1);
  });

  it('counts every overlap, but not a touch, at a gate of 0', () => {
    expect(matchRegions([region('a', '1', 0), region('b', '1', 9)], { gate: 0 }).clusters).toHaveLength(1);
    expect(matchRegions([region('a', '1', 0), region('b', '1', 10)], { gate: 0 }).clusters).toHaveLength(2);
  });

  it('joins two regions below the gate through a third', () => {
    const chain = [region('a', '1', 0), region('b', '1', 3), region('c', '1', 6)];
    expect(named(matchRegions(chain, { gate: 0.5 }).clusters)).toEqual([['a1', 'b1', 'c1']]);
  });

  it('never puts two regions of one reader together', () => {
    const twice = [region('a', '1', 0), region('a', '2', 1), region('b', '1', 1)];
    expect(named(matchRegions(twice, { gate: 0.5 }).clusters)).toEqual([['a1'], ['a2', 'b1']]);
  });

  it('takes the best sum where the heaviest pair first would lose', () => {
    // b1 fits a1 best, but a1-b2 and a2-b1 together weigh more.
    const regions = [region('a', '1', 0), region('a', '2', 4), region('b', '1', 1.9), region('b', '2', -1)];
    expect(named(matchRegions(regions, { gate: 0.3 }).clusters)).toEqual([
      ['a1', 'b2'],
      ['a2', 'b1'],
    ]);
  });

  it('breaks a tie by the smaller region id', () => {
    const tie = [region('a', '1', 5), region('b', '2', 4), region('b', '1', 6)];
    expect(named(matchRegions(tie, { gate: 0.5 }).clusters)).toEqual([['a1', 'b1'], ['b2']]);
  });

  it('proves one of the 1.7 million equal partitions of four readers with five equal boxes each', () => {
    const equal = ['a', 'b', 'c', 'd'].flatMap((reader) =>
      ['1', '2', '3', '4', '5'].map((id) => region(reader, id, 0)),
    );
    const matching = matchRegions(equal, { gate: 0.5 });
    expect(matching).toMatchObject({ exact: true, summedIou: 30 });
    expect(named(matching.clusters)[1]).toEqual(['a2', 'b2', 'c2', 'd2']);
  });

  it('has no cluster without a region', () => {
    expect(matchRegions([], { gate: 0.5 })).toEqual({ clusters: [], summedIou: 0, exact: true, gap: 0 });
  });
});

/** Small whole coordinates, so that equal overlaps, and with them ties, are common. */
const crowdedBox = fc
  .tuple(fc.nat(4), fc.nat(2), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }))
  .map(([x, y, width, height]) => ({ x1: x, y1: y, x2: x + width, y2: y + height }));
const crowd = (maxRegions: number): fc.Arbitrary<readonly MatchableRegion[]> =>
  fc
    .array(fc.record({ readerId: fc.constantFrom('a', 'b', 'c', 'd'), box: crowdedBox }), { maxLength: maxRegions })
    .map((boxes) => boxes.map((entry, index) => ({ ...entry, regionId: String(index) })));
const anyGate = fc.constantFrom(0, 0.2, 0.3, 0.5, 0.9);

describe('matching regions, against all partitions', () => {
  it('finds the best sum and the first partition of the tie order', () => {
    fc.assert(
      fc.property(crowd(8), anyGate, (regions, gate) => {
        const matching = matchRegions(regions, { gate });
        const best = bestOfAllPartitions(regions, gate);
        expect(named(matching.clusters)).toEqual(best.clusters);
        expect(matching.summedIou).toBe(best.sum);
        expect(matching).toMatchObject({ exact: true, gap: 0 });
      }),
      { numRuns: 400 },
    );
  });

  it('stays within the reported gap, as a valid partition, where only the heuristic runs', () => {
    fc.assert(
      fc.property(crowd(8), anyGate, (regions, gate) => {
        const matching = matchRegions(regions, { gate, maxExactRegions: 0 });
        const best = bestOfAllPartitions(regions, gate);
        expectValid(matching, regions, gate);
        expect(matching.summedIou).toBeLessThanOrEqual(best.sum);
        expect(matching.summedIou + matching.gap).toBeGreaterThanOrEqual(best.sum);
      }),
      { numRuns: 200 },
    );
  });

  it('gives connected clusters from the heuristic in larger crowds too', () => {
    fc.assert(
      fc.property(crowd(24), anyGate, (regions, gate) => {
        expectValid(matchRegions(regions, { gate, maxExactRegions: 0 }), regions, gate);
      }),
      { numRuns: 400 },
    );
  });

  it('says so when the states run out, and stays within the gap', () => {
    fc.assert(
      fc.property(crowd(8), fc.nat(12), (regions, maxSearchStates) => {
        const matching = matchRegions(regions, { gate: 0.2, maxSearchStates });
        const best = bestOfAllPartitions(regions, 0.2);
        expectValid(matching, regions, 0.2);
        expect(matching.summedIou + matching.gap).toBeGreaterThanOrEqual(best.sum);
        if (matching.exact) expect(named(matching.clusters)).toEqual(best.clusters);
      }),
    );
  });

  it('does not depend on the order of the regions', () => {
    const shuffled = crowd(14).chain((regions) =>
      fc.tuple(fc.constant(regions), fc.shuffledSubarray([...regions], { minLength: regions.length })),
    );
    fc.assert(
      fc.property(shuffled, anyGate, fc.constantFrom(0, 40), ([regions, permuted], gate, maxExactRegions) => {
        const options = { gate, maxExactRegions };
        expect(JSON.stringify(matchRegions(permuted, options))).toBe(JSON.stringify(matchRegions(regions, options)));
      }),
    );
  });
});

/*
 * The objective once more, written from its definition and sharing no code with the search: every partition of the
 * regions, kept if its clusters are valid, compared by sum and then by the declared tie order.
 */
function overlap(one: Box, other: Box): number {
  const side = (from: number, to: number, otherFrom: number, otherTo: number): number =>
    Math.max(0, Math.min(to, otherTo) - Math.max(from, otherFrom));
  const area = (box: Box): number => (box.x2 - box.x1) * (box.y2 - box.y1);
  const shared = side(one.x1, one.x2, other.x1, other.x2) * side(one.y1, one.y2, other.y1, other.y2);
  return shared / (area(one) + area(other) - shared);
}

function counted(one: MatchableRegion, other: MatchableRegion, gate: number): number {
  const iou = one.readerId === other.readerId ? 0 : overlap(one.box, other.box);
  return iou > 0 && iou >= gate ? Math.round(iou * 2 ** 32) : 0;
}

function* allPartitions(regions: readonly MatchableRegion[]): Generator<MatchableRegion[][]> {
  const [first, ...others] = regions;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const partition of allPartitions(others)) {
    yield [[first], ...partition];
    for (const joined of partition) {
      yield [[first, ...joined], ...partition.filter((cluster) => cluster !== joined)];
    }
  }
}

function isConnected(cluster: readonly MatchableRegion[], gate: number): boolean {
  const reached = new Set(cluster.slice(0, 1));
  for (const from of reached) {
    for (const to of cluster) if (counted(from, to, gate) > 0) reached.add(to);
  }
  return reached.size === cluster.length;
}

function isValid(cluster: readonly MatchableRegion[], gate: number): boolean {
  return new Set(cluster.map(({ readerId }) => readerId)).size === cluster.length && isConnected(cluster, gate);
}

function pairsOf<Item>(items: readonly Item[]): readonly (readonly [Item, Item])[] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other] as const));
}

function bestOfAllPartitions(regions: readonly MatchableRegion[], gate: number) {
  const ordered = regions.toSorted((one, other) =>
    one.readerId === other.readerId ? (one.regionId < other.regionId ? -1 : 1) : one.readerId < other.readerId ? -1 : 1,
  );
  let best: { readonly units: number; readonly rank: string; readonly clusters: MatchableRegion[][] } | undefined;
  for (const clusters of allPartitions(ordered)) {
    if (!clusters.every((cluster) => isValid(cluster, gate))) continue;
    const units = clusters
      .flatMap((cluster) => pairsOf(cluster))
      .reduce((sum, [one, other]) => sum + counted(one, other, gate), 0);
    const sorted = clusters.toSorted(
      ([one], [other]) => Number(one && ordered.indexOf(one)) - Number(other && ordered.indexOf(other)),
    );
    // A letter a reader: the region's place, or z for none; the smaller string comes first in the tie order.
    const rank = sorted
      .map((cluster) =>
        ['a', 'b', 'c', 'd']
          .map((readerId) => {
            const member = cluster.find((candidate) => candidate.readerId === readerId);
            return member === undefined ? 'z' : String.fromCharCode(65 + ordered.indexOf(member));
          })
          .join(''),
      )
      .join('|');
    if (best === undefined || units > best.units || (units === best.units && rank < best.rank)) {
      best = { units, rank, clusters: sorted };
    }
  }
  return { clusters: named(best?.clusters ?? []), sum: (best?.units ?? 0) / 2 ** 32 };
}

function expectValid(matching: Matching<MatchableRegion>, regions: readonly MatchableRegion[], gate: number): void {
  expect(matching.clusters.flat()).toHaveLength(regions.length);
  expect(new Set(matching.clusters.flat())).toEqual(new Set(regions));
  for (const cluster of matching.clusters) {
    expect(cluster).not.toEqual([]);
    expect(isValid(cluster, gate)).toBe(true);
  }
}
