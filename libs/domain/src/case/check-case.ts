import type { Problem } from '../problem.ts';
import type { Protocol } from '../project/protocol.ts';
import type { BilingualText, ProtectedText } from '../protected-text.ts';
import type { CaseSource } from './case-source.ts';
import { clinicalProblems } from './clinical-metadata.ts';
import type { CaseSentence, ImportedCase } from './imported-case.ts';

export const caseLimits = {
  images: 20,
  sentences: 200,
  /** UTF-16 code units of one text in one language. */
  textLength: 4_000,
  keyLength: 500,
  /** Images of the previous study that are named. */
  previousImages: 20,
  /** UTF-16 code units of what a row of the source had beside what is kept by name. */
  receivedLength: 60_000,
  /** DICOM PS3.3 C.7.6.3: Rows and Columns are US, so at most 65,535. */
  matrix: 65_535,
  position: 2_147_483_647,
  priority: 1_000,
} as const;

/** Everything wrong with a case that is to be imported; empty when it may come in. */
export function problemsOfCase(content: ImportedCase, protocol: Pick<Protocol, 'languages'>): readonly Problem[] {
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
        ...textProblems(`${path}.key`, image.key, caseLimits.keyLength),
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
    ...content.sentences.slice(0, caseLimits.sentences).flatMap((sentence, index) => {
      const path = `sentences[${String(index)}]`;
      return [...machineProblems(path, sentence), ...sentenceProblems(path, sentence.text, protocol)];
    }),
    ...(content.source === undefined ? [] : sourceProblems(content.source)),
    ...(content.clinical === undefined ? [] : clinicalProblems(content.clinical)),
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

function sourceProblems({ studyKey, previousStudy, received }: CaseSource): readonly Problem[] {
  const imageKeys = previousStudy?.imageKeys ?? [];
  return [
    ...textProblems('source.studyKey', studyKey, caseLimits.keyLength),
    ...textProblems('source.previousStudy.studyKey', previousStudy?.studyKey, caseLimits.keyLength),
    ...inRange('source.previousStudy.imageKeys', imageKeys.length, 0, caseLimits.previousImages),
    ...imageKeys
      .slice(0, caseLimits.previousImages)
      .flatMap((key, index) =>
        textProblems(`source.previousStudy.imageKeys[${String(index)}]`, key, caseLimits.keyLength),
      ),
    ...textProblems('source.received', received, caseLimits.receivedLength),
  ];
}

const machineProblems = (path: string, { origin, machine }: CaseSentence): readonly Problem[] => [
  ...(machine !== undefined && origin !== 'machine'
    ? [{ path: `${path}.machine`, code: 'CONTRADICTION', message: 'only a sentence of origin machine has one' }]
    : []),
  ...textProblems(`${path}.machine.model`, machine?.model, caseLimits.keyLength),
  ...textProblems(`${path}.machine.version`, machine?.version, caseLimits.keyLength),
];

export function sentenceProblems(
  path: string,
  text: BilingualText,
  { languages }: Pick<Protocol, 'languages'>,
): readonly Problem[] {
  if (text.es === undefined && text.en === undefined) {
    return [{ path, code: 'MISSING', message: 'give the sentence in Spanish or English' }];
  }
  return [
    ...languages
      .filter((language) => text[language] === undefined)
      .map((language) => ({
        path: `${path}.${language}`,
        code: 'MISSING',
        message: 'the protocol wants every sentence in this language',
      })),
    ...textProblems(`${path}.es`, text.es, caseLimits.textLength),
    ...textProblems(`${path}.en`, text.en, caseLimits.textLength),
  ];
}

export function textProblems(path: string, text: ProtectedText | undefined, limit: number): readonly Problem[] {
  if (text === undefined || text.state === 'sealed') return [];
  if (text.text.trim() === '') return [{ path, code: 'MISSING', message: 'must not be empty' }];
  return text.text.length <= limit ? [] : [{ path, code: 'TOO_LONG', message: `at most ${String(limit)} characters` }];
}
