import { isValidBox } from '../box.ts';
import type { Box } from '../box.ts';
import { compareIds } from '../canonical-order.ts';
import { matchRegions } from '../match-regions.ts';
import type { MatchableRegion } from '../match-regions.ts';
import { demandOfRatings, demandWithin } from '../ratings/rating.ts';
import { studentQuantile } from '../statistics/special-functions.ts';
import { toCoefficient } from './coefficient.ts';
import type { Coefficient, Estimator, IntervalWanted } from './coefficient.ts';
import { pairwiseIous } from './mean-iou.ts';

/** What one reader marked on one image of a case; a read without marks is given too, with none. */
export interface MarkedImage {
  readonly caseId: string;
  readonly imageId: string;
  readonly readerId: string;
  readonly boxes: readonly Box[];
}

/** A finding of a case, as clustered: who of those who read the case marked it. */
export interface FindingMarks {
  readonly caseId: string;
  /** Readers of the case, 1 or more. */
  readonly readers: number;
  /** 0..readers. */
  readonly markedBy: number;
}

export interface DetectionAgreement {
  readonly coefficient: Coefficient;
  /** Over all pairs of readers: pairs of marks on the same thing, and marks that the other reader does not have. */
  readonly both: number;
  readonly one: number;
  readonly cases: number;
}

export interface DetectionReport extends DetectionAgreement {
  readonly pairs: readonly (DetectionAgreement & { readonly readers: readonly [string, string] })[];
  /** The matched boxes' mean overlap; null where none match. Its bootstrap draws cases too. */
  readonly meanIou: Coefficient;
}

export const maxMarks = 100_000;

/**
 * F1 of one reader's boxes against another's at an IoU of at least the gate, 2 both / (2 both + one), over all pairs of
 * readers of an image: matched boxes of two readers are those of the partition with the greatest summed IoU. No reader is
 * taken for the truth, so precision and recall change places with the readers, and F1 stays. Intervals take whole
 * cases, since boxes of one image depend on each other.
 *
 * @throws InvalidRatings NO_RATINGS, DUPLICATE_RATING (a reader's image twice), INVALID_VALUE (a box without area),
 * TOO_LARGE, INVALID_PARAMETER (gate outside 0..1).
 */
export function measureDetectionAgreement(
  images: readonly MarkedImage[],
  gate: number,
  interval: IntervalWanted,
): DetectionReport {
  checkImages(images, gate);
  const compared = imagesByPlace(images).flatMap((sameImage) => comparedPairs(sameImage, gate));
  const pairKeys = [...new Set(compared.map(({ key }) => key))].sort(compareIds);
  return {
    ...detection(compared, interval),
    meanIou: meanIou(compared, interval),
    pairs: pairKeys.map((key) => {
      const ofPair = compared.filter((pair) => pair.key === key);
      return { readers: ofPair[0]?.readers ?? ['', ''], ...detection(ofPair, interval) };
    }),
  };
}

/**
 * Free-response kappa, 2 both / (2 both + one), of findings that were clustered before: how far readers agree where nobody
 * counts what nobody marked (Carpentier, Combescure, Merlini and Perneger 2017). Of a finding marked by m of n readers,
 * m (m - 1) / 2 pairs both have it and m (n - m) pairs have it once. It needs no reader's identity.
 *
 * @throws InvalidRatings NO_RATINGS, INVALID_VALUE, TOO_LARGE.
 */
export function freeResponseKappa(findings: readonly FindingMarks[], interval: IntervalWanted): DetectionAgreement {
  demandOfRatings(findings.length > 0, 'NO_RATINGS');
  demandOfRatings(findings.length <= maxMarks, 'TOO_LARGE', 'findings');
  for (const { caseId, readers, markedBy } of findings) {
    const isCount = Number.isInteger(readers) && Number.isInteger(markedBy);
    demandOfRatings(isCount && readers >= 1 && markedBy >= 0 && markedBy <= readers, 'INVALID_VALUE', caseId);
  }
  return detection(
    findings.map(({ caseId, readers, markedBy }) => ({
      caseId,
      both: (markedBy * (markedBy - 1)) / 2,
      one: markedBy * (readers - markedBy),
    })),
    interval,
  );
}

interface Marks {
  readonly caseId: string;
  readonly both: number;
  readonly one: number;
}

interface ComparedPair extends Marks {
  readonly readers: readonly [string, string];
  readonly key: string;
  readonly ious: readonly number[];
}

function checkImages(images: readonly MarkedImage[], gate: number): void {
  demandWithin('gate', gate, 0, 1);
  demandOfRatings(images.length > 0, 'NO_RATINGS');
  const marks = images.reduce((sum, { boxes }) => sum + boxes.length, 0);
  demandOfRatings(marks <= maxMarks && images.length <= maxMarks, 'TOO_LARGE', 'boxes');
  const seen = new Set<string>();
  for (const { caseId, imageId, readerId, boxes } of images) {
    const key = JSON.stringify([caseId, imageId, readerId]);
    demandOfRatings(!seen.has(key), 'DUPLICATE_RATING', imageId);
    demandOfRatings(boxes.every(isValidBox), 'INVALID_VALUE', imageId);
    seen.add(key);
  }
}

