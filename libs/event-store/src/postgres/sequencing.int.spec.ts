import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { StreamId } from '@consilium/domain';
import type { Transaction } from '@consilium/postgres';
import { testServerUrl } from '@consilium/postgres/testing';
import { Database } from '@consilium/postgres';
import {
  appendNext,
  newAppend,
  newCaseStream,
  newEvent,
  newOrganisation,
  sequenceAll,
} from '../contract/journal-fixture.spec.ts';
import type { LoggedEvent } from '../log-reader.ts';
import { EpochFenced } from '../store-errors.ts';
import { appendManyStatement } from './append-many-statement.ts';
import { openTransaction } from './open-transaction.spec.ts';
import { openPostgresJournal } from './postgres-journal-fixture.spec.ts';
import type { PostgresJournal } from './postgres-journal-fixture.spec.ts';

/**
 * Histories under which event stores have lost or turned round events: kept as they were found, each with its cause.
 * Every session is a connection of its own, and what is sequenced is looked at in between.
 */
const organisation = newOrganisation();
let journal: PostgresJournal;
let start: number;

beforeAll(async () => {
  journal = await openPostgresJournal();
});

afterAll(async () => {
  await journal.close();
});

beforeEach(async () => {
  await sequenceAll(journal);
  start = await journal.log.lastGlobalSeq();
});

const open = async () => openTransaction(journal.connect('consilium_api').forOrganisation(organisation));

async function appendIn(transaction: Transaction, streamId: StreamId, expectedVersion: number): Promise<void> {
  const writes = [{ streamId, expectedVersion, events: [newEvent()] }];
  const [row] = await transaction.query(appendManyStatement(newAppend({ organisation, writes })));
  expect(row).toEqual({ outcome: null });
}

/** Sequences what can be seen, and gives the whole log of this test so far as [stream, version]. */
async function sequenced(...names: readonly StreamId[]): Promise<readonly string[]> {
  await sequenceAll(journal);
  const events = await journal.log.readAfter(start, 10_000);
  expectDense(events);
  return events.map(({ streamId, streamVersion }) => `${'abcdef'[names.indexOf(streamId)] ?? '?'}${streamVersion}`);
}

function expectDense(events: readonly LoggedEvent[]): void {
  expect(events.map(({ globalSeq }) => globalSeq)).toEqual(events.map((_, index) => start + index + 1));
}

describe('the sequencer', () => {
  it('keeps a stream in order when a transaction with an older id appends later (order inversion by three transactions)', async () => {
    const stream = newCaseStream();
    const [second, unrelated, first] = [await open(), await open(), await open()];
    // The later writer has its transaction id before the earlier one, and another transaction stays open between them.
    await second.transaction.query({ text: 'SELECT pg_current_xact_id()::text' });
    await unrelated.transaction.query({ text: 'SELECT pg_current_xact_id()::text' });
    await appendIn(first.transaction, stream, 0);
    await first.commit();
    await appendIn(second.transaction, stream, 1);
    await second.commit();
    expect(await sequenced(stream)).toEqual(['a1', 'a2']);
    await unrelated.commit();
    expect(await sequenced(stream)).toEqual(['a1', 'a2']);
  });

  it('does not lose an event that is committed after two around it (two inserts around another)', async () => {
    const [around, between] = [newCaseStream(), newCaseStream()];
    const [outer, inner] = [await open(), await open()];
    await appendIn(outer.transaction, around, 0);
    await appendIn(inner.transaction, between, 0);
    await appendIn(outer.transaction, around, 1);
    await outer.commit();
    expect(await sequenced(around, between)).toEqual(['a1', 'a2']);
    await inner.commit();
    expect(await sequenced(around, between)).toEqual(['a1', 'a2', 'b1']);
  });

  it('neither waits for nor skips a number that is still in flight (in-flight gap)', async () => {
    const [early, late] = [newCaseStream(), newCaseStream()];
    const inFlight = await open();
    await appendIn(inFlight.transaction, early, 0);
    await appendNext(journal.store, organisation, late);
    expect(await sequenced(early, late)).toEqual(['b1']);
    await appendNext(journal.store, organisation, late);
    await inFlight.commit();
    expect(await sequenced(early, late)).toEqual(['b1', 'a1', 'b2']);
  });

  it('leaves no gap for what was rolled back', async () => {
    const [kept, dropped] = [newCaseStream(), newCaseStream()];
    await appendNext(journal.store, organisation, kept);
    const doomed = await open();
    await appendIn(doomed.transaction, dropped, 0);
    await appendNext(journal.store, organisation, kept);
    await doomed.rollBack();
    await appendNext(journal.store, organisation, dropped);
    expect(await sequenced(kept, dropped)).toEqual(['a1', 'a2', 'b1']);
  });

  it('is not held up by a writer that stays open, here or in another database of the server', async () => {
    const [held, free] = [newCaseStream(), newCaseStream()];
    const writer = await open();
    await appendIn(writer.transaction, held, 0);
    const elsewhere = new Database({ url: testServerUrl(), applicationName: 'consilium-test' });
    const other = await openTransaction(elsewhere);
    await other.transaction.query({ text: 'SELECT pg_current_xact_id()::text' });
    for (let round = 0; round < 5; round += 1) await appendNext(journal.store, organisation, free);
    expect(await sequenced(held, free)).toEqual(['b1', 'b2', 'b3', 'b4', 'b5']);
    await other.rollBack();
    await elsewhere.close();
    await writer.commit();
    expect((await sequenced(held, free)).at(-1)).toBe('a1');
  });

  it('lets a later writer of a stream wait for the one that is open, so that both are sequenced in order', async () => {
    const stream = newCaseStream();
    const first = await open();
    await appendIn(first.transaction, stream, 0);
    const second = journal.store.append(
      newAppend({ organisation, writes: [{ streamId: stream, expectedVersion: 1, events: [newEvent()] }] }),
    );
    expect(await sequenced(stream)).toEqual([]);
    await first.commit();
    await expect(second).resolves.toMatchObject({ kind: 'appended' });
    expect(await sequenced(stream)).toEqual(['a1', 'a2']);
  });

  it('fences a sequencing that was under way when another relay took over', async () => {
    const stream = newCaseStream();
    await appendNext(journal.store, organisation, stream);
    const old = await journal.lease.acquire('old', 0);
    const epoch = old?.epoch ?? 0;
    const sequencing = await openTransaction(journal.connect('consilium_relay'));
    const sequence = { text: 'SELECT journal.sequence($1, 10) AS sequenced', values: [epoch] };
    await expect(sequencing.transaction.query(sequence)).resolves.toEqual([{ sequenced: 1 }]);
    // The take-over waits for the sequencing under way, so that what it reads of the log is final.
    const takingOver = journal.lease.acquire('new', 60_000);
    await appendNext(journal.store, organisation, stream);
    await sequencing.commit();
    const current = await takingOver;
    await expect(journal.sequencer.sequence(epoch, 10)).rejects.toThrow(EpochFenced);
    await expect(journal.sequencer.sequence(current?.epoch ?? 0, 10)).resolves.toBe(1);
    await journal.lease.release(current?.epoch ?? 0);
    expect(await sequenced(stream)).toEqual(['a1', 'a2']);
  });
});
