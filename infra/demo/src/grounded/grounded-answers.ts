import type { AdjudicationChoiceInput, AnnotationInput, FindingInput, RegionInput } from '@consilium/client';
import type { NormalisedBox } from '@consilium/formats';
import { Chance } from '../grounded-reports/chance.ts';
import { boxText, jittered, numbersOf } from '../grounded-reports/image-box.ts';
import { locationsOf, termOf } from '../grounded-reports/places.ts';
import type { ScriptedRead, ScriptedSentence } from '../grounded-reports/scripted-read.ts';
import type { PlantedFinding, SyntheticStudy } from '../grounded-reports/synthetic-study.ts';
import { bestOverlap, pixelsOf } from './planted-boxes.ts';
import type { Box } from '@consilium/consensus';

/** A case as it is told to whoever answers it: sentences in the order of the study's findings, of one image. */
export interface AnsweredCase {
  readonly images: readonly { readonly id: string }[];
  readonly sentences: readonly { readonly id: string; readonly version: number }[];
}

/** What a scripted annotator submits. */
export function toAnswer(read: ScriptedRead, answered: AnsweredCase): AnnotationInput {
  return annotationOf(answered, [
    ...read.sentences,
    ...read.unmentioned.map((finding) => ({
      ...finding,
      finding: null,
      polarity: 'positive' as const,
      progression: null,
    })),
  ]);
}

/** Standard deviation of each edge that the adjudicator draws, in sides of the box. */
const adjudicatorJitter = 0.01;

/** What the scripted adjudicator decides: the truth, drawn with a steady hand. */
export function toDecision({ study, truth, ...image }: SyntheticStudy, answered: AnsweredCase): AnnotationInput {
  return annotationOf(
    answered,
    truth.map((planted): Said => {
      if (planted.polarity === 'negative') return { ...nothingOf(planted), polarity: 'negative' };
      return {
        finding: planted.finding,
        polarity: 'positive',
        labels: [planted.label],
        locations: locationsOf(planted.place, planted.side),
        progression: planted.progression,
        boxes: planted.boxes.map((box, index) => {
          const chance = new Chance('adjudicator', study.studyId, planted.finding, index);
          return boxText(jittered(numbersOf(box), adjudicatorJitter, chance), image);
        }),
      };
    }),
  );
}

const nothingOf = ({ finding }: PlantedFinding) => ({
  finding,
  labels: [],
  locations: [],
  progression: null,
  boxes: [],
});

interface Said extends Omit<ScriptedSentence, 'finding'> {
  /** Null where no sentence mentions it. */
  readonly finding: number | null;
}

function annotationOf({ images, sentences }: AnsweredCase, said: readonly Said[]): AnnotationInput {
  const imageId = images[0]?.id ?? '';
  const regions: RegionInput[] = [];
  const findings = said.map(({ finding, polarity, labels, locations, progression, boxes }): FindingInput => {
    const sentence = finding === null ? undefined : sentences[finding];
    const keys = boxes.map((box) => {
      const key = `box-${regions.length + 1}`;
      regions.push(regionOf(key, imageId, box));
      return key;
    });
    return {
      ...(sentence === undefined ? {} : { sentenceId: sentence.id, sentenceVersion: sentence.version }),
      polarity: polarity === 'positive' ? 'POSITIVE' : 'NEGATIVE',
      labels: [...labels],
      locations: [...locations],
      ...(progression === null ? {} : { progression }),
      regions: keys,
    };
  });
  return findings.length === 0 ? { answer: 'NOTHING_THERE' } : { answer: 'FINDINGS', findings, regions };
}

const regionOf = (key: string, imageId: string, [x1, y1, x2, y2]: NormalisedBox): RegionInput => ({
  key,
  imageId,
  system: 'NORMALISED',
  x1,
  y1,
  x2,
  y2,
});

/** One thing that the reads of a case say differently, as the adjudicator is shown it. */
export interface ShownDisagreement {
  readonly id: string;
  readonly kind: string;
  readonly sentenceId: string | null;
  readonly regionIds: readonly string[];
  readonly options: readonly { readonly option: string }[];
}

/** Of all that may be said, what is true; "other" where nobody says it. @param boxes of consensus regions, by their ids */
export function toChoice(
  disagreement: ShownDisagreement,
  synthetic: SyntheticStudy,
  { sentences }: AnsweredCase,
  boxes: ReadonlyMap<string, Box>,
): AdjudicationChoiceInput {
  const wanted = truthOf(disagreement, synthetic, sentences, boxes);
  const isOffered = disagreement.options.some(({ option }) => option === wanted);
  return {
    disagreementId: disagreement.id,
    option: wanted !== undefined && isOffered ? wanted : 'other',
    reason: disagreement.kind === 'TRANSLATION' ? 'REPORT_TEXT' : 'CLEAR_ON_IMAGE',
  };
}

function truthOf(
  { kind, sentenceId, regionIds, options }: ShownDisagreement,
  synthetic: SyntheticStudy,
  sentences: AnsweredCase['sentences'],
  boxes: ReadonlyMap<string, Box>,
): string | undefined {
  const planted = synthetic.truth.find(({ finding }) => sentences[finding]?.id === sentenceId);
  switch (kind) {
    case 'PRESENCE':
      return overlapOf(boxes.get(regionIds[0] ?? ''), planted, synthetic) >= leastOverlap ? 'present' : 'absent';
    case 'POLARITY':
      return planted?.polarity;
    case 'LABEL':
      return planted?.label;
    case 'LOCATION':
      return planted?.place === null || planted === undefined ? undefined : termOf(planted.place);
    case 'LATERALITY':
      return planted?.side ?? undefined;
    case 'PROGRESSION':
      return planted?.progression ?? undefined;
    case 'EXTENT':
      return mostOf(options, ({ option }) => overlapOf(boxes.get(option), planted, synthetic));
    case 'SENTENCE_LINK':
      return mostOf(options, ({ option }) => {
        const other = synthetic.truth.find(({ finding }) => sentences[finding]?.id === option);
        return overlapOf(boxes.get(regionIds[0] ?? ''), other, synthetic);
      });
    case 'TRANSLATION':
      return planted === undefined || planted.mistranslation === null ? 'faithful' : 'unfaithful';
    default:
      return undefined;
  }
}

/** A box this far from every planted one shows nothing that is there. */
const leastOverlap = 0.2;

const overlapOf = (box: Box | undefined, planted: PlantedFinding | undefined, image: SyntheticStudy): number =>
  box === undefined || planted === undefined
    ? 0
    : bestOverlap(
        box,
        planted.boxes.map((edges) => pixelsOf(edges, image)),
      );

const mostOf = (
  options: ShownDisagreement['options'],
  weigh: (option: { readonly option: string }) => number,
): string | undefined => options.toSorted((one, other) => weigh(other) - weigh(one))[0]?.option;
