import {
  hasSafeSuccessor,
  readBytes,
  readInteger,
  readOptionalText,
  readText,
  withinSafeIntegers,
} from '@consilium/postgres';
import type { Queryable, Row, Statement } from '@consilium/postgres';
import type {
  AuditedEvent,
  AuditedRow,
  EventOfStream,
  JournalAudit,
  JournalCounters,
  StreamLink,
  StreamPlace,
} from '../audit/journal-audit.ts';
import { limits } from '../limits.ts';
import type { StoredCheckpoint, TilePlace } from '../seal-store.ts';
import { unavailableWhenTransient } from './unavailable-when-transient.ts';

const maxBytes = 16 * 1024 * 1024;

/** A number that no JavaScript number can be is shown as the largest: it is wrong in any case, and must not end the reading. */
const shown = (column: string, name = column.replace(/^.*\./, '')): string =>
  `${withinSafeIntegers(column)} AS ${name}`;

const logColumns = `${shown('log.global_seq')}, log.topic, log.partition, ${shown('log.partition_seq')}, log.stream_id, log.stream_version,
    log.organisation::text AS organisation`;
const eventColumns = `event.event_id::text AS event_id, event.organisation::text AS event_organisation, event.type,
    event.schema_version, CASE WHEN isfinite(event.recorded_at) THEN (extract(epoch FROM event.recorded_at) * 1000000)::bigint ELSE -1 END
      AS recorded_at_us, event.salt, event.payload_hash,
    event.stream_hash, event.meta_bytes, event.payload_bytes`;

/** LIMIT 1 makes the join a look-up, whatever the planner believes about the size of the tables. LEFT: nothing is joined away. */
const eventOfLog = `
  LEFT JOIN LATERAL (
    SELECT event.* FROM journal.event
    WHERE event.stream_id = log.stream_id AND event.stream_version = log.stream_version LIMIT 1
  ) AS event ON true`;

const rowsAfterText = `
  SELECT taken.* FROM (
    SELECT ${logColumns}, ${eventColumns},
      sum(coalesce(octet_length(event.meta_bytes) + octet_length(event.payload_bytes), 0))
        OVER (ORDER BY log.global_seq ROWS UNBOUNDED PRECEDING) AS total_bytes,
      row_number() OVER (ORDER BY log.global_seq ROWS UNBOUNDED PRECEDING) AS place
    FROM (SELECT log.* FROM journal.log WHERE log.global_seq > $1 AND ${hasSafeSuccessor('$1')} ORDER BY log.global_seq LIMIT $2) AS log
    ${eventOfLog}
  ) AS taken
  WHERE taken.total_bytes <= $3 OR taken.place = 1
  ORDER BY taken.global_seq`;

/** Look-ups too. */
const linksAtText = `
  SELECT asked.n, event.stream_hash, ${shown('coalesce(log.global_seq, 0)', 'global_seq')}
  FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS asked (stream_id, stream_version, n)
  CROSS JOIN LATERAL (
    SELECT event.stream_hash FROM journal.event
    WHERE event.stream_id = asked.stream_id AND event.stream_version = asked.stream_version LIMIT 1
  ) AS event
  LEFT JOIN LATERAL (
    SELECT log.global_seq FROM journal.log
    WHERE log.stream_id = asked.stream_id AND log.stream_version = asked.stream_version LIMIT 1
  ) AS log ON true`;

