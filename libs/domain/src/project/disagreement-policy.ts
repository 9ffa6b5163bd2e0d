export const disagreementKinds = [
  'presence',
  'polarity',
  'label',
  'extent',
  'location',
  'laterality',
  'progression',
  'sentenceLink',
  'translation',
] as const;
/**
 * What reads of a case may disagree about: whether something is there; whether a sentence affirms it; what it is called; how
 * large it is; where it is; on which side; how it has changed; which sentence speaks of it; whether the two languages of a
 * sentence say the same.
 */
export type DisagreementKind = (typeof disagreementKinds)[number];

/** A side or a negation that was mixed up is never settled by a majority (DESIGN section 7). */
export type AlwaysAdjudicated = 'polarity' | 'laterality';
const alwaysAdjudicated: readonly AlwaysAdjudicated[] = ['polarity', 'laterality'];

export type NegotiableDisagreement = Exclude<DisagreementKind, AlwaysAdjudicated>;

export const isNegotiable = (kind: DisagreementKind): kind is NegotiableDisagreement =>
  !alwaysAdjudicated.some((always) => always === kind);
