import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { connectKafka } from '@consilium/messaging';
import { Database, readInteger } from '@consilium/postgres';
import { createLogger } from '@consilium/runtime';
import { startStack } from '@consilium/stack';
import type { RunningStack, ServerName } from '@consilium/stack';
import { changedAnswers, ContinuousLoad } from './harness/continuous-load.ts';
import { acknowledgedProblems } from './harness/acknowledged-problems.ts';
import { Endings } from './harness/endings.ts';
import { chainProblems, logProblems, publicationProblems, readHistory } from './harness/history-problems.ts';
import { readKafka } from './harness/kafka-history.ts';
import type { ServiceProcess } from './harness/service-process.ts';
import { sealProblems } from './harness/seal-problems.ts';
import { waitUntilDrained, journalSize, readJournal } from './harness/stored-history.ts';
import { startSystem } from './harness/system-under-test.ts';
import type { SystemUnderTest } from './harness/system-under-test.ts';
import { compareWithRebuild, completionProblems, viewProblems } from './harness/view-problems.ts';
import { pauseFor, waitUntil } from './harness/wait-until.ts';
import { startWorkload } from './harness/workload.ts';
import type { Workload } from './harness/workload.ts';

const readers = 4;
/** How long a killed service stays away; the load goes on meanwhile. */
const awayMs = 1_000;
/** Answers wanted after each fault before the next one. */
const further = 40;

/**
 * Under a load that never stops, every service and every server dies in turn. What the oracle then looks at is not how
 * long anything took, but that nothing acknowledged was lost, doubled or reordered, anywhere.
 */
