import { describe, expect, it } from '@jest/globals';
import {
  imageId,
  nothingThere,
  regionId,
  sampleCase,
  sampleDraft,
  sampleFinding,
  sampleProtocol,
  sampleRegion,
  sentenceId,
} from '@consilium/testing';
import { plainText } from '../protected-text.ts';
import type { AnnotationDraft, Finding, ReceivedBox } from './annotation.ts';
import { annotationLimits, checkAnnotation } from './check-annotation.ts';

const { images, sentences } = sampleCase();
const context = { protocol: sampleProtocol(), images, sentences };

const codesOf = (draft: AnnotationDraft): readonly string[] => {
  const checked = checkAnnotation(draft, context);
  return checked.ok ? [] : checked.problems.map(({ path, code }) => `${path} ${code}`);
};
const codesOfBox = (box: Partial<ReceivedBox>) => codesOf(sampleDraft(sampleRegion(1, box)));
const codesOfFinding = (changes: Partial<Finding>) =>
  codesOf({ ...nothingThere, answer: 'findings', findings: [sampleFinding(1, changes)] });

describe('checking boxes against their image of 200 by 100 pixels', () => {
  it('accepts the whole image, and keeps the text as received', () => {
    const draft = sampleDraft(sampleRegion(1, { x1: '0', y1: '0.00', x2: '200.0', y2: '100' }));
    const checked = checkAnnotation(draft, context);
    expect(checked).toMatchObject({
      ok: true,
      annotation: {
        regions: [
          {
            received: { system: 'pixel', x1: '0', y1: '0.00', x2: '200.0', y2: '100' },
            pixels: { x1: 0, y1: 0, x2: 200, y2: 100 },
          },
        ],
      },
    });
  });

  it('reads a negative zero as zero, as its stored form will', () => {
    const checked = checkAnnotation(sampleDraft(sampleRegion(1, { x1: '-0', y1: '-0.0' })), context);
    const [region] = checked.ok ? checked.annotation.regions : [];
    expect([region?.pixels.x1, region?.pixels.y1].map((edge) => Object.is(edge, 0))).toEqual([true, true]);
  });

  it.each<[string, Partial<ReceivedBox>, string]>([
    ['left of the image', { x1: '-0.001' }, 'OUTSIDE_IMAGE'],
    ['above the image', { y1: '-1' }, 'OUTSIDE_IMAGE'],
    ['right of the image', { x2: '200.001' }, 'OUTSIDE_IMAGE'],
    ['below the image', { y2: '100.5' }, 'OUTSIDE_IMAGE'],
    ['outside in normalised form', { system: 'normalised', x2: '1.01', y2: '1' }, 'OUTSIDE_IMAGE'],
    ['reversed across', { x1: '20' }, 'REVERSED_CORNERS'],
    ['reversed down', { y1: '20' }, 'REVERSED_CORNERS'],
    ['without width', { x1: '10' }, 'ZERO_AREA'],
    ['without height', { y1: '10' }, 'ZERO_AREA'],
    ['NaN', { x1: 'NaN' }, 'NOT_A_DECIMAL'],
    ['infinite', { x2: 'Infinity' }, 'NOT_A_DECIMAL'],
    ['beyond every double', { x2: '1e999' }, 'NOT_A_DECIMAL'],
    ['a number with a point and no digit', { x2: '1.' }, 'NOT_A_DECIMAL'],
    ['an exponent without a number', { x2: 'e2' }, 'NOT_A_DECIMAL'],
    ['hexadecimal', { x2: '0x10' }, 'NOT_A_DECIMAL'],
    ['with a space', { x2: ' 10' }, 'NOT_A_DECIMAL'],
    ['with a comma', { x2: '10,5' }, 'NOT_A_DECIMAL'],
    ['empty', { x2: '' }, 'NOT_A_DECIMAL'],
    ['a megabyte long', { x2: '1'.repeat(1_000_000) }, 'NOT_A_DECIMAL'],
  ])('refuses one that is %s', (_name, box, code) => {
    expect(codesOfBox(box)).toEqual([`regions[0] ${code}`]);
  });

  it('refuses an image the case does not have', () => {
    expect(codesOf(sampleDraft({ ...sampleRegion(1), imageId: imageId(2) }))).toEqual(['regions[0] UNKNOWN_IMAGE']);
  });
});

describe('the limits of an annotation', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => sampleRegion(index));

  it('refuses 10,000 boxes by their count alone', () => {
    expect(codesOf(sampleDraft(...many(10_000)))).toEqual(['regions TOO_MANY', 'findings.regionIds TOO_MANY']);
  });

  it('counts marks: links, and regions no finding names', () => {
    const most = sampleDraft(...many(annotationLimits.marks));
    expect(codesOf(most)).toEqual([]);
    const [first] = most.regions;
    const oneMore = { ...sampleFinding(2), regionIds: first === undefined ? [] : [first.regionId] };
    expect(codesOf({ ...most, findings: [...most.findings, oneMore] })).toEqual(['findings.regionIds TOO_MANY']);
    const unnamed = { ...most, findings: [sampleFinding(1, { regionIds: [regionId(0)] }), oneMore] };
    expect(codesOf(unnamed)).toEqual(['findings.regionIds TOO_MANY']);
  });

  it('names 50 problems at most', () => {
    expect(codesOf(sampleDraft(...many(80).map((region) => ({ ...region, imageId: imageId(9) }))))).toHaveLength(50);
  });
});

