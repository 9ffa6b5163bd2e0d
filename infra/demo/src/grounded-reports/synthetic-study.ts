import type { NormalisedBox, StudyOfReads } from '@consilium/formats';
import type { Progression } from './fill-sentence.ts';
import type { ImageSize } from './image-box.ts';
import type { PlaceName, Side } from './places.ts';

/** What the English sentence says otherwise than the Spanish one. */
export const mistranslations = ['polarity', 'laterality', 'size', 'grade'] as const;
export type Mistranslation = (typeof mistranslations)[number];

/** The truth about one finding sentence, which nobody who reads the study is told. */
export interface PlantedFinding {
  /** Index of the sentence in the study's findings. */
  readonly finding: number;
  readonly polarity: 'positive' | 'negative';
  /** What a positive sentence says is there; what a negative one denies. */
  readonly label: string;
  readonly place: PlaceName | null;
  readonly side: Side | null;
  readonly progression: Progression | null;
  /** None for a negative sentence, and for a finding without a place. */
  readonly boxes: readonly NormalisedBox[];
  readonly mistranslation: { readonly kind: Mistranslation; readonly faithfulEnglish: string } | null;
}

/** A made-up study in the shape of the published file, and the truth that was planted in it. No person, no image. */
export interface SyntheticStudy extends ImageSize {
  /** As of a file: `boxes` are the planted ones, `extraBoxes` those of a careful second reader, who did not read all. */
  readonly study: StudyOfReads;
  /** The same for all studies of one made-up person. */
  readonly subjectKey: string;
  /** One for each finding of the study, in order. */
  readonly truth: readonly PlantedFinding[];
}