/** By the primary key; the place of each is looked up. */
const eventsByStreamText = `
  SELECT taken.stream_id, taken.stream_version, taken.meta_bytes, taken.payload_bytes,
    ${shown('coalesce(log.global_seq, 0)', 'global_seq')}, ${shown('coalesce(log.partition_seq, 0)', 'partition_seq')},
    coalesce(log.topic, '') AS topic, coalesce(log.partition, 0) AS partition
  FROM (
    SELECT event.*,
      sum(octet_length(event.meta_bytes) + octet_length(event.payload_bytes)) OVER read AS total_bytes,
      row_number() OVER read AS place
    FROM (
      SELECT event.stream_id, event.stream_version, event.meta_bytes, event.payload_bytes FROM journal.event
      WHERE (event.stream_id, event.stream_version) > ($1, $2)
      ORDER BY event.stream_id, event.stream_version LIMIT $3
    ) AS event
    WINDOW read AS (ORDER BY event.stream_id, event.stream_version ROWS UNBOUNDED PRECEDING)
  ) AS taken
  LEFT JOIN LATERAL (
    SELECT log.* FROM journal.log
    WHERE log.stream_id = taken.stream_id AND log.stream_version = taken.stream_version LIMIT 1
  ) AS log ON true
  WHERE taken.total_bytes <= $4 OR taken.place = 1
  ORDER BY taken.stream_id, taken.stream_version`;

const partitionAfterText = `
  SELECT ${logColumns}, ${eventColumns}
  FROM (
    SELECT log.* FROM journal.log
    WHERE log.topic = $1 AND log.partition = $2 AND log.partition_seq > $3 AND ${hasSafeSuccessor('$3')}
    ORDER BY log.partition_seq LIMIT $4
  ) AS log
  ${eventOfLog}
  ORDER BY log.partition_seq`;

const streamAfterText = `
  SELECT ${shown('coalesce(log.global_seq, 0)', 'global_seq')}, ${shown('coalesce(log.partition_seq, 0)', 'partition_seq')},
    coalesce(log.topic, '') AS topic, coalesce(log.partition, 0) AS partition, event.stream_id, event.stream_version,
    coalesce(log.organisation, event.organisation)::text AS organisation, ${eventColumns}
  FROM journal.event
  LEFT JOIN journal.log ON log.stream_id = event.stream_id AND log.stream_version = event.stream_version
  WHERE event.stream_id = $1 AND event.stream_version > $2
  ORDER BY event.stream_version LIMIT $3`;

/** A counter that is not there at all is shown as -1. */
const countersText = `
  SELECT (SELECT identity.log_id::text FROM journal.identity) AS log_id,
    coalesce((SELECT ${withinSafeIntegers('head.last_global_seq')} FROM journal.head), -1) AS last_global_seq,
    coalesce((SELECT ${withinSafeIntegers('relay.published_global_seq')} FROM journal.relay), -1) AS published_global_seq,
    (SELECT count(*) FROM journal.pending) AS pending,
    (SELECT count(*) FROM journal.log WHERE log.global_seq < 1) AS before_first`;

/** The largest number of each partition is found by its index. */
const partitionsText = `
  WITH RECURSIVE found AS (
    (SELECT log.topic, log.partition FROM journal.log ORDER BY log.topic, log.partition LIMIT 1)
    UNION ALL
    SELECT next.* FROM found CROSS JOIN LATERAL (
      SELECT log.topic, log.partition FROM journal.log
      WHERE (log.topic, log.partition) > (found.topic, found.partition) ORDER BY log.topic, log.partition LIMIT 1
    ) AS next
  )
  SELECT coalesce(found.topic, ends.topic) AS topic, coalesce(found.partition, ends.partition) AS partition,
    ${shown('coalesce(ends.last_seq, 0)', 'last_seq')},
    ${shown('coalesce(largest.partition_seq, 0)', 'found_last_seq')}
  FROM found FULL JOIN journal.partition_head AS ends ON ends.topic = found.topic AND ends.partition = found.partition
  LEFT JOIN LATERAL (
    SELECT max(log.partition_seq) AS partition_seq FROM journal.log
    WHERE log.topic = found.topic AND log.partition = found.partition
  ) AS largest ON true
  ORDER BY 1, 2`;

/** For the owner of the tables, or a role that sees every organisation. Works within a transaction too. */
export class PostgresJournalAudit implements JournalAudit {
  readonly #database: Queryable;

  constructor(database: Queryable) {
    this.#database = database;
  }

