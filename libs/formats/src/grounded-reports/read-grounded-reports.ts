import { unreadableRow } from '../format-problem.ts';
import type { FormatProblem, RowPlace, RowProblems } from '../format-problem.ts';
import { ArrayScanner } from '../json/array-scanner.ts';
import type { BrokenArrayCode, ScannedElement } from '../json/array-scanner.ts';
import { parseJson } from '../json/parse-json.ts';
import type { RowText } from '../json/row-bytes.ts';
import { toBytes } from '../json/to-bytes.ts';
import type { FileChunks } from '../json/to-bytes.ts';
import { DocumentChecks } from './document-checks.ts';
import type { GroundedStudy } from './grounded-study.ts';
import { studyOfJson } from './study-of-json.ts';
import type { ReadStudy } from './study-of-json.ts';

/** The file cannot be read on from here; rows before stand. Always the last row. */
export interface BrokenFile extends RowPlace {
  readonly kind: 'broken';
  readonly code: BrokenArrayCode;
  readonly message: string;
}

export type GroundedReportRow =
  (RowPlace & { readonly kind: 'study'; readonly study: GroundedStudy }) | RowProblems | BrokenFile;

export interface GroundedReportsOptions {
  /** Of one study's UTF-8 text. Default {@link defaultMaxStudyBytes}. */
  readonly maxStudyBytes?: number;
}

/**
 * So that a case at the limits of the domain fits: 200 sentences of 4,000 characters of 3 bytes in two languages are 4.6 MiB.
 * Studies of the published file have some thousand bytes.
 */
export const defaultMaxStudyBytes: number = 8 * 1024 * 1024;

/**
 * Reads a JSON array of studies of any length in memory bounded by one study (and a short hash a study, see
 * {@link DocumentChecks}). One row for each element, in order: a study, or what is wrong with it, which stops no other. The
 * array itself broken gives a last row that says where. Throws only what `chunks` throws.
 */
export async function* readGroundedReports(
  chunks: FileChunks,
  options: GroundedReportsOptions = {},
): AsyncGenerator<GroundedReportRow> {
  const { maxStudyBytes = defaultMaxStudyBytes } = options;
  const scanner = new ArrayScanner(maxStudyBytes);
  const document = new DocumentChecks();
  for await (const chunk of toBytes(chunks)) {
    for (const element of scanner.scan(chunk)) {
      yield rowOf(element, document, maxStudyBytes);
      if (element.kind === 'broken') return;
    }
  }
  for (const element of scanner.end()) yield rowOf(element, document, maxStudyBytes);
}

/** One study by its JSON text, as one element of the array. */
export function readStudyText(content: RowText, document: DocumentChecks, maxStudyBytes: number): ReadStudy {
  const parsed = content.ok ? parseJson(content.text) : content;
  if (!parsed.ok) return { ok: false, problems: [unreadableRow(parsed.code, maxStudyBytes)] };
  const read = studyOfJson(parsed.value);
  const problems: readonly FormatProblem[] = read.ok ? document.problemsOf(read.study) : [];
  return problems.length > 0 ? { ok: false, problems } : read;
}

const messages: Readonly<Record<BrokenArrayCode, string>> = {
  NOT_AN_ARRAY: 'the file is no JSON array of studies',
  UNEXPECTED_BYTE: 'this byte has no place in a JSON array here',
  TRUNCATED: 'the file ends before its array does',
  AFTER_THE_END: 'something follows the array',
};

function rowOf(element: ScannedElement, document: DocumentChecks, maxStudyBytes: number): GroundedReportRow {
  const { row, byteOffset } = element;
  if (element.kind === 'broken') {
    return { kind: 'broken', row, byteOffset, code: element.code, message: messages[element.code] };
  }
  const read = readStudyText(element.content, document, maxStudyBytes);
  return read.ok
    ? { kind: 'study', row, byteOffset, study: read.study }
    : { kind: 'problems', row, byteOffset, problems: read.problems };
}
