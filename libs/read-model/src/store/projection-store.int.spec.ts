import type { DomainEvent } from '@consilium/contracts';
import { streamIdOf } from '@consilium/domain';
import type { EventId, StreamId } from '@consilium/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  annotatorId,
  caseId,
  eventId,
  organisationId,
  projectId,
  annotationSubmitted,
  annotatorRegistered,
  annotatorStream,
  caseImported,
  caseStream,
  projectCreated,
  projectStream,
  PublishedLog,
  readClaimed,
  readReleased,
  readSkipped,
  subjectErased,
  wholeCase,
} from '@consilium/testing';
import {
  activeGeneration,
  createGeneration,
  parkedStreamsOf,
  placesOf,
  switchGeneration,
} from '../generations/generations.ts';
import { pause } from '@consilium/runtime';
import { canonicalSha256 } from '../generations/canonical-sha256.ts';
import { findCase } from '../queries/case-queries.ts';
import { feedTail, listChanges } from '../queries/change-queries.ts';
import { listCaseEvents } from '../queries/history-queries.ts';
import { listAnnotators } from '../queries/people-queries.ts';
import { findProject, projectProgress } from '../queries/project-queries.ts';
import { consensusOf, readsOf } from '../queries/read-queries.ts';
import { GenerationRetired, LogReplaced, TooManyParkedStreams } from './projection-errors.ts';
import { ProjectionStore } from './projection-store.ts';
import { ViewDatabase } from './view-database.spec.ts';

let views: ViewDatabase;
let generation: number;
let store: ProjectionStore;
const organisation = organisationId(1);

beforeAll(async () => {
  views = await ViewDatabase.create();
});
afterAll(async () => {
  await views.drop();
});
/** Each test reads its own generation, empty at first. */
beforeEach(async () => {
  generation = await emptyGeneration();
  store = new ProjectionStore(views.projector, { generation });
});

async function emptyGeneration(): Promise<number> {
  // The active one may have seen more than nothing, and would then keep an empty one from taking its place.
  await views.owner.query({ text: 'TRUNCATE read_model.change' });
  const active = await activeGeneration(views.projector);
  await views.owner.query({ text: `DELETE FROM view_${String(active)}.checkpoint` });
  const next = await createGeneration(views.projector);
  expect(await switchGeneration(views.projector, next)).toBe('switched');
  return next;
}

async function applyAll(log: PublishedLog, to: ProjectionStore = store): Promise<void> {
  for (const batch of log.batches()) expect(await to.apply(batch)).toMatchObject({ kind: 'applied' });
}

const sampleLog = (cases = 3): PublishedLog => {
  const log = new PublishedLog()
    .add(projectStream(projectId(1)), ...projectCreated())
    .add(annotatorStream(annotatorId(1)), annotatorRegistered(1));
  for (let number = 1; number <= cases; number += 1) log.add(caseStream(caseId(number)), ...wholeCase(number));
  return log;
};

describe('a log applied once', () => {
  it('shows projects, annotators, cases, reads, consensus and history', async () => {
    await applyAll(sampleLog());
    const session = views.as(organisation);
    expect(await findProject(session, projectId(1))).toMatchObject({ name: 'Project 1', protocolVersion: 1 });
    expect((await listAnnotators(session, projectId(1))).map((each) => each.annotatorId)).toEqual([annotatorId(1)]);
    expect(await findCase(session, caseId(2))).toMatchObject({
      status: 'settled',
      position: 2,
      readsWanted: 2,
      readsSubmitted: 2,
      externalKey: { state: 'sealed' },
    });
    const reads = (await readsOf(session, [caseId(2)])).get(caseId(2));
    expect(reads?.map(({ status, submission }) => [status, submission?.annotation.findings.length])).toEqual([
      ['submitted', 1],
      ['submitted', 1],
    ]);
    expect((await consensusOf(session, [caseId(2)])).get(caseId(2))).toMatchObject({ outcome: 'settled' });
    const history = await listCaseEvents(session, { caseId: caseId(2), first: 100 });
    expect(history.items.map(({ streamVersion }) => streamVersion)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await projectProgress(session, projectId(1))).toMatchObject({ cases: 3, settled: 3, readsSubmitted: 6 });
  });

  it('keeps what a read was released or skipped as', async () => {
    const stream = caseStream(caseId(1));
    await applyAll(
      new PublishedLog()
        .add(stream, caseImported(1), readClaimed(1, 1), readReleased(1, 1))
        .add(stream, readClaimed(1, 2), readSkipped(1, 2), readClaimed(1, 1)),
    );
    const reads = (await readsOf(views.as(organisation), [caseId(1)])).get(caseId(1)) ?? [];
    expect(reads.map(({ annotatorId: reader, status }) => [reader, status])).toEqual([
      [annotatorId(2), 'skipped'],
      [annotatorId(1), 'held'],
    ]);
    const { items } = await listCaseEvents(views.as(organisation), {
      caseId: caseId(1),
      first: 10,
      annotatorId: annotatorId(2),
    });
    expect(items.map(({ type }) => type)).toEqual(['caseImported', 'readClaimed', 'readSkipped']);
    expect(items[2]?.detail).toMatchObject({ reason: 'other', note: { state: 'sealed' } });
  });
});

