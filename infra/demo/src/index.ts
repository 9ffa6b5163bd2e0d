export { DemonstrationFailed } from './demonstration-failed.ts';
export { demonstrationName } from './demonstration-plan.ts';
export { demonstrationTable } from './demonstration-table.ts';
export type { DemonstrationResult, DemonstrationTable, EventCounts } from './demonstration-table.ts';
export { explainDifference, presenceByCount, presenceOfCase } from './explain-difference.ts';
export type { ComparedCase, Explanation, Unexplained } from './explain-difference.ts';
export { lidcNotes, lidcSeed, toLidcCases } from './lidc-cases.ts';
export type { DecimalBox, FourAccounts, LidcAnswer, LidcCase, LidcCases } from './lidc-cases.ts';
export { readLidcNodules } from './lidc-nodules.ts';
export type { LidcMark, LidcNodule } from './lidc-nodules.ts';
export { summariseDifferences } from './summarise-differences.ts';
export type { DifferenceSummary, PresenceCounts, SplitGroup } from './summarise-differences.ts';
export { runDemonstration } from './run-demonstration.ts';
export type {
  DemonstrationAnnotator,
  DemonstrationOptions,
  DemonstrationOutcome,
  DemonstrationProgress,
} from './run-demonstration.ts';
export { scriptedAnnotators } from './grounded-reports/scripted-annotators.ts';
export type { ScriptedAnnotator } from './grounded-reports/scripted-annotators.ts';
export { readOf } from './grounded-reports/read-of.ts';
export { slipKinds } from './grounded-reports/scripted-read.ts';
export type {
  ScriptedRead,
  ScriptedSentence,
  Slip,
  SlipKind,
  UnmentionedFinding,
} from './grounded-reports/scripted-read.ts';
export { syntheticGroundedReports, writeSyntheticFile } from './grounded-reports/synthetic-file.ts';
export { syntheticSeed, syntheticStudies, syntheticStudy } from './grounded-reports/synthetic-studies.ts';
export type { SyntheticOptions } from './grounded-reports/synthetic-studies.ts';
export { mistranslations } from './grounded-reports/synthetic-study.ts';
export type { Mistranslation, PlantedFinding, SyntheticStudy } from './grounded-reports/synthetic-study.ts';
export { syntheticVocabulary } from './grounded-reports/synthetic-vocabulary.ts';
export { groundedName } from './grounded/grounded-plan.ts';
export { groundedTable } from './grounded/grounded-table.ts';
export { runGroundedDemonstration } from './grounded/run-grounded-demonstration.ts';
export type { GroundedOptions, GroundedOutcome } from './grounded/run-grounded-demonstration.ts';
