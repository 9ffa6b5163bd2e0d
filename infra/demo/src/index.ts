export { explainDifference, presenceByCount, presenceOfCase } from './explain-difference.ts';
export type { ComparedCase, Explanation, Unexplained } from './explain-difference.ts';
export { lidcNotes, lidcSeed, toLidcCases } from './lidc-cases.ts';
export type { DecimalBox, FourAccounts, LidcAnswer, LidcCase, LidcCases } from './lidc-cases.ts';
export { readLidcNodules } from './lidc-nodules.ts';
export type { LidcMark, LidcNodule } from './lidc-nodules.ts';
export { summariseDifferences } from './summarise-differences.ts';
export type { DifferenceSummary, PresenceCounts, SplitGroup } from './summarise-differences.ts';
