import { checkpointTopic, merkleLeafOf } from '@consilium/contracts';
import { PostgresLogReader, PostgresRelayLease, PostgresSealStore } from '@consilium/event-store';
import type { StoredCheckpoint } from '@consilium/event-store';
import { readTopics } from '@consilium/messaging';
import type { Messaging } from '@consilium/messaging';
import { readInteger } from '@consilium/postgres';
import type { Database } from '@consilium/postgres';
import { checkpointIn, edgeOf, equalHashes, growTree, leafHashOf, rootOfEdge } from '@consilium/transparency';
import { sizeOfCheckpointRecord } from '../sealing/checkpoint-record.ts';
import { findLostEvents, NotRecoverable } from './lost-events.ts';
import { writeLostEvents } from './write-lost-events.ts';

const eventsPerTransaction = 500;
const leaseMs = 60_000;

export interface RecoverOptions {
  /** As the owner of the tables. */
  readonly database: Database;
  readonly messaging: Messaging;
  /** First word of the topics. */
  readonly prefix: string;
  readonly onProgress: (written: number, lost: number) => void;
}

export interface RecoverReport {
  readonly events: number;
  readonly checkpoints: number;
  readonly lastGlobalSeq: number;
  /** Subjects of cases whose data key is not in the vault: restore a newer backup of it before the API is started. */
  readonly subjectsWithoutKey: number;
}

/**
 * Reads back from Kafka what a restored journal has lost: events with their old numbers, claims, tiles and signed heads, so that
 * the relay finds Kafka equal and every anchored head is one of this log. Everything else must be stopped. Each batch is a
 * transaction, so after a crash it is run again and goes on. Answers of commands are not on Kafka, and stay lost.
 * @throws NotRecoverable, MessagingUnavailable, StoreUnavailable
 */
export async function recoverLog({ database, messaging, prefix, onProgress }: RecoverOptions): Promise<RecoverReport> {
  const lease = new PostgresRelayLease(database);
  const held = await lease.acquire('recovery', leaseMs);
  if (held === undefined) throw new NotRecoverable('a relay holds the lease: stop everything first');
  const { epoch } = held;
  try {
    const log = new PostgresLogReader(database);
    const lost = await findLostEvents(log, messaging, prefix);
    for (let from = 0; from < lost.length; from += eventsPerTransaction) {
      if (!(await lease.renew(epoch, leaseMs)))
        throw new NotRecoverable('a relay has taken over: stop everything first');
      const batch = lost.slice(from, from + eventsPerTransaction);
      await database.transaction(async (transaction) => writeLostEvents(transaction, batch));
      onProgress(from + batch.length, lost.length);
    }
    const checkpoints = await recoverHeads(
      new PostgresSealStore(database),
      log,
      epoch,
      await headsOnKafka(messaging, prefix),
    );
    return {
      events: lost.length,
      checkpoints,
      lastGlobalSeq: await log.lastGlobalSeq(),
      subjectsWithoutKey: await countSubjectsWithoutKey(database),
    };
  } finally {
    await lease.release(epoch);
  }
}

/** Keys are not on Kafka. The API would make new ones, under which the old texts do not open. */
async function countSubjectsWithoutKey(database: Database): Promise<number> {
  const [row] = await database.query({
    text: `SELECT count(DISTINCT (told.organisation, told.subject_id)) AS count
      FROM (
        SELECT event.organisation, (convert_from(event.payload_bytes, 'UTF8')::jsonb ->> 'subjectId')::uuid AS subject_id
        FROM journal.event WHERE event.type = 'caseImported'
      ) AS told
      WHERE NOT EXISTS (
        SELECT FROM vault.subject_key
        WHERE subject_key.organisation = told.organisation AND subject_key.subject_id = told.subject_id
      )`,
  });
  return row === undefined ? 0 : readInteger(row, 'count');
}

/** In the order of their sizes, each once. */
async function headsOnKafka(messaging: Messaging, prefix: string): Promise<readonly StoredCheckpoint[]> {
  const heads = new Map<number, StoredCheckpoint>();
  const topics = messaging.topics();
  const topic = checkpointTopic(prefix);
  await topics.ensureTopics([{ topic, partitions: 1 }]).finally(() => topics.close());
  await readTopics(messaging, {
    topics: [topic],
    reader: `${prefix}-recovery`,
    onRecords: (_topic, _partition, records) => {
      for (const record of records) {
        const size = sizeOfCheckpointRecord(record);
        if (size !== undefined) heads.set(size, { size, note: Buffer.from(record.value).toString('utf8') });
      }
    },
  });
  return [...heads.values()].sort((one, other) => one.size - other.size);
}

/** Stores the heads that were lost, with the tiles under them; each must be what the events give. */
async function recoverHeads(
  seals: PostgresSealStore,
  log: PostgresLogReader,
  epoch: number,
  heads: readonly StoredCheckpoint[],
): Promise<number> {
  const last = await seals.lastCheckpoint();
  let edge = await edgeOf(last?.size ?? 0, async (tile) => seals.readTile(tile));
  const lost = heads.filter(({ size }) => size > edge.size);
  for (const { size, note } of lost) {
    const head = checkpointIn(note);
    const sizeBefore = edge.size;
    const leaves = await log.leavesAfter(sizeBefore, size - sizeBefore);
    const grown = growTree(
      edge,
      leaves.map(({ globalSeq, streamHash }) => leafHashOf(merkleLeafOf(globalSeq, streamHash))),
    );
    if (head?.size !== size || grown.edge.size !== size || !equalHashes(rootOfEdge(grown.edge), head.root)) {
      throw new NotRecoverable(`the head of ${size} on Kafka is none of this log`);
    }
    await seals.seal(epoch, { sizeBefore, checkpoint: { size, note }, tiles: grown.written });
    ({ edge } = grown);
  }
  return lost.length;
}
