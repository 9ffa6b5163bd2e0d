import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidMessagingCall, MessagingUnavailable, PublisherClosed, TopicMismatch } from '../messaging-errors.ts';
import type { Messaging } from '../messaging.ts';
import {
  afterAll,
  partitions,
  publish,
  read,
  record,
  someGroup,
  someTopic,
  textOf,
  topicOn,
} from './messaging-fixture.spec.ts';
import type { Reading, ReadOptions } from './messaging-fixture.spec.ts';

/** What the ports promise, of whatever stands behind them. */
export function messagingContract(name: string, open: () => Promise<Messaging>): void {
  describe(`messaging on ${name}`, () => {
    let messaging: Messaging;
    let readings: Reading[];
    let topic: string;

    const reading = async (options: Omit<ReadOptions, 'topics'>): Promise<Reading> => {
      const started = await read(messaging, { ...options, topics: [topic] });
      readings.push(started);
      return started;
    };
    const send = async (...texts: readonly (readonly [partition: number, text: string])[]): Promise<void> =>
      publish(
        messaging,
        texts.map(([partition, text]) => record(topic, partition, text)),
      );
    const atLeast = (count: number) => (got: readonly unknown[]) => got.length >= count;

    beforeEach(async () => {
      messaging = await open();
      readings = [];
      topic = await topicOn(messaging);
    });
    afterEach(async () => {
      await Promise.all(readings.map(async (started) => started.stop()));
    });

    describe('publisher', () => {
      it('keeps the order of records of one partition, and everything they carry', async () => {
        await send([0, 'a'], [1, 'b'], [0, 'c'], [0, 'd']);
        const { until } = await reading({ groupId: someGroup(), enough: atLeast(4) });
        const got = await until;
        expect(got.filter(({ partition }) => partition === 0).map(textOf)).toEqual(['a', 'c', 'd']);
        expect(got.filter(({ partition }) => partition === 0).map(({ offset }) => offset)).toEqual(['0', '1', '2']);
        expect(got.find(({ partition }) => partition === 1)).toMatchObject({
          topic,
          key: 'stream-1',
          headers: { ce_id: 'id of b', ce_note: 'ñ' },
          offset: '0',
        });
      });

      it('takes more than brokers take in one piece', async () => {
        const big = 'x'.repeat(250 * 1024);
        const texts = Array.from({ length: 12 }, (_none, index) => `${index} ${big}`);
        await send(...texts.map((text) => [0, text] as const));
        const { until } = await reading({ groupId: someGroup(), enough: atLeast(texts.length) });
        expect((await until).map(textOf)).toEqual(texts);
      });

      it('refuses a second call while one runs', async () => {
        const publisher = await messaging.publisher();
        const first = publisher.publish([record(topic, 0, 'a')]);
        await expect(publisher.publish([record(topic, 0, 'b')])).rejects.toBeInstanceOf(InvalidMessagingCall);
        await first;
        await publisher.close();
      });

      it('cannot be used after it was closed', async () => {
        const publisher = await messaging.publisher();
        await publisher.close();
        await publisher.close();
        await expect(publisher.publish([record(topic, 0, 'a')])).rejects.toBeInstanceOf(PublisherClosed);
      });

      it('cannot be used after a failure, whose outcome is unknown', async () => {
        const publisher = await messaging.publisher();
        await expect(publisher.publish([record(someTopic(), 0, 'a')])).rejects.toBeInstanceOf(MessagingUnavailable);
        await expect(publisher.publish([record(topic, 0, 'a')])).rejects.toBeInstanceOf(PublisherClosed);
        await publisher.close();
      });
    });

    describe('subscription', () => {
      it('gets records that come while it runs', async () => {
        await send([0, 'before']);
        const { until } = await reading({
          groupId: someGroup(),
          enough: (got) => got.some((one) => textOf(one) === 'after'),
          onBatch: (_topic, partition) => {
            if (partition === 0) void send([1, 'after']);
            return undefined;
          },
        });
        expect((await until).map(textOf)).toContain('before');
      });

      it('gets the same records again after its handler failed, while other partitions go on', async () => {
        await send([0, 'a'], [0, 'b'], [1, 'c']);
        let failures = 0;
        let others = 0;
        const { until } = await reading({
          groupId: someGroup(),
          enough: (got) => got.filter(({ partition }) => partition === 0).length >= 2,
          onBatch: (_topic, partition) => {
            if (partition === 1) others += 1;
            // Partition 0 fails until the other one was handled, and twice at least.
            if (partition === 0 && (failures < 2 || others === 0)) {
              failures += 1;
              throw new Error('passing');
            }
            return undefined;
          },
        });
        const got = await until;
        expect(got.filter(({ partition }) => partition === 0).map(textOf)).toEqual(['a', 'b']);
        expect(others).toBe(1);
      });

      it('says what fails, until it succeeds', async () => {
        await send([2, 'a']);
        const subscription = messaging.subscription();
        let failed = 0;
        await new Promise<void>((resolve, reject) => {
          void subscription
            .start({
              groupId: someGroup(),
              topics: [topic],
              fromBeginning: true,
              concurrency: 1,
              onFatal: reject,
              onBatch: async (_topic, _partition, records) => {
                if (failed === 2) {
                  expect(subscription.health().failing).toEqual([
                    { topic, partition: 2, attempts: 2, reason: 'Error: passing' },
                  ]);
                  setImmediate(resolve);
                  return { nextOffset: afterAll(records) };
                }
                failed += 1;
                throw new Error('passing');
              },
            })
            .catch(reject);
        });
        expect(subscription.health()).toMatchObject({ state: 'running', joined: true, failing: [] });
        await subscription.stop();
        expect(subscription.health()).toMatchObject({ state: 'stopped', joined: false });
      });

      it('is fatal, and not repeated, where a failure does not pass', async () => {
        await send([0, 'a']);
        const subscription = messaging.subscription();
        let calls = 0;
        const fatal = new Promise<unknown>((resolve, reject) => {
          void subscription
            .start({
              groupId: someGroup(),
              topics: [topic],
              fromBeginning: true,
              concurrency: 1,
              isTransient: () => false,
              onFatal: resolve,
              onBatch: async () => {
                calls += 1;
                throw new Error('a bug');
              },
            })
            .catch(reject);
        });
        expect(await fatal).toMatchObject({ message: 'a bug' });
        await subscription.stop();
        expect(calls).toBe(1);
        expect(subscription.health().state).toBe('failed');
      });

      it('reads on from where the handler said, within a batch too', async () => {
        await send([0, 'a'], [0, 'b'], [0, 'c']);
        const { until } = await reading({
          groupId: someGroup(),
          enough: (got) => got.length > 0,
          onBatch: (_topic, _partition, [first]) => (first?.offset === '0' ? { nextOffset: '2' } : undefined),
        });
        expect((await until).map(textOf)).toEqual(['c']);
      });

      it('goes where it is told, back too', async () => {
        await send([0, 'a'], [0, 'b']);
        let told = false;
        const { until } = await reading({
          groupId: someGroup(),
          enough: atLeast(2),
          onBatch: (_topic, _partition, records, context) => {
            if (told) return undefined;
            told = true;
            context.seek('0');
            return { nextOffset: afterAll(records) };
          },
        });
        expect((await until).map(textOf)).toEqual(['a', 'b']);
      });

      it('goes on after a restart where the group was', async () => {
        const groupId = someGroup();
        await send([0, 'a'], [0, 'b']);
        const first = await reading({ groupId, enough: atLeast(2) });
        await first.until;
        await first.stop();
        await send([0, 'c']);
        const second = await reading({ groupId, enough: (got) => got.some((one) => textOf(one) === 'c') });
        expect((await second.until).map(textOf)).toEqual(['c']);
      });

      it('goes back to the place of its handler where the group is ahead, though nothing new comes', async () => {
        const groupId = someGroup();
        await send([0, 'a'], [0, 'b'], [1, 'c']);
        const first = await reading({ groupId, enough: atLeast(3) });
        await first.until;
        await first.stop();
        const second = await reading({
          groupId,
          enough: (got) => got.some((one) => textOf(one) === 'b'),
          placesOf: async () => [{ topic, partition: 0, offset: '1' }],
        });
        expect((await second.until).map(textOf)).toEqual(['b']);
      });

      it('takes over the partitions of a member that left', async () => {
        const groupId = someGroup();
        await send([0, 'a'], [1, 'b'], [2, 'c']);
        const one = await reading({ groupId, enough: atLeast(1) });
        await one.until;
        const other = await reading({
          groupId,
          enough: (got) => ['d', 'e', 'f'].every((text) => got.some((record_) => textOf(record_) === text)),
        });
        await one.stop();
        await send([0, 'd'], [1, 'e'], [2, 'f']);
        expect((await other.until).length).toBeGreaterThanOrEqual(3);
      });

      it('waits for topics that are not there yet', async () => {
        const later = someTopic();
        const started = await read(messaging, { groupId: someGroup(), topics: [later], enough: atLeast(1) });
        readings.push(started);
        const topics = messaging.topics();
        await topics.ensureTopics([{ topic: later, partitions: 1 }]);
        await topics.close();
        await publish(messaging, [record(later, 0, 'a')]);
        expect((await started.until).map(textOf)).toEqual(['a']);
      });
    });

    describe('topics', () => {
      it('are made once, and found as they were made', async () => {
        const topics = messaging.topics();
        await topics.ensureTopics([{ topic, partitions }]);
        await topics.ping();
        await topics.close();
      });

      it('are refused with another number of partitions', async () => {
        const topics = messaging.topics();
        await expect(topics.ensureTopics([{ topic, partitions: partitions + 1 }])).rejects.toBeInstanceOf(
          TopicMismatch,
        );
        await topics.close();
      });

      it('tell the last record of every partition that has any', async () => {
        const topics = messaging.topics();
        expect(await topics.lastRecords([topic])).toEqual([]);
        await send([0, 'a'], [0, 'b'], [2, 'c']);
        const last = await topics.lastRecords([topic]);
        expect(last.map((one) => [one.partition, one.offset, textOf(one)]).sort()).toEqual([
          [0, '1', 'b'],
          [2, '0', 'c'],
        ]);
        await topics.close();
      });

      it('tell how many records are still to be read', async () => {
        const topics = messaging.topics();
        await send([0, 'a'], [0, 'b'], [0, 'c'], [1, 'd']);
        const lag = await topics.partitionLag([topic], [{ topic, partition: 0, nextOffset: '1' }]);
        expect(lag.map((one) => one.lag)).toEqual([2, 1, 0]);
        await topics.close();
      });
    });
  });
}
