import { readInteger, readOptionalBytes, readText } from '@consilium/postgres';
import type { Row, Transaction } from '@consilium/postgres';
import { coalesce } from './coalesce.ts';
import { decodeForViews, type ReadyEvent } from './decode-record.ts';
import { describeFailure, isDeterministic } from './projection-errors.ts';
import { type RowWriter, schemaOf } from './write-rows.ts';

/** Put aside before records were kept, so it cannot be tried again here: rebuild the views. */
class RecordNotKept extends Error {
  override readonly name = 'RecordNotKept';
}

/**
 * Tries the events of a stream that stands still, in their order, leaving out those that operators discarded. What shows again
 * is taken from the parked; with the first that still cannot be shown the stream goes on standing still. In one transaction
 * with whatever asked for it, so that it happens once.
 * @returns the events that show now
 */
export async function releaseStream(
  transaction: Transaction,
  generation: number,
  writer: RowWriter,
  streamId: string,
): Promise<readonly ReadyEvent[]> {
  const schema = schemaOf(generation);
  const [stream] = await transaction.query({
    text: `SELECT stream.topic, stream.partition FROM ${schema}.parked_stream AS stream WHERE stream.stream_id = $1 FOR UPDATE`,
    values: [streamId],
  });
  if (stream === undefined) return [];
  const place = { topic: readText(stream, 'topic'), partition: readInteger(stream, 'partition') };
  // Whoever applies that partition at this moment has finished when this lock is got, or waits for us.
  await transaction.query({
    text: `SELECT FROM ${schema}.checkpoint AS c WHERE c.topic = $1 AND c.partition = $2 FOR UPDATE`,
    values: [place.topic, place.partition],
  });
  const shown: ReadyEvent[] = [];
  const parked = await transaction.query({
    text: `SELECT event.partition_seq, event.kafka_offset, event.headers, event.value,
        EXISTS (SELECT FROM ${schema}.discarded_event AS discarded
          WHERE discarded.event_id = event.event_id) AS is_discarded
      FROM ${schema}.parked_event AS event WHERE event.stream_id = $1 ORDER BY event.partition_seq`,
    values: [streamId],
  });
  for (const row of parked) {
    const failure =
      row['is_discarded'] === true ? undefined : await tryEvent(transaction, writer, streamId, row, shown);
    if (failure !== undefined) {
      await standStillAt(transaction, schema, streamId, readInteger(row, 'partition_seq'), failure);
      return shown;
    }
    await transaction.execute({
      text: `DELETE FROM ${schema}.parked_event AS event
        WHERE event.topic = $1 AND event.partition = $2 AND event.partition_seq = $3`,
      values: [place.topic, place.partition, readInteger(row, 'partition_seq')],
    });
  }
  await transaction.execute({
    text: `DELETE FROM ${schema}.parked_stream AS stream WHERE stream.stream_id = $1`,
    values: [streamId],
  });
  await transaction.execute({
    text: `UPDATE ${schema}.checkpoint AS c SET parked_streams = c.parked_streams - 1
      WHERE c.topic = $1 AND c.partition = $2`,
    values: [place.topic, place.partition],
  });
  return shown;
}

/** The failure, where it still cannot be shown. @throws what may pass */
async function tryEvent(
  transaction: Transaction,
  writer: RowWriter,
  streamId: string,
  row: Row,
  shown: ReadyEvent[],
): Promise<{ readonly error: unknown } | undefined> {
  const [keptHeaders, value] = [readOptionalBytes(row, 'headers'), readOptionalBytes(row, 'value')];
  if (keptHeaders === undefined || value === undefined) return { error: new RecordNotKept() };
  const headers = JSON.parse(Buffer.from(keptHeaders).toString('utf8')) as Readonly<Record<string, string>>;
  const offset = String(readInteger(row, 'kafka_offset'));
  const decoded = decodeForViews({ key: streamId, headers, value, offset });
  if (decoded.kind === 'stranger') return { error: new RecordNotKept() };
  if (decoded.kind === 'unreadable') return decoded;
  try {
    await transaction.savepoint(async () => writer.write(transaction, coalesce(decoded.changes)));
    shown.push(decoded);
    return undefined;
  } catch (error) {
    if (!isDeterministic(error)) throw error;
    return { error };
  }
}

async function standStillAt(
  transaction: Transaction,
  schema: string,
  streamId: string,
  firstSeq: number,
  { error }: { readonly error: unknown },
): Promise<void> {
  const { errorClass, errorCode } = describeFailure(error);
  await transaction.execute({
    text: `UPDATE ${schema}.parked_stream AS stream SET first_seq = $2, error_class = $3, error_code = $4
      WHERE stream.stream_id = $1`,
    values: [streamId, firstSeq, errorClass, errorCode],
  });
}
