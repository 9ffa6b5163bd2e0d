import { createHash } from 'node:crypto';
import { canonicalJson, defaultTopicPrefix, encodeRecord, merkleLeafOf } from '@consilium/contracts';
import {
  type LoggedEvent,
  PostgresEventStore,
  PostgresLogReader,
  PostgresRelayLease,
  PostgresSealStore,
  PostgresSequencer,
  type StoredCheckpoint,
} from '@consilium/event-store';
import { Database, type DatabaseRole } from '@consilium/postgres';
import { activeGeneration, ProjectionStore } from '@consilium/read-model';
import type { PublishedPartition } from '@consilium/testing';
import {
  type Checkpoint,
  consistencyProof,
  edgeOf,
  emptyTree,
  formatNoteKey,
  growTree,
  leafHashOf,
  readerOver,
  rootOfEdge,
  sealCheckpoint,
} from '@consilium/transparency';
import { examEvents, examLogId, examSize } from './exam-events.ts';
import { examOrigin, examSealedAtATime, examSigningKey } from './exam-file.ts';
import { fileOf, headerOf, linesOf } from './log-file.ts';

/** What the auditor of an exam is given, beside the database. */
export interface ExamHistory {
  /** Verifier key, as `formatNoteKey` writes it. */
  readonly key: string;
  /** Signed note by size, as the anchor outside the database holds them. */
  readonly anchor: ReadonlyMap<number, string>;
  /** The exported log. */
  readonly file: Buffer;
  /** Of the views: the active one. */
  readonly generation: number;
  /** The log as it is on Kafka, in order within each partition. */
  readonly records: readonly PublishedPartition[];
}

/** Fills a migrated and empty database with 500 events, sealed after every hundred and shown in the active views. */
export async function buildExamHistory(databaseUrl: string): Promise<ExamHistory> {
  const pools: Database[] = [];
  const connect = (role?: DatabaseRole): Database => {
    const options = { url: databaseUrl, applicationName: 'consilium-exam', poolSize: 2 };
    const pool = new Database(role === undefined ? options : { ...options, role });
    pools.push(pool);
    return pool;
  };
  try {
    // The id of the log is random otherwise, and the same exam would not come twice.
    await connect().execute({ text: 'INSERT INTO journal.identity (log_id) VALUES ($1)', values: [examLogId] });
    await appendAll(connect('consilium_api'));
    const relay = connect('consilium_relay');
    const anchor = await sequenceAndSeal(relay);
    const events = await new PostgresLogReader(relay).readAfter(0, examSize + 1);
    const records = recordsOf(events);
    const checkpoints = [...anchor].map(([size, note]) => ({ size, note }));
    return {
      key: formatNoteKey(examSigningKey.key),
      anchor,
      file: exportedFile(events, checkpoints),
      generation: await showAll(connect('consilium_projector'), records),
      records,
    };
  } finally {
    await Promise.all(pools.map(async (pool) => pool.close()));
  }
}

async function appendAll(api: Database): Promise<void> {
  const store = new PostgresEventStore(api);
  for (const { organisation, streamId, streamVersion, actorId, commandId, encoded } of examEvents()) {
    const outcome = await store.append({
      organisation,
      command: {
        actorId,
        commandId,
        requestHash: createHash('sha256').update(commandId).digest('hex'),
        answer: canonicalJson({ kind: 'accepted' }),
      },
      writes: [{ streamId, expectedVersion: streamVersion - 1, events: [encoded] }],
      claims: [],
    });
    if (outcome.kind !== 'appended') throw new Error(`an event of the exam was not appended: ${outcome.kind}`);
  }
}

async function sequenceAndSeal(relay: Database): Promise<ReadonlyMap<number, string>> {
  const held = await new PostgresRelayLease(relay).acquire('exam', 0);
  if (held === undefined) throw new Error('the relay lease is free in a new database');
  const sequencer = new PostgresSequencer(relay);
  while ((await sequencer.sequence(held.epoch, 1_000)) > 0);
  const anchor = new Map<number, string>();
  let sealed: Checkpoint | undefined;
  while ((sealed?.size ?? 0) < examSize) {
    const [checkpoint, note] = await sealNext(relay, held.epoch, sealed);
    anchor.set(checkpoint.size, note);
    sealed = checkpoint;
  }
  return anchor;
}

/** One head, as the relay makes it. */
async function sealNext(
  relay: Database,
  epoch: number,
  sealed: Checkpoint | undefined,
): Promise<readonly [Checkpoint, string]> {
  const seals = new PostgresSealStore(relay);
  const read = seals.readTile.bind(seals);
  const sizeBefore = sealed?.size ?? 0;
  const leaves = await new PostgresLogReader(relay).leavesAfter(sizeBefore, examSealedAtATime);
  const grown = growTree(
    sealed === undefined ? emptyTree : await edgeOf(sizeBefore, read),
    leaves.map(({ globalSeq, streamHash }) => leafHashOf(merkleLeafOf(globalSeq, streamHash))),
  );
  const next = { origin: examOrigin, size: grown.edge.size, root: rootOfEdge(grown.edge) };
  const proof =
    sealed === undefined ? [] : await consistencyProof(sizeBefore, next.size, readerOver(grown.written, read));
  const note = sealCheckpoint(sealed, next, proof, [examSigningKey]);
  await seals.seal(epoch, { sizeBefore, checkpoint: { size: next.size, note }, tiles: grown.written });
  return [next, note];
}

function recordsOf(events: readonly LoggedEvent[]): readonly PublishedPartition[] {
  const partitions = new Map<
    string,
    PublishedPartition & { readonly records: PublishedPartition['records'][number][] }
  >();
  for (const event of events) {
    const { topic, partition } = event;
    const key = `${topic} ${String(partition)}`;
    const place = partitions.get(key) ?? { topic, partition, records: [] };
    partitions.set(key, place);
    const record = encodeRecord(event, defaultTopicPrefix, examLogId);
    place.records.push({ ...record, offset: String(event.partitionSeq - 1) });
  }
  return [...partitions.values()];
}

async function showAll(projector: Database, records: readonly PublishedPartition[]): Promise<number> {
  const generation = await activeGeneration(projector);
  const store = new ProjectionStore(projector, { generation, mostParkedStreams: 0 });
  for (const batch of records) {
    const { kind } = await store.apply(batch);
    if (kind !== 'applied') throw new Error(`a partition of the exam was not shown: ${kind}`);
  }
  return generation;
}

const exportedFile = (events: readonly LoggedEvent[], checkpoints: readonly StoredCheckpoint[]): Buffer =>
  fileOf(
    linesOf({
      header: headerOf(examLogId),
      events: events.map(
        ({ globalSeq, topic, partition, partitionSeq, metaBytes, payloadBytes, salt, streamHash }) => ({
          globalSeq,
          topic,
          partition,
          partitionSeq,
          meta: Buffer.from(metaBytes).toString('utf8'),
          payload: Buffer.from(payloadBytes).toString('utf8'),
          salt: Buffer.from(salt),
          streamHash: Buffer.from(streamHash),
        }),
      ),
      checkpoints,
    }),
  );
