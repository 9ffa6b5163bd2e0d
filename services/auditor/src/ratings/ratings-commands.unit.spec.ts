import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { CommandFailed } from '../command-failed.ts';
import { agreementCommand } from './agreement-command.ts';
import { call, refused, said, temporaryFiles } from './called.spec.ts';
import { consensusCommand } from './consensus-command.ts';
import { methodNames } from './label-methods.ts';
import { weightsCommand } from './weights-command.ts';

const file = temporaryFiles();
const header = 'question,worker,answer\n';
/** Three questions, three workers. */
const small = `${header}q1,a,yes\nq1,b,yes\nq1,c,no\nq2,a,no\nq2,b,no\nq2,c,no\nq3,a,yes\nq3,b,no\n`;
const majority = ['-', '--method', 'majority'];

describe('consensus', () => {
  it('says labels with their shares, what entered, and how it was computed', async () => {
    expect(await said(consensusCommand, majority, small)).toMatchObject({
      method: 'majority',
      parameters: { tie: 'undecided' },
      node: process.version,
      input: { file: '-', answers: 8, questions: 3, workers: 3, duplicatesLeftOut: 0, badRowsLeftOut: 0 },
      labels: ['no', 'yes'],
      fit: null,
      probabilitiesAre: 'shares of votes',
      questions: [
        { question: 'q1', label: 'yes', probabilities: { no: 1 / 3, yes: 2 / 3 } },
        { question: 'q2', label: 'no' },
        { question: 'q3', label: null },
      ],
    });
  });

  it('takes columns in any order, quotes, a byte order mark and CRLF; a tie goes where it was declared to go', async () => {
    const text = '\ufeff"answer",more,"question","worker"\r\n"yes, really",x,q1,a\r\nno,,q1,b\r\n';
    const tie = [...majority, '--tie', 'first-label', '--labels', 'yes, really,no'];
    await expect(call(consensusCommand, tie, text)).resolves.toMatchObject({ exitCode: 5 });
    expect(await said(consensusCommand, [...majority, '--tie', 'first-label'], text)).toMatchObject({
      labels: ['no', 'yes, really'],
      questions: [{ question: 'q1', label: 'no' }],
    });
  });

  it('judges by a truth file, in which an undecided question is not right', async () => {
    const truth = file('truth.csv', 'question,truth\nq1,yes\nq2,yes\nq3,yes\nq9,no\n');
    expect(await said(consensusCommand, [...majority, '--truth', truth], small)).toMatchObject({
      accuracy: { value: 1 / 3, right: 1, undecided: 1, of: 3, notAnswered: 1 },
    });
  });

  it('weighs by a file', async () => {
    const weights = file('weights.csv', 'worker,weight\na,0.5\nb,1\nc,3e0\n');
    const { questions } = await said(
      consensusCommand,
      ['-', '--method', 'weighted-majority', '--weights', weights],
      small,
    );
    expect(questions).toMatchObject([{ label: 'no' }, { label: 'no' }, { label: 'no' }]);
  });

  it.each(methodNames)('gives the same bytes for %s in any order of rows, with every parameter', async (method) => {
    const weights = file('all.csv', 'worker,weight\na,2\nb,1\nc,1\n');
    const args = ['-', '--method', method, ...(method === 'weighted-majority' ? ['--weights', weights] : [])];
    const [one, other] = [small, header + small.split('\n').slice(1).reverse().join('\n')];
    const [first, again] = [await said(consensusCommand, args, one), await said(consensusCommand, args, other)];
    const withoutDigest = ({ input: _, ...rest }: Record<string, unknown>): string => JSON.stringify(rest);
    expect(withoutDigest(again)).toBe(withoutDigest(first));
    expect(first['parameters']).toMatchObject({ tie: 'undecided' });
  });

  it('warns of what it has not finished', async () => {
    const cut = await said(consensusCommand, ['-', '--method', 'glad', '--iterations', '1'], small);
    expect(cut).toMatchObject({ fit: { converged: false }, warnings: [{ code: 'NOT_CONVERGED' }] });
  });

  it('takes the first or the last of two answers where that is declared', async () => {
    const twice = `${small}q3,b,yes\n`;
    expect(await refused(consensusCommand, majority, twice)).toEqual(['DUPLICATE 10']);
    for (const [rule, label] of [
      ['first', null],
      ['last', 'yes'],
    ] as const) {
      const found = await said(consensusCommand, [...majority, '--duplicates', rule], twice);
      expect(found).toMatchObject({ input: { answers: 8, duplicatesLeftOut: 1, duplicates: rule } });
      expect(found['questions']).toMatchObject([{}, {}, { label }]);
    }
  });

  it.each([
    [['-'], 'Give --method'],
    [['-', '--method', 'best'], 'give majority'],
    [['--method', 'majority'], 'Give a CSV file'],
    [[...majority, '--seed', '1'], '--seed says nothing to the method majority'],
    [['-', '--method', 'weighted-majority'], 'asks for --weights'],
    [['-', '--method', 'mace', '--seed', '1.5'], 'no whole number'],
    [['-', '--method', 'dawid-skene', '--smoothing', 'NaN'], 'no number'],
    [[...majority, '--labels', 'a,,b'], 'different labels'],
    [[...majority, '--tie', 'chance'], 'give undecided, first-label'],
  ])('refuses the command line %j', async (args, message) => {
    await expect(call(consensusCommand, args, small)).rejects.toThrow(message);
    await expect(call(consensusCommand, args, small)).rejects.toThrow(CommandFailed);
  });

  it('says that there is no such file', async () => {
    await expect(call(consensusCommand, [file('none.csv'), '--method', 'majority'])).rejects.toMatchObject({
      exitCode: 4,
    });
  });
});

