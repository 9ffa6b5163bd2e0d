import { describe, expect, it } from '@jest/globals';
import { imageId, sampleCase, sampleProtocol } from '@consilium/testing';
import { plainText } from '../protected-text.ts';
import { caseLimits, problemsOfCase } from './check-case.ts';
import type { ImportedCase } from './imported-case.ts';

const codesOf = (changes: Partial<ImportedCase>) =>
  problemsOfCase(sampleCase(changes), sampleProtocol()).map(({ path, code }) => `${path} ${code}`);
const image = { imageId: imageId(1), rows: 1, columns: 1 };
const [sentence] = sampleCase().sentences;
const imagesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...image, imageId: imageId(index) }));

describe('the content of a case', () => {
  it('may lie at every limit', () => {
    expect(
      codesOf({
        position: caseLimits.position,
        priority: caseLimits.priority,
        externalKey: plainText('k'.repeat(caseLimits.keyLength)),
        images: imagesOf(caseLimits.images).map((each) => ({ ...each, rows: caseLimits.matrix, columns: 1 })),
        sentences: [],
      }),
    ).toEqual([]);
  });

  it.each<[string, Partial<ImportedCase>, readonly string[]]>([
    ['no image', { images: [] }, ['images OUT_OF_RANGE']],
    ['too many images', { images: imagesOf(21) }, ['images OUT_OF_RANGE']],
    ['an image twice', { images: [image, image] }, ['images[1] REPEATED']],
    ['a matrix beyond DICOM', { images: [{ ...image, columns: 65_536 }] }, ['images[0].columns OUT_OF_RANGE']],
    ['a fraction of a row', { images: [{ ...image, rows: 0.5 }] }, ['images[0].rows OUT_OF_RANGE']],
    ['NaN rows', { images: [{ ...image, rows: Number.NaN }] }, ['images[0].rows OUT_OF_RANGE']],
    [
      'a long SOP instance UID',
      { images: [{ ...image, sopInstanceUid: plainText('1'.repeat(65)) }] },
      ['images[0].sopInstanceUid TOO_LONG'],
    ],
    ['a priority beyond', { priority: 1_001 }, ['priority OUT_OF_RANGE']],
    ['a key of a megabyte', { externalKey: plainText('k'.repeat(1_000_000)) }, ['externalKey TOO_LONG']],
  ])('is refused with %s', (_name, changes, codes) => {
    expect(codesOf(changes)).toEqual(codes);
  });

  it('may come with its names in the source, and with numbers and codes about the person', () => {
    const key = plainText('k'.repeat(caseLimits.keyLength));
    expect(
      codesOf({
        images: [{ ...image, key, viewPosition: 'pa', isSizeNominal: true }],
        source: {
          studyKey: key,
          previousStudy: { studyKey: key, imageKeys: Array.from({ length: caseLimits.previousImages }, () => key) },
          received: plainText('x'.repeat(caseLimits.receivedLength)),
        },
        clinical: { ageYears: 90, sex: 'female', modality: 'dx', heightCm: 20, weightKg: 300, daysSincePrevious: 0 },
      }),
    ).toEqual([]);
  });

  it.each<[string, Partial<ImportedCase>, readonly string[]]>([
    ['an age that tells who it is', { clinical: { ageYears: 91 } }, ['clinical.ageYears OUT_OF_RANGE']],
    ['half a year', { clinical: { ageYears: 0.5 } }, ['clinical.ageYears OUT_OF_RANGE']],
    ['a height in metres', { clinical: { heightCm: 1.7 } }, ['clinical.heightCm OUT_OF_RANGE']],
    ['a weight in grams', { clinical: { weightKg: 3_500 } }, ['clinical.weightKg OUT_OF_RANGE']],
    ['time that runs back', { clinical: { daysSincePrevious: -1 } }, ['clinical.daysSincePrevious OUT_OF_RANGE']],
    ['a blank key', { source: { studyKey: plainText(' ') } }, ['source.studyKey MISSING']],
    [
      'a row that is too long',
      { source: { received: plainText('x'.repeat(caseLimits.receivedLength + 1)) } },
      ['source.received TOO_LONG'],
    ],
    [
      'too many images of the previous study',
      {
        source: {
          previousStudy: { studyKey: plainText('p'), imageKeys: Array.from({ length: 21 }, () => plainText('i')) },
        },
      },
      ['source.previousStudy.imageKeys OUT_OF_RANGE'],
    ],
  ])('is refused with %s', (_name, changes, codes) => {
    expect(codesOf(changes)).toEqual(codes);
  });

  it('names the program of a sentence that a program wrote, and of no other', () => {
    if (sentence === undefined) throw new Error('the sample has a sentence');
    const machine = { model: plainText('made-up'), version: plainText('1') };
    expect(codesOf({ sentences: [{ ...sentence, origin: 'machine', machine }] })).toEqual([]);
    expect(codesOf({ sentences: [{ ...sentence, machine }] })).toEqual(['sentences[0].machine CONTRADICTION']);
  });

  it('has sentences with a text, each once', () => {
    if (sentence === undefined) throw new Error('the sample has a sentence');
    expect(codesOf({ sentences: [{ ...sentence, text: {} }] })).toEqual(['sentences[0] MISSING']);
    expect(codesOf({ sentences: [{ ...sentence, text: { en: plainText('') } }] })).toEqual(['sentences[0].en MISSING']);
    expect(codesOf({ sentences: [sentence, sentence] })).toEqual(['sentences[1] REPEATED']);
    expect(codesOf({ sentences: [{ ...sentence, text: { es: plainText('x'.repeat(4_001)) } }] })).toEqual([
      'sentences[0].es TOO_LONG',
    ]);
  });
});

it('gives every sentence in the languages that the protocol wants', () => {
  const text = { es: plainText('Sin derrame.') };
  const content = sampleCase({ sentences: sentence === undefined ? [] : [sentence, { ...sentence, text }] });
  const problemsIn = (...languages: readonly ('es' | 'en')[]) =>
    problemsOfCase(content, { languages }).map(({ path, code }) => `${path} ${code}`);
  expect(problemsIn()).toEqual(['sentences[1] REPEATED']);
  expect(problemsIn('es')).toEqual(['sentences[1] REPEATED']);
  expect(problemsIn('es', 'en')).toEqual(['sentences[1] REPEATED', 'sentences[1].en MISSING']);
});
