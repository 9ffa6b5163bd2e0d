import { randomUUID } from 'node:crypto';
import { encodeEnvelope, eventTopics, placeOfRecord } from '@consilium/contracts';
import { streamIdOf } from '@consilium/domain';
import type { CommandId, EventId, Instant, OrganisationId, StreamId } from '@consilium/domain';
import {
  eventStoreMigrations,
  PostgresEventStore,
  PostgresLogReader,
  PostgresRelayLease,
  PostgresSequencer,
} from '@consilium/event-store';
import { connectKafka } from '@consilium/messaging';
import type { IncomingRecord, Messaging } from '@consilium/messaging';
import { Database } from '@consilium/postgres';
import { createTestDatabase } from '@consilium/postgres/testing';
import { createLogger } from '@consilium/runtime';
import { Relay } from './relay.ts';
import type { RelayOptions } from './relay.ts';

const organisation = randomUUID() as OrganisationId;
export const logger = createLogger({ service: 'relay-spec', level: 'silent' });

export const newStream = (): StreamId => streamIdOf('case', randomUUID());

/** A journal of its own and topics of its own, on the servers of the run. */
export interface Bench {
  readonly prefix: string;
  readonly messaging: Messaging;
  readonly url: string;
  /** As consilium_relay. */
  readonly database: Database;
  /** As the owner, for what only a restore or a mishap does. */
  readonly owner: Database;
  /** Appends `count` events to the stream, one command each. */
  append(streamId: StreamId, count?: number): Promise<void>;
  relay(changes?: Partial<RelayOptions>): Relay;
  /** Everything on Kafka, when `enough` is there. */
  recordsWhen(enough: (records: readonly IncomingRecord[]) => boolean): Promise<readonly IncomingRecord[]>;
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const prefix = `relay-${randomUUID()}`;
  const test = await createTestDatabase({ migrations: await eventStoreMigrations() });
  const connect = (role?: 'consilium_api' | 'consilium_relay'): Database => {
    const options = { url: test.url, applicationName: 'relay-spec', poolSize: 6 };
    return new Database(role === undefined ? options : { ...options, role });
  };
  const [api, relay, owner] = [connect('consilium_api'), connect('consilium_relay'), connect()];
  const store = new PostgresEventStore(api);
  const brokers = (process.env['CONSILIUM_TEST_KAFKA_BROKERS'] ?? '').split(',');
  const messaging = connectKafka({ brokers, clientId: 'relay-spec', logger });
  return {
    prefix,
    messaging,
    url: test.url,
    database: relay,
    owner,
    append: async (streamId, count = 1) => {
      for (let index = 0; index < count; index += 1) await appendOne(store, streamId);
    },
    relay: (changes = {}) =>
      new Relay({
        lease: new PostgresRelayLease(relay),
        sequencer: new PostgresSequencer(relay),
        log: new PostgresLogReader(relay),
        messaging,
        prefix,
        durability: {},
        holder: randomUUID(),
        sealer: undefined,
        observer: silentObserver,
        logger,
        ...changes,
      }),
    recordsWhen: async (enough) => readUntil(messaging, prefix, enough),
    close: async () => {
      await Promise.all([api.close(), relay.close(), owner.close()]);
      await test.drop();
    },
  };
}

export const silentObserver: RelayOptions['observer'] = {
  standingBy: () => undefined,
  tookOver: () => undefined,
  steppedDown: () => undefined,
  turned: () => undefined,
  published: () => undefined,
  failed: () => undefined,
};

async function appendOne(store: PostgresEventStore, streamId: StreamId): Promise<void> {
  const { now, streams } = await store.load({ organisation, streams: [streamId] });
  const version = streams.get(streamId)?.version ?? 0;
  const eventId = randomUUID() as EventId;
  const at = new Date(now).toISOString();
  const outcome = await store.append({
    organisation,
    command: {
      actorId: 'someone',
      commandId: eventId as string as CommandId,
      requestHash: '0'.repeat(64),
      answer: '{}',
    },
    claims: [],
    writes: [
      {
        streamId,
        expectedVersion: version,
        events: [
          {
            eventId,
            type: 'somethingHappened',
            schemaVersion: 1,
            recordedAt: now satisfies Instant,
            metaBytes: encodeEnvelope({
              eventId,
              streamId,
              streamVersion: version + 1,
              type: 'somethingHappened',
              schemaVersion: 1,
              organisation,
              actor: { id: 'someone', role: 'system' },
              commandId: eventId as string as CommandId,
              correlationId: eventId,
              causationId: eventId,
              occurredAt: at,
              recordedAt: at,
            }),
            payloadBytes: Buffer.from('{"a":1}'),
            salt: Buffer.alloc(16, 7),
          },
        ],
      },
    ],
  });
  if (outcome.kind !== 'appended') throw new Error(`not appended: ${outcome.kind}`);
}

async function readUntil(
  messaging: Messaging,
  prefix: string,
  enough: (records: readonly IncomingRecord[]) => boolean,
): Promise<readonly IncomingRecord[]> {
  const subscription = messaging.subscription();
  const got: IncomingRecord[] = [];
  try {
    return await new Promise((resolve, reject) => {
      void subscription
        .start({
          groupId: `${prefix}-${randomUUID()}`,
          topics: eventTopics(prefix),
          fromBeginning: true,
          concurrency: 1,
          onFatal: reject,
          onBatch: async (_topic, _partition, records) => {
            got.push(...records);
            if (enough(got)) resolve([...got]);
            return { nextOffset: String(BigInt(records.at(-1)?.offset ?? '-1') + 1n) };
          },
        })
        .catch(reject);
    });
  } finally {
    await subscription.stop();
  }
}

export const globalSeqsOf = (records: readonly IncomingRecord[]): readonly number[] =>
  [...new Set(records.map((record) => placeOfRecord(record).globalSeq))].sort((one, other) => one - other);

export const fromOneTo = (count: number): readonly number[] =>
  Array.from({ length: count }, (_none, index) => index + 1);

export const hasAllOf =
  (count: number) =>
  (records: readonly IncomingRecord[]): boolean =>
    globalSeqsOf(records).length >= count;

/** Runs a relay until `work` is done. */
export async function whileRunning(relay: Relay, work: () => Promise<void>): Promise<void> {
  const stopping = new AbortController();
  const running = relay.run(stopping.signal);
  try {
    await Promise.race([work(), running.then(() => new Promise<never>(() => undefined))]);
  } finally {
    stopping.abort();
    await running;
  }
}
