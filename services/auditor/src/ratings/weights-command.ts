import { writeFile } from 'node:fs/promises';
import type { Performance, WeightOptions } from '@consilium/consensus';
import { CommandFailed } from '../command-failed.ts';
import type { Command } from '../command/command.ts';
import { choiceOption, flagOption, numberOption, readOptions, textOption } from '../command/read-options.ts';
import type { ReadOptions } from '../command/read-options.ts';
import { drawCalibration } from './calibration-plot.ts';
import { fileOf, listOption } from './ratings-options.ts';
import { duplicateRules, readAnswers, readTruth } from './read-answers.ts';
import { answer, refuseRows, RowProblems } from './row-problems.ts';
import { weighWorkers } from './weigh-workers.ts';

export const weightsCommand: Command = {
  name: 'weights',
  summary: 'weighs the workers of a CSV file by questions whose answer is known; needs no server',
  usage: `consilium weights FILE --truth FILE [--model one-coin|two-coin] [--csv FILE] [--plot FILE.svg] [options]

Learns how good each worker is from the questions whose truth is known: accuracy and weight (expected log-odds) with intervals, each
worker starting as the pooled one. FILE is CSV with the columns question, worker and answer, - for standard input. JSON on standard output.

What the weights are worth is measured where they were not learned (outOfSample): weights from one half of the questions, the temper from a
quarter, log loss and calibration error before and after it on the last quarter; and the accuracy of the weighted labels beside the plain
vote, each half with the weights of the other. Below forty questions with truth that is left out.

  --truth FILE          CSV with question and truth
  --model MODEL         one-coin (default): one accuracy a worker; two-coin: a matrix of confusions, where there are enough answers
  --fallback-reads N    two-coin: below so many answers a worker has one coin all the same; default 20 a label
  --prior-reads N       how many answers of the pooled worker stand before each worker's own; default: as many as their spread asks for
  --level NUMBER        of the intervals, default 0.95
  --labels A,B,...      all labels that could have been given; without it those that occur, by their text
  --csv FILE            also writes worker and weight, for consensus --method weighted-majority; weights below 0 as 0
  --plot FILE.svg       draws how far stated probabilities hold, before and after tempering
  --duplicates RULE     a second answer of a worker to a question: refuse (default), or first or last counts
  --skip-bad-rows       computes with the rows that can be read; without it one bad row refuses the files

Limits: a million rows, 100 labels, 200 characters a field that is used, 64 KiB a row.
Exit codes: 0 done; 1 a file cannot be read or written; 2 wrong command line; 4 no such file; 5 bad rows, or nothing can be computed from
them: then the JSON on standard output says what is wrong, by code and line.
`,
  run: async (args, { stdin, stdout, stderr }) => {
    const options = readOptions(
      args,
      {
        truth: { type: 'string' },
        model: { type: 'string' },
        'fallback-reads': { type: 'string' },
        'prior-reads': { type: 'string' },
        level: { type: 'string' },
        labels: { type: 'string' },
        csv: { type: 'string' },
        plot: { type: 'string' },
        duplicates: { type: 'string' },
        'skip-bad-rows': { type: 'boolean' },
      },
      1,
    );
    const truthFile = textOption(options, 'truth');
    if (truthFile === undefined)
      throw new CommandFailed('usage', 'Give --truth FILE: weights come from known answers only.');
    const given = weightOptions(options);
    const [csv, plot, declared] = [
      textOption(options, 'csv'),
      textOption(options, 'plot'),
      listOption(options, 'labels'),
    ];
    const duplicates = choiceOption(options, 'duplicates', duplicateRules);
    const problems = new RowProblems();
    const answers = await readAnswers({ name: fileOf(options), stdin }, duplicates, problems);
    const truth = await readTruth({ name: truthFile, stdin }, problems);
    if (problems.count > 0 && !flagOption(options, 'skip-bad-rows')) return refuseRows(problems, { stdout, stderr });
    const occurring = new Set([...answers.ratings.map(({ value }) => value), ...truth.values()]);
    const labels = declared ?? [...occurring].sort();
    return answer(
      async () => {
        const { weights, outOfSample } = weighWorkers(answers.ratings, truth, { ...given, labels });
        const [group] = weights.groups;
        if (group === undefined) throw new RangeError('there is a group where there is a scored read');
        if (csv !== undefined) {
          const rows = group.readers.map(
            ({ readerId, weight }) => `${quoted(readerId)},${String(Math.max(0, weight.value))}`,
          );
          await writeFile(csv, `${['worker,weight', ...rows].join('\n')}\n`);
        }
        if (plot !== undefined) {
          if (outOfSample === null)
            throw new CommandFailed('failed', 'Below forty questions with truth there is no calibration to draw.');
          await writeFile(plot, drawCalibration(outOfSample));
        }
        return {
          parameters: { ...given, priorReads: group.priorReads },
          node: process.version,
          input: { ...answers.input, truthOf: truth.size, badRowsLeftOut: problems.count },
          labels,
          pooled: shown(group.pooled),
          workers: group.readers.map(({ readerId, ...performance }) => ({ worker: readerId, ...shown(performance) })),
          outOfSample,
        };
      },
      { stdout, stderr },
    );
  },
};

function weightOptions(options: ReadOptions) {
  const model = choiceOption(options, 'model', ['one-coin', 'two-coin']);
  const fallbackReads = numberOption(options, 'fallback-reads', { least: 0, most: 1e6 });
  const priorReads = numberOption(options, 'prior-reads', { least: 0.001, most: 1e6 });
  if (model === 'one-coin' && fallbackReads !== undefined) {
    throw new CommandFailed('usage', '--fallback-reads is of --model two-coin.');
  }
  return {
    model: model === 'one-coin' ? 'oneCoin' : 'twoCoin',
    ...(fallbackReads !== undefined && { fallbackReads }),
    priorReads: priorReads ?? 'estimated',
    halfLife: null,
    level: numberOption(options, 'level', { least: 0.01, most: 0.999 }) ?? 0.95,
  } satisfies Omit<WeightOptions, 'labels'>;
}

/** Truth of a file is gold, and a file has one group: neither is said of each worker again. */
function shown({ model, scoredReads, accuracy, weight, logLikelihoods }: Omit<Performance, 'findingGroup'>) {
  return { model, scoredAnswers: scoredReads.gold, accuracy, weight, logLikelihoods };
}

const quoted = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