describe('a bad file', () => {
  it.each([
    ['an empty file', '', ['MISSING 1']],
    ['a header alone', header, ['NO_RATINGS ']],
    ['a column that is not there', 'question,worker\nq,w\n', ['MISSING 1']],
    ['semicolons', 'question;worker;answer\nq;w;1\n', ['MISSING 1']],
    ['a column twice', 'question,worker,answer,answer\nq,w,1,1\n', ['REPEATED_COLUMN 1']],
    ['too few and too many fields', `${header}q,w\nq,w,1,2\n`, ['WRONG_FIELD_COUNT 2', 'WRONG_FIELD_COUNT 3']],
    ['what is missing', `${header}q,w,\nq,w,NaN\nq, ,1\n,w,1\n`, ['MISSING 2', 'MISSING 3', 'MISSING 4', 'MISSING 5']],
    ['a long field', `${header}q,w,${'x'.repeat(201)}\n`, ['TOO_LONG 2']],
    ['a line of 10 MB', `${header}q,w,${'x'.repeat(10_000_000)}\nq,,1\n`, ['TOO_LARGE 2', 'MISSING 3']],
    ['a quote that is not closed', `${header}q,w,1\nq,v,"1\nq,u,1\n`, ['NOT_CSV 3']],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from(header), Buffer.of(0xff, 0x0a)]), ['NOT_UTF8 2']],
    ['lines after a field of several', `${header}"q\n1",w,1\nq2,w,\n`, ['MISSING 4']],
  ])('with %s is refused by code and line', async (_name, text, expected) => {
    for (const [command, ...args] of [
      [consensusCommand, ...majority],
      [agreementCommand, '-'],
      [weightsCommand, '-', '--truth', file('some.csv', 'question,truth\nq1,yes\n')],
    ] as const) {
      const found = await refused(command, args, text);
      // Without an answer there is nothing that the truth is of.
      expect(found.map((problem) => problem.replace('NO_RATINGS truth', 'NO_RATINGS '))).toEqual(expected);
    }
  });

  it('names fifty problems and counts all', async () => {
    const { stdout } = await call(consensusCommand, majority, header + 'q,w,\n'.repeat(80));
    const { problemCount, problems } = JSON.parse(stdout) as { problemCount: number; problems: unknown[] };
    expect([problemCount, problems.length]).toEqual([80, 50]);
  });

  it('is computed without its bad rows where that is asked for, which is counted', async () => {
    const found = await said(consensusCommand, [...majority, '--skip-bad-rows'], `${small}q9,a,\n`);
    expect(found).toMatchObject({ input: { answers: 8, badRowsLeftOut: 1 } });
  });

  it('of weights or truth is refused like one of answers', async () => {
    const weigh = (content: string) =>
      refused(consensusCommand, ['-', '--method', 'weighted-majority', '--weights', file('bad.csv', content)], small);
    expect(await weigh('worker,weight\na,1\nb,-1\nc,NaN\n')).toEqual(['MISSING 4', 'NOT_A_NUMBER 3']);
    expect(await weigh('worker,weight\na,1\na,2\n')).toEqual(['DUPLICATE 3']);
    expect(await weigh('worker,weight\na,0\nb,0\nc,0\n')).toEqual(['INVALID_PARAMETER weights']);
    expect(await weigh('worker,weight\na,1\n')).toEqual(['UNKNOWN_READER b']);
  });

  it('of other labels than a method can take is refused by the method', async () => {
    const three = `${small}q3,c,perhaps\n`;
    expect(await refused(consensusCommand, ['-', '--method', 'kos'], three)).toEqual(['INVALID_PARAMETER labels']);
    expect(await refused(consensusCommand, [...majority, '--labels', 'yes,no'], three)).toEqual([
      'UNKNOWN_LABEL perhaps',
    ]);
  });
});

