import type { Problem } from '../problem.ts';

export const sexes = ['female', 'male', 'other'] as const;
/** As it is recorded; what is not known is left out. */
export type Sex = (typeof sexes)[number];

/** DICOM PS3.3 C.7.3.1.1.1 (Modality), those that images of people are made by. */
export const modalities = ['cr', 'dx', 'ct', 'mr', 'us', 'mg', 'nm', 'pt', 'rf', 'xa', 'ot'] as const;
export type Modality = (typeof modalities)[number];

/** DICOM PS3.3 C.8.1.3.1.1 (View Position), with those of PS3.3 C.8.11.5.1 that lie. */
export const viewPositions = ['ap', 'pa', 'll', 'rl', 'rld', 'lld', 'rlo', 'llo'] as const;
export type ViewPosition = (typeof viewPositions)[number];

export const bodyParts = [
  'abdomen',
  'arm',
  'breast',
  'chest',
  'head',
  'heart',
  'leg',
  'neck',
  'pelvis',
  'spine',
  'wholeBody',
] as const;
export type BodyPart = (typeof bodyParts)[number];

export const careSettings = ['emergency', 'inpatient', 'intensiveCare', 'outpatient', 'screening'] as const;
export type CareSetting = (typeof careSettings)[number];

/**
 * What a reader is told of the person beside the images: a closed set of numbers and codes, none of which identifies anybody. So there
 * is no date here, and whoever is 90 or older is 90 (HIPAA Safe Harbor, 45 CFR 164.514(b)(2)(i)(C)). It stands in clear in an event.
 */
export interface ClinicalMetadata {
  /** Whole years at the study, 0 to 90; 90 means 90 or more. */
  readonly ageYears?: number;
  readonly sex?: Sex;
  readonly modality?: Modality;
  readonly bodyPart?: BodyPart;
  readonly careSetting?: CareSetting;
  /** Body height in centimetres: 20 to 250, whole. */
  readonly heightCm?: number;
  /** Body weight in kilograms: 1 to 300, whole. */
  readonly weightKg?: number;
  /** From the previous study to this one, in days: 0 to 36,500. */
  readonly daysSincePrevious?: number;
}

export const clinicalRanges = {
  ageYears: { minimum: 0, maximum: 90 },
  heightCm: { minimum: 20, maximum: 250 },
  weightKg: { minimum: 1, maximum: 300 },
  daysSincePrevious: { minimum: 0, maximum: 36_500 },
} as const;

export function clinicalProblems(clinical: ClinicalMetadata): readonly Problem[] {
  return (Object.keys(clinicalRanges) as (keyof typeof clinicalRanges)[]).flatMap((name): readonly Problem[] => {
    const value = clinical[name];
    const { minimum, maximum } = clinicalRanges[name];
    if (value === undefined || (Number.isInteger(value) && value >= minimum && value <= maximum)) return [];
    const message = `a whole number from ${String(minimum)} to ${String(maximum)}`;
    return [{ path: `clinical.${name}`, code: 'OUT_OF_RANGE', message }];
  });
}