describe('batches of several partitions at once', () => {
  const applyTogether = async (log: PublishedLog, to: ProjectionStore) =>
    Promise.all(log.batches().map(async (batch) => to.apply(batch)));

  it('share a transaction and give the same views as one after the other', async () => {
    const log = sampleLog(12);
    await applyAll(log);
    const together = await createGeneration(views.projector);
    const outcomes = await applyTogether(log, new ProjectionStore(views.projector, { generation: together }));
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['applied']));
    expect(await canonicalSha256(views.projector, together)).toEqual(
      await canonicalSha256(views.projector, generation),
    );
    const [transactions] = await views.owner.query({
      text: `SELECT count(DISTINCT case_event.xmin::text)::integer AS count, count(DISTINCT case_event.case_id)::integer AS cases
        FROM view_${String(together)}.case_event`,
    });
    expect(transactions).toEqual({ count: 1, cases: 12 });
  });

  it('are applied each for itself where one of them cannot be shown', async () => {
    const log = sampleLog(12);
    // Nobody claimed this read, so there is no row to be changed.
    log.add(caseStream(caseId(5)), annotationSubmitted(5, 9));
    const outcomes = await applyTogether(log, store);
    expect(outcomes.reduce((sum, { parked }) => sum + parked, 0)).toBe(1);
    expect(await parkedStreamsOf(views.projector, generation)).toMatchObject([{ streamId: caseStream(caseId(5)) }]);
    const events = log.batches().reduce((sum, { records }) => sum + records.length, 0);
    expect(outcomes.reduce((sum, { applied }) => sum + applied, 0)).toBe(events - 1);
    expect(await findCase(views.as(organisation), caseId(12))).toMatchObject({ status: 'settled' });
  });

  it('fail for themselves alone where one of them must not be applied', async () => {
    const log = sampleLog(12);
    const strict = new ProjectionStore(views.projector, { generation, mostParkedStreams: 0 });
    log.addUnknown(caseStream(caseId(5)));
    const settled = await Promise.allSettled(log.batches().map(async (batch) => strict.apply(batch)));
    const refused = settled.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([{ reason: { name: 'TooManyParkedStreams' } }]);
    expect(settled.length).toBeGreaterThan(3);
  });
});

describe('repeats', () => {
  it('give the same views as one delivery, whole batches or overlapping parts', async () => {
    const log = sampleLog().add(caseStream(caseId(2)), subjectErased());
    await applyAll(log);
    const once = await canonicalSha256(views.projector, generation);
    for (const batch of log.batches()) {
      expect(await store.apply(batch)).toMatchObject({ kind: 'applied', applied: 0, skipped: batch.records.length });
    }
    const inParts = await createGeneration(views.projector);
    const parts = new ProjectionStore(views.projector, { generation: inParts });
    for (const { records, ...partition } of log.batches()) {
      for (let start = 0; start < records.length; start += 2) {
        await parts.apply({ ...partition, records: records.slice(Math.max(0, start - 3), start + 2) });
      }
    }
    expect(await canonicalSha256(views.projector, generation)).toEqual(once);
    expect(await canonicalSha256(views.projector, inParts)).toEqual(once);
    expect(once.case_event.rows).toBe(22);
  });

  it('under two members at once take effect once', async () => {
    const log = sampleLog(1);
    const other = new ProjectionStore(views.projector, { generation });
    const batch = log.batchOf(caseStream(caseId(1)));
    const outcomes = await Promise.all([store.apply(batch), other.apply(batch), store.apply(batch)]);
    expect(outcomes.map(({ applied }) => applied).sort()).toEqual([0, 0, 7]);
    expect((await feedTail(views.api, 0, 100)).changes).toHaveLength(7);
  });

  it('the feed tells each event once, in its order, with the project of its case', async () => {
    const log = sampleLog();
    await applyAll(log);
    await applyAll(log);
    const { changes } = await listChanges(views.as(organisation), { first: 100 });
    expect(changes).toHaveLength(24);
    expect(new Set(changes.map(({ projectId: id }) => id))).toEqual(new Set([projectId(1)]));
    const ofCase = changes.filter(({ caseId: id }) => id === caseId(1)).map(({ globalSeq }) => globalSeq);
    expect(ofCase).toEqual([...ofCase].sort((a, b) => a - b));
  });
});

