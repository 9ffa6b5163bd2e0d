import type { NormalisedBox } from '@consilium/formats';
import type { Chance } from './chance.ts';
import { fillEnglish, fillSpanish, grades, progressions } from './fill-sentence.ts';
import type { SentenceSlots } from './fill-sentence.ts';
import { boxText, jittered, placedIn, scaled } from './image-box.ts';
import type { ImageBox, ImageSize } from './image-box.ts';
import type { NegativeSentence } from './negative-sentences.ts';
import { boxesOf } from './places.ts';
import type { PositiveSentence } from './positive-sentences.ts';
import type { Mistranslation, PlantedFinding } from './synthetic-study.ts';

/** A sentence in both languages with its truth, before it has its place in a study. */
export interface PlantedSentence {
  readonly es: string;
  readonly en: string;
  readonly truth: Omit<PlantedFinding, 'finding'>;
}

/** A frontal chest image shows about so many millimetres across. */
const millimetresAcross = 400;

/** @param wanted must be one that the sentence can have, see {@link canBeMistranslated} */
export function plantPositive(
  sentence: PositiveSentence,
  image: ImageSize,
  followsUp: boolean,
  wanted: Mistranslation | null,
  chance: Chance,
): PlantedSentence {
  const slots: SentenceSlots = {
    side: sentence.sides.length === 0 ? null : chance.pick(sidesFor(sentence, wanted)),
    grade: sentence.en.includes('{grade}') ? chance.pick(grades) : null,
    millimetres: sentence.millimetres === null ? null : chance.whole(...sentence.millimetres),
    progression: followsUp ? progressionOf(sentence, chance) : null,
  };
  const faithfulEnglish = fillEnglish(sentence.en, slots);
  return {
    es: fillSpanish(sentence.es, slots),
    en: wanted === null ? faithfulEnglish : fillEnglish(sentence.en, mistranslated(slots, wanted, chance)),
    truth: {
      polarity: 'positive',
      label: sentence.label,
      place: sentence.place,
      side: slots.side,
      progression: slots.progression,
      boxes: plantBoxes(sentence, slots, image, chance),
      mistranslation: wanted === null ? null : { kind: wanted, faithfulEnglish },
    },
  };
}

export function plantNegative({ es, en, denies }: NegativeSentence, wanted: 'polarity' | null): PlantedSentence {
  const affirmed = en.replace(/^No (.)/, (_no, first: string) => first.toUpperCase());
  return {
    es,
    en: wanted === null ? en : affirmed,
    truth: {
      polarity: 'negative',
      label: denies,
      place: null,
      side: null,
      progression: null,
      boxes: [],
      mistranslation: wanted === null ? null : { kind: wanted, faithfulEnglish: en },
    },
  };
}

export function canBeMistranslated(sentence: PositiveSentence | NegativeSentence, kind: Mistranslation): boolean {
  if ('denies' in sentence) return kind === 'polarity' && sentence.en.startsWith('No ');
  switch (kind) {
    case 'polarity':
      return false;
    case 'laterality':
      return sentence.sides.includes('right') && sentence.en.includes('{side}');
    case 'size':
      return sentence.millimetres !== null;
    case 'grade':
      return sentence.en.includes('{grade}');
  }
}

/** A side that has an opposite, where the two are to be taken for each other. */
const sidesFor = ({ sides }: PositiveSentence, wanted: Mistranslation | null): PositiveSentence['sides'] =>
  wanted === 'laterality' ? sides.filter((side) => side !== 'bilateral') : sides;

function progressionOf({ changes }: PositiveSentence, chance: Chance): SentenceSlots['progression'] {
  if (chance.happens(0.4)) return null;
  return chance.pick(changes ? progressions : (['stable', 'new'] as const));
}

function mistranslated(slots: SentenceSlots, kind: Mistranslation, chance: Chance): SentenceSlots {
  switch (kind) {
    case 'laterality':
      return { ...slots, side: slots.side === 'right' ? 'left' : 'right' };
    case 'size':
      return { ...slots, millimetres: (slots.millimetres ?? 0) * 10 };
    case 'grade':
      return { ...slots, grade: chance.pick(grades.filter((grade) => grade !== slots.grade)) };
    case 'polarity':
      return slots;
  }
}

function plantBoxes(
  { place, changes }: PositiveSentence,
  { side, millimetres }: SentenceSlots,
  image: ImageSize,
  chance: Chance,
): readonly NormalisedBox[] {
  if (place === null) return [];
  return boxesOf(place, side).map((usual) => {
    const box = changes && millimetres !== null ? ofExtent(millimetres, usual, image, chance) : varied(usual, chance);
    return boxText(box, image);
  });
}

const varied = (usual: ImageBox, chance: Chance): ImageBox =>
  jittered(scaled(usual, chance.between(0.7, 1.1)), 0.04, chance);

/** As high as wide on the image, a little longer one way. */
function ofExtent(millimetres: number, usual: ImageBox, { rows, columns }: ImageSize, chance: Chance): ImageBox {
  const width = millimetres / millimetresAcross;
  const height = (width * columns) / rows;
  return placedIn(usual, width * chance.between(0.9, 1.2), height * chance.between(0.9, 1.2), chance);
}
