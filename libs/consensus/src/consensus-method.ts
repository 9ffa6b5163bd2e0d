/** One reader's vote on whether a finding is there: marked by a region of theirs in the cluster, or not. */
export interface PresenceVote {
  readonly readerId: string;
  readonly marked: boolean;
  /** The method's own weight of this reader. */
  readonly weight: number;
}

export type Presence = 'present' | 'absent' | 'disputed';

export interface PresenceVerdict {
  readonly decision: Presence;
  /** How far the votes speak for presence, 0..1: a share of the votes, or a posterior; the method says which. */
  readonly score: number;
}

/**
 * How votes become a decision. Majority is the only method so far; performance-weighted ones bring weights per reader
 * and a posterior through the same three members.
 *
 * A method holds all it needs as data, and its parameters are stored with every result, so that a replay of the reads
 * under the stored method gives the same bytes.
 */
export interface ConsensusMethod {
  readonly name: string;
  /** Rises when the same reads and parameters may give another answer. */
  readonly version: string;
  readonly parameters: Readonly<Record<string, boolean | number | string>>;
  /** Above 0; weighs the reader's votes, coordinates and attribute values. */
  readonly weightOf: (readerId: string) => number;
  /** At least one vote, in order of the reader ids. */
  readonly decide: (votes: readonly PresenceVote[]) => PresenceVerdict;
}
