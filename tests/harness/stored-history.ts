import { readBytes, readInteger, readOptionalInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { waitUntil } from './wait-until.ts';

/** One event as the journal keeps it, with its place in the log; 0 where it has none yet. */
export interface PlacedEvent {
  readonly streamId: string;
  readonly streamVersion: number;
  readonly eventId: string;
  readonly type: string;
  readonly metaBytes: Uint8Array;
  readonly payloadBytes: Uint8Array;
  readonly salt: Uint8Array;
  readonly streamHash: Uint8Array;
  readonly globalSeq: number;
  readonly topic: string;
  readonly partition: number;
  readonly partitionSeq: number;
}

export interface StoredEvent extends PlacedEvent {
  /** As the journal keeps it: a client's UUID as it is. */
  readonly commandId: string;
  readonly actorId: string;
}

/** Of `event` in the journal and its row of the `log`, if there is one. */
export const placedEventColumns = `event.stream_id, event.stream_version, event.event_id::text AS event_id, event.type,
  event.meta_bytes, event.payload_bytes, event.salt, event.stream_hash,
  coalesce(log.global_seq, 0) AS global_seq, coalesce(log.topic, '') AS topic,
  coalesce(log.partition, 0) AS partition, coalesce(log.partition_seq, 0) AS partition_seq`;

export const placedEventOf = (row: Row): PlacedEvent => ({
  streamId: readText(row, 'stream_id'),
  streamVersion: readInteger(row, 'stream_version'),
  eventId: readText(row, 'event_id'),
  type: readText(row, 'type'),
  metaBytes: readBytes(row, 'meta_bytes'),
  payloadBytes: readBytes(row, 'payload_bytes'),
  salt: readBytes(row, 'salt'),
  streamHash: readBytes(row, 'stream_hash'),
  globalSeq: readInteger(row, 'global_seq'),
  topic: readText(row, 'topic'),
  partition: readInteger(row, 'partition'),
  partitionSeq: readInteger(row, 'partition_seq'),
});

/** Every event of every organisation, in the order of the log. Only the owner of the tables sees them all. */
export async function readJournal(database: Queryable): Promise<readonly StoredEvent[]> {
  const rows = await database.query({
    text: `SELECT ${placedEventColumns},
        convert_from(event.meta_bytes, 'UTF8')::jsonb ->> 'commandId' AS command_id,
        convert_from(event.meta_bytes, 'UTF8')::jsonb -> 'actor' ->> 'id' AS actor_id
      FROM journal.event
      LEFT JOIN journal.log ON log.stream_id = event.stream_id AND log.stream_version = event.stream_version
      ORDER BY log.global_seq, event.stream_id, event.stream_version`,
  });
  return rows.map((row) => ({
    ...placedEventOf(row),
    commandId: readText(row, 'command_id'),
    actorId: readText(row, 'actor_id'),
  }));
}

/** What a refused request must leave as it was: all that commands write, and the wrapped keys. */
export interface JournalSize {
  readonly events: number;
  readonly commands: number;
  readonly claims: number;
  readonly pending: number;
  readonly subjectKeys: number;
  readonly lastGlobalSeq: number;
}

export async function journalSize(database: Queryable): Promise<JournalSize> {
  const [row] = await database.query({
    text: `SELECT (SELECT count(*) FROM journal.event) AS events, (SELECT count(*) FROM journal.command) AS commands,
        (SELECT count(*) FROM journal.claim) AS claims, (SELECT count(*) FROM journal.pending) AS pending,
        (SELECT count(*) FROM vault.subject_key) AS subject_keys, head.last_global_seq
      FROM journal.head`,
  });
  if (row === undefined) throw new Error('the log has no head');
  return {
    events: readInteger(row, 'events'),
    commands: readInteger(row, 'commands'),
    claims: readInteger(row, 'claims'),
    pending: readInteger(row, 'pending'),
    subjectKeys: readInteger(row, 'subject_keys'),
    lastGlobalSeq: readInteger(row, 'last_global_seq'),
  };
}

/** Resolves once everything stored is published, shown, and has the consensus it asks for. */
export const waitUntilDrained = (database: Queryable, limitMs?: number): Promise<boolean> =>
  waitUntil(
    'nothing to be on its way',
    async () => {
      const backlog = await backlogOf(database);
      if (backlog !== undefined) throw new Error(backlog);
      return true;
    },
    limitMs,
  );

/** Why the way from the journal to the views is not empty yet; undefined once it is. */
async function backlogOf(database: Queryable): Promise<string | undefined> {
  const [row] = await database.query({
    text: `SELECT (SELECT count(*) FROM journal.pending) AS pending,
        head.last_global_seq - relay.published_global_seq AS unpublished,
        (SELECT count(*) FROM journal.partition_head
          LEFT JOIN read_model.checkpoint USING (topic, partition)
          WHERE coalesce(checkpoint.next_seq, 1) <> partition_head.last_seq + 1) AS partitions_behind,
        (SELECT count(*) FROM journal.event AS completed
          WHERE completed.type = 'readsCompleted' AND NOT EXISTS (
            SELECT FROM journal.event AS answer WHERE answer.stream_id = completed.stream_id
              AND answer.type IN ('consensusReached', 'disagreementFound')
              AND answer.stream_version > completed.stream_version)) AS without_consensus,
        (SELECT count(*) FROM journal.event AS cause
          WHERE cause.type IN ('goldSet', 'goldCorrected', 'goldAnswered', 'adjudicationDecided') AND NOT EXISTS (
            SELECT FROM journal.event AS answer WHERE answer.stream_id = cause.stream_id
              AND answer.type = 'answersScored'
              AND (convert_from(answer.payload_bytes, 'UTF8')::jsonb ->> 'basedOnVersion')::integer
                = cause.stream_version)) AS unscored,
        (SELECT count(*) FROM read_model.parked_stream) AS parked
      FROM journal.head, journal.relay`,
  });
  if (row === undefined) return 'the log has no head';
  const counts = ['pending', 'unpublished', 'partitions_behind', 'without_consensus', 'unscored'].filter(
    (column) => (readOptionalInteger(row, column) ?? 0) !== 0,
  );
  if (readInteger(row, 'parked') > 0) throw new Error(`${readInteger(row, 'parked')} streams are parked`);
  return counts.length === 0 ? undefined : counts.map((name) => `${name} ${readInteger(row, name)}`).join(', ');
}
