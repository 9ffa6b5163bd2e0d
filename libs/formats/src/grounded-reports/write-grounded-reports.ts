import type { FormatProblem } from '../format-problem.ts';
import { writeJson } from '../json/json-value.ts';
import { DocumentChecks } from './document-checks.ts';
import type { GroundedReports } from './grounded-study.ts';
import { jsonOfStudy } from './json-of-study.ts';
import { defaultMaxStudyBytes, readStudyText } from './read-grounded-reports.ts';

/** A study was given that nobody could read back: a box outside its image, or the same study twice. The file is cut off there. */
export class StudyNotWritable extends Error {
  override readonly name = 'StudyNotWritable';
  /** Studies written before it. */
  readonly row: number;
  readonly problems: readonly FormatProblem[];

  constructor(row: number, problems: readonly FormatProblem[]) {
    super(`study ${String(row)} cannot be written: ${problems.map(({ code, path }) => `${code} ${path}`).join(', ')}`);
    this.row = row;
    this.problems = problems;
  }
}

/**
 * Writes a JSON array, a study a line, as the text of one study after another. Decimals, order and absent keys are as they
 * were received. Every study is read back before it leaves, so that what was written can be read.
 *
 * @throws StudyNotWritable
 * @throws NotAJsonNumber for a decimal text that is no number in JSON
 */
export async function* writeGroundedReports(reports: GroundedReports): AsyncGenerator<string> {
  const document = new DocumentChecks(reports.source);
  let row = 0;
  for await (const study of reports.studies) {
    const text = writeJson(jsonOfStudy(study));
    const isShort = Buffer.byteLength(text) <= defaultMaxStudyBytes;
    const read = readStudyText(
      isShort ? { ok: true, text } : { ok: false, code: 'TOO_LARGE' },
      document,
      defaultMaxStudyBytes,
    );
    if (!read.ok) throw new StudyNotWritable(row, read.problems);
    yield `${row === 0 ? '[' : ','}\n${text}`;
    row += 1;
  }
  yield row === 0 ? '[]\n' : '\n]\n';
}