describe('agreement', () => {
  it('says every coefficient, overall, by label with its prevalence, and by pair', async () => {
    const found = await said(agreementCommand, ['-'], small);
    expect(Object.keys(found['overall'] as object)).toEqual([
      'percent',
      'cohen',
      'fleiss',
      'randolph',
      'gwet-ac1',
      'krippendorff-nominal',
    ]);
    expect(found).toMatchObject({
      interval: { kind: 'analytic', level: 0.95 },
      questions: 3,
      comparedQuestions: 3,
      workers: ['a', 'b', 'c'],
      labels: [
        { label: 'no', prevalence: 5 / 8 },
        { label: 'yes', prevalence: 3 / 8 },
      ],
    });
    expect(found['pairs']).toMatchObject([
      { workers: ['a', 'b'], sharedQuestions: 3, coefficients: { percent: { value: 2 / 3 } } },
      { workers: ['a', 'c'], sharedQuestions: 2 },
      { workers: ['b', 'c'], sharedQuestions: 2 },
    ]);
  });

  it('weighs grades once their order is declared, and records how intervals were drawn', async () => {
    const graded = `${header}q1,a,1\nq1,b,1\nq2,a,2\nq2,b,3\nq3,a,3\nq3,b,3\nq4,a,1\nq4,b,2\n`;
    const args = ['-', '--order', '1,2,3', '--interval', 'bootstrap', '--seed', '5', '--replicates', '200'];
    const found = await said(agreementCommand, args, graded);
    expect(found).toMatchObject({
      interval: { kind: 'bootstrap', level: 0.95, replicates: 200, seed: 5, drawnBy: 'question' },
      order: ['1', '2', '3'],
      overall: { 'gwet-ac2-linear': { interval: { method: 'bootstrap' } }, 'krippendorff-ordinal': {} },
    });
    expect(Object.keys(found['overall'] as object)).toHaveLength(17);
    expect(await said(agreementCommand, args, graded)).toEqual(found);
  });

  it('draws whole cases where the file has them, and refuses a question of two', async () => {
    const cases = `case,${header}`;
    const rows = Array.from({ length: 12 }, (_, index) => {
      const ofCase = `c${String(Math.floor(index / 3))},q${String(index).padStart(2, '0')}`;
      return `${ofCase},a,${String(index % 2)}\n${ofCase},b,${String(index % 5 === 0 ? 1 - (index % 2) : index % 2)}\n`;
    }).join('');
    const args = ['-', '--interval', 'bootstrap', '--replicates', '100'];
    const byCase = await said(agreementCommand, args, cases + rows);
    expect(byCase).toMatchObject({ interval: { drawnBy: 'case' } });
    const byQuestion = await said(agreementCommand, args, header + rows.replaceAll(/^c\d,/gm, ''));
    expect(byQuestion).toMatchObject({ interval: { drawnBy: 'question' } });
    expect(byCase['overall']).not.toEqual(byQuestion['overall']);
    expect(await refused(agreementCommand, ['-'], `${cases}c1,q1,a,1\nc2,q1,b,1\n`)).toEqual(['OTHER_CASE 3']);
  });

  it('has no value and a reason with one worker, or one label', async () => {
    const alone = await said(agreementCommand, ['-'], `${header}q1,a,1\nq2,a,0\n`);
    expect(alone).toMatchObject({ overall: { cohen: { value: null, undefinedBecause: 'NO_PAIRS' } }, pairs: [] });
    const alike = await said(agreementCommand, ['-'], `${header}q1,a,1\nq1,b,1\n`);
    expect(alike).toMatchObject({ overall: { fleiss: { value: null, undefinedBecause: 'NO_VARIATION' } } });
  });

  it('draws the matrix of the coefficient that is asked for', async () => {
    const plot = file('matrix.svg');
    await said(agreementCommand, ['-', '--plot', plot, '--plot-coefficient', 'gwet-ac1'], small);
    expect(readFileSync(plot, 'utf8')).toContain('pair by pair: gwet-ac1');
  });

  it.each([
    [['-', '--order', 'a,b', '--labels', 'a,b'], '--order or --labels'],
    [['-', '--seed', '1'], 'of --interval bootstrap'],
    [['-', '--plot-coefficient', 'krippendorff-ordinal'], 'give percent'],
    [['-', '--level', '1'], '0.999'],
  ])('refuses the command line %j', async (args, message) => {
    await expect(call(agreementCommand, args, small)).rejects.toThrow(message);
  });
});

