import { compareIds } from '../canonical-order.ts';
import { demandOfRatings, demandWithin } from '../ratings/rating.ts';
import { sumOf } from '../statistics/grid.ts';

/** One reader's mask of one image: 0 or 1 a pixel, row by row. */
export interface Mask {
  readonly readerId: string;
  readonly pixels: Uint8Array;
}

export interface StapleConsensus {
  /** Of each pixel, that it belongs to the region. Half and above is the region. */
  readonly probabilities: Float64Array;
  readonly readers: readonly {
    readonly readerId: string;
    readonly sensitivity: number;
    readonly specificity: number;
  }[];
  readonly iterations: number;
  readonly converged: boolean;
}

export interface StapleOptions {
  readonly maxIterations?: number;
}

const maxPixels = 50_000_000;
/** Where every reader starts, and how little the summed parameters move at the end. */
const start = 0.99999;
const smallestChange = 1e-10;

/**
 * STAPLE (Warfield, Zou and Wells 2004) for masks of one region: expectation-maximisation of each reader's sensitivity
 * and specificity. Pixels are independent; the share of the region beforehand is the mean of all masks. A reader's
 * parameters come out of the other readers only in part, so they are no score of a person. Where the masks are all empty or all full,
 * that is the answer.
 *
 * @param masks of equal size, one a reader; their order means nothing.
 * @throws InvalidRatings NO_RATINGS, DUPLICATE_RATING, INVALID_VALUE (sizes that differ, a pixel other than 0 and 1), TOO_LARGE.
 */
export function staple(masks: readonly Mask[], { maxIterations = 1_000 }: StapleOptions = {}): StapleConsensus {
  demandWithin('maxIterations', maxIterations, 1, 100_000);
  const ordered = checked(masks);
  const size = ordered[0]?.pixels.length ?? 0;
  const share = ordered.reduce((sum, { pixels }) => sum + sumOf(pixels), 0) / (size * ordered.length);
  const probabilities = new Float64Array(size);
  const sensitivities = new Float64Array(ordered.length).fill(start);
  const specificities = new Float64Array(ordered.length).fill(start);
  let iterations = 0;
  let converged = share === 0 || share === 1;
  probabilities.fill(share);
  while (!converged && iterations < maxIterations) {
    iterations += 1;
    expect(ordered, share, sensitivities, specificities, probabilities);
    converged = maximise(ordered, probabilities, sensitivities, specificities) < smallestChange;
  }
  return {
    probabilities,
    readers: ordered.map(({ readerId }, reader) => ({
      readerId,
      sensitivity: sensitivities[reader] ?? 0,
      specificity: specificities[reader] ?? 0,
    })),
    iterations,
    converged,
  };
}

function checked(masks: readonly Mask[]): readonly Mask[] {
  const size = masks[0]?.pixels.length ?? 0;
  demandOfRatings(masks.length > 0 && size > 0, 'NO_RATINGS');
  demandOfRatings(size * masks.length <= maxPixels, 'TOO_LARGE', 'pixels');
  demandOfRatings(new Set(masks.map(({ readerId }) => readerId)).size === masks.length, 'DUPLICATE_RATING');
  for (const { readerId, pixels } of masks) {
    demandOfRatings(pixels.length === size && pixels.every((pixel) => pixel <= 1), 'INVALID_VALUE', readerId);
  }
  return masks.toSorted((one, other) => compareIds(one.readerId, other.readerId));
}

function expect(
  masks: readonly Mask[],
  share: number,
  sensitivities: Float64Array,
  specificities: Float64Array,
  probabilities: Float64Array,
): void {
  for (let pixel = 0; pixel < probabilities.length; pixel += 1) {
    let inside = share;
    let outside = 1 - share;
    for (const [reader, { pixels }] of masks.entries()) {
      const [sensitivity = 0, specificity = 0] = [sensitivities[reader], specificities[reader]];
      inside *= pixels[pixel] === 1 ? sensitivity : 1 - sensitivity;
      outside *= pixels[pixel] === 1 ? 1 - specificity : specificity;
    }
    // Both can be 0 only where two readers without any error contradict each other: then nothing is known.
    probabilities[pixel] = inside + outside === 0 ? share : inside / (inside + outside);
  }
}

/** Answers with how far the parameters moved in all. */
function maximise(
  masks: readonly Mask[],
  probabilities: Float64Array,
  sensitivities: Float64Array,
  specificities: Float64Array,
): number {
  const inside = sumOf(probabilities);
  const outside = probabilities.length - inside;
  let moved = 0;
  for (const [reader, { pixels }] of masks.entries()) {
    let marked = 0;
    let left = 0;
    for (const [pixel, probability] of probabilities.entries()) {
      if (pixels[pixel] === 1) marked += probability;
      else left += 1 - probability;
    }
    const sensitivity = inside === 0 ? 1 : marked / inside;
    const specificity = outside === 0 ? 1 : left / outside;
    moved +=
      Math.abs(sensitivity - (sensitivities[reader] ?? 0)) + Math.abs(specificity - (specificities[reader] ?? 0));
    sensitivities[reader] = sensitivity;
    specificities[reader] = specificity;
  }
  return moved;
}
