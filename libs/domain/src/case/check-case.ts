import type { Problem } from '../problem.ts';
import type { BilingualText, ProtectedText } from '../protected-text.ts';
import type { ImportedCase } from './imported-case.ts';

export const caseLimits = {
  images: 20,
  sentences: 200,
  /** UTF-16 code units of one text in one language. */
  textLength: 4_000,
  keyLength: 500,
  /** DICOM PS3.3 C.7.6.3: Rows and Columns are US, so at most 65,535. */
  matrix: 65_535,
  position: 2_147_483_647,
  priority: 1_000,
} as const;

/** Everything wrong with a case that is to be imported; empty when it may come in. */
export function problemsOfCase(content: ImportedCase): readonly Problem[] {
  return [
    ...inRange('position', content.position, 0, caseLimits.position),
    ...inRange('priority', content.priority, 0, caseLimits.priority),
    ...inRange('images', content.images.length, 1, caseLimits.images),
    ...inRange('sentences', content.sentences.length, 0, caseLimits.sentences),
    ...textProblems('externalKey', content.externalKey, caseLimits.keyLength),
    ...content.images.slice(0, caseLimits.images).flatMap((image, index) => {
      const path = `images[${String(index)}]`;
      return [
        ...inRange(`${path}.rows`, image.rows, 1, caseLimits.matrix),
        ...inRange(`${path}.columns`, image.columns, 1, caseLimits.matrix),
        ...textProblems(`${path}.sopInstanceUid`, image.sopInstanceUid, 64),
        ...textProblems(`${path}.description`, image.description, caseLimits.keyLength),
      ];
    }),
    ...repeatedIds(
      'images',
      content.images.slice(0, caseLimits.images).map(({ imageId }) => imageId),
    ),
    ...repeatedIds(
      'sentences',
      content.sentences.slice(0, caseLimits.sentences).map(({ sentenceId }) => sentenceId),
    ),
    ...content.sentences
      .slice(0, caseLimits.sentences)
      .flatMap(({ text }, index) => sentenceProblems(`sentences[${String(index)}]`, text)),
  ];
}

const inRange = (path: string, value: number, minimum: number, maximum: number): readonly Problem[] =>
  Number.isInteger(value) && value >= minimum && value <= maximum
    ? []
    : [{ path, code: 'OUT_OF_RANGE', message: `from ${String(minimum)} to ${String(maximum)}` }];

/** An annotation names images and sentences by these ids, so two of one id could not be told apart. */
const repeatedIds = (path: string, ids: readonly string[]): readonly Problem[] =>
  ids.flatMap((id, index) =>
    ids.indexOf(id) < index
      ? [{ path: `${path}[${String(index)}]`, code: 'REPEATED', message: 'its id stands here twice' }]
      : [],
  );

export function sentenceProblems(path: string, text: BilingualText): readonly Problem[] {
  if (text.es === undefined && text.en === undefined) {
    return [{ path, code: 'MISSING', message: 'give the sentence in Spanish or English' }];
  }
  return [
    ...textProblems(`${path}.es`, text.es, caseLimits.textLength),
    ...textProblems(`${path}.en`, text.en, caseLimits.textLength),
  ];
}

function textProblems(path: string, text: ProtectedText | undefined, limit: number): readonly Problem[] {
  if (text === undefined || text.state === 'sealed') return [];
  if (text.text.trim() === '') return [{ path, code: 'MISSING', message: 'must not be empty' }];
  return text.text.length <= limit ? [] : [{ path, code: 'TOO_LONG', message: `at most ${String(limit)} characters` }];
}
