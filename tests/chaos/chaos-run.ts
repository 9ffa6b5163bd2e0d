import { fileURLToPath } from 'node:url';
import { connectKafka } from '@consilium/messaging';
import { Database, readInteger } from '@consilium/postgres';
import { createLogger, failpoints } from '@consilium/runtime';
import { startStack } from '@consilium/stack';
import type { RunningStack } from '@consilium/stack';
import { changedAnswers, ContinuousLoad } from '../harness/continuous-load.ts';
import type { Acknowledged } from '../harness/continuous-load.ts';
import { Endings } from '../harness/endings.ts';
import { waitUntilDrained } from '../harness/stored-history.ts';
import { startSystem } from '../harness/system-under-test.ts';
import type { SystemUnderTest } from '../harness/system-under-test.ts';
import { completionProblems } from '../harness/view-problems.ts';
import { startWorkload } from '../harness/workload.ts';
import { BulkLoad } from './bulk-load.ts';
import { checkHistory } from './check-history.ts';
import type { CheckedSizes } from './check-history.ts';
import { CommandBook } from './command-book.ts';
import { killAtEveryFailpoint } from './failpoint-kills.ts';
import type { FailpointKill } from './failpoint-kills.ts';
import { Findings } from './findings.ts';
import { HeadBook } from './head-check.ts';
import { RandomKills } from './random-kills.ts';
import type { KillPace } from './random-kills.ts';

const readers = 3;
/** Commands whose answers are asked for once more at the end. */
const repeatsAtMost = 200;

