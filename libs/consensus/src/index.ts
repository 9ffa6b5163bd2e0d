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
export type { FusedAttribute, FusedChoice, Said } from './fuse-values.ts';
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
export { findIdenticalBoxes, findSharedErrors } from './monitoring/copying.ts';
export type { DrawnBox, IdenticalBoxes, SharedErrors } from './monitoring/copying.ts';
export { labelShift } from './monitoring/label-shift.ts';
export type { LabelCount, LabelShift } from './monitoring/label-shift.ts';
export { bernoulliCusum, ewma, goldCusum, pageHinkley, sprt } from './monitoring/sequential-tests.ts';
export type {
  Alarm,
  CusumDesign,
  EwmaDesign,
  Outcomes,
  PageHinkleyDesign,
  SprtDesign,
  SprtVerdict,
} from './monitoring/sequential-tests.ts';
export { timeOnTaskOutliers } from './monitoring/time-on-task.ts';
export type { TimedRead, TimeOnTask, TimeOutlier } from './monitoring/time-on-task.ts';
export { InvalidRatings, maxDistinctValues, maxRatings } from './ratings/rating.ts';
export type { Rating, RatingsProblem } from './ratings/rating.ts';
export { fuseCoordinates } from './regions/fuse-coordinates.ts';
export type { CoordinateRule } from './regions/fuse-coordinates.ts';
export { staple } from './regions/staple.ts';
export type { Mask, StapleConsensus, StapleOptions } from './regions/staple.ts';
export { weightedBoxesFusion } from './regions/weighted-boxes-fusion.ts';
export type { FusedBox, FusionOptions, ScoredBox } from './regions/weighted-boxes-fusion.ts';
export type { Interval } from './statistics/interval.ts';
export { decideNextStep } from './weights/decide-next-step.ts';
export type { ItemSoFar, NextStep, StoppingRule } from './weights/decide-next-step.ts';
export { calibrationOf, fitTemper, halvesOf, reliabilityBins } from './weights/fit-temper.ts';
export type { Calibration, FittedTemper, JudgedItem, ReliabilityBin } from './weights/fit-temper.ts';
export { labelPosterior, leaveOneOutPosterior } from './weights/label-posterior.ts';
export type { PosteriorModel, Vote } from './weights/label-posterior.ts';
export { performanceMethod, presenceLabels } from './weights/performance-method.ts';
export type { PerformanceMethodOptions } from './weights/performance-method.ts';
export { performanceWeights } from './weights/performance-weights.ts';
export type { Estimated, Performance, PerformanceWeights, WeightOptions } from './weights/performance-weights.ts';
export type { IndependentTruth, ScoredRead } from './weights/scored-read.ts';
