import type { Box } from './box.ts';

/** Everything a consensus is computed from. The order of reads, regions, answers and attributes means nothing. */
export interface ConsensusInput {
  /** 1..{@link maxReads} complete answers, one a reader. "Nothing there" is a read without regions. */
  readonly reads: readonly Read[];
  /** 0..1: the protocol's smallest IoU at which two regions count as overlapping; 0 counts every overlap. */
  readonly gate: number;
}

export interface Read {
  readonly readerId: string;
  readonly sentences: readonly SentenceAnswer[];
  /** Over all reads at most {@link maxRegions}. */
  readonly regions: readonly Region[];
}

export type Polarity = 'positive' | 'negative' | 'uncertain';

/** A reader's answer to one sentence of the report. */
export interface SentenceAnswer {
  /** A sentence in one version: reads that saw other words need another id, since different meanings are never pooled. */
  readonly sentenceId: string;
  readonly polarity: Polarity;
}

export interface Region {
  /** Unique among the read's regions of the same sentence: a region of several sentences is given once for each. */
  readonly regionId: string;
  /** The sentence it shows, which the read must answer; null for a finding that no sentence mentions. */
  readonly sentenceId: string | null;
  /** The image matrix (image and frame) that the box counts its pixels in: boxes of different ones never match. */
  readonly imageId: string;
  readonly findingLabel: string | null;
  readonly box: Box;
  /** At most one of a name; a name has one kind in all reads. */
  readonly attributes: readonly Attribute[];
}

export type Attribute =
  | { readonly name: string; readonly kind: 'nominal'; readonly value: string }
  | { readonly name: string; readonly kind: 'ordinal' | 'interval'; readonly value: number };

export const maxReads = 100;
/** Matching compares all pairs of regions of a sentence, and takes some seconds when this many lie on one another. */
export const maxRegions = 2_000;

export type ConsensusInputProblem =
  | 'NO_READS'
  | 'TOO_MANY_READS'
  | 'TOO_MANY_REGIONS'
  | 'INVALID_GATE'
  | 'DUPLICATE_READER'
  | 'DUPLICATE_SENTENCE'
  | 'DUPLICATE_REGION'
  | 'DUPLICATE_ATTRIBUTE'
  | 'UNANSWERED_SENTENCE'
  | 'INVALID_BOX'
  | 'INVALID_ATTRIBUTE'
  | 'MIXED_ATTRIBUTE_KINDS';

/** The input breaks a rule stated at {@link ConsensusInput}: a fault of the caller, which should have refused the read. */
export class InvalidConsensusInput extends Error {
  override readonly name = 'InvalidConsensusInput';
  readonly problem: ConsensusInputProblem;
  /** The id of what is wrong (reader, sentence, region or attribute), or '' where the whole input is. */
  readonly subject: string;

  constructor(problem: ConsensusInputProblem, subject = '') {
    super(`The reads cannot be pooled: ${problem}${subject === '' ? '' : ` (${subject})`}.`);
    this.problem = problem;
    this.subject = subject;
  }
}
