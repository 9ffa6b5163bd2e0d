import type { EventId, Instant, OrganisationId, StreamId } from '@consilium/domain';
import { readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { unavailableWhenTransient } from './unavailable-when-transient.ts';

/** An event that asks for work which no event of its stream answers: it was lost with its queue, or never begun. */
export interface Unanswered {
  readonly organisation: OrganisationId;
  readonly streamId: StreamId;
  readonly streamVersion: number;
  readonly eventId: EventId;
  readonly recordedAt: Instant;
}

export interface UnansweredQuery {
  /** At most this many, 1 to 10,000. */
  readonly limit: number;
  /** Only those recorded at least this long ago, by the store's clock: younger ones are under way. */
  readonly olderThanMs: number;
}

const maxLimit = 10_000;

/**
 * The `readsCompleted` events, of every organisation, that no consensus event of their stream follows and no `readsReopened`
 * took back. In order of stream. Runs as consilium_quality, over an index of those event types alone.
 */
export const findUnansweredReadsCompleted = async (
  database: Queryable,
  query: UnansweredQuery,
): Promise<readonly Unanswered[]> =>
  findUnanswered(database, query, {
    name: 'journal-unanswered-reads-completed',
    text: `
        SELECT asked.organisation, asked.stream_id, asked.stream_version, asked.event_id,
          journal.epoch_ms(asked.recorded_at) AS recorded_at_ms
        FROM journal.event AS asked
        WHERE asked.type = 'readsCompleted'
          AND asked.type IN ('readsCompleted', 'readsReopened', 'consensusReached', 'disagreementFound')
          AND asked.recorded_at <= now() - $2 * interval '1 millisecond'
          AND NOT EXISTS (
            SELECT FROM journal.event AS answered
            WHERE answered.stream_id = asked.stream_id
              AND answered.stream_version > asked.stream_version
              AND answered.type IN ('readsCompleted', 'readsReopened', 'consensusReached', 'disagreementFound')
              AND answered.type <> 'readsCompleted'
          )
        ORDER BY asked.stream_id, asked.stream_version
        LIMIT $1`,
  });

/**
 * The events that make answers due to be scored, of every organisation, that no `answersScored` of their stream is based on: each is answered
 * by one at least, also where there was nothing to score. Otherwise as above.
 */
export const findUnscored = async (database: Queryable, query: UnansweredQuery): Promise<readonly Unanswered[]> =>
  findUnanswered(database, query, {
    name: 'journal-unscored',
    text: `
        SELECT asked.organisation, asked.stream_id, asked.stream_version, asked.event_id,
          journal.epoch_ms(asked.recorded_at) AS recorded_at_ms
        FROM journal.event AS asked
        WHERE asked.type IN ('goldSet', 'goldCorrected', 'goldAnswered', 'adjudicationDecided', 'answersScored')
          AND asked.type <> 'answersScored'
          AND asked.recorded_at <= now() - $2 * interval '1 millisecond'
          AND NOT EXISTS (
            SELECT FROM journal.event AS answered
            WHERE answered.stream_id = asked.stream_id
              AND answered.stream_version > asked.stream_version
              AND answered.type IN ('goldSet', 'goldCorrected', 'goldAnswered', 'adjudicationDecided', 'answersScored')
              AND answered.type = 'answersScored'
              AND (convert_from(answered.payload_bytes, 'UTF8')::jsonb ->> 'basedOnVersion')::integer = asked.stream_version
          )
        ORDER BY asked.stream_id, asked.stream_version
        LIMIT $1`,
  });

async function findUnanswered(
  database: Queryable,
  { limit, olderThanMs }: UnansweredQuery,
  statement: { readonly name: string; readonly text: string },
): Promise<readonly Unanswered[]> {
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit)
    throw new RangeError(`limit must be from 1 to ${maxLimit}`);
  const rows = await unavailableWhenTransient(async () =>
    database.query({ ...statement, values: [limit, olderThanMs] }),
  );
  return rows.map(readUnanswered);
}

const readUnanswered = (row: Row): Unanswered => ({
  organisation: readText(row, 'organisation') as OrganisationId,
  streamId: readText(row, 'stream_id') as StreamId,
  streamVersion: readInteger(row, 'stream_version'),
  eventId: readText(row, 'event_id') as EventId,
  recordedAt: readInteger(row, 'recorded_at_ms') as Instant,
});
