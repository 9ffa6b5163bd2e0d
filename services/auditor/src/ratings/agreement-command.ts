import { writeFile } from 'node:fs/promises';
import type { IntervalWanted } from '@consilium/consensus';
import { CommandFailed } from '../command-failed.ts';
import type { Command } from '../command/command.ts';
import { choiceOption, flagOption, numberOption, readOptions, textOption } from '../command/read-options.ts';
import type { ReadOptions } from '../command/read-options.ts';
import { agreementReport, nominalMeasures, ordinalMeasures } from './agreement-report.ts';
import type { AgreementReport } from './agreement-report.ts';
import { drawAgreementMatrix } from './agreement-matrix.ts';
import { fileOf, listOption } from './ratings-options.ts';
import { duplicateRules, readAnswers } from './read-answers.ts';
import type { Answers } from './read-answers.ts';
import { answer, refuseRows, RowProblems } from './row-problems.ts';

export const agreementCommand: Command = {
  name: 'agreement',
  summary: 'measures how far the workers of a CSV file agree, with intervals; needs no server',
  usage: `consilium agreement FILE [--order A,B,...] [--interval analytic|bootstrap|none] [--plot FILE.svg] [options]

Measures agreement overall, for each label against the others (its prevalence beside it), and for each pair of workers. FILE is CSV with the
columns question, worker and answer, - for standard input. Only independent first answers may be in it. JSON on standard output. What is not
defined has no value, and says why (NO_PAIRS, NO_VARIATION, TOO_FEW_ITEMS).

Coefficients: percent, cohen (over more than two workers the mean over pairs), fleiss, randolph, gwet-ac1, krippendorff-nominal; with --order
also all but alpha as -linear and -quadratic (Gwet's as gwet-ac2-...), and krippendorff-ordinal.

  --order A,B,...       all answers that could have been given, from the least to the greatest grade
  --labels A,B,...      the same where they have no order: the chance of Randolph and Gwet depends on their number
  --interval KIND       analytic (default), which takes questions for independent; bootstrap, by question or, where the file has a
                        column case, by case; or none
  --level NUMBER        of the intervals, default 0.95
  --replicates NUMBER   of the bootstrap, 100 to 10,000, default 1000
  --seed NUMBER         of the bootstrap, default 0
  --plot FILE.svg       draws the matrix of the pairs
  --plot-coefficient C  which coefficient it shows: default cohen, with --order cohen-quadratic
  --duplicates RULE     a second answer of a worker to a question: refuse (default), or first or last counts
  --skip-bad-rows       computes with the rows that can be read; without it one bad row refuses the file

Limits: a million rows, 300 workers, 200 characters a field that is used, 64 KiB a row.
Exit codes: 0 done; 1 a file cannot be read or written; 2 wrong command line; 4 no such file; 5 bad rows, or nothing can be computed from
them: then the JSON on standard output says what is wrong, by code and line.
`,
  run: async (args, { stdin, stdout, stderr }) => {
    const options = readOptions(
      args,
      {
        order: { type: 'string' },
        labels: { type: 'string' },
        interval: { type: 'string' },
        level: { type: 'string' },
        replicates: { type: 'string' },
        seed: { type: 'string' },
        plot: { type: 'string' },
        'plot-coefficient': { type: 'string' },
        duplicates: { type: 'string' },
        'skip-bad-rows': { type: 'boolean' },
      },
      1,
    );
    const order = listOption(options, 'order');
    const labels = listOption(options, 'labels');
    if (order !== undefined && labels !== undefined) throw new CommandFailed('usage', 'Give --order or --labels.');
    const measures = order === undefined ? nominalMeasures : [...nominalMeasures, ...ordinalMeasures];
    const [first, ...more] = measures.map(({ name }) => name);
    if (first === undefined) throw new RangeError('there are measures');
    const shown =
      textOption(options, 'plot-coefficient') === undefined
        ? order === undefined
          ? 'cohen'
          : 'cohen-quadratic'
        : choiceOption(options, 'plot-coefficient', [first, ...more]);
    const intervalOf = intervalOption(options);
    const plot = textOption(options, 'plot');
    const problems = new RowProblems();
    const answers = await readAnswers(
      { name: fileOf(options), stdin },
      choiceOption(options, 'duplicates', duplicateRules),
      problems,
    );
    if (problems.count > 0 && !flagOption(options, 'skip-bad-rows')) return refuseRows(problems, { stdout, stderr });
    const interval = intervalOf(answers);
    return answer(
      async () => {
        const report = agreementReport(answers.ratings, measures, interval, order ?? labels);
        if (plot !== undefined) await writeFile(plot, drawAgreementMatrix(matrixOf(report, shown)));
        const { labels: byLabel, pairs, overall, workers, ...counts } = report;
        return {
          input: { ...answers.input, badRowsLeftOut: problems.count },
          node: process.version,
          interval: shownInterval(interval, answers),
          order: order ?? null,
          ...counts,
          workers,
          overall,
          labels: byLabel,
          pairs,
        };
      },
      { stdout, stderr },
    );
  },
};

function intervalOption(options: ReadOptions): (answers: Answers) => IntervalWanted {
  const kind = choiceOption(options, 'interval', ['analytic', 'bootstrap', 'none']);
  const level = numberOption(options, 'level', { least: 0.01, most: 0.999 }) ?? 0.95;
  const replicates = numberOption(options, 'replicates', { least: 100, most: 10_000, whole: true });
  const seed = numberOption(options, 'seed', { least: 0, most: 0xffff_ffff, whole: true });
  if (kind !== 'bootstrap' && (replicates ?? seed) !== undefined) {
    throw new CommandFailed('usage', '--replicates and --seed are of --interval bootstrap.');
  }
  return ({ caseOf }) => {
    if (kind === 'none') return { kind };
    if (kind === 'analytic') return { kind, level };
    const drawn = { kind, level, replicates: replicates ?? 1_000, seed: seed ?? 0 };
    return caseOf === null ? drawn : { ...drawn, caseOf: (itemId) => caseOf.get(itemId) ?? itemId };
  };
}

function shownInterval(interval: IntervalWanted, { caseOf }: Answers): Readonly<Record<string, unknown>> {
  if (interval.kind !== 'bootstrap') return interval;
  const { kind, level, replicates, seed } = interval;
  return { kind, level, replicates, seed, drawnBy: caseOf === null ? 'question' : 'case' };
}

function matrixOf({ workers, pairs, overall }: AgreementReport, coefficient: string) {
  return {
    coefficient,
    workers,
    overall: overall[coefficient]?.value ?? null,
    pairs: pairs.map(({ workers: of, coefficients }) => ({
      workers: of,
      value: coefficients[coefficient]?.value ?? null,
    })),
  };
}