describe('the answer', () => {
  it('of nothing there comes alone', () => {
    expect(codesOf(nothingThere)).toEqual([]);
    expect(codesOf({ ...nothingThere, findings: [sampleFinding(1)] })).toEqual(['answer CONTRADICTION']);
    expect(codesOf({ ...nothingThere, regions: [sampleRegion(1)] })).toEqual(['answer CONTRADICTION']);
  });

  it('of findings has one', () => {
    expect(codesOf({ ...nothingThere, answer: 'findings' })).toEqual(['findings MISSING']);
  });

  it('names each region and finding once, and only regions it has', () => {
    const twice = [sampleRegion(1), sampleRegion(1)];
    const finding = sampleFinding(1, { regionIds: [regionId(1), regionId(1), regionId(2)] });
    expect(codesOf({ ...nothingThere, answer: 'findings', regions: twice, findings: [finding, finding] })).toEqual(
      expect.arrayContaining([
        'regions[1] REPEATED',
        'findings[1] REPEATED',
        'findings[0].regionIds[1] REPEATED',
        'findings[0].regionIds[2] UNKNOWN_REGION',
      ]),
    );
  });
});

describe('a finding', () => {
  it('answers a sentence of the case in the version it has', () => {
    expect(codesOfFinding({ sentence: { sentenceId: sentenceId(1), version: 1 } })).toEqual([]);
    expect(codesOfFinding({ sentence: { sentenceId: sentenceId(1), version: 2 } })).toEqual([
      'findings[0].sentence OTHER_VERSION',
    ]);
    expect(codesOfFinding({ sentence: { sentenceId: sentenceId(2), version: 1 } })).toEqual([
      'findings[0].sentence UNKNOWN_SENTENCE',
    ]);
  });

  it('is worded within the limits, in one language at least', () => {
    const longest = 'x'.repeat(annotationLimits.textLength);
    expect(codesOfFinding({ statement: { es: plainText(longest) } })).toEqual([]);
    expect(codesOfFinding({ statement: { en: plainText(`${longest}x`) } })).toEqual(['findings[0].statement TOO_LONG']);
    expect(codesOfFinding({ statement: {} })).toEqual(['findings[0].statement MISSING']);
  });

  it('uses the terms of the protocol', () => {
    expect(codesOfFinding({ progression: 'new' })).toEqual([]);
    expect(codesOfFinding({ progression: 'newer' })).toEqual(['findings[0].progression UNKNOWN_TERM']);
    expect(codesOfFinding({ labels: ['nodule'], locations: ['left', 'right'] })).toEqual([]);
    expect(codesOfFinding({ labels: ['cat', 'nodule', 'nodule'] })).toEqual([
      'findings[0].labels[2] REPEATED',
      'findings[0].labels[0] UNKNOWN_TERM',
    ]);
    expect(codesOfFinding({ locations: Array.from({ length: 101 }, String) })).toEqual([
      'findings[0].locations TOO_MANY',
    ]);
  });

  it.each<[string, string, number | string, boolean]>([
    ['an ordinal grade at the lower end', 'malignancy', 1, true],
    ['an ordinal grade at the upper end', 'malignancy', 5, true],
    ['an ordinal grade beyond', 'malignancy', 6, false],
    ['half a grade', 'malignancy', 2.5, false],
    ['a grade as text', 'malignancy', '3', false],
    ['a number inside the interval', 'diameter', 7.25, true],
    ['NaN', 'diameter', Number.NaN, false],
    ['a nominal value', 'texture', 'solid', true],
    ['another nominal value', 'texture', 'liquid', false],
    ['a number for a nominal one', 'texture', 1, false],
  ])('takes attributes by their kind: %s', (_name, name, value, fits) => {
    expect(codesOfFinding({ attributes: [{ name, value }] })).toEqual(
      fits ? [] : ['findings[0].attributes[0] OUT_OF_RANGE'],
    );
  });

  it('gives each attribute once, and only those of the protocol', () => {
    const attributes = [
      { name: 'malignancy', value: 1 },
      { name: 'malignancy', value: 2 },
      { name: 'colour', value: 'red' },
    ];
    expect(codesOfFinding({ attributes })).toEqual([
      'findings[0].attributes[1] REPEATED',
      'findings[0].attributes[2] UNKNOWN_ATTRIBUTE',
    ]);
  });
});

it('takes the quality flags of the protocol, each once', () => {
  expect(
    codesOf({
      ...nothingThere,
      imageQualityFlags: ['rotated', 'rotated'],
      reportQualityFlags: ['incomplete', 'Ana Pérez'],
    }),
  ).toEqual(['imageQualityFlags[1] REPEATED', 'reportQualityFlags[1] UNKNOWN_TERM']);
});
