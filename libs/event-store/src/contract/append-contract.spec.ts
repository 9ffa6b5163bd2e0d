import { describe, expect, it } from '@jest/globals';
import type { StreamId } from '@consilium/domain';
import type { RecordedEvent, StreamWrite } from '../event-store.ts';
import { EventTooLarge, InvalidAppend } from '../store-errors.ts';
import { payloadHashOf, streamLinkOf, streamStartOf } from '@consilium/contracts';
import { newAppend, newCaseStream, newCommandId, newEvent, newOrganisation } from './journal-fixture.spec.ts';
import type { Journal } from './journal-fixture.spec.ts';

export function describeAppend(journal: () => Journal): void {
  const organisation = newOrganisation();

  describe('append and load', () => {
    it('gives an unknown stream as version 0', async () => {
      const streamId = newCaseStream();
      const loaded = await journal().store.load({ organisation, streams: [streamId] });
      expect([...loaded.streams.values()]).toEqual([{ streamId, version: 0, events: [], claims: [] }]);
      expect(loaded.command).toBeUndefined();
    });

    it.each([1, 3])('gives back every byte of %d events, chained by hash', async (count) => {
      const streamId = newCaseStream();
      const events = Array.from({ length: count }, (_, index) => newEvent(`type${index}`, `{"ñ":"${index} €"}`));
      const { store } = journal();
      const outcome = await store.append(
        newAppend({ organisation, writes: [{ streamId, expectedVersion: 0, events }] }),
      );
      expect(outcome).toEqual({ kind: 'appended', streams: [{ streamId, version: count }] });

      let streamHash = streamStartOf(streamId);
      const expected = events.map((event, index) => {
        const payloadHash = payloadHashOf(event.salt, event.payloadBytes);
        streamHash = streamLinkOf(streamHash, payloadHash, event.metaBytes);
        return { ...event, streamId, streamVersion: index + 1, payloadHash, streamHash };
      });
      const { streams } = await store.load({ organisation, streams: [streamId] });
      expect(streams.get(streamId)?.version).toBe(count);
      expect(streams.get(streamId)?.events.map(withBuffers)).toEqual(expected.map(withBuffers));
    });

    it('goes on with the chain of an existing stream', async () => {
      const streamId = newCaseStream();
      const { store } = journal();
      const [first, second, third] = [newEvent(), newEvent(), newEvent()];
      await store.append(newAppend({ organisation, writes: [{ streamId, expectedVersion: 0, events: [first] }] }));
      await store.append(
        newAppend({ organisation, writes: [{ streamId, expectedVersion: 1, events: [second, third] }] }),
      );
      const { streams } = await store.load({ organisation, streams: [streamId] });
      const [one, two, three] = streams.get(streamId)?.events ?? [];
      if (one === undefined || two === undefined || three === undefined) throw new Error('events are missing');
      expect(Buffer.from(two.streamHash)).toEqual(
        Buffer.from(streamLinkOf(one.streamHash, two.payloadHash, second.metaBytes)),
      );
      expect(Buffer.from(three.streamHash)).toEqual(
        Buffer.from(streamLinkOf(two.streamHash, three.payloadHash, third.metaBytes)),
      );
    });

    it('writes several streams together or none of them', async () => {
      const [a, b] = [newCaseStream(), newCaseStream()];
      const { store } = journal();
      const write = (streamId: typeof a, expectedVersion: number) => ({
        streamId,
        expectedVersion,
        events: [newEvent()],
      });
      const both = await store.append(newAppend({ organisation, writes: [write(b, 0), write(a, 0)] }));
      expect(both.kind).toBe('appended');
      const missed = await store.append(newAppend({ organisation, writes: [write(a, 1), write(b, 0)] }));
      expect(missed).toEqual({ kind: 'conflict', streamId: b, actualVersion: 1 });
      const { streams } = await store.load({ organisation, streams: [a, b] });
      expect([...streams.values()].map(({ version }) => version)).toEqual([1, 1]);
    });

    it.each([0, 2])('answers expected version %d of a stream at version 1 with a conflict', async (expectedVersion) => {
      const streamId = newCaseStream();
      const { store } = journal();
      await store.append(newAppend({ organisation, writes: [{ streamId, expectedVersion: 0, events: [newEvent()] }] }));
      const outcome = await store.append(
        newAppend({ organisation, writes: [{ streamId, expectedVersion, events: [newEvent()] }] }),
      );
      expect(outcome).toEqual({ kind: 'conflict', streamId, actualVersion: 1 });
    });

    it('lets 64 writers of one stream in one after the other', async () => {
      const streamId = newCaseStream();
      const { store } = journal();
      const attempts = Array.from({ length: 64 }, async () => {
        for (let tries = 1; ; tries += 1) {
          const { streams } = await store.load({ organisation, streams: [streamId] });
          const expectedVersion = streams.get(streamId)?.version ?? 0;
          const outcome = await store.append(
            newAppend({ organisation, writes: [{ streamId, expectedVersion, events: [newEvent()] }] }),
          );
          if (outcome.kind === 'appended') return outcome.streams[0]?.version;
          expect(outcome.kind).toBe('conflict');
          if (tries === 200) throw new Error('a writer never got in');
        }
      });
      const versions = await Promise.all(attempts);
      expect(versions.toSorted((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: 64 }, (_, index) => index + 1),
      );
    });

    it('gives each of many loads at once what it asked for, and nothing else', async () => {
      const { store } = journal();
      const other = newOrganisation();
      const streams = Array.from({ length: 6 }, () => newCaseStream());
      const appends = streams.map((streamId, index) =>
        newAppend({
          organisation: index < 4 ? organisation : other,
          writes: [{ streamId, expectedVersion: 0, events: Array.from({ length: index + 1 }, () => newEvent()) }],
          actorId: `actor ${String(index % 2)}`,
          answer: `"${String(index)}"`,
        }),
      );
      for (const append of appends) await store.append(append);
      const asked = Array.from({ length: 60 }, (_, index) => ({
        organisation: index % 3 === 0 ? other : organisation,
        streams: [streams[index % 6], streams[(index * 5 + 1) % 6]].filter((streamId) => streamId !== undefined),
        command: appends[(index * 7) % 6]?.command ?? { actorId: '', commandId: newCommandId() },
      }));
      const loaded = await Promise.all(asked.map(async (request) => store.load(request)));
      for (const [index, { streams: found, command }] of loaded.entries()) {
        const request = asked[index];
        const isSeen = (place: number): boolean => place < 4 === (request?.organisation === organisation);
        const versions = (request?.streams ?? []).map((streamId): [string, number] => {
          const place = streams.indexOf(streamId);
          return [streamId, isSeen(place) ? place + 1 : 0];
        });
        expect([...found.values()].map(({ streamId, version }) => [streamId, version])).toEqual(
          [...new Map(versions)].map(([streamId, version]) => [streamId, version]),
        );
        const place = (index * 7) % 6;
        expect(command?.answer).toBe(isSeen(place) ? `"${String(place)}"` : undefined);
      }
    });

    it('keeps the streams of another organisation out of sight', async () => {
      const streamId = newCaseStream();
      const { store } = journal();
      await store.append(newAppend({ organisation, writes: [{ streamId, expectedVersion: 0, events: [newEvent()] }] }));
      const { streams } = await store.load({ organisation: newOrganisation(), streams: [streamId] });
      expect(streams.get(streamId)).toEqual({ streamId, version: 0, events: [], claims: [] });
    });

    it('refuses to write another organisation’s stream without telling where it stands', async () => {
      const streamId = newCaseStream();
      const { store } = journal();
      await store.append(newAppend({ organisation, writes: [{ streamId, expectedVersion: 0, events: [newEvent()] }] }));
      const intruder = newOrganisation();
      const write = (expectedVersion: number) =>
        store.append(
          newAppend({ organisation: intruder, writes: [{ streamId, expectedVersion, events: [newEvent()] }] }),
        );
      await expect(write(0)).rejects.toThrow(InvalidAppend);
      await expect(write(1)).resolves.toEqual({ kind: 'conflict', streamId, actualVersion: 0 });
      const { streams } = await store.load({ organisation, streams: [streamId] });
      expect(streams.get(streamId)?.version).toBe(1);
    });

    it('takes an event of 256 KiB and refuses a larger one', async () => {
      const streamId = newCaseStream();
      const { store } = journal();
      const metaBytes = newEvent().metaBytes.length;
      const fits = newEvent('large', 'x'.repeat(262_144 - metaBytes));
      const tooLarge = newEvent('large', 'x'.repeat(262_144 - metaBytes + 1));
      const append = (expectedVersion: number, event: typeof fits) =>
        store.append(newAppend({ organisation, writes: [{ streamId, expectedVersion, events: [event] }] }));
      expect((await append(0, fits)).kind).toBe('appended');
      await expect(append(1, tooLarge)).rejects.toThrow(EventTooLarge);
      const { streams } = await store.load({ organisation, streams: [streamId] });
      expect(streams.get(streamId)?.events.map(({ payloadBytes }) => payloadBytes.length)).toEqual([
        262_144 - metaBytes,
      ]);
    });

    it('refuses an event id that is taken, and writes nothing', async () => {
      const [a, b] = [newCaseStream(), newCaseStream()];
      const { store } = journal();
      const event = newEvent();
      await store.append(newAppend({ organisation, writes: [{ streamId: a, expectedVersion: 0, events: [event] }] }));
      const writes = [{ streamId: b, expectedVersion: 0, events: [newEvent(), event] }];
      await expect(store.append(newAppend({ organisation, writes }))).rejects.toThrow(InvalidAppend);
      const { streams } = await store.load({ organisation, streams: [b] });
      expect(streams.get(b)?.version).toBe(0);
    });

    it.each([
      ['a stream twice', (id: StreamId) => [write(id), write(id)]],
      ['a stream without events', (id: StreamId) => [{ ...write(id), events: [] }]],
      ['101 events', (id: StreamId) => [{ ...write(id), events: Array.from({ length: 101 }, () => newEvent()) }]],
      ['a short salt', (id: StreamId) => [{ ...write(id), events: [{ ...newEvent(), salt: new Uint8Array(15) }] }]],
      ['a stream id without aggregate', () => [write('nothing' as StreamId)]],
    ])('refuses a request with %s', async (_what, writesOf) => {
      const streamId = newCaseStream();
      const { store } = journal();
      await expect(store.append(newAppend({ organisation, writes: writesOf(streamId) }))).rejects.toThrow(
        InvalidAppend,
      );
      const { streams } = await store.load({ organisation, streams: [streamId] });
      expect(streams.get(streamId)?.version).toBe(0);
    });
  });
}

const write = (streamId: StreamId): StreamWrite => ({ streamId, expectedVersion: 0, events: [newEvent()] });

/** Bytes compare as bytes, whichever class of array holds them. */
const withBuffers = ({ metaBytes, payloadBytes, salt, payloadHash, streamHash, ...rest }: RecordedEvent) => ({
  ...rest,
  metaBytes: Buffer.from(metaBytes),
  payloadBytes: Buffer.from(payloadBytes),
  salt: Buffer.from(salt),
  payloadHash: Buffer.from(payloadHash),
  streamHash: Buffer.from(streamHash),
});
