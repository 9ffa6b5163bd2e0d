import type { ConsensusId, ImageId, ReadId, RegionId, SentenceId } from '../identifiers.ts';
import type { PixelBox, Polarity } from './annotation.ts';

export interface ConsensusRegion {
  /** Its own id, never a member's. */
  readonly regionId: RegionId;
  readonly imageId: ImageId;
  readonly sentenceId: SentenceId | null;
  readonly decision: 'present' | 'absent' | 'disputed';
  /** The method's score for presence, 0..1. */
  readonly score: number;
  readonly supporters: { readonly count: number; readonly of: number };
  readonly members: readonly { readonly readId: ReadId; readonly regionId: RegionId }[];
  readonly box: PixelBox;
  readonly label: string | null;
  readonly attributes: readonly {
    readonly name: string;
    /** Null where the members disagree without a majority. */
    readonly value: number | string | null;
  }[];
}

export interface ConsensusSentence {
  readonly sentenceId: SentenceId;
  readonly version: number;
  readonly decision: 'settled' | 'disputed';
  readonly polarity: Polarity | null;
}

/** A consensus with all it was made from: the same reads and parameters give the same bytes again. */
export interface RecordedConsensus {
  readonly consensusId: ConsensusId;
  /** Version of the case stream at which the reads were complete: what it was computed from. */
  readonly basedOnVersion: number;
  readonly readIds: readonly ReadId[];
  readonly method: {
    readonly name: string;
    readonly version: string;
    readonly parameters: Readonly<Record<string, boolean | number | string>>;
  };
  readonly regions: readonly ConsensusRegion[];
  readonly sentences: readonly ConsensusSentence[];
  readonly matching: { readonly summedIou: number; readonly exact: boolean; readonly gap: number };
}
