import type { FindingOfReads, StudyOfReads } from '@consilium/formats';
import { Chance } from './chance.ts';
import { boxText, jittered, numbersOf } from './image-box.ts';
import type { ImageSize } from './image-box.ts';
import { negativeSentences } from './negative-sentences.ts';
import { locationsOf } from './places.ts';
import { canBeMistranslated, plantNegative, plantPositive } from './plant-finding.ts';
import type { PlantedSentence } from './plant-finding.ts';
import { positiveSentences } from './positive-sentences.ts';
import { mistranslations } from './synthetic-study.ts';
import type { Mistranslation, SyntheticStudy } from './synthetic-study.ts';

/** Changing it makes other studies: figures that were computed from them hold for this one. */
export const syntheticSeed = 24_110_508;

export interface SyntheticOptions {
  /** How many: 1 or more. The published file has 4,555. */
  readonly studies: number;
  readonly seed?: number;
}

/** 1,456 of 4,555 published studies are normal. */
const normalShare = 0.32;
const followUpShare = 0.25;
/** One study in so many has a wrong translation, of each kind in turn. */
const mistranslatedEvery = 12;
/** The second reader of the file saw half of the findings, and draws almost as the first. */
const secondReader = { share: 0.5, jitter: 0.04 };

/** Columns by rows, as digital chest images have them. */
const imageSizes: readonly ImageSize[] = [
  { columns: 2048, rows: 2500 },
  { columns: 2544, rows: 3056 },
  { columns: 2828, rows: 2320 },
  { columns: 3000, rows: 3000 },
  { columns: 4020, rows: 4892 },
];

/** The same studies for the same seed, each the same however many are made. */
export function* syntheticStudies({ studies, seed = syntheticSeed }: SyntheticOptions): Generator<SyntheticStudy> {
  for (let index = 0; index < studies; index += 1) yield syntheticStudy(index, seed);
}

/** @param index from 0 */
export function syntheticStudy(index: number, seed: number = syntheticSeed): SyntheticStudy {
  const chance = new Chance(seed, index);
  const image = chance.pick(imageSizes);
  const mistranslation = mistranslationOf(index);
  // A wrong side, size or grade needs a finding that has one.
  const isNormal = chance.happens(normalShare) && (mistranslation === null || mistranslation === 'polarity');
  const followsUp = isFollowUp(index, seed);
  const positives = isNormal ? [] : plantPositives(image, followsUp, mistranslation, chance);
  const negatives = plantNegatives(isNormal, mistranslation, chance);
  const sentences = [...positives, ...negatives];
  const study: StudyOfReads = {
    source: 'reads',
    studyId: studyIdOf(index, seed),
    imageId: imageIdOf(index, seed),
    previousStudyId: followsUp ? studyIdOf(index - 1, seed) : null,
    previousImageId: followsUp ? imageIdOf(index - 1, seed) : null,
    findings: sentences.map((sentence) => findingOf(sentence, image, chance)),
  };
  const truth = sentences.map((sentence, finding) => ({ finding, ...sentence.truth }));
  return { study, ...image, subjectKey: subjectKeyOf(index, seed), truth };
}

const studyIdOf = (index: number, seed: number): string => `synthetic-${seed}-${String(index).padStart(6, '0')}`;
const imageIdOf = (index: number, seed: number): string => `${studyIdOf(index, seed)}.png`;

/** Whether the study is one of the same person as the study before it. */
const isFollowUp = (index: number, seed: number): boolean =>
  index > 0 && new Chance(seed, index, 'follow-up').happens(followUpShare);

function subjectKeyOf(index: number, seed: number): string {
  let first = index;
  while (isFollowUp(first, seed)) first -= 1;
  return `synthetic-subject-${seed}-${String(first).padStart(6, '0')}`;
}

function mistranslationOf(index: number): Mistranslation | null {
  if (index % mistranslatedEvery !== mistranslatedEvery - 1) return null;
  return mistranslations[Math.floor(index / mistranslatedEvery) % mistranslations.length] ?? null;
}

/** One to four, as unlike as their labels. */
function plantPositives(
  image: ImageSize,
  followsUp: boolean,
  mistranslation: Mistranslation | null,
  chance: Chance,
): readonly PlantedSentence[] {
  const wanted = mistranslation === 'polarity' ? null : mistranslation;
  const labels = new Set<string>();
  return Array.from({ length: chance.pick([1, 2, 2, 2, 3, 3, 4]) }, (_, position) => {
    const kind = position === 0 ? wanted : null;
    const suitable = positiveSentences.filter(
      (sentence) => !labels.has(sentence.label) && (kind === null || canBeMistranslated(sentence, kind)),
    );
    const sentence = chance.pick(suitable);
    labels.add(sentence.label);
    return plantPositive(sentence, image, followsUp, kind, chance);
  });
}

/** A normal study has nothing but these; an abnormal one may have one. */
function plantNegatives(
  isNormal: boolean,
  mistranslation: Mistranslation | null,
  chance: Chance,
): readonly PlantedSentence[] {
  const wanted = mistranslation === 'polarity' ? mistranslation : null;
  const count = isNormal ? chance.whole(1, 3) : Math.max(wanted === null ? 0 : 1, chance.pick([0, 0, 1]));
  const said = new Set<string>();
  return Array.from({ length: count }, (_, position) => {
    const kind = position === 0 ? wanted : null;
    const suitable = negativeSentences.filter(
      (sentence) => !said.has(sentence.denies) && (kind === null || canBeMistranslated(sentence, kind)),
    );
    const sentence = chance.pick(suitable);
    said.add(sentence.denies);
    return plantNegative(sentence, kind);
  });
}

function findingOf({ es, en, truth }: PlantedSentence, image: ImageSize, chance: Chance): FindingOfReads {
  const sentences = { sentenceEn: en, sentenceEs: es };
  if (truth.polarity === 'negative') return { ...sentences, abnormal: false };
  const isReadTwice = chance.happens(secondReader.share);
  return {
    ...sentences,
    abnormal: true,
    boxes: truth.boxes,
    extraBoxes: isReadTwice
      ? truth.boxes.map((box) => boxText(jittered(numbersOf(box), secondReader.jitter, chance), image))
      : [],
    labels: [truth.label],
    locations: locationsOf(truth.place, truth.side),
    progression: truth.progression,
  };
}
