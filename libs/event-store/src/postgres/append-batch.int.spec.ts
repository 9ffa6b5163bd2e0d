import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { streamIdOf } from '@consilium/domain';
import type { StreamId } from '@consilium/domain';
import { payloadHashOf, streamLinkOf, streamStartOf } from '@consilium/contracts';
import { readInteger } from '@consilium/postgres';
import {
  appendNext,
  newAppend,
  newCaseId,
  newCaseStream,
  newClaim,
  newEvent,
  newOrganisation,
} from '../contract/journal-fixture.spec.ts';
import type { CommandParts } from '../contract/journal-fixture.spec.ts';
import type { AppendOutcome, AppendRequest } from '../event-store.ts';
import { InvalidAppend } from '../store-errors.ts';
import { PostgresEventStore } from './postgres-event-store.ts';
import { openPostgresJournal } from './postgres-journal-fixture.spec.ts';
import type { PostgresJournal } from './postgres-journal-fixture.spec.ts';

const organisation = newOrganisation();
let journal: PostgresJournal;

beforeAll(async () => {
  journal = await openPostgresJournal();
});

afterAll(async () => {
  await journal.close();
});

const appendTo = (streamId: StreamId, expectedVersion: number, parts: Partial<CommandParts> = {}): AppendRequest =>
  newAppend({ organisation, writes: [{ streamId, expectedVersion, events: [newEvent()] }], ...parts });

/** Asked for in one turn of the event loop, they travel in one batch. */
const together = async (requests: readonly AppendRequest[]): Promise<readonly PromiseSettledResult<AppendOutcome>[]> =>
  Promise.allSettled(requests.map(async (request) => journal.store.append(request)));

const kindOf = (result: PromiseSettledResult<AppendOutcome>): unknown =>
  result.status === 'fulfilled' ? result.value.kind : result.reason;

