/**
 * `npm run bench`: every figure the project promises, measured in one run on real servers. Prints a Markdown table and
 * writes JSON beside it. Peers run on the same server in the same run; on a shared machine compare ratios, not seconds.
 *
 *   npm run bench [-- --only append,submit,...] [-- --json FILE]
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { Database, readText } from '@consilium/postgres';
import { startTestStack } from '../runner/test-stack.ts';
import { type Servers, startSystem } from '../harness/system-under-test.ts';
import { type HeldRead, startWorkload } from '../harness/workload.ts';
import { benchAppend } from './append.ts';
import { benchAsOf } from './as-of.ts';
import { benchConsensus } from './consensus.ts';
import { fillWithDemonstration } from './demonstration-log.ts';
import { type Figure, isReached, tableOf } from './figure.ts';
import { benchGroundedFiles } from './grounded-files.ts';
import { benchInclusion } from './inclusion.ts';
import { benchMemory } from './memory.ts';
import { benchMillion } from './million.ts';
import { benchQueue } from './queue.ts';
import { benchRebuild } from './rebuild.ts';
import { reuseLogSegments } from './reuse-log-segments.ts';
import { benchSeal } from './seal.ts';
import { benchSubmit, claimedReads, drained } from './submit.ts';
import { benchTamper } from './tamper.ts';
import { benchTakeover } from './takeover.ts';
import { benchVisible } from './visible.ts';

const parts = [
  'append',
  'grounded-files',
  'memory',
  'submit',
  'visible',
  'takeover',
  'rebuild',
  'seal',
  'as-of',
  'consensus',
  'queue',
] as const;
/** Takes ten minutes: only when asked for by name, as are all parts then. */
const longParts = ['million', 'tamper'] as const;
const readers = 4;
const casesToSubmit = 1_500;
const casesToWatch = 1_000;

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'string', default: '.consilium/bench.json' } },
});
const wanted = new Set<string>(values.only?.split(',') ?? parts);
for (const part of wanted) {
  if (![...parts, ...longParts].some((known) => known === part)) throw new Error(`there is no part ${part}`);
}
const figures: Figure[] = [];
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const add = (measured: readonly Figure[]): void => {
  figures.push(...measured);
  for (const { name, value, unit } of measured) say(`  ${name}: ${value.toFixed(2)} ${unit}`);
};