  async rowsAfter(globalSeq: number, limit: number): Promise<readonly AuditedRow[]> {
    checkLimit(limit);
    const values = [globalSeq, limit, maxBytes];
    return (await this.#query({ name: 'audit-rows-after', text: rowsAfterText, values })).map(auditedRow);
  }

  async streamAfter(streamId: string, version: number, limit: number): Promise<readonly AuditedRow[]> {
    checkLimit(limit);
    return (await this.#query({ text: streamAfterText, values: [streamId, version, limit] })).map(auditedRow);
  }

  async linksAt(places: readonly StreamPlace[]): Promise<readonly (StreamLink | undefined)[]> {
    if (places.length === 0) return [];
    checkLimit(places.length);
    const values = [places.map(({ streamId }) => streamId), places.map(({ streamVersion }) => streamVersion)];
    const links: (StreamLink | undefined)[] = places.map(() => undefined);
    for (const row of await this.#query({ name: 'audit-links-at', text: linksAtText, values })) {
      const link = { streamHash: readBytes(row, 'stream_hash'), globalSeq: readInteger(row, 'global_seq') };
      links[readInteger(row, 'n') - 1] = link;
    }
    return links;
  }

  async eventsByStream(after: StreamPlace | undefined, limit: number): Promise<readonly EventOfStream[]> {
    checkLimit(limit);
    const values = [after?.streamId ?? '', after?.streamVersion ?? 0, limit, maxBytes];
    return (await this.#query({ name: 'audit-events-by-stream', text: eventsByStreamText, values })).map(eventOfStream);
  }

  async partitionAfter(
    topic: string,
    partition: number,
    partitionSeq: number,
    limit: number,
  ): Promise<readonly AuditedRow[]> {
    checkLimit(limit);
    const values = [topic, partition, partitionSeq, limit];
    return (await this.#query({ name: 'audit-partition-after', text: partitionAfterText, values })).map(auditedRow);
  }

  async eventsWithoutPlace(
    limit: number,
  ): Promise<readonly { readonly streamId: string; readonly streamVersion: number }[]> {
    checkLimit(limit);
    const rows = await this.#query({
      text: `SELECT event.stream_id, event.stream_version FROM journal.event
        LEFT JOIN journal.log ON log.stream_id = event.stream_id AND log.stream_version = event.stream_version
        LEFT JOIN journal.pending ON pending.stream_id = event.stream_id AND pending.stream_version = event.stream_version
        WHERE log.global_seq IS NULL AND pending.number IS NULL
        ORDER BY event.stream_id, event.stream_version LIMIT $1`,
      values: [limit],
    });
    return rows.map((row) => ({
      streamId: readText(row, 'stream_id'),
      streamVersion: readInteger(row, 'stream_version'),
    }));
  }

  async counters(): Promise<JournalCounters> {
    const [row] = await this.#query({ text: countersText });
    if (row === undefined) throw new Error('a question without a table has one answer');
    const partitions = await this.#query({ text: partitionsText });
    return {
      logId: readOptionalText(row, 'log_id'),
      lastGlobalSeq: readInteger(row, 'last_global_seq'),
      publishedGlobalSeq: readInteger(row, 'published_global_seq'),
      pending: readInteger(row, 'pending'),
      placesBeforeFirst: readInteger(row, 'before_first'),
      partitions: partitions.map((found) => ({
        topic: readText(found, 'topic'),
        partition: readInteger(found, 'partition'),
        lastSeq: readInteger(found, 'last_seq'),
        foundLastSeq: readInteger(found, 'found_last_seq'),
      })),
    };
  }

  async tile({ level, index }: TilePlace): Promise<Uint8Array | undefined> {
    const [row] = await this.#query({
      name: 'audit-tile',
      text: 'SELECT tile.hashes FROM journal.merkle_tile AS tile WHERE tile.level = $1 AND tile.index = $2',
      values: [level, index],
    });
    return row === undefined ? undefined : readBytes(row, 'hashes');
  }

