import { describe, expect, it } from '@jest/globals';
import { routeOf } from '@consilium/contracts';
import { EpochFenced } from '../store-errors.ts';
import {
  appendNext,
  newAppend,
  newCaseStream,
  newEvent,
  newOrganisation,
  sequenceAll,
} from './journal-fixture.spec.ts';
import type { Journal } from './journal-fixture.spec.ts';

export function describeLog(journal: () => Journal): void {
  const organisation = newOrganisation();

  describe('the log', () => {
    it('is dense, over all and within each partition, and keeps every stream in order', async () => {
      const { store, log } = journal();
      await sequenceAll(journal());
      const start = await log.lastGlobalSeq();
      const streamIds = Array.from({ length: 12 }, () => newCaseStream());
      for (let round = 0; round < 3; round += 1) await appendNext(store, organisation, ...streamIds);
      await sequenceAll(journal());

      const events = await log.readAfter(start, 1_000);
      expect(events.map(({ globalSeq }) => globalSeq)).toEqual(
        Array.from({ length: 36 }, (_, index) => start + index + 1),
      );
      for (const streamId of streamIds) {
        const ofStream = events.filter((event) => event.streamId === streamId);
        expect(ofStream.map(({ streamVersion }) => streamVersion)).toEqual([1, 2, 3]);
        for (const event of ofStream) expect(event).toMatchObject({ ...routeOf(streamId), organisation });
      }
      for (const last of await log.lastOfEachPartition()) {
        const numbers = (await log.readAfter(0, 10_000))
          .filter(({ topic, partition }) => topic === last.topic && partition === last.partition)
          .map(({ partitionSeq }) => partitionSeq);
        expect(numbers).toEqual(Array.from({ length: last.partitionSeq }, (_, index) => index + 1));
      }
    });

    it('holds each event as it was appended', async () => {
      const { store, log } = journal();
      const streamId = newCaseStream();
      await store.append(newAppend({ organisation, writes: [{ streamId, expectedVersion: 0, events: [newEvent()] }] }));
      await sequenceAll(journal());
      const { streams } = await store.load({ organisation, streams: [streamId] });
      const [logged] = (await log.readAfter(0, 10_000)).filter((event) => event.streamId === streamId);
      expect(logged).toMatchObject(streams.get(streamId)?.events[0] ?? {});
      const place = { globalSeq: logged?.globalSeq, streamHash: logged?.streamHash };
      await expect(
        log.at(logged?.topic ?? 'case', logged?.partition ?? 0, logged?.partitionSeq ?? 0),
      ).resolves.toMatchObject(place);
      await expect(log.at('release', 0, 1)).resolves.toBeUndefined();
    });

    it('takes at most the asked number at a time', async () => {
      const { store, log, sequencer, lease } = journal();
      await sequenceAll(journal());
      const start = await log.lastGlobalSeq();
      await appendNext(store, organisation, ...Array.from({ length: 5 }, () => newCaseStream()));
      const held = await lease.acquire('me', 0);
      const epoch = held?.epoch ?? 0;
      expect(await sequencer.sequence(epoch, 3)).toBe(3);
      expect(await log.lastGlobalSeq()).toBe(start + 3);
      expect(await sequencer.sequence(epoch, 3)).toBe(2);
      expect(await sequencer.sequence(epoch, 3)).toBe(0);
      expect((await log.readAfter(start, 2)).map(({ globalSeq }) => globalSeq)).toEqual([start + 1, start + 2]);
    });

    it('is read by bytes too, but never less than one event', async () => {
      const { store, log } = journal();
      await sequenceAll(journal());
      const start = await log.lastGlobalSeq();
      const events = [
        newEvent('a', 'x'.repeat(1_000)),
        newEvent('b', 'x'.repeat(1_000)),
        newEvent('c', 'x'.repeat(1_000)),
      ];
      await store.append(
        newAppend({ organisation, writes: [{ streamId: newCaseStream(), expectedVersion: 0, events }] }),
      );
      await sequenceAll(journal());
      expect(await log.readAfter(start, 100, 10)).toHaveLength(1);
      expect(await log.readAfter(start, 100, 2_500)).toHaveLength(2);
      expect(await log.readAfter(start, 100, 100_000)).toHaveLength(3);
    });

    it('keeps one identity', async () => {
      const { log } = journal();
      const logId = await log.logId();
      expect(logId).toMatch(/^[0-9a-f-]{36}$/);
      await expect(log.logId()).resolves.toBe(logId);
    });
  });

  describe('the relay lease', () => {
    it('is held by one relay until it ends, is released, or is taken over', async () => {
      const { lease } = journal();
      const first = await lease.acquire('first', 60_000);
      if (first === undefined) throw new Error('nobody holds the lease, yet it was refused');
      await expect(lease.acquire('second', 60_000)).resolves.toBeUndefined();
      await expect(lease.renew(first.epoch, 60_000)).resolves.toBe(true);
      await lease.release(first.epoch);
      const second = await lease.acquire('second', 0);
      expect(second?.epoch).toBeGreaterThan(first.epoch);
      await expect(lease.renew(first.epoch, 60_000)).resolves.toBe(false);
      // The lease of the second has ended at once, as after a kill -9: a third takes over.
      const third = await lease.acquire('third', 0);
      expect(third?.epoch).toBeGreaterThan(second?.epoch ?? Infinity);
    });

    it('carries the cursor to the next holder and never moves it back', async () => {
      const { lease } = journal();
      const first = await lease.acquire('first', 0);
      const start = first?.publishedGlobalSeq ?? 0;
      await expect(lease.advance(first?.epoch ?? 0, start + 7)).resolves.toBe(true);
      await expect(lease.advance(first?.epoch ?? 0, start + 5)).resolves.toBe(true);
      const second = await lease.acquire('second', 0);
      expect(second?.publishedGlobalSeq).toBe(start + 7);
      await expect(lease.advance(first?.epoch ?? 0, start + 9)).resolves.toBe(false);
      expect((await lease.acquire('third', 0))?.publishedGlobalSeq).toBe(start + 7);
    });

    it('fences the sequencer of an earlier holder, idle or not', async () => {
      const { store, log, lease, sequencer } = journal();
      await sequenceAll(journal());
      const [old, current] = [await lease.acquire('old', 0), await lease.acquire('current', 0)];
      await expect(sequencer.sequence(old?.epoch ?? 0, 10)).rejects.toThrow(EpochFenced);
      await appendNext(store, organisation, newCaseStream());
      const start = await log.lastGlobalSeq();
      await expect(sequencer.sequence(old?.epoch ?? 0, 10)).rejects.toThrow(EpochFenced);
      expect(await log.lastGlobalSeq()).toBe(start);
      await expect(sequencer.sequence(current?.epoch ?? 0, 10)).resolves.toBe(1);
    });
  });
}
