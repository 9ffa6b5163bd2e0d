import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consensusJobOf, scoringCauses, scoringJobOf } from '@consilium/contracts';
import {
  countReadersLeft,
  eventStoreMigrations,
  findUnansweredReadsCompleted,
  findUnscored,
  goldScoresOf,
  PostgresEventStore,
} from '@consilium/event-store';
import type { RecordedEvent } from '@consilium/event-store';
import { consensusQueue, jobMetrics, JobWorkers, RedisJobQueue, scoringQueue, toBoundHandler } from '@consilium/jobs';
import { connectKafka } from '@consilium/messaging';
import type { Messaging } from '@consilium/messaging';
import { Database } from '@consilium/postgres';
import { createTestDatabase } from '@consilium/postgres/testing';
import type { TestDatabase } from '@consilium/postgres/testing';
import { createLogger, createMetrics, pause } from '@consilium/runtime';
import type { Registry } from '@consilium/runtime';
import { ConsensusRecorder } from './consensus/consensus-recorder.ts';
import { ProjectProtocols } from './consensus/project-protocols.ts';
import { caseWork } from './intake/case-work.ts';
import { Reconcile } from './intake/reconcile.ts';
import { QualityMetrics } from './platform/quality-metrics.ts';
import { DriftWatch } from './scores/drift-watch.ts';
import { ScoreRecorder } from './scores/score-recorder.ts';
import { Quality } from './quality.ts';
import { annotationId, annotatorId } from '@consilium/testing';
import { plainText } from '@consilium/domain';
import { empty, fourReads, JournalFixture, nodule, recordOf, topicSpecs } from './quality-fixture.spec.ts';

const logger = createLogger({ service: 'quality-spec', level: 'silent' });
const brokers = (process.env['CONSILIUM_TEST_KAFKA_BROKERS'] ?? '').split(',');
const redisUrl = process.env['CONSILIUM_TEST_REDIS_URL'] ?? '';
const prefix = `quality-${randomUUID()}`;

let test: TestDatabase;
let api: Database;
let messaging: Messaging;
let journal: JournalFixture;
const toClose: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  test = await createTestDatabase({ migrations: await eventStoreMigrations() });
  api = new Database({ url: test.url, role: 'consilium_api', applicationName: 'quality-spec', poolSize: 4 });
  messaging = connectKafka({ brokers, clientId: 'quality-spec', logger });
  journal = new JournalFixture(new PostgresEventStore(api));
  await journal.createProject();
  const topics = messaging.topics();
  await topics.ensureTopics(topicSpecs(prefix));
  await topics.close();
});
afterAll(async () => {
  for (const close of toClose.reverse()) await close();
  await api.close();
  await test.drop();
});

/** One process of the service, without its HTTP. */
async function startQuality(): Promise<Registry> {
  const registry = createMetrics('quality');
  const observer = new QualityMetrics(registry);
  const database = new Database({
    url: test.url,
    role: 'consilium_quality',
    applicationName: 'quality-spec',
    poolSize: 6,
  });
  const store = new PostgresEventStore(database);
  const protocols = new ProjectProtocols(store);
  const drift = new DriftWatch(store, async (query) => goldScoresOf(database, query), observer);
  const scores = new ScoreRecorder(store, protocols, drift, observer);
  const recorder = new ConsensusRecorder(
    store,
    protocols,
    async (query) => countReadersLeft(database, query),
    observer,
  );
  const redis = { url: redisUrl, prefix, connectionName: 'quality-spec', logger };
  const works = [
    caseWork({
      causes: ['readsCompleted'],
      jobs: new RedisJobQueue(consensusQueue, redis),
      jobOf: consensusJobOf,
      findUnanswered: async (query) => findUnansweredReadsCompleted(database, query),
    }),
    caseWork({
      causes: scoringCauses,
      jobs: new RedisJobQueue(scoringQueue, redis),
      jobOf: scoringJobOf,
      findUnanswered: async (query) => findUnscored(database, query),
    }),
  ];
  const workers = new JobWorkers({
    ...redis,
    queues: [consensusQueue, scoringQueue],
    handlers: [
      toBoundHandler({ queue: consensusQueue, handle: async (job) => recorder.record(job) }),
      toBoundHandler({ queue: scoringQueue, handle: async (job) => scores.record(job) }),
    ],
    concurrency: 4,
    mode: 'production',
    metrics: jobMetrics(registry),
  });
  const reconcile = new Reconcile({ works, observer, logger });
  const quality = new Quality({
    prefix,
    subscription: messaging.subscription(),
    works,
    workers,
    reconcile,
    observer,
    logger,
    onFatal: () => undefined,
  });
  toClose.push(async () => {
    await quality.stop();
    await database.close();
  });
  await quality.start();
  return registry;
}

