import type { FindingId, ImageId, RegionId, SentenceId } from '../identifiers.ts';
import type { BilingualText } from '../protected-text.ts';

export const polarities = ['positive', 'negative', 'uncertain'] as const;
export type Polarity = (typeof polarities)[number];

export const coordinateSystems = ['pixel', 'normalised'] as const;
/** 'pixel': of the stored image matrix, from its top left corner; 'normalised': the same divided by columns and rows. */
export type CoordinateSystem = (typeof coordinateSystems)[number];

/** The four edges as the client wrote them: plain decimal text, never re-formatted. */
export interface ReceivedBox {
  readonly system: CoordinateSystem;
  readonly x1: string;
  readonly y1: string;
  readonly x2: string;
  readonly y2: string;
}

/** Edges in pixels of the stored image matrix: 0 <= x1 < x2 <= columns, 0 <= y1 < y2 <= rows; width is x2 - x1. */
export interface PixelBox {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface Region {
  readonly regionId: RegionId;
  readonly imageId: ImageId;
  readonly kind: 'box';
  readonly received: ReceivedBox;
  readonly pixels: PixelBox;
}

/** The value of one typed attribute: a number for ordinal and interval, a term for nominal. */
export interface AttributeValue {
  readonly name: string;
  readonly value: number | string;
}

export interface Finding {
  readonly findingId: FindingId;
  /** The report sentence this finding answers, at the version the annotator saw; absent when no sentence mentions it. */
  readonly sentence?: { readonly sentenceId: SentenceId; readonly version: number };
  /** The annotator's own wording. */
  readonly statement?: BilingualText;
  readonly polarity: Polarity;
  readonly labels: readonly string[];
  readonly locations: readonly string[];
  readonly progression?: string;
  readonly attributes: readonly AttributeValue[];
  /** Regions and findings are many-to-many. */
  readonly regionIds: readonly RegionId[];
}

/** One annotator's complete answer for a case. "Nothing there" is an answer; an unread case has none. */
export interface Annotation {
  readonly answer: 'findings' | 'nothingThere';
  readonly findings: readonly Finding[];
  readonly regions: readonly Region[];
  readonly imageQualityFlags: readonly string[];
  readonly reportQualityFlags: readonly string[];
}

/** An annotation as it was asked for: regions still without pixels. */
export type AnnotationDraft = Omit<Annotation, 'regions'> & { readonly regions: readonly Omit<Region, 'pixels'>[] };
