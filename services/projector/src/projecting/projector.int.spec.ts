import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventTopics, partitionsPerTopic, topicOf } from '@consilium/contracts';
import { eventStoreMigrations } from '@consilium/event-store';
import { connectKafka, type Messaging } from '@consilium/messaging';
import { Database } from '@consilium/postgres';
import { createTestDatabase, type TestDatabase } from '@consilium/postgres/testing';
import {
  activeGeneration,
  canonicalSha256,
  createGeneration,
  parkedStreamsOf,
  viewNames,
  placesOf,
  readModelMigrations,
} from '@consilium/read-model';
import { createLogger, pause } from '@consilium/runtime';
import {
  caseId,
  projectId,
  annotationSubmitted,
  caseStream,
  projectCreated,
  projectStream,
  PublishedLog,
  readClaimed,
  wholeCase,
} from '@consilium/testing';
import { rebuildViews, type RebuildResult } from '../rebuilding/rebuild-views.ts';
import { Projector } from './projector.ts';

const logger = createLogger({ service: 'projector-spec', level: 'silent' });
const brokers = (process.env['CONSILIUM_TEST_KAFKA_BROKERS'] ?? '').split(',');

let test: TestDatabase;
let database: Database;
let messaging: Messaging;
let prefix: string;
let log: PublishedLog;
/** Of each partition, the records that are on Kafka. */
let sent: Map<string, number>;
let stopping: AbortController;
let running: Promise<void>;

beforeAll(() => {
  messaging = connectKafka({ brokers, clientId: 'projector-spec', logger });
});

beforeEach(async () => {
  test = await createTestDatabase({
    migrations: [...(await eventStoreMigrations()), ...(await readModelMigrations())],
  });
  database = new Database({
    url: test.url,
    role: 'consilium_projector',
    applicationName: 'projector-spec',
    poolSize: 8,
  });
  prefix = `spec-${randomUUID()}`;
  const topics = messaging.topics();
  await topics.ensureTopics(eventTopics(prefix).map((topic) => ({ topic, partitions: partitionsPerTopic })));
  await topics.close();
  log = new PublishedLog();
  sent = new Map();
  stopping = new AbortController();
  running = projector().run(stopping.signal);
});

afterEach(async () => {
  stopping.abort();
  await running.catch(() => undefined);
  await database.close();
  await test.drop();
});

const options = (): ConstructorParameters<typeof Projector>[0] => ({
  session: database,
  messaging,
  prefix,
  mostParkedStreams: 1,
  logger,
});
const projector = (): Projector => new Projector(options());
const rebuild = async (): Promise<RebuildResult> =>
  rebuildViews({ ...options(), takeSwitch: true, dropOld: false, onProgress: () => undefined });

/** Sends what is new, or everything again. */
async function publish(again = false): Promise<void> {
  const records = log.batches().flatMap(({ topic, partition, records: all }) => {
    const key = `${topic} ${String(partition)}`;
    const from = again ? 0 : (sent.get(key) ?? 0);
    sent.set(key, all.length);
    return all.slice(from).map(({ key: streamId, value, headers }) => ({
      topic: topicOf(prefix, topic),
      partition,
      key: streamId,
      value,
      headers,
    }));
  });
  const publisher = await messaging.publisher();
  await publisher.publish(records);
  await publisher.close();
}

/** Waits until the active generation has passed everything in the log. */
async function shown(): Promise<void> {
  const expected = log.batches().reduce((sum, { records }) => sum + records.length, 0);
  await eventually(async () => {
    const places = await placesOf(database, await activeGeneration(database));
    return places.reduce((sum, { nextSeq }) => sum + nextSeq - 1, 0) === expected;
  });
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not come about within 30 s');
    await pause(50);
  }
}

function addCases(from: number, to: number): void {
  for (let number = from; number <= to; number += 1) log.add(caseStream(caseId(number)), ...wholeCase(number));
}

describe('the projector on Kafka', () => {
  it('shows each event once, though records come twice and the process is replaced', async () => {
    log.add(projectStream(projectId(1)), ...projectCreated());
    addCases(1, 20);
    await publish();
    await shown();
    stopping.abort();
    await running;
    stopping = new AbortController();
    running = projector().run(stopping.signal);
    await publish(true);
    addCases(21, 30);
    await publish();
    await shown();
    const hashes = await canonicalSha256(database, await activeGeneration(database));
    expect(hashes.case_event.rows).toBe(30 * 7);
  });

  it('goes back for events that its group has passed but the database has not', async () => {
    addCases(1, 5);
    await publish();
    await shown();
    const before = await canonicalSha256(database, 1);
    // As after a restored backup: the group's offsets stay, our places and rows are gone.
    const owner = new Database({ url: test.url, applicationName: 'spec' });
    for (const table of ['checkpoint', ...viewNames]) {
      await owner.query({ text: `TRUNCATE view_1.${table}` });
    }
    await owner.close();
    for (let number = 1; number <= 5; number += 1) log.add(caseStream(caseId(number)), readClaimed(number, 3));
    await publish();
    await shown();
    const after = await canonicalSha256(database, 1);
    expect(after.case_event.rows).toBe(5 * 8);
    expect(before.case_event.rows).toBe(5 * 7);
  });

  it('goes on around a parked stream, and ends when one too many is parked', async () => {
    addCases(1, 2);
    log.addUnknown(caseStream(caseId(1))).add(caseStream(caseId(1)), readClaimed(1, 3));
    await publish();
    await shown();
    expect((await parkedStreamsOf(database, 1)).map(({ streamId }) => streamId)).toEqual([caseStream(caseId(1))]);
    log.add(caseStream(caseId(2)), annotationSubmitted(2, 9));
    await publish();
    await expect(running).rejects.toMatchObject({ name: 'TooManyParkedStreams' });
  });
});

describe('a rebuild', () => {
  it('gives the same hashes, is switched to, and is followed by the running projector', async () => {
    log.add(projectStream(projectId(1)), ...projectCreated());
    addCases(1, 30);
    await publish();
    await shown();
    const old = await canonicalSha256(database, 1);
    const result = await rebuild();
    expect(result).toMatchObject({ generation: 2, previous: 1, events: 212, equalToActive: true, switched: true });
    expect(result.sha256).toEqual(old);
    expect(await activeGeneration(database)).toBe(2);
    addCases(31, 35);
    await publish();
    await shown();
    expect((await canonicalSha256(database, 2)).case_event.rows).toBe(35 * 7);
    expect(await canonicalSha256(database, 1)).toEqual(old);
  });

  it('begins anew where an earlier one was built and not switched to, whose group is at the end already', async () => {
    addCases(1, 10);
    await publish();
    await shown();
    const once = async (): Promise<RebuildResult> =>
      rebuildViews({ ...options(), takeSwitch: false, dropOld: false, onProgress: () => undefined });
    const first = await once();
    expect(await once()).toEqual({ ...first, seconds: expect.any(Number) });
    expect(first).toMatchObject({ generation: 2, equalToActive: true, switched: false });
  });

  it('drops what an earlier one left unfinished', async () => {
    await createGeneration(database);
    addCases(1, 3);
    await publish();
    await shown();
    expect(await rebuild()).toMatchObject({ generation: 2, equalToActive: true });
  });
});