async function answersOf(cases: readonly RecordedEvent[]): Promise<readonly number[]> {
  const answers: number[] = [];
  for (const { streamId } of cases) answers.push((await journal.consensusEventsOf(streamId)).length);
  return answers;
}

async function untilAnswered(cases: readonly RecordedEvent[]): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if ((await answersOf(cases)).every((count) => count > 0)) return;
    await pause(100);
  }
}

async function untilTold(registries: readonly Registry[], line: RegExp): Promise<void> {
  const told = async (): Promise<string> => (await Promise.all(registries.map(async (each) => each.metrics()))).join();
  for (let attempt = 0; attempt < 300 && !line.test(await told()); attempt += 1) await pause(100);
  expect(await told()).toMatch(line);
}

const complete = async (count: number): Promise<readonly RecordedEvent[]> => {
  const cases: RecordedEvent[] = [];
  for (let index = 0; index < count; index += 1) {
    cases.push(await journal.completeCase([nodule(0), nodule(index % 5), empty, index % 2 === 0 ? empty : nodule(1)]));
  }
  return cases;
};

describe('two processes of quality', () => {
  it('answer each completed case once: those Kafka never told of at their start, the others as they are published', async () => {
    const forgotten = await complete(3);
    const [one, two] = [await startQuality(), await startQuality()];
    await untilAnswered(forgotten);
    expect(await answersOf(forgotten)).toEqual([1, 1, 1]);
    const found = await Promise.all([one, two].map(async (registry) => registry.metrics()));
    expect(found.join()).toContain('consilium_reconciled_total{found="added",service="quality"} 3');

    const published = await complete(12);
    const publisher = await messaging.publisher();
    toClose.push(async () => publisher.close());
    const records = published.map((event, index) => recordOf(event, prefix, index + 1));
    const [first] = records;
    if (first === undefined) throw new Error('there are records');
    const unreadable = { ...first, headers: { ...first.headers, ce_meta: '{' } };
    // Each one twice, as after a crash of the relay, and a record that nobody can read before them.
    await publisher.publish([unreadable, ...records, ...records]);
    await untilAnswered(published);
    expect(await answersOf(published)).toEqual(published.map(() => 1));
    // Reconciliation may have answered before Kafka told of it, and Kafka tells again where the two have just shared it out.
    await untilTold([one, two], /consilium_unreadable_records_total\{service="quality"\} [1-9]/);

    // What makes answers due to be scored.
    const [{ streamId }] = forgotten as readonly [RecordedEvent];
    const set = await journal.decide(streamId, () => ({
      type: 'setGold',
      annotationId: annotationId(90),
      source: { kind: 'external', note: plainText('biopsy') },
      draft: nodule(0),
      setBy: annotatorId(90),
      protocol: fourReads,
    }));
    const answer = await journal.readAgain(streamId, empty);
    await publisher.publish([set, answer].map((event, index) => recordOf(event, prefix, 100 + index)));
    const scored = async () => (await journal.eventsOf(streamId)).filter(({ type }) => type === 'answersScored');
    for (let attempt = 0; attempt < 600 && (await scored()).length < 2; attempt += 1) await pause(100);
    expect(await scored()).toHaveLength(2);

    // What Redis forgot of answered cases is not asked again.
    const database = new Database({ url: test.url, role: 'consilium_quality', applicationName: 'spec', poolSize: 1 });
    expect(await findUnansweredReadsCompleted(database, { limit: 10, olderThanMs: 0 })).toEqual([]);
    await database.close();
  });
});
