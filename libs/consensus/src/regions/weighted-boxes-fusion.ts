import { intersectionOverUnion, isValidBox } from '../box.ts';
import type { Box } from '../box.ts';
import { compareIds, firstDifference } from '../canonical-order.ts';
import { demandOfRatings, demandWithin } from '../ratings/rating.ts';

export interface ScoredBox {
  readonly readerId: string;
  /** Only boxes of one label are fused. */
  readonly label: string;
  readonly box: Box;
  /** Above 0 to 1; a reader without scores gives 1. */
  readonly score: number;
}

export interface FusedBox {
  readonly label: string;
  readonly box: Box;
  readonly score: number;
  readonly members: number;
}

export interface FusionOptions {
  /** IoU above which a box joins a cluster. Default 0.55. */
  readonly gate?: number;
  /** Of every reader who read the image, those without a box too; above 0. */
  readonly readerWeights: ReadonlyMap<string, number>;
}

const maxBoxes = 10_000;

/**
 * Weighted boxes fusion (Solovyev, Wang and Gabruseva 2021) of one image, scores averaged: boxes in falling order of score x weight join the
 * cluster whose fused box they overlap most, if above the gate, else begin one; the fused box is the mean weighted by score x weight; its score is that of the members, times min(readers, members) / summed weight of
 * the readers. Boxes of equal score x weight are taken by reader, then coordinates.
 *
 * Unlike the matching of regions it may join two boxes of one reader, and its clusters depend on scores; so it is offered beside, not
 * used for existence.
 *
 * @returns by label, then score, the greatest first. @throws InvalidRatings UNKNOWN_READER, INVALID_VALUE, INVALID_PARAMETER, TOO_LARGE.
 */
export function weightedBoxesFusion(
  boxes: readonly ScoredBox[],
  { gate = 0.55, readerWeights }: FusionOptions,
): readonly FusedBox[] {
  demandWithin('gate', gate, 0, 1);
  demandOfRatings(boxes.length <= maxBoxes, 'TOO_LARGE', 'boxes');
  for (const [readerId, weight] of readerWeights) {
    demandOfRatings(weight > 0 && weight < Infinity, 'INVALID_PARAMETER', readerId);
  }
  const weighted = boxes.map((scored) => {
    const weight = readerWeights.get(scored.readerId);
    demandOfRatings(weight !== undefined, 'UNKNOWN_READER', scored.readerId);
    const isScore = scored.score > 0 && scored.score <= 1;
    demandOfRatings(isScore && isValidBox(scored.box), 'INVALID_VALUE', scored.readerId);
    return { ...scored, score: scored.score * (weight ?? 0) };
  });
  const totalWeight = [...readerWeights.values()]
    .sort((one, other) => one - other)
    .reduce((sum, weight) => sum + weight, 0);
  return [...Map.groupBy(weighted, ({ label }) => label)]
    .sort(([one], [other]) => compareIds(one, other))
    .flatMap(([label, ofLabel]) =>
      clustered(ofLabel.toSorted(byScore), gate)
        .map(({ fused, members }) => {
          const mean = members.reduce((sum, { score }) => sum + score, 0) / members.length;
          const score = (mean * Math.min(readerWeights.size, members.length)) / totalWeight;
          return { label, box: fused, score, members: members.length };
        })
        .sort((one, other) => other.score - one.score),
    );
}

function byScore(one: ScoredBox, other: ScoredBox): number {
  return firstDifference(
    other.score - one.score,
    compareIds(one.readerId, other.readerId),
    one.box.x1 - other.box.x1,
    one.box.y1 - other.box.y1,
    one.box.x2 - other.box.x2,
    one.box.y2 - other.box.y2,
  );
}

interface Cluster {
  fused: Box;
  readonly members: ScoredBox[];
}

function clustered(boxes: readonly ScoredBox[], gate: number): readonly Cluster[] {
  const clusters: Cluster[] = [];
  for (const scored of boxes) {
    let best: Cluster | undefined;
    let overlap = gate;
    for (const cluster of clusters) {
      const iou = intersectionOverUnion(cluster.fused, scored.box);
      if (iou > overlap) [best, overlap] = [cluster, iou];
    }
    if (best === undefined) {
      clusters.push({ fused: scored.box, members: [scored] });
      continue;
    }
    best.members.push(scored);
    best.fused = meanByScore(best.members);
  }
  return clusters;
}

function meanByScore(members: readonly ScoredBox[]): Box {
  const total = members.reduce((sum, { score }) => sum + score, 0);
  const mean = (coordinate: keyof Box): number =>
    members.reduce((sum, { score, box }) => sum + score * box[coordinate], 0) / total;
  return { x1: mean('x1'), y1: mean('y1'), x2: mean('x2'), y2: mean('y2') };
}
