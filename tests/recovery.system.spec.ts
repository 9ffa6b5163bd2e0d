import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { restoreAnnotation, wholeCases, withdrawAnnotation } from '@consilium/client';
import { eventStoreMigrations } from '@consilium/event-store';
import { Database } from '@consilium/postgres';
import { createTestDatabase } from '@consilium/postgres/testing';
import { readModelMigrations } from '@consilium/read-model';
import { z } from 'zod';
import { dumpJournal, loadJournal, loadVault } from './fixtures/journal-file.ts';
import { ContinuousLoad } from './harness/continuous-load.ts';
import { Endings } from './harness/endings.ts';
import { chainProblems, logProblems, publicationProblems, readHistory } from './harness/history-problems.ts';
import { readKafka } from './harness/kafka-history.ts';
import { sealProblems } from './harness/seal-problems.ts';
import { ServiceProcess } from './harness/service-process.ts';
import { readJournal, waitUntilDrained } from './harness/stored-history.ts';
import { serversOfRun, startSystem } from './harness/system-under-test.ts';
import type { SystemUnderTest } from './harness/system-under-test.ts';
import { viewProblems } from './harness/view-problems.ts';
import { waitUntil } from './harness/wait-until.ts';
import { startWorkload } from './harness/workload.ts';
import type { Workload } from './harness/workload.ts';

const recoverProgram = fileURLToPath(new URL('../services/relay/dist/recover-from-kafka.js', import.meta.url));
const reportSchema = z.strictObject({
  events: z.int(),
  checkpoints: z.int(),
  lastGlobalSeq: z.int(),
  subjectsWithoutKey: z.int(),
});
const readers = 2;

/**
 * A backup is taken under load, work goes on, and the database is gone. What the backup does not have was acknowledged, and
 * is on Kafka: it is read back, and the log goes on as the one that every anchored head is of.
 */