describe('a system whose parts die under load', () => {
  const endings = new Endings();
  let stack: RunningStack;
  let system: SystemUnderTest;
  let workload: Workload;
  let load: ContinuousLoad;
  let database: Database;

  beforeAll(async () => {
    // A stack of its own: restarting servers would disturb other tests.
    stack = await startStack({
      purpose: 'test',
      repositoryRoot: fileURLToPath(new URL('..', import.meta.url)),
      environment: process.env,
    });
    endings.add(() => stack.stop());
    system = await startSystem(stack.urls);
    endings.add(() => system.stop());
    database = new Database({ url: system.databaseUrl, applicationName: 'consilium-tests', poolSize: 2 });
    endings.add(() => database.close());
    workload = await startWorkload(system, readers);
    endings.add(() => workload.close());
    load = new ContinuousLoad(workload);
    await load.goesOn(further);
  });

  afterAll(() => endings.run());

  it('goes on when the active relay is killed: the standby takes over and publishes', async () => {
    const active = await activeRelay();
    const standby = system.relays.find((relay) => relay !== active);
    if (standby === undefined) throw new Error('there is no standby');
    expect(await standby.metric('consilium_relay_active')).toBe(0);
    await active.killHard();
    const published = await publishedSeq();
    await load.goesOn(further);
    await waitUntil('the standby to be active', async () =>
      (await standby.metric('consilium_relay_active')) === 1 ? true : undefined,
    );
    await waitUntil('the standby to publish', async () => ((await publishedSeq()) > published ? true : undefined));
    expect(active.isRunning).toBe(false);
    await active.start();
    await allAreReady();
    expect(await active.metric('consilium_relay_active')).toBe(0);
    await load.goesOn(further);
  });

  it('goes on when the projector is killed', async () => {
    await killAndRestart(system.projector);
  });

  it('goes on when the worker of consensus is killed', async () => {
    await killAndRestart(system.quality);
  });

  it('goes on when the API is killed: its clients send their commands again', async () => {
    await killAndRestart(system.api);
  });

  it.each(['postgres', 'kafka', 'redis'] as const)('goes on when %s is restarted', async (name) => {
    const server = serverOrReason(name);
    if (server === undefined) return;
    await server.restart();
    expect(server.running).toBe(true);
    await allAreReady();
    await load.goesOn(further);
  });

  it('goes on when Postgres is killed', async () => {
    const server = serverOrReason('postgres');
    if (server === undefined) return;
    await server.kill();
    expect(server.running).toBe(false);
    await pauseFor(awayMs);
    await server.start();
    await allAreReady();
    await load.goesOn(further);
  });

  it('has lost, doubled and reordered nothing', async () => {
    await load.finish();
    await everythingIsUp();
    await waitUntilDrained(database);
    await everythingIsUp();
    const stored = await readJournal(database);
    expect(stored.length).toBeGreaterThan(load.caseIds.length * (2 * readers + 2));
    expect(await acknowledgedProblems(database, stored, load.acknowledged)).toEqual([]);
    expect(logProblems(stored)).toEqual([]);
    expect(await completionProblems(database, readers)).toEqual([]);
    const records = await readKafka(stack.urls.kafkaBrokers, system.topicPrefix);
    const history = readHistory(records);
    expect(history.problems).toEqual([]);
    expect(history.events).toHaveLength(stored.length);
    expect(publicationProblems(stored, records, system.topicPrefix)).toEqual([]);
    expect(chainProblems(history.events)).toEqual([]);
    expect(await sealProblems(system, stored)).toEqual([]);
    expect(await viewProblems(database)).toEqual([]);
    const { live, rebuilt } = await compareWithRebuild(system.databaseUrl, records);
    expect(rebuilt).toEqual(live);
    expect(live.case_state.rows).toBe(load.caseIds.length);
    process.stderr.write(
      `faults: ${load.acknowledged.length} commands acknowledged, ${stored.length} events, ${load.caseIds.length} cases, ` +
        `${history.repeats} records repeated on Kafka\n`,
    );
  });

  it('answers every repeated command as before, and stores nothing new', async () => {
    const before = await journalSize(database);
    expect(await changedAnswers(load.acknowledged)).toEqual([]);
    expect(await journalSize(database)).toEqual(before);
  });

  async function killAndRestart(service: ServiceProcess): Promise<void> {
    await service.killHard();
    expect(service.isRunning).toBe(false);
    await pauseFor(awayMs);
    await service.start();
    await allAreReady();
    await load.goesOn(further);
  }

  const activeRelay = (): Promise<ServiceProcess> =>
    waitUntil('one relay to be active', async () => {
      const shares = await Promise.all(system.relays.map((relay) => relay.metric('consilium_relay_active')));
      const active = system.relays.filter((_, index) => shares[index] === 1);
      return active.length === 1 ? active[0] : undefined;
    });

  async function publishedSeq(): Promise<number> {
    const [row] = await database.query({ text: 'SELECT relay.published_global_seq FROM journal.relay' });
    return row === undefined ? 0 : readInteger(row, 'published_global_seq');
  }

  /** A fault of a server must pass by itself: nobody restarts a service for it. */
  async function allAreReady(): Promise<void> {
    for (const service of system.services) {
      await service.waitUntilReady();
      expect([service.name, service.isRunning]).toEqual([service.name, true]);
    }
  }

  function serverOrReason(name: ServerName): RunningStack['servers'][ServerName] {
    const server = stack.servers[name];
    const choice = stack.chosen.find((one) => one.server === name);
    if (server === undefined)
      process.stderr.write(`${name} is not restarted: it is not ours (${choice?.why ?? '?'})\n`);
    return server;
  }

  /** An oracle that looks while something is down sees losses that are none, or none where there are some. */
  async function everythingIsUp(): Promise<void> {
    await allAreReady();
    expect(await database.query({ text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
    for (const server of Object.values(stack.servers))
      expect([server.server, server.running]).toEqual([server.server, true]);
    const topics = connectKafka({
      brokers: stack.urls.kafkaBrokers.split(','),
      clientId: 'consilium-tests',
      logger: createLogger({ service: 'tests', level: 'error' }),
    }).topics();
    await topics.ping().finally(() => topics.close());
  }
});
