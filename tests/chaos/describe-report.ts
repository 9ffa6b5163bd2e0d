import type { ChaosReport } from './chaos-run.ts';

/** The report for people, a line each. */
export function describeReport(report: ChaosReport): string {
  const { seed, seconds, commands, events, repeats, checkpoints, viewRows, problems } = report;
  const kills = Object.values(report.kills).reduce((sum, count) => sum + count, 0);
  const byVictim = Object.entries(report.kills)
    .map(([name, count]) => `${name} ${String(count)}`)
    .join(', ');
  return [
    `seed ${String(seed)}, ${seconds.toFixed(0)} s`,
    `commands acknowledged: ${String(commands)}`,
    `events in journal, log, Kafka and views: ${String(events)} (${String(viewRows)} rows)`,
    `kills: ${String(report.failpointKills.length)} at failpoints, ${String(kills)} at random (${byVictim})`,
    `signed heads held against the log: ${String(checkpoints)}`,
    `records sent again and known by their number: ${String(repeats)}`,
    `lost ${String(report.lost)}, duplicated ${String(report.duplicated)}, reordered ${String(report.reordered)}, altered ${String(report.altered)}`,
    ...problems.map((problem) => `PROBLEM ${problem}`),
  ].join('\n');
}
