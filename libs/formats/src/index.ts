export {
  type FormatProblem,
  type FormatProblemCode,
  problemsShown,
  type RowPlace,
  type RowProblems,
} from './format-problem.ts';
export { type CsvOptions, type CsvRecord, readCsv, type RecordPlace } from './csv/read-csv.ts';
export {
  type JsonArray,
  type JsonMember,
  type JsonNumber,
  type JsonObject,
  type JsonValue,
  NotAJsonNumber,
  toPlainJson,
  writeJson,
} from './json/json-value.ts';
export { type ParsedJson, parseJson } from './json/parse-json.ts';
export type { BrokenArrayCode } from './json/array-scanner.ts';
export type { FileChunks } from './json/to-bytes.ts';
export {
  defaultMaxLineBytes,
  type JsonLine,
  type JsonLinesOptions,
  readJsonLines,
} from './json-lines/read-json-lines.ts';
export type {
  BoxesOfReader,
  FindingOfConsensus,
  FindingOfReads,
  GroundedReports,
  GroundedStudy,
  NormalisedBox,
  ReceivedMembers,
  StudyOfConsensus,
  StudyOfReads,
} from './grounded-reports/grounded-study.ts';
export {
  type BrokenFile,
  defaultMaxStudyBytes,
  type GroundedReportRow,
  type GroundedReportsOptions,
  readGroundedReports,
} from './grounded-reports/read-grounded-reports.ts';
export { jsonOfStudy } from './grounded-reports/json-of-study.ts';
export { type ReadStudy, studyOfJson } from './grounded-reports/study-of-json.ts';
export { StudyNotWritable, writeGroundedReports } from './grounded-reports/write-grounded-reports.ts';
