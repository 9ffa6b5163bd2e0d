/** A code of a published terminology, such as `{ system: 'RadLex', code: 'RID34539' }`. */
export interface TermCode {
  readonly system: string;
  readonly code: string;
}

/** A label that findings may carry. Terms are unique within a protocol. */
export interface LabelDefinition {
  readonly term: string;
  /** Finding group that qualifications and weights go by. */
  readonly group?: string;
  /** The more general label of the same protocol. */
  readonly parent?: string;
  /** At most 10. */
  readonly codes?: readonly TermCode[];
  /** Intersection over union for regions of this label, where it differs from the protocol's. */
  readonly matchingGate?: number;
  /** A case in which somebody gave this label is adjudicated in any event. */
  readonly adjudication?: 'always';
}

export const lateralities = ['left', 'right', 'bilateral', 'midline'] as const;
export type Laterality = (typeof lateralities)[number];

/** A place that findings may be at. */
export interface LocationDefinition {
  readonly term: string;
  /** The side that this term says, if any: two reads that say different ones disagree about the side. */
  readonly laterality?: Laterality;
  readonly codes?: readonly TermCode[];
}