  async headsAfter(size: number | undefined, limit: number): Promise<readonly StoredCheckpoint[]> {
    checkLimit(limit);
    const rows = await this.#query({
      name: 'audit-heads-after',
      text: `SELECT ${shown('checkpoint.size')}, checkpoint.note FROM journal.checkpoint
        WHERE $1::bigint IS NULL OR (checkpoint.size > $1 AND ${hasSafeSuccessor('$1')}) ORDER BY checkpoint.size LIMIT $2`,
      values: [size ?? null, limit],
    });
    return rows.map((row) => ({ size: readInteger(row, 'size'), note: readText(row, 'note') }));
  }

  async countTiles(): Promise<number> {
    const [row] = await this.#query({ text: 'SELECT count(*) AS tiles FROM journal.merkle_tile' });
    return row === undefined ? 0 : readInteger(row, 'tiles');
  }

  async streamsMentioning(text: string, limit: number): Promise<readonly string[]> {
    checkLimit(limit);
    const rows = await this.#query({
      text: `SELECT DISTINCT event.stream_id FROM journal.event
        WHERE position($1::bytea IN event.payload_bytes) > 0 ORDER BY event.stream_id LIMIT $2`,
      values: [Buffer.from(text, 'utf8'), limit],
    });
    return rows.map((row) => readText(row, 'stream_id'));
  }

  async seqOf(eventId: string): Promise<number | undefined> {
    const [row] = await this.#query({
      text: `SELECT log.global_seq FROM journal.event
        JOIN journal.log ON log.stream_id = event.stream_id AND log.stream_version = event.stream_version
        WHERE event.event_id = $1`,
      values: [eventId],
    });
    return row === undefined ? undefined : readInteger(row, 'global_seq');
  }

  async lastBefore(instantMs: number): Promise<number> {
    const [row] = await this.#query({
      text: `SELECT coalesce(min(log.global_seq) - 1, (SELECT coalesce(max(log.global_seq), 0) FROM journal.log)) AS seq
        FROM journal.event JOIN journal.log ON log.stream_id = event.stream_id AND log.stream_version = event.stream_version
        WHERE event.recorded_at > journal.instant_of($1)`,
      values: [instantMs],
    });
    return row === undefined ? 0 : readInteger(row, 'seq');
  }

  async #query(statement: Statement): Promise<readonly Row[]> {
    return unavailableWhenTransient(async () => this.#database.query(statement));
  }
}

function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > limits.eventsPerRead) {
    throw new RangeError(`limit must be from 1 to ${limits.eventsPerRead}`);
  }
}

const eventOfStream = (row: Row): EventOfStream => ({
  streamId: readText(row, 'stream_id'),
  streamVersion: readInteger(row, 'stream_version'),
  globalSeq: readInteger(row, 'global_seq'),
  topic: readText(row, 'topic'),
  partition: readInteger(row, 'partition'),
  partitionSeq: readInteger(row, 'partition_seq'),
  metaBytes: readBytes(row, 'meta_bytes'),
  payloadBytes: readBytes(row, 'payload_bytes'),
});

const auditedRow = (row: Row): AuditedRow => ({
  globalSeq: readInteger(row, 'global_seq'),
  topic: readText(row, 'topic'),
  partition: readInteger(row, 'partition'),
  partitionSeq: readInteger(row, 'partition_seq'),
  streamId: readText(row, 'stream_id'),
  streamVersion: readInteger(row, 'stream_version'),
  organisation: readText(row, 'organisation'),
  event: row['event_id'] === null ? undefined : auditedEvent(row),
});

const auditedEvent = (row: Row): AuditedEvent => ({
  eventId: readText(row, 'event_id'),
  organisation: readText(row, 'event_organisation'),
  type: readText(row, 'type'),
  schemaVersion: readInteger(row, 'schema_version'),
  recordedAtUs: readInteger(row, 'recorded_at_us'),
  salt: readBytes(row, 'salt'),
  payloadHash: readBytes(row, 'payload_hash'),
  streamHash: readBytes(row, 'stream_hash'),
  metaBytes: readBytes(row, 'meta_bytes'),
  payloadBytes: readBytes(row, 'payload_bytes'),
});
