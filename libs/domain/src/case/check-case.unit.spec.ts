import { describe, expect, it } from '@jest/globals';
import { imageId, sampleCase } from '@consilium/testing';
import { plainText } from '../protected-text.ts';
import { caseLimits, problemsOfCase } from './check-case.ts';
import type { ImportedCase } from './imported-case.ts';

const codesOf = (changes: Partial<ImportedCase>) =>
  problemsOfCase(sampleCase(changes)).map(({ path, code }) => `${path} ${code}`);
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