const stack = await startTestStack();
try {
  const servers: Servers = {
    databaseUrl: stack.environment.CONSILIUM_TEST_DATABASE_URL,
    kafkaBrokers: stack.environment.CONSILIUM_TEST_KAFKA_BROKERS,
    redisUrl: stack.environment.CONSILIUM_TEST_REDIS_URL,
  };
  await reuseLogSegments(servers.databaseUrl);
  const settings = await settingsOf(servers.databaseUrl);
  if (wanted.has('append')) {
    say('append');
    add(await onEmptyDatabases(servers.databaseUrl, benchAppend));
  }
  if (['memory', 'submit', 'visible', 'takeover', 'rebuild'].some((part) => wanted.has(part))) {
    await benchSystem(servers);
  }
  if (wanted.has('grounded-files')) {
    say('grounded-files');
    add(await benchFiles(servers));
  }
  if (wanted.has('seal')) {
    say('seal');
    add(await benchSeal(servers));
    add(await onEmptyDatabases(servers.databaseUrl, benchInclusion));
  }
  if (wanted.has('rebuild')) {
    say('rebuild: running the demonstration');
    add(await benchRebuildOfDemonstration(servers));
  }
  if (wanted.has('as-of')) {
    say('as-of');
    add(await onEmptyDatabases(servers.databaseUrl, benchAsOf));
  }
  if (wanted.has('consensus')) {
    say('consensus');
    add(await benchConsensus(say));
  }
  if (wanted.has('queue')) {
    say('queue: importing cases');
    const system = await startSystem(servers);
    try {
      add(await benchQueue(system, say));
    } finally {
      await system.stop();
    }
  }
  if (wanted.has('million')) {
    say('million: filling an installation');
    add(await benchMillion(servers, say));
  }
  if (wanted.has('tamper')) {
    say('tamper: 10,000 of them');
    add(await benchTamper(servers.databaseUrl, say));
  }
  const machine = `${String(availableParallelism())} cores, ${(totalmem() / 1_073_741_824).toFixed(0)} GiB`;
  process.stdout.write(`${machine}; PostgreSQL ${settings}; Node ${process.version}\n\n${tableOf(figures)}\n`);
  mkdirSync(dirname(values.json), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify({ machine, settings, node: process.version, figures }, null, 2)}\n`);
} finally {
  await stack.stop();
}
process.exitCode = figures.some((figure) => isReached(figure) === false) ? 1 : 0;

async function benchSystem(servers: Servers): Promise<void> {
  const system = await startSystem(servers);
  try {
    if (wanted.has('memory')) {
      say('memory');
      add(await benchMemory(system));
    }
    const workload = await startWorkload(system, readers);
    const tokens = new Map(
      workload.annotators.map((client, index) => [client, system.person(`annotator-${String(index + 1)}`).token]),
    );
    const tokenOf = ({ client }: HeldRead): string => tokens.get(client) ?? '';
    if (wanted.has('submit') || wanted.has('rebuild')) {
      say(`submit: importing and claiming ${String(casesToSubmit)} cases`);
      const reads = await claimedReads(workload, casesToSubmit);
      await drained(system);
      add(await benchSubmit(system, reads, tokenOf));
    }
    if (wanted.has('visible')) {
      say(`visible: importing and claiming ${String(casesToWatch)} cases`);
      const reads = await claimedReads(workload, casesToWatch);
      await drained(system);
      add(await benchVisible(system, workload, reads, tokenOf));
      await drained(system);
    }
    await workload.close();
    if (wanted.has('takeover')) {
      say('takeover');
      add(await benchTakeover(system));
    }
    if (wanted.has('rebuild')) {
      say('rebuild');
      add(await benchRebuild(system, 'reports of 8 bilingual sentences and 5 boxes'));
    }
  } finally {
    await system.stop();
  }
}

async function benchRebuildOfDemonstration(servers: Servers): Promise<readonly Figure[]> {
  const system = await startSystem(servers);
  try {
    await fillWithDemonstration(system);
    return await benchRebuild(system, "the demonstration's log (LIDC-IDRI)");
  } finally {
    await system.stop();
  }
}

async function benchFiles(servers: Servers): Promise<readonly Figure[]> {
  const system = await startSystem(servers);
  try {
    return await benchGroundedFiles(system);
  } finally {
    await system.stop();
  }
}

async function settingsOf(url: string): Promise<string> {
  const database = new Database({ url, applicationName: 'consilium-bench', poolSize: 1 });
  try {
    const rows = await database.query({
      text: `SELECT name, setting FROM pg_settings
             WHERE name IN ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes') ORDER BY name`,
      values: [],
    });
    return rows.map((row) => `${readText(row, 'name')} ${readText(row, 'setting')}`).join(', ');
  } finally {
    await database.close();
  }
}

async function onEmptyDatabases<Answer>(
  serverUrl: string,
  use: (ours: string, theirs: string) => Promise<Answer>,
): Promise<Answer> {
  const server = new Database({ url: serverUrl, applicationName: 'consilium-bench', poolSize: 1 });
  const names = ['ours', 'theirs'].map((side) => `bench_${side}_${randomUUID().slice(0, 8)}`);
  try {
    for (const name of names) await server.query({ text: `CREATE DATABASE ${name}`, values: [] });
    const [ours = '', theirs = ''] = names.map((name) => {
      const url = new URL(serverUrl);
      url.pathname = `/${name}`;
      return url.href;
    });
    return await use(ours, theirs);
  } finally {
    for (const name of names) await server.query({ text: `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, values: [] });
    await server.close();
  }
}
