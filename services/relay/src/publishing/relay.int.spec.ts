import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeRecord, eventTopics, placeOfRecord, routeOf } from '@consilium/contracts';
import { MessagingUnavailable, TopicMismatch } from '@consilium/messaging';
import type { EventPublisher, IncomingRecord, Messaging } from '@consilium/messaging';
import { pause } from '@consilium/runtime';
import { LogRefused } from './find-resume-point.ts';
import {
  fromOneTo,
  globalSeqsOf,
  hasAllOf,
  newStream,
  openBench,
  silentObserver,
  whileRunning,
} from './relay-fixture.spec.ts';
import type { Bench } from './relay-fixture.spec.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
});
afterEach(async () => {
  await bench.close();
});

/** Per partition, in the order in which records stand there, repeats left out: a number at or below the last. */
function firstSightings(records: readonly IncomingRecord[]): readonly (readonly number[])[] {
  const byPartition = Map.groupBy(records, ({ topic, partition }) => `${topic} ${partition}`);
  return [...byPartition.values()].map((ofPartition) => {
    const seen: number[] = [];
    for (const record of ofPartition) {
      const { partitionSeq } = placeOfRecord(record);
      if (partitionSeq > (seen.at(-1) ?? 0)) seen.push(partitionSeq);
    }
    return seen;
  });
}

const refusalOf = async (): Promise<unknown> =>
  bench
    .relay()
    .run(new AbortController().signal)
    .catch((error: unknown) => error);

/** What no role and no owner may do in earnest: the journal is append-only. */
const tamper = async (...statements: readonly string[]): Promise<void> =>
  bench.owner.transaction(async (transaction) => {
    await transaction.query({ text: 'SET LOCAL session_replication_role = replica' });
    for (const text of statements) await transaction.query({ text });
  });

/** The journal as it would be after a restore from a backup that had `kept` events. */
const restoreTo = async (kept: number): Promise<void> =>
  tamper(
    `WITH lost AS (DELETE FROM journal.log WHERE global_seq > ${kept} RETURNING stream_id, stream_version)
      DELETE FROM journal.event USING lost
      WHERE event.stream_id = lost.stream_id AND event.stream_version = lost.stream_version`,
    'DELETE FROM journal.partition_head',
    `INSERT INTO journal.partition_head (topic, partition, last_seq)
      SELECT log.topic, log.partition, max(log.partition_seq) FROM journal.log GROUP BY log.topic, log.partition`,
    `UPDATE journal.head SET last_global_seq = ${kept}`,
    `UPDATE journal.relay SET published_global_seq = ${kept}`,
  );

/** Waits until the topics of that prefix have `count` records. */
const published = async (prefix: string, count: number): Promise<void> => {
  const topics = bench.messaging.topics();
  const countNow = async (): Promise<number> => {
    try {
      return (await topics.endsOf(eventTopics(prefix))).reduce((sum, { high }) => sum + Number(high), 0);
    } catch {
      return 0;
    }
  };
  while ((await countNow()) < count) await pause(50);
  expect(await countNow()).toBe(count);
  await topics.close();
};

describe('the relay', () => {
  it('publishes every event once, dense and in order, what came before it and what comes while it runs', async () => {
    const streams = [newStream(), newStream(), newStream()];
    for (const stream of streams) await bench.append(stream, 3);
    await whileRunning(bench.relay(), async () => {
      await bench.recordsWhen(hasAllOf(9));
      await Promise.all(streams.map(async (stream) => bench.append(stream, 4)));
      const records = await bench.recordsWhen(hasAllOf(21));
      expect(records).toHaveLength(21);
      expect(globalSeqsOf(records)).toEqual(fromOneTo(21));
      for (const seqs of firstSightings(records)) expect(seqs).toEqual(fromOneTo(seqs.length));
      for (const stream of streams) {
        const versions = records
          .filter(({ key }) => key === stream)
          .map((one) => decodeRecord(one).envelope.streamVersion);
        expect(versions).toEqual(fromOneTo(7));
      }
    });
  });

  it('goes on after an orderly end without repeating anything', async () => {
    const stream = newStream();
    await bench.append(stream, 2);
    await whileRunning(bench.relay(), async () => {
      await bench.recordsWhen(hasAllOf(2));
    });
    await bench.append(stream, 2);
    await whileRunning(bench.relay(), async () => {
      expect(await bench.recordsWhen(hasAllOf(4))).toHaveLength(4);
    });
  });

  it('has one at work and another standing by, who takes over when the first falls silent', async () => {
    const stream = newStream();
    const epochs: number[] = [];
    const stoodBy = Promise.withResolvers<undefined>();
    const observer = {
      ...silentObserver,
      tookOver: (epoch: number) => void epochs.push(epoch),
      standingBy: () => stoodBy.resolve(undefined),
    };
    // Its lease was taken by somebody who then died: nobody renews it and nobody gives it back.
    await bench.owner.query({
      text: `UPDATE journal.relay SET epoch = 41, holder = 'dead', lease_ends_at = clock_timestamp() + interval '1 second'`,
    });
    await whileRunning(bench.relay({ observer }), async () => {
      await bench.append(stream, 2);
      await stoodBy.promise;
      expect(epochs).toEqual([]);
      await bench.recordsWhen(hasAllOf(2));
      expect(epochs).toEqual([42]);
    });
  });

  it('stops publishing at once when another one takes over, and stands by', async () => {
    const stream = newStream();
    const steppedDown = Promise.withResolvers<undefined>();
    const observer = { ...silentObserver, steppedDown: () => steppedDown.resolve(undefined) };
    await whileRunning(bench.relay({ observer }), async () => {
      await bench.append(stream);
      await bench.recordsWhen(hasAllOf(1));
      // As a relay does that sees the lease at its end while this one was stopped for a while.
      await bench.owner.query({
        text: `WITH taken AS (
            UPDATE journal.relay SET epoch = epoch + 1, holder = 'other', lease_ends_at = clock_timestamp() + interval '1 hour'
            RETURNING epoch
          ) UPDATE journal.head SET epoch = taken.epoch FROM taken`,
      });
      await steppedDown.promise;
      await bench.append(stream, 3);
    });
    const [row] = await bench.owner.query({ text: 'SELECT count(*)::int AS waiting FROM journal.pending' });
    expect(row).toEqual({ waiting: 3 });
  });

  it('keeps its place when Kafka fails in the middle, and repeats rather than loses', async () => {
    const failing = failingOnce(bench.messaging);
    const stream = newStream();
    const failures: unknown[] = [];
    const observer = { ...silentObserver, failed: (error: unknown) => void failures.push(error) };
    await bench.append(stream, 5);
    await whileRunning(bench.relay({ messaging: failing, observer }), async () => {
      const records = await bench.recordsWhen(hasAllOf(5));
      expect(globalSeqsOf(records)).toEqual(fromOneTo(5));
      for (const seqs of firstSightings(records)) expect(seqs).toEqual(fromOneTo(seqs.length));
    });
    expect(failures).toEqual([expect.any(MessagingUnavailable)]);
  });
});

