import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventId, StreamId } from '@consilium/domain';
import { newAppend, newCaseStream, newEvent, newOrganisation } from '../contract/journal-fixture.spec.ts';
import { appendManyStatement } from './append-many-statement.ts';
import { openPostgresJournal } from './postgres-journal-fixture.spec.ts';
import type { PostgresJournal } from './postgres-journal-fixture.spec.ts';

const organisation = newOrganisation();
const writers = 12;
const commandsEach = 40;
let journal: PostgresJournal;

beforeAll(async () => {
  journal = await openPostgresJournal();
});

afterAll(async () => {
  await journal.close();
});

/** A small generator with a seed (mulberry32), so that a failure can be had again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

class Changed extends Error {}

/**
 * One writer: appends to one to three of a few hot streams, one or two events each, sometimes in a transaction that already has
 * an id, stays open for a while or is rolled back. Gives the ids of what was committed.
 */
async function write(seed: number, streams: readonly StreamId[]): Promise<readonly EventId[]> {
  const random = randomFrom(seed);
  const session = journal.connect('consilium_api').forOrganisation(organisation);
  const acknowledged: EventId[] = [];
  for (let command = 0; command < commandsEach; command += 1) {
    const chosen = [...streams].sort(() => random() - 0.5).slice(0, 1 + Math.floor(random() * 3));
    const { streams: loaded } = await journal.store.load({ organisation, streams: chosen });
    const writes = chosen.map((streamId) => ({
      streamId,
      expectedVersion: loaded.get(streamId)?.version ?? 0,
      events: Array.from({ length: 1 + Math.floor(random() * 2) }, () => newEvent()),
    }));
    const fate = random();
    const committed = await session
      .transaction(async (transaction) => {
        if (fate < 0.3) await transaction.query({ text: 'SELECT pg_current_xact_id()::text' });
        const [row] = await transaction.query(appendManyStatement(newAppend({ organisation, writes })));
        if (fate > 0.6) await new Promise((resolve) => setTimeout(resolve, random() * 10));
        if (fate > 0.85) throw new Changed();
        return row?.['outcome'] === null;
      })
      .catch((error: unknown) => {
        if (error instanceof Changed) return false;
        throw error;
      });
    if (committed) acknowledged.push(...writes.flatMap(({ events }) => events.map(({ eventId }) => eventId)));
  }
  return acknowledged;
}

describe('sequencing under load', () => {
  it('numbers every committed event once, in the order of its stream, while twelve writers come and go', async () => {
    const streams = Array.from({ length: 6 }, () => newCaseStream());
    const lease = await journal.lease.acquire('load', 600_000);
    const epoch = lease?.epoch ?? 0;
    const writing = { done: false };
    const sequencing = (async () => {
      let calls = 0;
      for (; !writing.done; calls += 1) await journal.sequencer.sequence(epoch, 7);
      return calls;
    })();
    const acknowledged = await Promise.all(
      Array.from({ length: writers }, async (_, index) => write(index + 1, streams)),
    );
    writing.done = true;
    expect(await sequencing).toBeGreaterThan(1);
    while ((await journal.sequencer.sequence(epoch, 1_000)) > 0);

    const log = await journal.log.readAfter(0, 10_000);
    expect(log.map(({ globalSeq }) => globalSeq)).toEqual(log.map((_, index) => index + 1));
    expect(log.map(({ eventId }) => eventId).toSorted()).toEqual(acknowledged.flat().toSorted());
    expect(log.length).toBeGreaterThan(writers);
    for (const streamId of streams) {
      const versions = log.filter((event) => event.streamId === streamId).map(({ streamVersion }) => streamVersion);
      expect(versions).toEqual(versions.map((_, index) => index + 1));
    }
    for (const { topic, partition } of await journal.log.lastOfEachPartition()) {
      const numbers = log.filter((event) => event.topic === topic && event.partition === partition);
      expect(numbers.map(({ partitionSeq }) => partitionSeq)).toEqual(numbers.map((_, index) => index + 1));
    }
    expect(await journal.connect().query({ text: 'SELECT count(*)::int AS pending FROM journal.pending' })).toEqual([
      { pending: 0 },
    ]);
  });
});