describe('a gap', () => {
  it('applies what comes before it and asks for the missing records', async () => {
    const { records, ...partition } =
      new PublishedLog().add(caseStream(caseId(1)), ...wholeCase(1)).batches()[0] ?? fail();
    const gap = await store.apply({ ...partition, records: [...records.slice(0, 2), ...records.slice(4)] });
    expect(gap).toMatchObject({ kind: 'gap', applied: 2, expectedSeq: 3, foundSeq: 5, seekTo: '2' });
    expect(await store.apply({ ...partition, records: records.slice(2) })).toMatchObject({
      kind: 'applied',
      applied: 5,
    });
    expect(await placesOf(views.projector, generation)).toMatchObject([{ nextSeq: 8 }]);
  });

  it('at the very beginning asks for the first record', async () => {
    const batch = new PublishedLog().add(caseStream(caseId(1)), ...wholeCase(1)).batches()[0] ?? fail();
    expect(await store.apply({ ...batch, records: batch.records.slice(1) })).toMatchObject({
      kind: 'gap',
      seekTo: '0',
    });
  });
});

describe('an event that cannot be shown', () => {
  const [poisoned, other] = streamsOfOnePartition();
  const decisions = streamIdOf('quality', organisation);
  const retried = (parkedStreamId: StreamId): readonly [StreamId, DomainEvent] => [
    decisions,
    { type: 'parkedStreamRetried', parkedStreamId, parkedEventId: eventId(1) },
  ];
  const readRow = (number: number): string => {
    const {
      readId,
      annotatorId: reader,
      claimId,
    } = readClaimed(number, 1) as Extract<DomainEvent, { type: 'readClaimed' }>;
    return `INSERT INTO view_${String(generation)}.read
        (case_id, read_id, organisation, annotator_id, claim_id, status, claimed_at_ms)
      VALUES ('${caseId(number)}', '${readId}', '${organisation}', '${reader}', '${claimId}', 'held', 0)`;
  };
  const statuses = async (number: number): Promise<readonly string[]> => {
    const reads = await readsOf(views.as(organisation), [caseId(number)]);
    return (reads.get(caseId(number)) ?? []).map(({ status }) => status).sort();
  };
  /** Streams that stand still: as the table has them, and as the places count them. */
  const parkedCounts = async (): Promise<readonly unknown[]> => {
    const schema = `view_${String(generation)}`;
    const [row] = await views.owner.query({
      text: `SELECT (SELECT count(*) FROM ${schema}.parked_stream) AS streams,
        (SELECT sum(parked_streams) FROM ${schema}.checkpoint) AS counted`,
    });
    return [row?.['streams'], row?.['counted']];
  };

  it('parks its stream and later events of it, and no other stream of the partition', async () => {
    const log = new PublishedLog().add(poisoned.stream, caseImported(poisoned.number)).addUnknown(poisoned.stream);
    log.add(other.stream, ...wholeCase(other.number)).add(poisoned.stream, readClaimed(poisoned.number, 1));
    expect(await store.apply(log.batchOf(other.stream))).toMatchObject({ kind: 'applied', applied: 8, parked: 2 });
    log.add(poisoned.stream, annotationSubmitted(poisoned.number, 1)).add(other.stream, readReleased(other.number, 1));
    expect(await store.apply(log.batchOf(other.stream))).toMatchObject({ kind: 'applied', applied: 1, parked: 1 });
    expect(await findCase(views.as(organisation), caseId(other.number))).toMatchObject({ status: 'settled' });
    expect(await parkedStreamsOf(views.projector, generation)).toEqual([
      { streamId: poisoned.stream, errorClass: 'UnreadableEvent', errorCode: undefined },
    ]);
    const events = await views.owner.query({ text: `SELECT * FROM view_${String(generation)}.parked_event` });
    expect(events).toHaveLength(3);
  });

  it('is found among many by what the database says of it', async () => {
    const log = new PublishedLog().add(other.stream, caseImported(other.number));
    // Nobody claimed what is submitted: there is no row to change.
    log.add(poisoned.stream, caseImported(poisoned.number), annotationSubmitted(poisoned.number, 1));
    log.add(poisoned.stream, readClaimed(poisoned.number, 2)).add(other.stream, readClaimed(other.number, 1));
    expect(await store.apply(log.batchOf(other.stream))).toMatchObject({ kind: 'applied', applied: 3, parked: 2 });
    expect(await parkedStreamsOf(views.projector, generation)).toMatchObject([
      { streamId: poisoned.stream, errorClass: 'RowMissing' },
    ]);
  });

  it('keeps a text that Postgres cannot hold out, by its SQLSTATE', async () => {
    const log = new PublishedLog().add(projectStream(projectId(9)), {
      type: 'projectCreated',
      projectId: projectId(9),
      name: 'a\u0000b',
    });
    expect(await store.apply(log.batchOf(projectStream(projectId(9))))).toMatchObject({ applied: 0, parked: 1 });
    const [parked] = await parkedStreamsOf(views.projector, generation);
    expect(parked?.errorCode).toMatch(/^22/);
  });

  it('shows again, with all that came after it, when it is tried again and can be shown', async () => {
    const log = new PublishedLog().add(
      poisoned.stream,
      caseImported(poisoned.number),
      annotationSubmitted(poisoned.number, 1),
    );
    log.add(poisoned.stream, readClaimed(poisoned.number, 2)).add(...retried(poisoned.stream));
    await store.apply(log.batchOf(poisoned.stream));
    // What the submission lacked comes into being, as if the fault of the projection had been mended.
    await views.owner.query({ text: readRow(poisoned.number) });
    await store.apply(log.batchOf(decisions));
    expect(await parkedStreamsOf(views.projector, generation)).toEqual([]);
    expect(await parkedCounts()).toEqual([0, 0]);
    expect(await statuses(poisoned.number)).toEqual(['held', 'submitted']);
    const told = await feedTail(views.as(organisation), 0, 100);
    expect(told.changes.map(({ type }) => type)).toEqual(['caseImported', 'annotationSubmitted', 'readClaimed']);
    log.add(poisoned.stream, readReleased(poisoned.number, 2));
    expect(await store.apply(log.batchOf(poisoned.stream))).toMatchObject({ applied: 1, parked: 0 });
  });

  it('stands still where it is when trying again does not help', async () => {
    const log = new PublishedLog().add(poisoned.stream, caseImported(poisoned.number)).addUnknown(poisoned.stream);
    log.add(...retried(poisoned.stream));
    await store.apply(log.batchOf(poisoned.stream));
    await store.apply(log.batchOf(decisions));
    expect(await parkedStreamsOf(views.projector, generation)).toMatchObject([{ errorClass: 'UnreadableEvent' }]);
    expect(await parkedCounts()).toEqual([1, 1]);
  });

  it.each(['before', 'after'] as const)('is left out once it is discarded, seen %s the decision', async (order) => {
    const log = new PublishedLog().add(poisoned.stream, caseImported(poisoned.number)).addUnknown(poisoned.stream);
    log.add(poisoned.stream, readClaimed(poisoned.number, 1));
    const [, damaged] = log.batchOf(poisoned.stream).records;
    log.add(decisions, {
      type: 'parkedEventDiscarded',
      parkedStreamId: poisoned.stream,
      parkedEventId: (damaged?.headers['ce_id'] ?? '') as EventId,
    });
    const batches = [log.batchOf(poisoned.stream), log.batchOf(decisions)];
    for (const batch of order === 'before' ? batches : batches.toReversed()) await store.apply(batch);
    expect(await parkedStreamsOf(views.projector, generation)).toEqual([]);
    expect(await parkedCounts()).toEqual([0, 0]);
    expect(await statuses(poisoned.number)).toEqual(['held']);
    // The same again, as after a crash before the offset was stored, changes nothing.
    for (const batch of batches) expect(await store.apply(batch)).toMatchObject({ applied: 0, parked: 0 });
    const history = await listCaseEvents(views.as(organisation), { caseId: caseId(poisoned.number), first: 10 });
    expect(history.items.map(({ type }) => type)).toEqual(['caseImported', 'readClaimed']);
  });

  it('keeps even a record with bytes that jsonb does not take', async () => {
    const log = new PublishedLog().add(poisoned.stream, caseImported(poisoned.number));
    const [record] = log.batchOf(poisoned.stream).records;
    const damaged = {
      ...log.batchOf(poisoned.stream),
      records: [{ ...(record ?? fail()), headers: { ...record?.headers, ce_meta: 'a\u0000', ce_id: 'x' } }],
    };
    expect(await store.apply(damaged)).toMatchObject({ kind: 'applied', parked: 1 });
    expect(await parkedCounts()).toEqual([1, 1]);
  });

  it('stops the views when there are too many of them', async () => {
    const log = new PublishedLog();
    for (let number = 1; number <= 3; number += 1) log.addUnknown(caseStream(caseId(number)));
    const strict = new ProjectionStore(views.projector, { generation, mostParkedStreams: 2 });
    const [last, ...before] = log.batches().toReversed();
    for (const batch of before) expect(await strict.apply(batch)).toMatchObject({ applied: 0 });
    await expect(strict.apply(last ?? fail())).rejects.toBeInstanceOf(TooManyParkedStreams);
    const places = await placesOf(views.projector, generation);
    expect(places.map(({ partition }) => partition)).not.toContain(last?.partition);
  });
});