describe('a relay that compares Kafka with the log', () => {
  beforeEach(async () => {
    for (const stream of [newStream(), newStream()]) await bench.append(stream, 3);
    await whileRunning(bench.relay(), async () => {
      await bench.recordsWhen(hasAllOf(6));
    });
  });

  it('goes on where both are equal, even when the cursor was lost', async () => {
    await bench.owner.query({ text: 'UPDATE journal.relay SET published_global_seq = 0' });
    await bench.append(newStream());
    await whileRunning(bench.relay(), async () => {
      expect(await bench.recordsWhen(hasAllOf(7))).toHaveLength(7);
    });
  });

  it('publishes the whole log to a Kafka that has nothing, whatever the cursor says', async () => {
    const prefix = `${bench.prefix}-new`;
    await whileRunning(bench.relay({ prefix }), async () => published(prefix, 6));
  });

  it('refuses where Kafka has what the database has lost', async () => {
    await restoreTo(4);
    const refusal = await refusalOf();
    expect(refusal).toBeInstanceOf(LogRefused);
    expect(refusal).toMatchObject({ relation: 'kafkaAhead', message: expect.stringContaining('docs/RECOVERY.md') });
    expect(await bench.recordsWhen(hasAllOf(6))).toHaveLength(6);
  });

  it('refuses where Kafka has another log', async () => {
    await tamper('UPDATE journal.identity SET log_id = gen_random_uuid()');
    await bench.append(newStream());
    expect(await refusalOf()).toMatchObject({ relation: 'differentLog' });
    expect(await bench.recordsWhen(hasAllOf(6))).toHaveLength(6);
  });

  it('refuses where another copy of the database has written under the same numbers', async () => {
    await restoreTo(0);
    await bench.append(await newStreamWhereKafkaHasSome(), 6);
    // Has its events numbered and published elsewhere, and meets the old records only then.
    const prefix = `${bench.prefix}-copy`;
    await whileRunning(bench.relay({ prefix }), async () => published(prefix, 6));
    expect(await refusalOf()).toMatchObject({ relation: 'differentLog' });
  });

  it('refuses where somebody else writes to the topics', async () => {
    const publisher = await bench.messaging.publisher();
    const topic = `${bench.prefix}.case.v1`;
    await publisher.publish([{ topic, partition: 0, key: 'x', value: Buffer.from('hello'), headers: {} }]);
    await publisher.close();
    expect(await refusalOf()).toMatchObject({ relation: 'unreadable' });
  });

  it('lets another relay try at once after a refusal', async () => {
    await restoreTo(4);
    await refusalOf();
    expect(await refusalOf()).toBeInstanceOf(LogRefused);
  });

  const newStreamWhereKafkaHasSome = async (): Promise<ReturnType<typeof newStream>> => {
    const [some] = await bench.recordsWhen(hasAllOf(6));
    for (;;) {
      const stream = newStream();
      if (routeOf(stream).partition === some?.partition) return stream;
    }
  };
});

describe('topics', () => {
  it('that were made otherwise are refused', async () => {
    const topics = bench.messaging.topics();
    await topics.ensureTopics([{ topic: `${bench.prefix}.case.v1`, partitions: 3 }]);
    await topics.close();
    expect(await refusalOf()).toBeInstanceOf(TopicMismatch);
  });
});

/** Kafka that takes the first batch and then loses its answer, as a connection does that breaks at the wrong moment. */
function failingOnce(messaging: Messaging): Messaging {
  let hasFailed = false;
  return {
    subscription: () => messaging.subscription(),
    topics: () => messaging.topics(),
    publisher: async (): Promise<EventPublisher> => {
      const publisher = await messaging.publisher();
      return {
        close: async () => publisher.close(),
        publish: async (records) => {
          await publisher.publish(records);
          if (hasFailed) return;
          hasFailed = true;
          throw new MessagingUnavailable('the answer was lost');
        },
      };
    },
  };
}