describe('a database restored from a backup that is too old', () => {
  const endings = new Endings();
  let system: SystemUnderTest;
  let original: Database;
  let restored: Database;
  let environment: Readonly<Record<string, string>>;

  beforeAll(async () => {
    system = await startSystem(serversOfRun(), { CONSILIUM_SEAL_EVENTS: '50', CONSILIUM_SEAL_SECONDS: '1' });
    endings.add(() => system.stop());
    original = new Database({ url: system.databaseUrl, applicationName: 'consilium-tests', poolSize: 2 });
    endings.add(() => original.close());
    const workload = await startWorkload(system, readers);
    endings.add(() => workload.close());
    const load = new ContinuousLoad(workload);
    await load.goesOn(60);
    const backup = await original.transaction(async (transaction) => {
      await transaction.query({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY' });
      return dumpJournal(transaction);
    });
    await load.goesOn(100);
    await load.finish();
    await waitUntilDrained(original);
    await takeBackAndBringBack(workload);
    await waitUntilDrained(original);
    // Every event is under a head, and every head in the anchor.
    await waitUntil('all to be sealed', async () =>
      (await sealProblems(system, await readJournal(original))).length === 0 && (await isSealed(original))
        ? true
        : undefined,
    );
    await Promise.all(system.services.map((service) => service.stop()));

    const migrations = [...(await eventStoreMigrations()), ...(await readModelMigrations())];
    const test = await createTestDatabase({ migrations, serverUrl: serversOfRun().databaseUrl });
    endings.add(() => test.drop());
    restored = new Database({ url: test.url, applicationName: 'consilium-tests', poolSize: 2 });
    endings.add(() => restored.close());
    await loadJournal(restored, backup);
    // As an operator waits for it: the relay of the backup held its lease.
    await restored.execute({ text: "UPDATE journal.relay SET lease_ends_at = '-infinity'" });
    environment = { ...system.environment, DATABASE_URL: test.url };
  });

  afterAll(() => endings.run());

  it('has lost what was acknowledged', async () => {
    expect((await readJournal(restored)).length).toBeLessThan((await readJournal(original)).length);
  });

  it('gets everything back from Kafka: events, numbers, claims, tiles and heads are what they were', async () => {
    const report = reportSchema.parse(JSON.parse((await recover()).stdout));
    expect(report.events).toBeGreaterThan(100);
    expect(report.checkpoints).toBeGreaterThan(0);
    // Keys are on no topic: the vault has a backup of its own, which is newer here.
    expect(report.subjectsWithoutKey).toBeGreaterThan(0);
    await loadVault(restored, await dumpJournal(original));
    expect(comparable(await dumpJournal(restored))).toEqual(comparable(await dumpJournal(original)));
  });

  it('finds nothing more when it is run again', async () => {
    expect(reportSchema.parse(JSON.parse((await recover()).stdout))).toMatchObject({
      events: 0,
      checkpoints: 0,
      subjectsWithoutKey: 0,
    });
  });

  it('goes on: relay, views and API work on it, and what comes next is sealed over every head of before', async () => {
    const make = (name: 'api' | 'projector' | 'quality' | 'relay'): ServiceProcess =>
      new ServiceProcess(name, environment, join(system.folder, `restored-${name}.log`));
    const [relay, projector, quality, api] = [make('relay'), make('projector'), make('quality'), make('api')];
    const services = [relay, projector, quality, api];
    endings.add(async () => {
      await Promise.all(services.map((service) => service.stop()));
    });
    for (const service of services) await service.start();
    for (const service of services) await service.waitUntilReady();
    const workload = await startWorkload({ ...system, api }, readers);
    endings.add(() => workload.close());
    const load = new ContinuousLoad(workload);
    await load.goesOn(20);
    await load.finish();
    await waitUntilDrained(restored);
    await waitUntil('all to be sealed', async () => ((await isSealed(restored)) ? true : undefined));
    expect(await relay.metric('consilium_seal_broken')).toBe(0);

    const stored = await readJournal(restored);
    const records = await readKafka(serversOfRun().kafkaBrokers, system.topicPrefix);
    const history = readHistory(records);
    expect(history.problems).toEqual([]);
    expect(logProblems(stored)).toEqual([]);
    expect(chainProblems(history.events)).toEqual([]);
    expect(publicationProblems(stored, records, system.topicPrefix)).toEqual([]);
    expect(await sealProblems(system, stored)).toEqual([]);
    expect(await viewProblems(restored)).toEqual([]);
  });

  const recover = () =>
    promisify(execFile)(process.execPath, [recoverProgram], { env: { PATH: process.env['PATH'], ...environment } });
});

/** Of three cases: one read withdrawn, and in two of them brought back, which is about claims too. */
async function takeBackAndBringBack({ lead, projectId }: Workload): Promise<void> {
  const { edges } = (await lead.request(wholeCases, { projectId, first: 100 })).cases;
  const read = edges.flatMap(({ node }) => node.annotations.slice(0, 1).map(({ id }) => ({ caseId: node.id, id })));
  for (const [index, { caseId, id: annotationId }] of read.slice(0, 3).entries()) {
    const input = { caseId, annotationId, revision: 1, reasonCode: 'ENTERED_BY_MISTAKE' } as const;
    const withdrawn = await lead.request(withdrawAnnotation, { input: { commandId: randomUUID(), ...input } });
    expect(withdrawn.withdrawAnnotation.__typename).toBe('AnnotationWithdrawn');
    if (index === 0) continue;
    const restored = await lead.request(restoreAnnotation, { input: { commandId: randomUUID(), ...input } });
    expect(restored.restoreAnnotation.__typename).toBe('AnnotationRestored');
  }
  expect(read.length).toBeGreaterThan(2);
}

async function isSealed(database: Database): Promise<boolean> {
  const rows = await database.query({
    text: 'SELECT FROM journal.head WHERE head.last_global_seq = (SELECT max(checkpoint.size) FROM journal.checkpoint)',
  });
  return rows.length === 1;
}

/** Without what is of a relay's term or of a clock, and without the answers of commands, which are not on Kafka. */
const comparable = (dump: string): readonly string[] =>
  dump
    .split('\n')
    .filter((line) => !/"journal\.(relay|command|pending)"/.test(line))
    .map((line) => line.replace(/"(sequenced_at|sealed_at)": "[^"]*"/, '').replace(/"epoch": \d+/, ''))
    .sort();