describe('weights', () => {
  /** Sixty questions; a is right nine times in ten, b two times in three, c never. */
  const answers =
    header +
    Array.from({ length: 60 }, (_, index) => {
      const [question, truth] = [`q${String(index).padStart(2, '0')}`, index % 2];
      const by = (worker: string, isRight: boolean) => `${question},${worker},${String(isRight ? truth : 1 - truth)}\n`;
      return by('a', index % 10 !== 3) + by('b', index % 3 !== 0) + by('c', false);
    }).join('');
  const truthOf = (count: number): string =>
    Array.from({ length: count }, (_, index) => `q${String(index).padStart(2, '0')},${String(index % 2)}\n`).join('');
  const truth = file('all-truth.csv', `question,truth\n${truthOf(60)}`);

  it('tell good workers from bad, with intervals, and what that is worth out of sample', async () => {
    const [csv, plot] = [file('out.csv'), file('calibration.svg')];
    const found = await said(weightsCommand, ['-', '--truth', truth, '--csv', csv, '--plot', plot], answers);
    const { workers, outOfSample } = found as unknown as {
      workers: { worker: string; accuracy: { value: number }; weight: { low: number; value: number; high: number } }[];
      outOfSample: { weighted: { right: number; of: number }; majority: { right: number; of: number } };
    };
    const [a, b, c] = workers;
    expect([a?.worker, b?.worker, c?.worker]).toEqual(['a', 'b', 'c']);
    expect(a?.weight.value).toBeGreaterThan(b?.weight.high ?? 9);
    expect(c?.weight.value).toBeLessThan(0);
    expect(found).toMatchObject({
      parameters: { model: 'oneCoin', halfLife: null, level: 0.95, priorReads: expect.any(Number) },
      outOfSample: { weightsFrom: 30, calibration: { fittedOn: 15, after: { items: 15 } }, weighted: { of: 60 } },
    });
    expect(outOfSample.weighted.right).toBeGreaterThan(outOfSample.majority.right);
    expect(readFileSync(csv, 'utf8')).toMatch(/^worker,weight\na,[\d.]+\nb,[\d.]+\nc,0\n$/);
    expect(readFileSync(plot, 'utf8')).toContain('Calibration before and after tempering');
    const pooled = await said(consensusCommand, ['-', '--method', 'weighted-majority', '--weights', csv], answers);
    expect(pooled).toMatchObject({ labels: ['0', '1'] });
  });

  it('fall back to one coin by the number of answers, which shows', async () => {
    const models = async (fallback: string) => {
      const args = ['-', '--truth', truth, '--model', 'two-coin', '--fallback-reads', fallback];
      return ((await said(weightsCommand, args, answers))['workers'] as { model: string }[]).map(({ model }) => model);
    };
    expect(await models('10')).toEqual(['twoCoin', 'twoCoin', 'twoCoin']);
    expect(await models('100')).toEqual(['oneCoin', 'oneCoin', 'oneCoin']);
  });

  it('say nothing out of sample below forty questions, and draw nothing then', async () => {
    const few = file('few.csv', `question,truth\n${truthOf(39)}`);
    expect(await said(weightsCommand, ['-', '--truth', few], answers)).toMatchObject({ outOfSample: null });
    const plot = file('no.svg');
    await expect(call(weightsCommand, ['-', '--truth', few, '--plot', plot], answers)).rejects.toThrow('forty');
  });

  it('come from nothing but truth', async () => {
    await expect(call(weightsCommand, ['-'], answers)).rejects.toThrow('Give --truth');
    const other = file('other.csv', 'question,truth\nx,1\n');
    expect(await refused(weightsCommand, ['-', '--truth', other], answers)).toEqual(['NO_RATINGS truth']);
    const one = file('one.csv', 'question,truth\nq,1\n');
    expect(await refused(weightsCommand, ['-', '--truth', one], `${header}q,a,1\n`)).toEqual([
      'INVALID_PARAMETER labels',
    ]);
  });
});