describe('appends in one batch', () => {
  it('are one transaction, and leave what each alone would have left', async () => {
    const [fresh, existing] = [newCaseStream(), newCaseStream()];
    await appendNext(journal.store, organisation, existing);
    const caseId = newCaseId();
    const claim = newClaim(caseId);
    const claiming = appendTo(streamIdOf('case', caseId), 0, { claims: [claim], answer: '"claimed"' });
    const results = await together([appendTo(fresh, 0), appendTo(existing, 1), claiming]);
    expect(results.map(kindOf)).toEqual(['appended', 'appended', 'appended']);

    const { streams, command } = await journal.store.load({
      organisation,
      streams: [fresh, existing, streamIdOf('case', caseId)],
      command: claiming.command,
    });
    expect([...streams.values()].map(({ version }) => version)).toEqual([1, 2, 1]);
    expect(streams.get(streamIdOf('case', caseId))?.claims).toEqual([claim]);
    expect(command).toMatchObject({
      answer: '"claimed"',
      streams: [{ streamId: streamIdOf('case', caseId), version: 1 }],
    });
    for (const { streamId, events } of streams.values()) {
      let hash = streamStartOf(streamId);
      for (const event of events) {
        expect(Buffer.from(event.payloadHash)).toEqual(Buffer.from(payloadHashOf(event.salt, event.payloadBytes)));
        hash = streamLinkOf(hash, event.payloadHash, event.metaBytes);
        expect(Buffer.from(event.streamHash)).toEqual(Buffer.from(hash));
      }
    }
    const [row] = await journal.connect().query({
      text: 'SELECT count(DISTINCT event.xmin::text)::int AS transactions FROM journal.event WHERE (stream_id, stream_version) IN (($1, 1), ($2, 2), ($3, 1))',
      values: [fresh, existing, streamIdOf('case', caseId)],
    });
    expect(row === undefined ? 0 : readInteger(row, 'transactions')).toBe(1);
  });

  it('may have several events each: they follow one another in their streams, in the chain and in the log', async () => {
    const streams = Array.from({ length: 4 }, () => newCaseStream());
    await appendNext(journal.store, organisation, ...streams.slice(0, 2));
    const requests = streams.map((streamId, index) => {
      const events = Array.from({ length: index + 1 }, (_, number) => newEvent(`event${String(number)}`));
      return newAppend({ organisation, writes: [{ streamId, expectedVersion: index < 2 ? 1 : 0, events }] });
    });
    expect((await together(requests)).map(kindOf)).toEqual(streams.map(() => 'appended'));

    const { streams: loaded } = await journal.store.load({ organisation, streams });
    expect([...loaded.values()].map(({ version }) => version)).toEqual([2, 3, 3, 4]);
    for (const [index, { streamId, events }] of [...loaded.values()].entries()) {
      const written = requests[index]?.writes[0]?.events ?? [];
      expect(events.slice(-written.length).map(({ eventId }) => eventId)).toEqual(
        written.map(({ eventId }) => eventId),
      );
      let hash = streamStartOf(streamId);
      for (const event of events) {
        hash = streamLinkOf(hash, event.payloadHash, event.metaBytes);
        expect(Buffer.from(event.streamHash)).toEqual(Buffer.from(hash));
      }
    }
    const { command } = await journal.store.load({ organisation, streams: [], ...requests[3] });
    expect(command?.streams).toEqual([{ streamId: streams[3], version: 4 }]);
    const waiting = await journal.connect().query({
      text: 'SELECT pending.stream_id, pending.stream_version FROM journal.pending WHERE pending.stream_id = ANY ($1) ORDER BY pending.number',
      values: [streams],
    });
    for (const streamId of streams) {
      const versions = waiting
        .filter((row) => row['stream_id'] === streamId)
        .map((row) => readInteger(row, 'stream_version'));
      expect(versions).toEqual(versions.toSorted((a, b) => a - b));
      expect(versions).toHaveLength(loaded.get(streamId)?.version ?? 0);
    }
  });

  it('get an outcome each: appended, conflict, repeated and mismatch side by side', async () => {
    const [taken, known] = [newCaseStream(), newCaseStream()];
    await appendNext(journal.store, organisation, taken);
    const earlier = appendTo(known, 0, { answer: '"earlier"' });
    await journal.store.append(earlier);
    const { commandId } = earlier.command;
    const [mismatching] = [appendTo(newCaseStream(), 0, { commandId, actorId: 'someone', request: 'another body' })];
    const caseId = newCaseId();
    const claim = newClaim(caseId);
    await journal.store.append(appendTo(streamIdOf('case', caseId), 0, { claims: [claim] }));
    const renewed = {
      ...appendTo(streamIdOf('case', caseId), 1),
      writes: [{ streamId: streamIdOf('case', caseId), expectedVersion: 1, events: [newEvent()], claimsSeen: [] }],
    };
    const fresh = appendTo(newCaseStream(), 0);

    expect((await together([appendTo(taken, 0), fresh, earlier, renewed])).map(kindOf)).toEqual([
      'conflict',
      'appended',
      'repeated',
      'conflict',
    ]);
    expect(await together([mismatching, appendTo(newCaseStream(), 0)]).then((all) => all.map(kindOf))).toEqual([
      'commandMismatch',
      'appended',
    ]);
  });

  it('do not suffer from one that breaks the contract', async () => {
    const event = newEvent();
    const used = newCaseStream();
    await journal.store.append(
      newAppend({ organisation, writes: [{ streamId: used, expectedVersion: 0, events: [event] }] }),
    );
    const guilty = newAppend({
      organisation,
      writes: [{ streamId: newCaseStream(), expectedVersion: 0, events: [event] }],
    });
    const [a, b] = [newCaseStream(), newCaseStream()];
    const results = await together([appendTo(a, 0), guilty, appendTo(b, 0)]);
    expect(results.map(kindOf)).toEqual(['appended', expect.any(InvalidAppend), 'appended']);
    const { streams } = await journal.store.load({ organisation, streams: [a, b] });
    expect([...streams.values()].map(({ version }) => version)).toEqual([1, 1]);
  });

  it('of two processes that share streams and commands all come through', async () => {
    const streams = Array.from({ length: 8 }, () => newCaseStream());
    const stores = [1, 2, 3].map(() => new PostgresEventStore(journal.api, { maxInFlight: 1 }));
    for (let round = 0; round < 10; round += 1) {
      const requests = streams.map((streamId) => appendTo(streamId, round));
      const outcomes = await Promise.all(
        stores.flatMap((store, index) =>
          (index % 2 === 0 ? requests : requests.toReversed()).map(async (request) => store.append(request)),
        ),
      );
      expect(outcomes.filter(({ kind }) => kind === 'appended')).toHaveLength(streams.length);
      expect(outcomes.filter(({ kind }) => kind === 'repeated')).toHaveLength(2 * streams.length);
    }
  });
});
