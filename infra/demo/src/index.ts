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
