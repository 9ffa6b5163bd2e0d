/**
 * How one scripted annotator reads. Rates are probabilities, 0..1, of slips that are independent of one another; each says
 * what it is a share of.
 */
export interface ScriptedAnnotator {
  readonly key: string;
  /** The language whose sentences this annotator goes by. */
  readonly language: 'es' | 'en';
  /** Standard deviation of each edge of a box, in sides of the box. */
  readonly boxJitter: number;
  /** Of boxes: one that is not drawn. */
  readonly missRate: number;
  /** Of studies: a finding that nobody else sees and no sentence mentions. */
  readonly falsePositiveRate: number;
  /** Of sentences: positive for negative, or the other way round. */
  readonly polarityErrorRate: number;
  /** Of sentences of one side: the other side, in the locations and in the boxes. */
  readonly lateralityErrorRate: number;
  /** Of positive sentences. */
  readonly wrongLabelRate: number;
  /** Of positive sentences with a place: another place is named, and the boxes are right. */
  readonly wrongLocationRate: number;
  /** Of sentences that speak of a change: another change. */
  readonly wrongProgressionRate: number;
  /** Of boxes: one of about a third of the area. */
  readonly wrongExtentRate: number;
  /** Of sentences with boxes, in studies with another positive one: the boxes are linked to that one. */
  readonly wrongLinkRate: number;
  /** Of wrong translations: one that is seen and rejected. */
  readonly noticesMistranslationRate: number;
}

/** Four of different skill, from the most to the least reliable. What they are called says nothing of it. */
export const scriptedAnnotators: readonly ScriptedAnnotator[] = [
  {
    key: 'annotator-1',
    language: 'es',
    boxJitter: 0.02,
    missRate: 0.02,
    falsePositiveRate: 0.02,
    polarityErrorRate: 0.005,
    lateralityErrorRate: 0.005,
    wrongLabelRate: 0.02,
    wrongLocationRate: 0.02,
    wrongProgressionRate: 0.03,
    wrongExtentRate: 0.01,
    wrongLinkRate: 0.005,
    noticesMistranslationRate: 0.9,
  },
  {
    key: 'annotator-2',
    language: 'es',
    boxJitter: 0.04,
    missRate: 0.06,
    falsePositiveRate: 0.04,
    polarityErrorRate: 0.01,
    lateralityErrorRate: 0.01,
    wrongLabelRate: 0.05,
    wrongLocationRate: 0.05,
    wrongProgressionRate: 0.06,
    wrongExtentRate: 0.03,
    wrongLinkRate: 0.02,
    noticesMistranslationRate: 0.6,
  },
  {
    key: 'annotator-3',
    language: 'en',
    boxJitter: 0.06,
    missRate: 0.12,
    falsePositiveRate: 0.1,
    polarityErrorRate: 0.03,
    lateralityErrorRate: 0.03,
    wrongLabelRate: 0.1,
    wrongLocationRate: 0.1,
    wrongProgressionRate: 0.12,
    wrongExtentRate: 0.06,
    wrongLinkRate: 0.04,
    noticesMistranslationRate: 0.3,
  },
  {
    key: 'annotator-4',
    language: 'en',
    boxJitter: 0.1,
    missRate: 0.25,
    falsePositiveRate: 0.2,
    polarityErrorRate: 0.08,
    lateralityErrorRate: 0.08,
    wrongLabelRate: 0.2,
    wrongLocationRate: 0.2,
    wrongProgressionRate: 0.25,
    wrongExtentRate: 0.12,
    wrongLinkRate: 0.08,
    noticesMistranslationRate: 0.1,
  },
];
