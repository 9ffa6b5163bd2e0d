import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { freeResponseKappa } from './detection-agreement.ts';
import { measureLabelAgreement, measureNumberAgreement } from './measure-agreement.ts';

/** Marks of LIDC-IDRI with their ratings (see fixtures/lidc/ATTRIBUTION.md); readers have no identity there, a slot stands for one. */
const [header = '', ...lines] = gunzipSync(
  readFileSync(new URL('../../fixtures/lidc/annotations.csv.gz', import.meta.url)),
)
  .toString()
  .trim()
  .split('\r\n');
const names = header.split(',');
const marks = lines.map((line) => new Map(line.split(',').map((value, column) => [names[column] ?? '', value])));
const nodules = [...Map.groupBy(marks, (mark) => `${mark.get('scan_db_id')}/${mark.get('nodule')}`)];
const ratingsOf = (rating: string) =>
  nodules
    .filter(([, ofNodule]) => ofNodule.length === 4)
    .flatMap(([itemId, ofNodule]) =>
      ofNodule.map((mark) => ({ itemId, readerId: mark.get('slot') ?? '', value: mark.get(rating) ?? '' })),
    );

describe('agreement of four radiologists (figures of krippendorff 0.9.0 and pingouin 0.6.1 on the same file)', () => {
  it.each([
    ['subtlety', 0.1568, 0.3505, 0.3503, 0.3505, 0.6834],
    ['internalStructure', 0.182, 0.1817, 0.2275, 0.2276, 0.541],
    ['calcification', 0.6324, 0.691, 0.6856, 0.6858, 0.8972],
    ['sphericity', 0.0876, 0.214, 0.2261, 0.2262, 0.5391],
    ['margin', 0.137, 0.3428, 0.3709, 0.3711, 0.7024],
    ['lobulation', 0.1394, 0.3252, 0.3609, 0.3611, 0.6933],
    ['spiculation', 0.1614, 0.3329, 0.4265, 0.4267, 0.7486],
    ['texture', 0.217, 0.3572, 0.5753, 0.5755, 0.8443],
    ['malignancy', 0.1943, 0.4312, 0.4668, 0.467, 0.778],
  ])('on %s of 897 nodules', (rating, nominal, ordinal, interval, single, average) => {
    const labels = ratingsOf(rating);
    const numbers = labels.map((label) => ({ ...label, value: Number(label.value) }));
    const none = { kind: 'none' } as const;
    const alpha = measureLabelAgreement(labels, { name: 'krippendorff', level: 'nominal' }, none);
    expect(alpha).toMatchObject({ items: 897, ratings: 4 * 897 });
    const figures = [
      alpha,
      measureNumberAgreement(numbers, { name: 'krippendorff', level: 'ordinal' }, none),
      measureNumberAgreement(numbers, { name: 'krippendorff', level: 'interval' }, none),
      measureNumberAgreement(numbers, { name: 'intraclassCorrelation', raters: 'single' }, none),
      measureNumberAgreement(numbers, { name: 'intraclassCorrelation', raters: 'average' }, none),
    ].map(({ overall }) => overall.value ?? Number.NaN);
    for (const [index, expected] of [nominal, ordinal, interval, single, average].entries()) {
      expect(Math.abs((figures[index] ?? 9) - expected)).toBeLessThan(1e-4);
    }
  });

  it('on which nodules there are, with a wider interval by scans than would come from single marks', () => {
    const findings = nodules
      .filter(([, { length }]) => length <= 4)
      .map(([key, { length }]) => ({ caseId: key.split('/')[0] ?? '', readers: 4, markedBy: length }));
    const wanted = { kind: 'bootstrap', level: 0.95, replicates: 300, seed: 1 } as const;
    const { coefficient, both, one } = freeResponseKappa(findings, wanted);
    expect(coefficient.value).toBeCloseTo(0.7193, 4);
    expect([both, one]).toEqual([7_313, 5_708]);
    expect(coefficient.interval?.low).toBeCloseTo(0.704, 2);
    expect(coefficient.interval?.high).toBeCloseTo(0.734, 2);
  });
});