function imagesByPlace(images: readonly MarkedImage[]): readonly (readonly MarkedImage[])[] {
  const places = Map.groupBy(images, ({ caseId, imageId }) => JSON.stringify([caseId, imageId]));
  return [...places]
    .sort(([one], [other]) => compareIds(one, other))
    .map(([, sameImage]) => sameImage.toSorted((one, other) => compareIds(one.readerId, other.readerId)));
}

function comparedPairs(sameImage: readonly MarkedImage[], gate: number): readonly ComparedPair[] {
  return sameImage.flatMap((one, index) =>
    sameImage.slice(index + 1).map((other) => {
      const regions = [one, other].flatMap(regionsOf);
      const { clusters } = matchRegions(regions, { gate });
      const matched = clusters.filter(({ length }) => length === 2);
      return {
        caseId: one.caseId,
        readers: [one.readerId, other.readerId] as const,
        key: JSON.stringify([one.readerId, other.readerId]),
        both: matched.length,
        one: clusters.length - matched.length,
        ious: matched.flatMap((cluster) => pairwiseIous(cluster.map(({ box }) => box))),
      };
    }),
  );
}

/** Numbered by their coordinates, so that the order of the boxes means nothing. */
function regionsOf({ readerId, boxes }: MarkedImage): readonly MatchableRegion[] {
  return boxes
    .map((box) => ({ box, place: JSON.stringify([box.x1, box.y1, box.x2, box.y2]) }))
    .sort((one, other) => compareIds(one.place, other.place))
    .map(({ box }, index) => ({ readerId, regionId: String(index), box }));
}

function detection(marks: readonly Marks[], interval: IntervalWanted): DetectionAgreement {
  const cases = byCase(marks);
  const both = cases.map(({ both: count }) => count);
  const one = cases.map(({ one: count }) => count);
  return {
    coefficient: toCoefficient(
      ratioOf(
        both.map((count) => 2 * count),
        both.map((count, index) => 2 * count + (one[index] ?? 0)),
      ),
      cases.map(({ caseId }) => caseId),
      interval,
    ),
    both: both.reduce((sum, count) => sum + count, 0),
    one: one.reduce((sum, count) => sum + count, 0),
    cases: cases.length,
  };
}

function meanIou(compared: readonly ComparedPair[], interval: IntervalWanted): Coefficient {
  const cases = Map.groupBy(compared, ({ caseId }) => caseId);
  const ordered = [...cases].sort(([one], [other]) => compareIds(one, other));
  const ious = ordered.map(([, pairs]) => pairs.flatMap((pair) => pair.ious).sort((one, other) => one - other));
  const sums = ious.map((values) => values.reduce((sum, iou) => sum + iou, 0));
  const estimator = ratioOf(
    sums,
    ious.map(({ length }) => length),
  );
  return toCoefficient(
    estimator,
    ordered.map(([caseId]) => caseId),
    interval,
  );
}

function byCase(marks: readonly Marks[]): readonly Marks[] {
  return [...Map.groupBy(marks, ({ caseId }) => caseId)]
    .sort(([one], [other]) => compareIds(one, other))
    .map(([caseId, ofCase]) => ({
      caseId,
      both: ofCase.reduce((sum, { both }) => sum + both, 0),
      one: ofCase.reduce((sum, { one }) => sum + one, 0),
    }));
}

/** A ratio of sums over cases; of the linearised variance (Cochran 1977, section 6.4) comes its analytic interval. */
function ratioOf(above: readonly number[], below: readonly number[]): Estimator {
  const ratio = (multiplicity: Float64Array | null): number | 'NO_PAIRS' => {
    let numerator = 0;
    let denominator = 0;
    for (const [index, value] of above.entries()) {
      const times = multiplicity?.[index] ?? 1;
      numerator += times * value;
      denominator += times * (below[index] ?? 0);
    }
    return denominator === 0 ? 'NO_PAIRS' : numerator / denominator;
  };
  return {
    estimate: ratio,
    analytic: (level) => {
      const value = ratio(null);
      const cases = above.length;
      if (typeof value === 'string' || cases < 2) return null;
      const total = below.reduce((sum, count) => sum + count, 0);
      const squares = above.reduce((sum, count, index) => sum + (count - value * (below[index] ?? 0)) ** 2, 0);
      const error = Math.sqrt((squares * cases) / (cases - 1)) / total;
      const reach = studentQuantile((1 + level) / 2, cases - 1) * error;
      return { low: Math.max(0, value - reach), high: Math.min(1, value + reach) };
    },
  };
}