export interface ChaosOptions {
  readonly seed: number;
  /** How long random kills go on. */
  readonly seconds: number;
  /** And no less than until so many events are stored. */
  readonly events: number;
  /** And until so many random kills were dealt. */
  readonly kills: number;
  /** Importers of 100 cases a command, beside the readers. */
  readonly importers: number;
  /** Of each importer after each answer. */
  readonly importPauseMs: number;
  readonly pace: KillPace;
  /** Ends the kills early; everything is compared all the same. */
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

export interface ChaosReport extends CheckedSizes {
  readonly seed: number;
  readonly seconds: number;
  readonly commands: number;
  readonly failpointKills: readonly FailpointKill[];
  readonly kills: Readonly<Record<string, number>>;
  readonly lost: number;
  readonly duplicated: number;
  readonly reordered: number;
  readonly altered: number;
  /** Everything found wrong; empty is a pass. */
  readonly problems: readonly string[];
}

/**
 * A whole system on servers of its own, under load: a kill at every failpoint, random kills for a while, and then, with
 * everything up and nothing on its way, the comparison of all that was promised with all that is there.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const endings = new Endings();
  try {
    return await runWith(options, endings);
  } finally {
    await endings.run();
  }
}

async function runWith(options: ChaosOptions, endings: Endings): Promise<ChaosReport> {
  const { seed, say } = options;
  const stack = await startStack({
    purpose: 'test',
    repositoryRoot: fileURLToPath(new URL('../..', import.meta.url)),
    environment: process.env,
  });
  endings.add(() => stack.stop());
  // Heads often, so that every kind of death falls upon sealing too.
  const system = await startSystem(stack.urls, { CONSILIUM_SEAL_EVENTS: '200', CONSILIUM_SEAL_SECONDS: '1' });
  endings.add(() => system.stop());
  const database = new Database({ url: system.databaseUrl, applicationName: 'consilium-tests', poolSize: 4 });
  endings.add(() => database.close());
  const workload = await startWorkload(system, readers);
  endings.add(() => workload.close());

  const book = new CommandBook();
  const heads = new HeadBook(system.environment['CONSILIUM_ANCHOR_FOLDER'] ?? '');
  const repeats = new Repeats();
  const acknowledge = (what: Acknowledged): void => {
    book.add(what);
    repeats.offer(what);
  };
  const reading = new ContinuousLoad(workload, acknowledge);
  const bulk = new BulkLoad(
    workload,
    options.importers,
    options.importPauseMs,
    () => unsequencedEvents(database),
    acknowledge,
  );
  await reading.goesOn(20);

  say(`a kill at each of ${String(failpoints.length)} failpoints`);
  const startedMs = performance.now();
  const failpointKills = await killAtEveryFailpoint(system);
  await heads.look();
  await reading.goesOn(20);

  const kills = await killAtRandom(options, system, stack, database, heads, () => book.size);
  say('the load ends; what is on its way arrives');
  await Promise.all([bulk.finish(), reading.finish()]);
  await everythingIsUp(stack, system, database);
  await waitUntilDrained(database, drainLimitMs);
  await everythingIsUp(stack, system, database);
  const seconds = (performance.now() - startedMs) / 1_000;

  say('comparing');
  const findings = new Findings();
  const sizes = await checkHistory({ system, kafkaBrokers: stack.urls.kafkaBrokers, database }, book, heads, findings);
  const incomplete = await completionProblems(database, readers, workload.projectId);
  const changed = await changedAnswers(repeats.kept);
  const surviving = failpointKills.filter(({ signal, said }) => signal !== 'SIGKILL' || !said);
  return {
    seed,
    seconds,
    commands: book.size,
    ...sizes,
    failpointKills,
    kills: Object.fromEntries(kills.kills),
    lost: findings.count('lost'),
    duplicated: findings.count('duplicated'),
    reordered: findings.count('reordered'),
    altered: findings.count('altered'),
    problems: [
      ...findings.named,
      ...incomplete,
      ...changed.map((command) => `${command} was answered otherwise when it was sent again`),
      ...surviving.map(({ failpoint, service, signal }) => `${service} did not die at ${failpoint}: ${String(signal)}`),
      ...kills.deserters.map((name) => `${name} ended though nobody had killed it`),
    ],
  };
}

const drainLimitMs = 1_800_000;

async function killAtRandom(
  { seed, seconds, events, kills: killsWanted, pace, signal, say }: ChaosOptions,
  system: SystemUnderTest,
  stack: RunningStack,
  database: Database,
  heads: HeadBook,
  commands: () => number,
): Promise<RandomKills> {
  say(`random kills for ${String(seconds)} s, seed ${String(seed)}`);
  const kills = new RandomKills(system, stack, seed, pace);
  const endMs = performance.now() + seconds * 1_000;
  let stored = 0;
  const count = async (): Promise<void> => {
    // What is away cannot be asked; the next time will do.
    stored = await storedEvents(database).catch(() => stored);
    say(
      `${String(kills.count)} kills, ${String(commands())} commands acknowledged, ${String(stored)} events in the log`,
    );
  };
  const progress = setInterval(() => void count(), 10_000);
  try {
    await kills.run(
      () => signal.aborted || (performance.now() >= endMs && stored >= events && kills.count >= killsWanted),
      () => heads.look(),
    );
  } finally {
    clearInterval(progress);
  }
  return kills;
}

async function storedEvents(database: Database): Promise<number> {
  const [row] = await database.query({ text: 'SELECT head.last_global_seq FROM journal.head' });
  return row === undefined ? 0 : readInteger(row, 'last_global_seq');
}

/** None while it cannot be asked: the database may be away. */
async function unsequencedEvents(database: Database): Promise<number> {
  try {
    const [row] = await database.query({ text: 'SELECT count(*) AS waiting FROM journal.pending' });
    return row === undefined ? 0 : readInteger(row, 'waiting');
  } catch {
    return 0;
  }
}

/** A checker that looks while something is down sees losses that are none, or none where there are some. */
async function everythingIsUp(stack: RunningStack, system: SystemUnderTest, database: Database): Promise<void> {
  for (const service of system.services) await service.waitUntilReady();
  await database.query({ text: 'SELECT 1' });
  for (const { server, running } of Object.values(stack.servers)) {
    if (!running) throw new Error(`${server} is not running`);
  }
  const topics = connectKafka({
    brokers: stack.urls.kafkaBrokers.split(','),
    clientId: 'consilium-tests',
    logger: createLogger({ service: 'tests', level: 'error' }),
  }).topics();
  await topics.ping().finally(() => topics.close());
}

/** An even sample over the whole run: when it is full, every other one goes, and from then on fewer are taken. */
class Repeats {
  #kept: Acknowledged[] = [];
  #every = 1;
  #offered = 0;

  offer(what: Acknowledged): void {
    this.#offered += 1;
    if (this.#offered % this.#every !== 0) return;
    this.#kept.push(what);
    if (this.#kept.length <= repeatsAtMost) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 1);
    this.#every *= 2;
  }

  get kept(): readonly Acknowledged[] {
    return this.#kept;
  }
}
