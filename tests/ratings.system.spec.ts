import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { describeWhere } from './harness/describe-where.ts';
import { runConsilium } from './harness/run-consilium.ts';

/** Reads of real people with known answers, which lie beside the checkout or nowhere: they may not be copied into it. */
const folder = fileURLToPath(new URL('../../shared/data/', import.meta.url));
const isThere = ['bluebirds', 'mozafari'].every((crowd) => existsSync(`${folder}${crowd}/answer.csv`));
const describeCrowd = describeWhere(
  isThere,
  'The public crowds are not tried: there is no ../shared/data beside the checkout.',
);

const said = async (...args: readonly string[]): Promise<unknown> => {
  const { exitCode, stdout, stderr } = await runConsilium({}, ...args);
  expect([exitCode, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
};

interface Found {
  readonly accuracy: { readonly value: number };
  readonly fit: { readonly logLikelihood: number; readonly converged: boolean } | null;
  readonly warnings: readonly { readonly code: string }[];
}

const trial = (crowd: 'bluebirds' | 'mozafari') => (): void => {
  const at = (name: string): string => `${folder}${crowd}/${name}`;
  const expected = isThere
    ? (JSON.parse(readFileSync(at('expected.json'), 'utf8')) as Record<string, number & readonly number[]>)
    : {};
  const consensus = async (method: string): Promise<Found> => {
    return (await said('consensus', at('answer.csv'), '--method', method, '--truth', at('truth.csv'))) as Found;
  };
  const isBluebirds = crowd === 'bluebirds';

  it.each([
    ['majority', 'MV'],
    ['one-coin', 'OneCoinDS'],
    ['glad', 'GLAD'],
    ['wawa', 'Wawa'],
    ['zero-based-skill', 'ZBS'],
    ['kos', 'KOS'],
  ] as const)('%s is as accurate as in crowd-kit', async (method, name) => {
    expect(Math.abs((await consensus(method)).accuracy.value - (expected[name] ?? 9))).toBeLessThan(0.01);
  });

  it('Dawid-Skene reaches the log-likelihood and the accuracy of an EM that is run to convergence', async () => {
    const { accuracy, fit } = await consensus('dawid-skene');
    expect(fit?.converged).toBe(true);
    expect(Math.abs((fit?.logLikelihood ?? 0) - (isBluebirds ? -1888.117 : -2094.747))).toBeLessThan(0.01);
    expect(accuracy.value).toBeCloseTo(isBluebirds ? 0.8981 : 0.712, 4);
  });

  it('MACE gives what crowd-kit gives once its rows are in rising order (ADR 18), not the figures that depend on the order', async () => {
    expect((await consensus('mace')).accuracy.value).toBeCloseTo(isBluebirds ? 0.8611 : 0.722, 4);
  });

  it('one coin fails on bluebirds, and is flagged there', async () => {
    const { accuracy, warnings } = await consensus('one-coin');
    const codes = warnings.map(({ code }) => code);
    if (isBluebirds) {
      expect(accuracy.value).toBeCloseTo(0.5833, 4);
      expect(codes).toEqual(expect.arrayContaining(['CONFUSIONS_FIT_BETTER', 'PREVALENCE_MOVED', 'WORSE_THAN_CHANCE']));
    } else expect(codes).not.toContain('CONFUSIONS_FIT_BETTER');
  });

  it('agreement and its intervals are those of irrCAC and krippendorff', async () => {
    const { overall } = (await said('agreement', at('answer.csv'))) as {
      overall: Record<string, { value: number; interval: { low: number; high: number } }>;
    };
    for (const [ours, theirs, interval] of [
      ['krippendorff-nominal', 'kripp_alpha_nominal', 'kripp_irrCAC_ci'],
      ['gwet-ac1', 'gwet_ac1', 'gwet_ac1_ci'],
      ['fleiss', 'fleiss_gen', 'fleiss_gen_ci'],
      ['randolph', 'brennan_prediger', 'brennan_prediger_ci'],
    ] as const) {
      const { value, interval: found } = overall[ours] ?? { value: 9, interval: { low: 9, high: 9 } };
      const [low = 0, high = 0] = expected[interval] ?? [];
      expect(Math.abs(value - (expected[theirs] ?? 0))).toBeLessThan(1e-4);
      expect(Math.abs(found.low - low)).toBeLessThan(1e-4);
      expect(Math.abs(found.high - high)).toBeLessThan(1e-4);
    }
    expect(Math.abs((overall['percent']?.value ?? 9) - (expected['percent_agreement'] ?? 0))).toBeLessThan(1e-4);
  });

  it('weights from the other half of the questions beat the vote, and tempering makes their posteriors believable', async () => {
    const args = ['weights', at('answer.csv'), '--truth', at('truth.csv'), '--model', 'two-coin'];
    const { outOfSample } = (await said(...args)) as {
      outOfSample: {
        weighted: { value: number };
        majority: { value: number };
        calibration: Record<'before' | 'after', { logLoss: number; calibrationError: number }>;
      };
    };
    const { weighted, majority, calibration } = outOfSample;
    expect(weighted.value).toBeGreaterThan(majority.value);
    expect(majority.value).toBeCloseTo(expected['MV'] ?? 9, 3);
    expect(calibration.after.logLoss).toBeLessThan(calibration.before.logLoss);
    expect(calibration.after.calibrationError).toBeLessThan(calibration.before.calibrationError);
  });
};

for (const crowd of ['bluebirds', 'mozafari'] as const) describeCrowd(`the command line on ${crowd}`, trial(crowd));

describe('the command line on a file', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'consilium-ratings-'));
  afterAll(() => rmSync(temporary, { recursive: true }));

  it('needs no server and no configuration, and says by its exit code what became of it', async () => {
    const file = join(temporary, 'reads.csv');
    writeFileSync(file, 'question,worker,answer\nq1,a,yes\nq1,b,yes\nq1,c,no\nq2,a,no\nq2,b,no\n');
    expect(await said('consensus', file, '--method', 'majority')).toMatchObject({
      questions: [{ label: 'yes' }, { label: 'no' }],
    });
    const refused = await runConsilium({}, 'agreement', fileURLToPath(import.meta.url));
    expect(refused.exitCode).toBe(5);
    expect(JSON.parse(refused.stdout)).toMatchObject({ problems: [{ code: 'MISSING', line: 1 }] });
    expect((await runConsilium({}, 'weights', file)).exitCode).toBe(2);
    expect((await runConsilium({}, 'consensus', `${file}.none`, '--method', 'majority')).exitCode).toBe(4);
  });
});