describe('what must not go on', () => {
  it('refuses the records of another incarnation of the log', async () => {
    await applyAll(sampleLog());
    const foreign = new PublishedLog({ logId: '0f0f0f0f-0000-4000-8000-000000000002' });
    foreign.add(caseStream(caseId(50)), ...wholeCase(50));
    await expect(store.apply(foreign.batches()[0] ?? fail())).rejects.toBeInstanceOf(LogReplaced);
  });

  it('refuses to write a generation that was replaced', async () => {
    const log = sampleLog();
    await applyAll(log);
    const next = await createGeneration(views.projector);
    expect(await switchGeneration(views.projector, next)).toBe('behind');
    await applyAll(log, new ProjectionStore(views.projector, { generation: next }));
    expect(await switchGeneration(views.projector, next)).toBe('switched');
    await expect(store.apply(log.batches()[0] ?? fail())).rejects.toBeInstanceOf(GenerationRetired);
    expect(await activeGeneration(views.projector)).toBe(next);
  });

  it('never ends a reader for the sake of a switch, whatever order it reads the views in', async () => {
    const next = await createGeneration(views.projector);
    await views.api.forOrganisation(organisation).transaction(async (reader) => {
      await reader.query({ text: 'SELECT FROM read_model.case_state' });
      let outcome: string | undefined;
      const switching = switchGeneration(views.projector, next).then((said) => (outcome = said));
      // The switch takes the view of the files, and then waits for that of the states.
      while (outcome === undefined && !(await isLockAwaited())) await pause(1);
      await reader.query({ text: 'SELECT FROM read_model.case_file' });
      expect(await switching).toBe('busy');
    });
    expect(await switchGeneration(views.projector, next)).toBe('switched');
  });
});

async function isLockAwaited(): Promise<boolean> {
  const text = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  return (await views.owner.query({ text })).length > 0;
}

it('passes over records that no relay wrote', async () => {
  const log = sampleLog(1);
  const batch = log.batchOf(caseStream(caseId(1)));
  const [first, ...rest] = batch.records;
  const stranger = { key: 'who', value: Buffer.from('?'), headers: {}, offset: '0' };
  const moved = [first, ...rest].flatMap((record, index) =>
    record === undefined ? [] : [{ ...record, offset: String(index + 1) }],
  );
  expect(await store.apply({ ...batch, records: [stranger, ...moved] })).toMatchObject({ applied: 7, strangers: 1 });
});

function streamsOfOnePartition(): readonly [StreamOf, StreamOf] {
  const first = { number: 1, stream: caseStream(caseId(1)) };
  const { partition } = new PublishedLog().batchOf(first.stream);
  for (let number = 2; ; number += 1) {
    const stream = caseStream(caseId(number));
    if (new PublishedLog().batchOf(stream).partition === partition) return [first, { number, stream }];
  }
}

interface StreamOf {
  readonly number: number;
  readonly stream: ReturnType<typeof caseStream>;
}

function fail(): never {
  throw new Error('the log is empty');
}
