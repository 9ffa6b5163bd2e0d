/**
 * `npm run chaos -- --minutes N --seed S [--events N] [--kills N] [--importers N] [--json FILE]`: a whole system on servers of
 * its own, kills at every failpoint, then random SIGKILLs to services and servers for so long (and until there were so many
 * events and kills), and then everything is compared with everything. Ctrl-C ends the kills early.
 * Ends with 1 where anything was lost, doubled, reordered or altered.
 */
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runChaos } from './chaos-run.ts';
import { describeReport } from './describe-report.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    events: { type: 'string', default: '0' },
    kills: { type: 'string', default: '0' },
    importers: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
});

function numberOf(name: keyof typeof values): number {
  const number = Number(values[name]);
  if (!Number.isFinite(number) || number < 0) throw new Error(`--${name} must be a number from 0 up`);
  return number;
}

/** Once: a second Ctrl-C ends at once, as ever. */
const ending = new AbortController();
process.once('SIGINT', () => {
  ending.abort();
});

const report = await runChaos({
  seed: numberOf('seed'),
  seconds: numberOf('minutes') * 60,
  events: numberOf('events'),
  kills: numberOf('kills'),
  importers: numberOf('importers'),
  importPauseMs: 0,
  pace: { gapMs: [500, 5_000], awayMs: [200, 4_000], awayAtOnce: 2 },
  signal: ending.signal,
  say: (text) => void process.stderr.write(`chaos: ${text}\n`),
});
process.stdout.write(`${describeReport(report)}\n`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
process.exitCode = report.problems.length === 0 ? 0 : 1;
