import type { JsonMember, JsonValue } from '../json/json-value.ts';

/*
 * The shape of PadChest-GR's grounded reports (arXiv 2411.05085). A field that is absent, null or empty is so in the file, and
 * is written so again.
 */

/**
 * Edges of a box as decimal text, never re-formatted: fractions of the image's width (x) and height (y), counted from its
 * upper left corner; 0 <= x1 < x2 <= 1 and 0 <= y1 < y2 <= 1, compared as doubles.
 */
export type NormalisedBox = readonly [x1: string, y1: string, x2: string, y2: string];

/** What makes an object that was read equal to it when it is written again. */
export interface ReceivedMembers {
  /** All its keys, in order. */
  readonly keys: readonly string[];
  /** Members that this format does not know. */
  readonly others: readonly JsonMember[];
}

interface FindingFields {
  /** At least one of the two sentences has text. */
  readonly sentenceEn?: string | null;
  readonly sentenceEs?: string | null;
  /** Whether the sentence says that the finding is present. */
  readonly abnormal: boolean;
  /** Negative sentences leave this and all below out. A positive one without boxes was looked at and has no place. */
  readonly boxes?: readonly NormalisedBox[] | null;
  readonly labels?: readonly string[] | null;
  readonly locations?: readonly string[] | null;
  /** How it has changed since the previous study, in the words of the source. */
  readonly progression?: string | null;
  /** Absent where the finding was not read from a file; it is then written in the order of the published file. */
  readonly received?: ReceivedMembers;
}

/** One reader's boxes of a finding. */
export interface BoxesOfReader {
  /** A pseudonym, once a finding. */
  readonly reader: string;
  readonly boxes: readonly NormalisedBox[];
  readonly received?: ReceivedMembers;
}

/** `boxes` are those of one reader. */
export interface FindingOfReads extends FindingFields {
  /** Those of a second reader. */
  readonly extraBoxes?: readonly NormalisedBox[] | null;
  /** `consilium:reads`: those of further readers, for whom the format has no place. */
  readonly reads?: readonly BoxesOfReader[];
}

/** `boxes` are fused from those of all readers. */
export interface FindingOfConsensus extends FindingFields {
  readonly extraBoxes?: never;
  readonly reads?: never;
}

interface StudyFields {
  readonly studyId: string;
  readonly imageId: string;
  readonly previousStudyId?: string | null;
  readonly previousImageId?: string | null;
  /** `consilium:study`: whatever the format cannot say of the study. */
  readonly beyondFormat?: JsonValue;
  readonly received?: ReceivedMembers;
}

/** What readers drew, each for themselves. So is every file without `consilium:source`, the published one for instance. */
export interface StudyOfReads extends StudyFields {
  readonly source: 'reads';
  readonly findings: readonly FindingOfReads[];
}

/** What readers came to together; `consilium:source` is "consensus". */
export interface StudyOfConsensus extends StudyFields {
  readonly source: 'consensus';
  readonly findings: readonly FindingOfConsensus[];
}

export type GroundedStudy = StudyOfReads | StudyOfConsensus;

/** The studies of one file: raw reads and consensus never stand in one. Each study and image stands there once. */
export type GroundedReports =
  | { readonly source: 'reads'; readonly studies: AsyncIterable<StudyOfReads> }
  | { readonly source: 'consensus'; readonly studies: AsyncIterable<StudyOfConsensus> };
