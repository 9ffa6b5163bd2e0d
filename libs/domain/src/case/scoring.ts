import type { AdjudicationId, AnnotationId, AnnotatorId, ReadId, ScoringId } from '../identifiers.ts';
import type { SentenceAt } from './sentence.ts';

/*
 * What an answer was worth, held against a truth that it had no part in (docs/adr/0019). Facts of one case: what they make of a person
 * is told from all of them, by whoever asks, and may be told anew when another method is wanted.
 */

export const presences = ['absent', 'present'] as const;
/** Whether a finding was said to be there: an uncertain one was not ruled out. */
export type Presence = (typeof presences)[number];

export const scoredTruths = ['gold', 'adjudicated'] as const;
export type ScoredTruth =
  | { readonly kind: 'gold'; readonly truthVersion: number }
  | {
      readonly kind: 'adjudicated';
      readonly adjudicationId: AdjudicationId;
      /** Above 0 to 1: how likely a case like this one was to be adjudicated. */
      readonly samplingProbability: number;
    };

/** One thing that the truth says, and what the answer said of it. */
export interface ScoredItem {
  /** Null where no sentence mentions it. */
  readonly sentence: SentenceAt | null;
  /** The first of the truth's labels, or of the answer's where the truth has none. */
  readonly label: string | null;
  /** Of that label. */
  readonly findingGroup: string | null;
  readonly given: Presence;
  readonly truth: Presence;
}

/** Regions of both, matched one to one at the protocol's gate. */
export interface ScoredRegions {
  readonly expected: number;
  readonly given: number;
  readonly matched: number;
  /** Of the matched pairs, 0 to `matched`. */
  readonly summedIou: number;
}

export interface AnswerScore {
  readonly readId: ReadId;
  readonly annotatorId: AnnotatorId;
  /** The first submission: what was amended later is not scored. */
  readonly annotationId: AnnotationId;
  /** Active milliseconds, where known. */
  readonly activeMs: number | null;
  readonly items: readonly ScoredItem[];
  readonly regions: ScoredRegions;
}

/** Scores with all they were made from: the same events and parameters give the same bytes again. */
export interface Scoring {
  readonly scoringId: ScoringId;
  /** Version of the case stream at the event that made answers due to be scored: all was known by then. */
  readonly basedOnVersion: number;
  readonly truth: ScoredTruth;
  readonly method: {
    readonly name: string;
    readonly version: string;
    readonly parameters: Readonly<Record<string, boolean | number | string>>;
  };
  readonly scores: readonly AnswerScore[];
}

export type ScoringEvent = { readonly type: 'answersScored' } & Scoring;

export interface ScoringCommand {
  readonly type: 'recordScores';
  /** Of one cause: more than one where an event cannot hold them all, one without scores where there was nothing to score. */
  readonly scorings: readonly Scoring[];
}
