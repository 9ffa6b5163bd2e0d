import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Database, readInteger } from '@consilium/postgres';
import { type Servers, startSystem, type SystemUnderTest } from '../harness/system-under-test.ts';
import type { Figure } from './figure.ts';
import { eventsPerCase, fillJournal } from './fill-journal.ts';
import { benchRebuild } from './rebuild.ts';
import { runMeasured } from './run-measured.ts';

const events = Number(process.env['CONSILIUM_BENCH_EVENTS'] ?? 1_000_000);
const consilium = fileURLToPath(new URL('../../services/auditor/bin/consilium.js', import.meta.url));
const makeSealKey = fileURLToPath(new URL('../../services/relay/dist/make-seal-key.js', import.meta.url));

/** An installation with a million events in journal, Kafka and views: how long it takes to check and to rebuild. */
export async function benchMillion(servers: Servers, say: (text: string) => void): Promise<readonly Figure[]> {
  const system = await startSystem(servers, {}, ['quality', 'api']);
  try {
    const cases = Math.ceil(events / eventsPerCase);
    let shown = 0;
    await fillJournal(system.databaseUrl, cases, (done) => {
      if (done - shown < cases / 10) return;
      shown = done;
      say(`  ${String(done)} of ${String(cases)} cases`);
    });
    await settled(system, say);
    const key = (
      await promisify(execFile)(process.execPath, [makeSealKey, system.environment['CONSILIUM_SEAL_KEY_FILE'] ?? ''])
    ).stdout.trim();
    const verify = async (...args: readonly string[]): Promise<Verified> => runVerify(system, '--key', key, ...args);
    const history = await verify('--no-kafka', '--no-views');
    say(`  verify of the history: ${history.seconds.toFixed(1)} s, ${history.mebibytes.toFixed(0)} MiB`);
    const kafka = await verify('--from', 'kafka');
    say(`  verify of Kafka alone: ${kafka.seconds.toFixed(1)} s, ${kafka.mebibytes.toFixed(0)} MiB`);
    const all = await verify();
    say(`  verify of everything: ${all.seconds.toFixed(1)} s, ${all.mebibytes.toFixed(0)} MiB`);
    return [
      figure('verify: journal, tree, heads', history, { relation: 'below', value: 60 }),
      figure('verify: Kafka alone', kafka),
      figure('verify: journal, tree, heads, Kafka, views', all),
      ...(await benchRebuild(system, `${String(history.events)} events`)),
    ];
  } finally {
    await system.stop();
  }
}

const figure = (name: string, { events: count, seconds, mebibytes }: Verified, target?: Figure['target']): Figure => ({
  name: `${name}, ${count.toLocaleString('en')} events`,
  value: seconds,
  unit: 's',
  ...(target === undefined ? {} : { target }),
  note: `${Math.round(count / seconds).toLocaleString('en')} events/s; at most ${mebibytes.toFixed(0)} MiB resident`,
});

interface Verified {
  readonly events: number;
  readonly seconds: number;
  /** The most that was resident, of the process with its threads. */
  readonly mebibytes: number;
}

async function runVerify(system: SystemUnderTest, ...args: readonly string[]): Promise<Verified> {
  const environment = { PATH: process.env['PATH'], ...system.environment };
  const { ms, peakBytes, stdout } = await runMeasured(consilium, ['verify', '--json', ...args], environment);
  const report = JSON.parse(stdout) as { readonly events: number };
  return { events: report.events, seconds: ms / 1_000, mebibytes: peakBytes / 1_048_576 };
}

/** Everything is sequenced, published, sealed as far as heads go, and shown. */
async function settled(system: SystemUnderTest, say: (text: string) => void): Promise<void> {
  const database = new Database({ url: system.databaseUrl, applicationName: 'consilium-bench', poolSize: 1 });
  try {
    for (let turn = 0; ; turn += 1) {
      const [row] = await database.query({
        text: `SELECT (SELECT count(*) FROM journal.pending) AS pending, head.last_global_seq, relay.published_global_seq,
            (SELECT coalesce(sum(checkpoint.next_seq - 1), 0)::bigint FROM read_model.checkpoint) AS shown,
            (SELECT coalesce(max(checkpoint.size), 0) FROM journal.checkpoint) AS sealed
          FROM journal.head, journal.relay`,
      });
      if (row === undefined) throw new Error('the log has no head');
      const read = (name: string): number => readInteger(row, name);
      const last = read('last_global_seq');
      const isSealed = last - read('sealed') < 1_000;
      if (read('pending') === 0 && read('published_global_seq') === last && read('shown') === last && isSealed) return;
      if (turn % 20 === 0) {
        say(`  published ${String(read('published_global_seq'))}, shown ${String(read('shown'))} of ${String(last)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  } finally {
    await database.close();
  }
}
