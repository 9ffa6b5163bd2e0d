import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Figure, quantile } from './figure.ts';
import type { SystemUnderTest } from '../harness/system-under-test.ts';

const reportSchema = z.looseObject({
  events: z.number(),
  seconds: z.number(),
  equalToActive: z.boolean(),
  switchSeconds: z.number(),
});

/** One rebuild lasts a second or two: of several, the one in the middle. */
const turns = 3;

/** All views from the first event on Kafka, by the command an operator uses; the hashes must be those of the live views. */
export async function benchRebuild(system: SystemUnderTest, log: string): Promise<readonly Figure[]> {
  const rates: number[] = [];
  const switches: number[] = [];
  let events = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const report = await rebuild(system);
    rates.push(report.events / report.seconds);
    switches.push(report.switchSeconds);
    ({ events } = report);
  }
  return [
    {
      name: `rebuild of all views from Kafka, ${log}`,
      value: quantile(rates, 0.5),
      unit: 'events/s',
      target: { relation: 'atLeast', value: 15_000 },
      note: `${String(events)} events, hashes equal to the live views; median of ${String(turns)}`,
    },
    {
      name: `switch to the rebuilt views, ${log}`,
      value: Math.max(...switches),
      unit: 's',
      target: { relation: 'below', value: 1 },
      note: `the transaction in which readers change over; longest of ${String(turns)}`,
    },
  ];
}

async function rebuild(system: SystemUnderTest): Promise<z.output<typeof reportSchema>> {
  const program = fileURLToPath(new URL('../../services/projector/dist/rebuild.js', import.meta.url));
  const child = spawn(process.execPath, [program, '--switch', '--drop-old'], {
    env: { PATH: process.env['PATH'], ...system.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  const [code] = (await once(child, 'close')) as [number | null];
  const text = Buffer.concat(parts).toString('utf8').trim();
  if (code !== 0) throw new Error(`the rebuild ended with ${String(code)}: ${text}`);
  const report = reportSchema.parse(JSON.parse(text.slice(text.lastIndexOf('\n') + 1)));
  if (!report.equalToActive) throw new Error('a rebuilt view differs from the live one');
  return report;
}
