export type { ChanceModel, Weighting } from './agreement/chance-corrected.ts';
export type { Coefficient, IntervalWanted, UndefinedReason } from './agreement/coefficient.ts';
export { freeResponseKappa, maxMarks, measureDetectionAgreement } from './agreement/detection-agreement.ts';
export type {
  DetectionAgreement,
  DetectionReport,
  FindingMarks,
  MarkedImage,
} from './agreement/detection-agreement.ts';
export { independentFirstRatings } from './agreement/independent-ratings.ts';
export type { SubmittedRating } from './agreement/independent-ratings.ts';
export { meanPairwiseIou, pairwiseIous } from './agreement/mean-iou.ts';
export type { MeanIou } from './agreement/mean-iou.ts';
export { measureLabelAgreement, measureNumberAgreement, measureSetAgreement } from './agreement/measure-agreement.ts';
export type {
  Agreement,
  LabelAgreement,
  LabelMeasure,
  NumberMeasure,
  PairAgreement,
  SetMeasure,
} from './agreement/measure-agreement.ts';
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
export { wawa, zeroBasedSkill } from './labels/agreement-weighted.ts';
export type { SkillConsensus } from './labels/agreement-weighted.ts';
export { dawidSkene, oneCoinDawidSkene } from './labels/dawid-skene.ts';
export type { DawidSkeneConsensus, DawidSkeneOptions } from './labels/dawid-skene.ts';
export { glad } from './labels/glad.ts';
export type { GladConsensus, GladOptions } from './labels/glad.ts';
export type { ItemLabel, LabelConsensus, TieRule } from './labels/item-labels.ts';
export { kos } from './labels/kos.ts';
export type { KosOptions } from './labels/kos.ts';
export { defaultFitLimits } from './labels/latent-labels.ts';
export type { FitLimits, FittedModel } from './labels/latent-labels.ts';
export { mace } from './labels/mace.ts';
export type { MaceConsensus, MaceOptions } from './labels/mace.ts';
export { majorityVote, weightedMajorityVote } from './labels/majority-vote.ts';
export type { FitWarning } from './labels/model-fit.ts';
export { majorityMethod } from './majority-method.ts';
export { defaultGate, smallFindingGate } from './match-regions.ts';
export { InvalidRatings, maxDistinctValues, maxRatings } from './ratings/rating.ts';
export type { Rating, RatingsProblem } from './ratings/rating.ts';
export type { Interval } from './statistics/interval.ts';
