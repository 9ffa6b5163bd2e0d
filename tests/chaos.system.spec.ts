import { beforeAll, describe, expect, it } from '@jest/globals';
import { failpoints } from '@consilium/runtime';
import { runChaos } from './chaos/chaos-run.ts';
import type { ChaosReport } from './chaos/chaos-run.ts';
import { describeReport } from './chaos/describe-report.ts';

/** The long run is `npm run chaos -- --minutes N --seed S`. */
describe('a short run of chaos', () => {
  const startedMs = performance.now();
  let report: ChaosReport;

  beforeAll(async () => {
    report = await runChaos({
      seed: 157,
      seconds: 8,
      events: 0,
      kills: 0,
      importers: 1,
      importPauseMs: 1_000,
      pace: { gapMs: [500, 1_500], awayMs: [100, 800], awayAtOnce: 2 },
      signal: new AbortController().signal,
      say: (text) =>
        void process.stderr.write(`chaos: ${((performance.now() - startedMs) / 1_000).toFixed(0)} s, ${text}\n`),
    });
    process.stderr.write(`${describeReport(report)}\n`);
  });

  it('has a process die at every failpoint', () => {
    const deaths = report.failpointKills.map(({ failpoint, signal, said }) => [failpoint, signal, said]);
    expect(deaths.sort()).toEqual(failpoints.map((name) => [name, 'SIGKILL', true]).sort());
  });

  it('kills at random besides', () => {
    expect(Object.values(report.kills).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  });

  it('finds that nothing acknowledged was lost, doubled, reordered or altered anywhere', () => {
    const { lost, duplicated, reordered, altered, problems } = report;
    expect({ problems, lost, duplicated, reordered, altered }).toEqual({
      problems: [],
      lost: 0,
      duplicated: 0,
      reordered: 0,
      altered: 0,
    });
    expect(report.commands).toBeGreaterThan(40);
    expect(report.events).toBeGreaterThan(report.commands);
    expect(report.checkpoints).toBeGreaterThan(3);
  });
});
