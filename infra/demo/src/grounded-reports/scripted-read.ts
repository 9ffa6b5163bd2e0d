import type { NormalisedBox } from '@consilium/formats';

/** What readers of a study may come to differ in. */
export const slipKinds = [
  /** A box that was not drawn, or a finding that nobody else sees. */
  'presence',
  'polarity',
  'label',
  'extent',
  'location',
  'laterality',
  'progression',
  'sentenceLink',
  /** What the wrong translation says was taken for what the report says. */
  'translation',
] as const;
export type SlipKind = (typeof slipKinds)[number];

/** Where a read was made to differ from the truth. */
export interface Slip {
  readonly kind: SlipKind;
  /** Index of the sentence; null for a finding that no sentence mentions. */
  readonly finding: number | null;
}

/** The answer to one finding sentence; nothing but polarity for a negative one. */
export interface ScriptedSentence {
  /** Index of the sentence in the study's findings. */
  readonly finding: number;
  readonly polarity: 'positive' | 'negative';
  readonly labels: readonly string[];
  readonly locations: readonly string[];
  readonly progression: string | null;
  readonly boxes: readonly NormalisedBox[];
}

/** A finding that no sentence mentions. */
export type UnmentionedFinding = Omit<ScriptedSentence, 'finding' | 'polarity' | 'progression'>;

/** One annotator's answer to one study, and beside it what was planted in it. */
export interface ScriptedRead {
  readonly annotator: string;
  readonly studyId: string;
  /** One for each finding sentence, in order. */
  readonly sentences: readonly ScriptedSentence[];
  readonly unmentioned: readonly UnmentionedFinding[];
  /** Indices of sentences whose translation the annotator rejects. */
  readonly rejectedTranslations: readonly number[];
  /** No part of the answer. A box that jitter alone moved is no slip. */
  readonly slips: readonly Slip[];
}
