import type { NegotiableDisagreement } from './disagreement-policy.ts';
import type { LabelDefinition, LocationDefinition } from './vocabulary.ts';

/** A typed attribute that findings of a project carry. */
export type AttributeDefinition =
  | { readonly kind: 'ordinal'; readonly name: string; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'nominal'; readonly name: string; readonly values: readonly string[] }
  | {
      readonly kind: 'interval';
      readonly name: string;
      readonly minimum: number;
      readonly maximum: number;
      readonly unit: string;
    };

export const languages = ['es', 'en'] as const;
export type Language = (typeof languages)[number];

export const regionKinds = ['box', 'point', 'polygon', 'mask'] as const;
/** 'box' is what annotations hold today; a protocol that names another kind is refused in words. */
export type RegionKind = (typeof regionKinds)[number];

export const adjudicatingRoles = ['adjudicator', 'lead'] as const;
export type AdjudicatingRole = (typeof adjudicatingRoles)[number];

export const panelSizes = [1, 3, 5] as const;

/** How a case comes to an end where its reads do not agree. */
export interface AdjudicationPolicy {
  /** Members of a panel, blind to each other: 1 (one adjudicator decides), 3 or 5. */
  readonly panelSize: (typeof panelSizes)[number];
  /** Who may adjudicate; at least one. Nobody adjudicates a case that they have read or reviewed. */
  readonly roles: readonly AdjudicatingRole[];
  /** Share of the cases without a disagreement that is adjudicated too, 0 to 1: what estimates are weighted by. */
  readonly sampledShare: number;
  /** 'afterDecision': an adjudicator is told whose read is whose once they have decided. */
  readonly readersShown: 'always' | 'afterDecision';
}

/**
 * The rules a project's cases are read by. A version never changes; a case keeps the version it was imported under until it is
 * moved by a command of its own.
 * `readerIdentity` is 'notPublished' where the source withholds who read what (LIDC): nothing person-related is shown then.
 */
export interface Protocol {
  /** Independent reads each case gets at first: 1 to 25. */
  readonly readsPerCase: number;
  /** Reads it may get when they do not agree: from readsPerCase to 25. */
  readonly readsMaximum: number;
  /** How long a claim holds without renewal, milliseconds: 1 s to 24 h. */
  readonly leaseMs: number;
  /** Claims one annotator may hold at a time: 1 to 10,000. */
  readonly openClaimsMaximum: number;
  /** How long after its submission a read may be amended by its annotator, milliseconds: 0 (never) to 30 days. */
  readonly amendWindowMs: number;
  /** Languages in which a report sentence must be given; none where either will do. */
  readonly languages: readonly Language[];
  /** Whether a case is claimed only by those qualified for these languages and for a finding group of the labels, if there are any. */
  readonly qualificationsRequired: boolean;
  /** Labels a finding may carry; at most 1,000. */
  readonly labels: readonly LabelDefinition[];
  /** Places a finding may be at; at most 1,000. */
  readonly locations: readonly LocationDefinition[];
  /** How a finding may have changed against an earlier study; at most 1,000. */
  readonly progressionTerms: readonly string[];
  /** What may be wrong with an image or a report; at most 1,000 each. */
  readonly imageQualityFlags: readonly string[];
  readonly reportQualityFlags: readonly string[];
  /** At most 50, names unique. */
  readonly attributes: readonly AttributeDefinition[];
  /** At least one. */
  readonly regionKinds: readonly RegionKind[];
  /** Intersection over union from which two regions may be the same one: above 0, at most 1 (DESIGN section 7). A label may say another. */
  readonly matchingGate: number;
  /** What a disagreement leads to, by its kind. Polarity and laterality always lead to adjudication, so they are not asked. */
  readonly disagreements: Readonly<Record<NegotiableDisagreement, DisagreementAction>>;
  readonly adjudication: AdjudicationPolicy;
  /** Share of submitted reads that a reviewer looks at, 0 to 1. */
  readonly reviewShare: number;
  /** Share of claims that are given a case whose answer is known, 0 to 0.5. */
  readonly goldShare: number;
  /** Whether an annotator whose answers to gold become worse is paused until somebody has looked. Not, where it is not said. */
  readonly pausesOnDrift?: boolean;
  readonly readerIdentity: 'known' | 'notPublished';
}

export const disagreementActions = ['anotherRead', 'adjudicate', 'record'] as const;
/** 'record' keeps it with the consensus and asks nobody. */
export type DisagreementAction = (typeof disagreementActions)[number];

export const protocolLimits = {
  readsPerCase: 25,
  leaseMs: { minimum: 1_000, maximum: 86_400_000 },
  openClaims: 10_000,
  /** 30 days. */
  amendWindowMs: 2_592_000_000,
  terms: 1_000,
  termLength: 200,
  codesPerTerm: 10,
  attributes: 50,
  goldShare: 0.5,
} as const;
