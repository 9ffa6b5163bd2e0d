import type { Rating } from '@consilium/consensus';
import { readColumns } from './read-columns.ts';
import type { Source } from './read-columns.ts';
import type { RowProblems } from './row-problems.ts';

/** Which of two answers of one worker to one question counts; `refuse` takes neither rows for good. */
export const duplicateRules = ['refuse', 'first', 'last'] as const;
export type DuplicateRule = (typeof duplicateRules)[number];

export interface Answers {
  readonly ratings: readonly Rating<string>[];
  /** The case of each question; null where the file has no column for it. */
  readonly caseOf: ReadonlyMap<string, string> | null;
  /** What entered, to be shown beside what came of it. */
  readonly input: {
    readonly file: string;
    readonly sha256: string;
    readonly answers: number;
    readonly questions: number;
    readonly workers: number;
    /** Rows that gave way to another answer of the same worker to the same question. */
    readonly duplicatesLeftOut: number;
    readonly duplicates: DuplicateRule;
  };
}

/**
 * Reads a file with the columns question, worker and answer, and perhaps case.
 *
 * @throws CommandFailed where the file cannot be read
 */
export async function readAnswers(source: Source, duplicates: DuplicateRule, problems: RowProblems): Promise<Answers> {
  const columns = { required: ['question', 'worker', 'answer'], optional: 'case' };
  const file = await readColumns(source, columns, problems.add);
  const ratings: Rating<string>[] = [];
  const lineOf: number[] = [];
  const seen = new Map<string, Map<string, number>>();
  const caseOf = new Map<string, string>();
  let left = 0;
  for (const { line, values } of file.rows) {
    const [itemId = '', readerId = '', value = '', caseId = ''] = values;
    const ofQuestion = seen.get(itemId) ?? new Map<string, number>();
    seen.set(itemId, ofQuestion);
    const before = ofQuestion.get(readerId);
    const known = caseOf.get(itemId);
    if (file.hasOptional && known !== undefined && known !== caseId) {
      const message = `The question ${itemId} was of case ${known} before.`;
      problems.add({ file: file.name, line, code: 'OTHER_CASE', message });
      continue;
    }
    if (file.hasOptional) caseOf.set(itemId, caseId);
    if (before === undefined) {
      ofQuestion.set(readerId, ratings.length);
      ratings.push({ itemId, readerId, value });
      lineOf.push(line);
    } else if (duplicates === 'refuse') {
      const message = `${readerId} answered ${itemId} on line ${String(lineOf[before])} already (see --duplicates).`;
      problems.add({ file: file.name, line, code: 'DUPLICATE', message });
    } else {
      left += 1;
      if (duplicates === 'last') ratings[before] = { itemId, readerId, value };
    }
  }
  return {
    ratings,
    caseOf: file.hasOptional ? caseOf : null,
    input: {
      file: file.name,
      sha256: file.sha256,
      answers: ratings.length,
      questions: new Set(ratings.map(({ itemId }) => itemId)).size,
      workers: new Set(ratings.map(({ readerId }) => readerId)).size,
      duplicatesLeftOut: left,
      duplicates,
    },
  };
}

/** The true label of each question that it is known of. @throws CommandFailed as above */
export async function readTruth(source: Source, problems: RowProblems): Promise<ReadonlyMap<string, string>> {
  const pairs = await readPairs(source, ['question', 'truth'], problems);
  return new Map(Array.from(pairs, ([question, { value }]) => [question, value]));
}

/** The weight of each worker, 0 or more. @throws CommandFailed as above */
export async function readWeights(source: Source, problems: RowProblems): Promise<ReadonlyMap<string, number>> {
  const weights = new Map<string, number>();
  for (const [worker, { line, value }] of await readPairs(source, ['worker', 'weight'], problems)) {
    const weight = /^[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?$/i.test(value) ? Number(value) : Number.NaN;
    if (Number.isFinite(weight)) weights.set(worker, weight);
    else {
      const message = `The weight of ${worker} is ${value}, which is no number of 0 or more.`;
      problems.add({ file: source.name, line, code: 'NOT_A_NUMBER', message });
    }
  }
  return weights;
}

interface PairRow {
  readonly line: number;
  readonly value: string;
}

async function readPairs(
  source: Source,
  columns: readonly [key: string, value: string],
  problems: RowProblems,
): Promise<ReadonlyMap<string, PairRow>> {
  const file = await readColumns(source, { required: columns }, problems.add);
  const pairs = new Map<string, PairRow>();
  for (const { line, values } of file.rows) {
    const [key = '', value = ''] = values;
    const before = pairs.get(key);
    if (before === undefined) pairs.set(key, { line, value });
    else {
      const message = `The ${columns[0]} ${key} stands on line ${String(before.line)} already.`;
      problems.add({ file: file.name, line, code: 'DUPLICATE', message });
    }
  }
  return pairs;
}
