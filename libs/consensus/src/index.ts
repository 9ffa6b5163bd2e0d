export { meanPairwiseIou, pairwiseIous } from './agreement.ts';
export type { MeanIou } from './agreement.ts';
export { boxArea, intersectionOverUnion, isValidBox } from './box.ts';
export type { Box } from './box.ts';
export { computeConsensus } from './compute-consensus.ts';
export type { CaseConsensus, ConsensusCluster, MatchingReport, SentenceConsensus } from './compute-consensus.ts';
export { InvalidConsensusInput, maxReads, maxRegions } from './consensus-input.ts';
export type {
  Attribute,
  ConsensusInput,
  ConsensusInputProblem,
  Polarity,
  Read,
  Region,
  SentenceAnswer,
} from './consensus-input.ts';
export type { ConsensusMethod, Presence, PresenceVerdict, PresenceVote } from './consensus-method.ts';
export { findDisagreements, sameThingOverlap } from './find-disagreements.ts';
export type { FoundDisagreement, Statement } from './find-disagreements.ts';
export type { FusedAttribute, FusedChoice } from './fuse-values.ts';
export { majorityMethod } from './majority-method.ts';
export { defaultGate, smallFindingGate } from './match-regions.ts';
