import { Database, readInteger } from '@consilium/postgres';
import { type Servers, startSystem } from '../harness/system-under-test.ts';
import { inParallel } from '../harness/workload.ts';
import { openConsilium } from './append.ts';
import { type Figure, quantile } from './figure.ts';

const events = 30_000;
/** The start of the process, and of its connections, is not what is measured. */
const warmUp = 5_000;
const turns = 3;
const limitMs = 120_000;
const withoutSealing = { CONSILIUM_SEAL_KEY_FILE: '', CONSILIUM_ANCHOR_FOLDER: '' };

/** How fast a relay works off a backlog with sealing and without, in turns: numbering, publishing, and the heads between. */
export async function benchSeal(servers: Servers): Promise<readonly Figure[]> {
  const rates = { sealing: [] as number[], plain: [] as number[] };
  for (let turn = 0; turn < turns; turn += 1) {
    rates.plain.push(await rateOf(servers, withoutSealing));
    rates.sealing.push(await rateOf(servers, {}));
  }
  const [sealing, plain] = [quantile(rates.sealing, 0.5), quantile(rates.plain, 0.5)];
  return [
    {
      name: 'relay with sealing, beside the same without',
      value: sealing / plain,
      unit: 'times',
      target: { relation: 'atLeast', value: 0.8 },
      note: `${String(Math.round(sealing))} beside ${String(Math.round(plain))} events/s, medians of ${String(turns)} turns`,
    },
  ];
}

async function rateOf(servers: Servers, environment: Readonly<Record<string, string>>): Promise<number> {
  const system = await startSystem(servers, environment, ['relay', 'projector', 'quality', 'api']);
  const consilium = await openConsilium(system.databaseUrl);
  const database = new Database({ url: system.databaseUrl, applicationName: 'consilium-bench', poolSize: 1 });
  const publishedUpTo = async (): Promise<number> => {
    const [row] = await database.query({ text: 'SELECT published_global_seq AS size FROM journal.relay' });
    return row === undefined ? 0 : readInteger(row, 'size');
  };
  const until = async (size: number): Promise<void> => {
    const start = performance.now();
    while ((await publishedUpTo()) < size) {
      if (performance.now() - start > limitMs) throw new Error(`the relay has not published ${String(size)} events`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  try {
    await inParallel(32, [...Array(events).keys()], consilium.append);
    await system.relays[0].start();
    await until(warmUp);
    const [from, start] = [await publishedUpTo(), performance.now()];
    await until(events);
    return (events - from) / ((performance.now() - start) / 1_000);
  } finally {
    await system.relays[0].stop();
    await Promise.all([consilium.close(), database.close()]);
    await system.stop();
  }
}
