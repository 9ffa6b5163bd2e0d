import type { CaseInput, ProtocolInput } from '@consilium/client';
import { scriptedAnnotators } from '../grounded-reports/scripted-annotators.ts';
import type { ScriptedAnnotator } from '../grounded-reports/scripted-annotators.ts';
import { sides } from '../grounded-reports/places.ts';
import { syntheticSeed, syntheticStudies } from '../grounded-reports/synthetic-studies.ts';
import type { SyntheticStudy } from '../grounded-reports/synthetic-study.ts';
import { syntheticVocabulary } from '../grounded-reports/synthetic-vocabulary.ts';

export const groundedName = 'Synthetic grounded reports';
/** From this overlap on two boxes may show the same finding; a box counts as found from there on, too. */
export const groundedGate = 0.5;

export interface GroundedPlan {
  readonly seed: number;
  /** In the order of the import. */
  readonly studies: readonly SyntheticStudy[];
  /** From here on they come in later, and are read with cases among them whose answer is known. */
  readonly mixedFrom: number;
  /** Place of the one that is planted as unusable, and excluded before anybody reads it. */
  readonly unusable: number;
  /** Names all commands of this plan: a repeat of the same plan changes nothing. */
  readonly commandPrefix: string;
}

/** @param studies 12 or more, so that every kind of wrong translation may be among them */
export function planGrounded(studies = 72): GroundedPlan {
  const mixedFrom = studies - Math.floor(studies / 6);
  return {
    seed: syntheticSeed,
    mixedFrom,
    unusable: mixedFrom - 1,
    studies: [...syntheticStudies({ studies })],
    commandPrefix: `grounded-2-${syntheticSeed}-${studies}`,
  };
}

/** Which of the annotators read a study at first: every pair in turn, so that each has read beside each. */
export function readersOf(index: number): readonly [ScriptedAnnotator, ScriptedAnnotator] {
  const pairs = scriptedAnnotators.flatMap((one, place) =>
    scriptedAnnotators.slice(place + 1).map((other) => [one, other] as const),
  );
  const pair = pairs[index % pairs.length];
  if (pair === undefined) throw new RangeError('there are no annotators');
  return pair;
}

const lateralities = { right: 'RIGHT', left: 'LEFT', bilateral: 'BILATERAL' } as const;

const locationsWithSides = syntheticVocabulary.locations.map((term) => {
  const side = sides.find((one) => one === term);
  return side === undefined ? { term } : { term, laterality: lateralities[side] };
});

/** Two read each study; where they differ in the boxes alone a third is asked, and an adjudicator of all the rest. */
export const groundedProtocol: ProtocolInput = {
  readsPerCase: 2,
  readsMaximum: 3,
  leaseSeconds: 3_600,
  openClaimsMaximum: 100,
  languages: ['ES', 'EN'],
  labels: syntheticVocabulary.labels.map((term) => ({ term })),
  locations: locationsWithSides,
  progressionTerms: [...syntheticVocabulary.progressions],
  matchingGate: groundedGate,
  disagreements: {
    presence: 'ANOTHER_READ',
    label: 'ADJUDICATE',
    extent: 'ANOTHER_READ',
    location: 'ADJUDICATE',
    progression: 'ADJUDICATE',
    sentenceLink: 'ADJUDICATE',
    translation: 'ADJUDICATE',
  },
  reviewShare: 0.1,
  goldShare: 0.4,
  adjudication: { panelSize: 1, roles: ['ADJUDICATOR'], sampledShare: 0.1, readersShown: 'AFTER_DECISION' },
};

export function toGroundedCase({ study, subjectKey, rows, columns }: SyntheticStudy, position: number): CaseInput {
  return {
    externalKey: study.studyId,
    subjectKey,
    position,
    images: [{ key: study.imageId, rows, columns, description: 'frontal chest image, made up' }],
    sentences: study.findings.map(({ sentenceEs, sentenceEn }, finding) => ({
      key: `finding-${finding}`,
      es: sentenceEs ?? null,
      en: sentenceEn ?? null,
      origin: 'REPORT',
    })),
  };
}
