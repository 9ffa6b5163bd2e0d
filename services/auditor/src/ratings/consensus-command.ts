import { CommandFailed } from '../command-failed.ts';
import type { Command } from '../command/command.ts';
import { choiceOption, flagOption, numberOption, readOptions, textOption } from '../command/read-options.ts';
import type { ReadOptions } from '../command/read-options.ts';
import { accuracyOf } from './accuracy.ts';
import { methodNames, methodOptions, runMethod } from './label-methods.ts';
import type { MethodName, MethodSettings } from './label-methods.ts';
import { fileOf, listOption } from './ratings-options.ts';
import { duplicateRules, readAnswers, readTruth, readWeights } from './read-answers.ts';
import { answer, refuseRows, RowProblems } from './row-problems.ts';

export const consensusCommand: Command = {
  name: 'consensus',
  summary: 'pools the answers of a CSV file by any of nine methods; needs no server',
  usage: `consilium consensus FILE --method METHOD [--truth FILE] [--tie undecided|first-label] [--labels A,B,...] [options]

Pools the answers of several workers to each question. FILE is CSV (RFC 4180, UTF-8) with the columns question, worker and answer, - for
standard input; other columns are left alone. JSON on standard output: the method with all its parameters, the label of each question with
its posteriors, what was found out about the workers, and warnings where the model fits badly. The same file gives the same bytes.

  --method METHOD       majority, weighted-majority, dawid-skene, one-coin, glad, mace, wawa, zero-based-skill or kos (docs/SCIENCE.md)
  --truth FILE          CSV with question and truth: the accuracy is said too
  --tie RULE            what becomes of a tie: undecided (default), or first-label, the first in the order of the labels; never chance
  --labels A,B,...      all labels that could have been given, in their order; without it those that occur, by their text
  --duplicates RULE     a second answer of a worker to a question: refuse (default), or first or last counts
  --skip-bad-rows       computes with the rows that can be read; without it one bad row refuses the file
  --weights FILE        weighted-majority: CSV with worker and weight (0 or more)
  --smoothing NUMBER    dawid-skene, one-coin: added to every count, default 0 (maximum likelihood)
  --iterations NUMBER   dawid-skene, one-coin (5000), glad, mace (1000), kos (100): rounds at most, or of kos in all
  --tolerance NUMBER    dawid-skene, one-coin (1e-10), glad, mace (1e-8): change of the log-likelihood that counts as none
  --restarts NUMBER     mace: starting points, default 10
  --seed NUMBER         mace, kos: default 0

Limits: a million rows, 200 characters a field that is used, 64 KiB a row.
Exit codes: 0 done; 1 a file cannot be read; 2 wrong command line; 4 no such file; 5 bad rows, or nothing can be computed from them:
then the JSON on standard output says what is wrong, by code and line.
`,
  run: async (args, { stdin, stdout, stderr }) => {
    const options = readOptions(
      args,
      {
        method: { type: 'string' },
        truth: { type: 'string' },
        tie: { type: 'string' },
        labels: { type: 'string' },
        duplicates: { type: 'string' },
        'skip-bad-rows': { type: 'boolean' },
        weights: { type: 'string' },
        smoothing: { type: 'string' },
        iterations: { type: 'string' },
        tolerance: { type: 'string' },
        restarts: { type: 'string' },
        seed: { type: 'string' },
      },
      1,
    );
    const method = methodOf(options);
    const name = fileOf(options);
    const settings = settingsOf(options);
    const problems = new RowProblems();
    const answers = await readAnswers({ name, stdin }, choiceOption(options, 'duplicates', duplicateRules), problems);
    const sourceOf = (option: string) => {
      const path = textOption(options, option);
      return path === undefined ? undefined : { name: path, stdin };
    };
    const [truthFile, weightsFile] = [sourceOf('truth'), sourceOf('weights')];
    const truth = truthFile && (await readTruth(truthFile, problems));
    const weights = weightsFile && (await readWeights(weightsFile, problems));
    if (problems.count > 0 && !flagOption(options, 'skip-bad-rows')) return refuseRows(problems, { stdout, stderr });
    return answer(
      () => {
        const found = runMethod(method, answers.ratings, { ...settings, weights });
        const { labels, items } = found.consensus;
        return {
          method,
          parameters: { tie: settings.tie, ...found.parameters },
          node: process.version,
          input: { ...answers.input, badRowsLeftOut: problems.count },
          labels,
          fit: found.fit,
          warnings: found.warnings,
          ...(truth && { accuracy: accuracyOf(found.consensus, truth) }),
          probabilitiesAre: found.probabilitiesAre,
          questions: items.map(({ itemId, label, probabilities }) => ({
            question: itemId,
            label,
            probabilities: Object.fromEntries(labels.map((one, index) => [one, probabilities[index] ?? 0])),
          })),
          workers: found.workers,
        };
      },
      { stdout, stderr },
    );
  },
};

/** @throws CommandFailed where no method is named, or an option that says nothing to it */
function methodOf(options: ReadOptions): MethodName {
  if (textOption(options, 'method') === undefined) {
    throw new CommandFailed('usage', `Give --method: ${methodNames.join(', ')}.`);
  }
  const method = choiceOption(options, 'method', methodNames);
  const takes = methodOptions[method];
  const ofAnyMethod = new Set(Object.values(methodOptions).flat());
  const stray = [...ofAnyMethod].find((name) => textOption(options, name) !== undefined && !takes.includes(name));
  if (stray !== undefined) throw new CommandFailed('usage', `--${stray} says nothing to the method ${method}.`);
  if (method === 'weighted-majority' && textOption(options, 'weights') === undefined) {
    throw new CommandFailed('usage', 'weighted-majority asks for --weights FILE.');
  }
  return method;
}

function settingsOf(options: ReadOptions): Omit<MethodSettings, 'weights'> {
  const whole = (name: string, least: number, most: number): number | undefined =>
    numberOption(options, name, { least, most, whole: true });
  return {
    tie: choiceOption(options, 'tie', ['undecided', 'first-label']) === 'undecided' ? 'undecided' : 'firstLabel',
    labels: listOption(options, 'labels'),
    smoothing: numberOption(options, 'smoothing', { least: 0, most: 1e6 }),
    iterations: whole('iterations', 1, 10_000),
    tolerance: numberOption(options, 'tolerance', { least: 0, most: 1 }),
    restarts: whole('restarts', 1, 100),
    seed: whole('seed', 0, 0xffff_ffff),
  };
}
