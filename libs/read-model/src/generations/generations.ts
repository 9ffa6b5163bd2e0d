import { type Aggregate, aggregates } from '@consilium/domain';
import { hasSqlState, readInteger, readOptionalText, readText, sqlState } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { schemaOf } from '../store/write-rows.ts';
import { viewNames } from '../tables/view-tables.ts';

/*
 * Generations of the views: their tables, their places in the log, and which one readers see. Everything here needs the
 * role `consilium_projector`.
 */

export interface Generation {
  readonly generation: number;
  readonly status: 'building' | 'active' | 'retired';
  /** The log it was built from; undefined before its first event. */
  readonly logId: string | undefined;
  /** What it has: see {@link newestShape}. */
  readonly shape: number;
}

/**
 * The shape of the generations that are made now, which grows with the parts that migrations add: 2 has the past from the first
 * event on, 3 protocols in the second version of their event.
 */
export async function newestShape(session: Queryable): Promise<number> {
  const [row] = await session.query({ name: 'view-newest-shape', text: 'SELECT read_model.newest_shape() AS shape' });
  if (row === undefined) throw new Error('a function gave no row');
  return readInteger(row, 'shape');
}

export async function listGenerations(session: Queryable): Promise<readonly Generation[]> {
  const rows = await session.query({
    text: `SELECT generation.n, generation.status, generation.log_id::text AS log_id, generation.shape
      FROM read_model.generation ORDER BY generation.n`,
  });
  return rows.map((row) => ({
    generation: readInteger(row, 'n'),
    status: statusOf(row),
    logId: readOptionalText(row, 'log_id'),
    shape: readInteger(row, 'shape'),
  }));
}

function statusOf(row: Row): Generation['status'] {
  const status = readText(row, 'status');
  if (status === 'building' || status === 'active' || status === 'retired') return status;
  throw new Error(`${status} is no status of a generation`);
}

/** The one that readers see: there always is one. */
export async function activeGeneration(session: Queryable): Promise<number> {
  const [row] = await session.query({
    name: 'view-active-generation',
    text: "SELECT generation.n FROM read_model.generation WHERE generation.status = 'active'",
  });
  if (row === undefined) throw new Error('no generation of the views is active');
  return readInteger(row, 'n');
}

/** Undefined where there is no such generation. */
export async function shapeOf(session: Queryable, generation: number): Promise<number | undefined> {
  const [row] = await session.query({
    name: 'view-shape',
    text: 'SELECT generation.shape FROM read_model.generation WHERE generation.n = $1',
    values: [generation],
  });
  return row === undefined ? undefined : readInteger(row, 'shape');
}

/** Makes the empty tables of a new generation and gives its number. */
export async function createGeneration(session: Queryable): Promise<number> {
  const [row] = await session.query({ text: 'SELECT read_model.create_generation() AS n' });
  if (row === undefined) throw new Error('the new generation has no number');
  return readInteger(row, 'n');
}

/**
 * Statistics of every view of a generation that was just filled, before readers see it: without them their first pages are
 * planned as scans of whole views. A second or so; one that is stopped in between leaves those that it has made.
 */
export async function analyzeGeneration(session: Queryable, generation: number): Promise<void> {
  for (const view of viewNames) {
    await session.query({ text: 'SELECT read_model.analyze_view($1, $2)', values: [generation, view] });
  }
}

/**
 * Readers see this generation from the commit on. 'behind' while it has seen less than the active one: catch up, ask again.
 * 'busy' where a reader held a view for longer than the switch waits: nothing has changed, ask again.
 */
export async function switchGeneration(
  session: Queryable,
  generation: number,
): Promise<'switched' | 'behind' | 'busy'> {
  try {
    const [row] = await session.query({
      text: 'SELECT read_model.switch_generation($1) AS outcome',
      values: [generation],
    });
    return row !== undefined && readText(row, 'outcome') === 'switched' ? 'switched' : 'behind';
  } catch (error) {
    if (hasSqlState(error, sqlState.lockNotAvailable)) return 'busy';
    throw error;
  }
}

/** Removes a generation that is not active, with all its tables. */
export async function dropGeneration(session: Queryable, generation: number): Promise<void> {
  await session.query({ text: 'SELECT read_model.drop_generation($1)', values: [generation] });
}

export interface ViewPlace {
  readonly topic: Aggregate;
  readonly partition: number;
  readonly nextSeq: number;
  readonly nextOffset: string;
}

/** How far a generation is in every partition it has seen anything of. */
export async function placesOf(session: Queryable, generation: number): Promise<readonly ViewPlace[]> {
  const rows = await session.query({
    text: `SELECT checkpoint.topic, checkpoint.partition, checkpoint.next_seq, checkpoint.next_offset
      FROM ${schemaOf(generation)}.checkpoint ORDER BY checkpoint.topic, checkpoint.partition`,
  });
  return rows.flatMap((row) => {
    const topic = aggregates.find((name) => name === readText(row, 'topic'));
    return topic === undefined
      ? []
      : [
          {
            topic,
            partition: readInteger(row, 'partition'),
            nextSeq: readInteger(row, 'next_seq'),
            nextOffset: String(readInteger(row, 'next_offset')),
          },
        ];
  });
}

export interface ParkedStream {
  readonly streamId: string;
  readonly errorClass: string;
  readonly errorCode: string | undefined;
}

/** Streams that are not shown further, in order; at most 1,000. */
export async function parkedStreamsOf(session: Queryable, generation: number): Promise<readonly ParkedStream[]> {
  const rows = await session.query({
    text: `SELECT parked.stream_id, parked.error_class, parked.error_code
      FROM ${schemaOf(generation)}.parked_stream AS parked ORDER BY parked.stream_id LIMIT 1000`,
  });
  return rows.map((row) => ({
    streamId: readText(row, 'stream_id'),
    errorClass: readText(row, 'error_class'),
    errorCode: readOptionalText(row, 'error_code'),
  }));
}

/** Events that views of this generation leave out because somebody decided so, in order of their ids. Each was decided about by hand. */
export async function discardedEventsOf(session: Queryable, generation: number): Promise<readonly string[]> {
  const rows = await session.query({
    text: `SELECT discarded.event_id FROM ${schemaOf(generation)}.discarded_event AS discarded ORDER BY discarded.event_id`,
  });
  return rows.map((row) => readText(row, 'event_id'));
}
