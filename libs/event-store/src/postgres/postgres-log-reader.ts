import { aggregates } from '@consilium/domain';
import type { Aggregate, Instant, OrganisationId } from '@consilium/domain';
import { readBytes, readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row, Statement } from '@consilium/postgres';
import { limits } from '../limits.ts';
import type { LoggedEvent, LoggedPlace, LogLeaf, LogReader } from '../log-reader.ts';
import { readRecordedEvent } from './read-recorded-event.ts';
import { unavailableWhenTransient } from './unavailable-when-transient.ts';

const defaultMaxBytes = 16 * 1024 * 1024;

/** LIMIT 1 makes the join a look-up for each row of the log, whatever the planner believes about the size of the tables. */
const readAfterText = `
  SELECT taken.*
  FROM (
    SELECT log.global_seq, log.topic, log.partition, log.partition_seq, log.organisation,
      journal.epoch_ms(log.sequenced_at) AS sequenced_at_ms,
      log.stream_id, log.stream_version, event.event_id, event.type, event.schema_version,
      journal.epoch_ms(event.recorded_at) AS instant_ms,
      event.salt, event.payload_hash, event.stream_hash, event.meta_bytes, event.payload_bytes,
      sum(octet_length(event.meta_bytes) + octet_length(event.payload_bytes))
        OVER (ORDER BY log.global_seq ROWS UNBOUNDED PRECEDING) AS total_bytes,
      row_number() OVER (ORDER BY log.global_seq ROWS UNBOUNDED PRECEDING) AS place
    FROM (
      SELECT log.* FROM journal.log WHERE log.global_seq > $1 ORDER BY log.global_seq LIMIT $2
    ) AS log
    CROSS JOIN LATERAL (
      SELECT event.* FROM journal.event
      WHERE event.stream_id = log.stream_id AND event.stream_version = log.stream_version
      LIMIT 1
    ) AS event
  ) AS taken
  WHERE taken.total_bytes <= $3 OR taken.place = 1
  ORDER BY taken.global_seq`;

/** As above, without the bytes of the events. */
const leavesAfterText = `
  SELECT log.global_seq, event.stream_hash
  FROM (
    SELECT log.* FROM journal.log WHERE log.global_seq > $1 ORDER BY log.global_seq LIMIT $2
  ) AS log
  CROSS JOIN LATERAL (
    SELECT event.stream_hash FROM journal.event
    WHERE event.stream_id = log.stream_id AND event.stream_version = log.stream_version
    LIMIT 1
  ) AS event
  ORDER BY log.global_seq`;

const placeColumns = 'log.global_seq, log.topic, log.partition, log.partition_seq, event.stream_hash';

/** Runs as consilium_relay. */
export class PostgresLogReader implements LogReader {
  readonly #database: Queryable;

  constructor(database: Queryable) {
    this.#database = database;
  }

  async logId(): Promise<string> {
    const statement = { text: 'SELECT identity.log_id FROM journal.identity' };
    const [known] = await this.#query(statement);
    if (known !== undefined) return readText(known, 'log_id');
    await this.#query({ text: 'INSERT INTO journal.identity (one_row) VALUES (true) ON CONFLICT DO NOTHING' });
    const [made] = await this.#query(statement);
    if (made === undefined) throw new Error('the log has no identity');
    return readText(made, 'log_id');
  }

  async lastGlobalSeq(): Promise<number> {
    const [row] = await this.#query({ text: 'SELECT head.last_global_seq FROM journal.head' });
    if (row === undefined) throw new Error('the log has no head');
    return readInteger(row, 'last_global_seq');
  }

  async readAfter(
    globalSeq: number,
    limit: number,
    maxBytes: number = defaultMaxBytes,
  ): Promise<readonly LoggedEvent[]> {
    checkLimit(limit);
    const rows = await this.#query({
      name: 'journal-read-after',
      text: readAfterText,
      values: [globalSeq, limit, maxBytes],
    });
    return rows.map(readLoggedEvent);
  }

  async leavesAfter(globalSeq: number, limit: number): Promise<readonly LogLeaf[]> {
    checkLimit(limit);
    const rows = await this.#query({ name: 'journal-leaves-after', text: leavesAfterText, values: [globalSeq, limit] });
    return rows.map((row) => ({
      globalSeq: readInteger(row, 'global_seq'),
      streamHash: readBytes(row, 'stream_hash'),
    }));
  }

  async lastOfEachPartition(): Promise<readonly LoggedPlace[]> {
    const rows = await this.#query({
      text: `
        SELECT ${placeColumns}
        FROM journal.partition_head
        JOIN journal.log ON log.topic = partition_head.topic AND log.partition = partition_head.partition
          AND log.partition_seq = partition_head.last_seq
        JOIN journal.event ON event.stream_id = log.stream_id AND event.stream_version = log.stream_version
        ORDER BY log.topic, log.partition`,
    });
    return rows.map(readLoggedPlace);
  }

  async at(topic: Aggregate, partition: number, partitionSeq: number): Promise<LoggedPlace | undefined> {
    const [row] = await this.#query({
      name: 'journal-log-at',
      text: `
        SELECT ${placeColumns}
        FROM journal.log
        JOIN journal.event ON event.stream_id = log.stream_id AND event.stream_version = log.stream_version
        WHERE log.topic = $1 AND log.partition = $2 AND log.partition_seq = $3`,
      values: [topic, partition, partitionSeq],
    });
    return row === undefined ? undefined : readLoggedPlace(row);
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

const readLoggedEvent = (row: Row): LoggedEvent => ({
  ...readRecordedEvent(row),
  organisation: readText(row, 'organisation') as OrganisationId,
  globalSeq: readInteger(row, 'global_seq'),
  topic: readTopic(row),
  partition: readInteger(row, 'partition'),
  partitionSeq: readInteger(row, 'partition_seq'),
  sequencedAt: readInteger(row, 'sequenced_at_ms') as Instant,
});

const readLoggedPlace = (row: Row): LoggedPlace => ({
  topic: readTopic(row),
  partition: readInteger(row, 'partition'),
  partitionSeq: readInteger(row, 'partition_seq'),
  globalSeq: readInteger(row, 'global_seq'),
  streamHash: readBytes(row, 'stream_hash'),
});

function readTopic(row: Row): Aggregate {
  const text = readText(row, 'topic');
  const topic = aggregates.find((aggregate) => aggregate === text);
  if (topic === undefined) throw new Error(`the log names an unknown topic ${text}`);
  return topic;
}
