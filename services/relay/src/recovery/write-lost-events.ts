import { decodeEvent } from '@consilium/contracts';
import { claimStatusAfter } from '@consilium/event-store';
import type { Queryable, Transaction } from '@consilium/postgres';
import { readBytes, readInteger } from '@consilium/postgres';
import { equalHashes } from '@consilium/transparency';
import { demandContinues, type LostEvent, NotRecoverable } from './lost-events.ts';

/** Writes what comes next in the log, each event with its old number, and the claims that follow from it. */
export async function writeLostEvents(transaction: Transaction, events: readonly LostEvent[]): Promise<void> {
  for (const event of events) {
    if (!(await isStored(transaction, event))) {
      await insertEvent(transaction, event);
      await followClaim(transaction, event);
    }
    await insertPlace(transaction, event);
  }
  const last = events.at(-1);
  if (last === undefined) return;
  await transaction.execute({ text: 'UPDATE journal.head SET last_global_seq = $1', values: [last.globalSeq] });
  await transaction.execute({ text: 'UPDATE journal.relay SET published_global_seq = $1', values: [last.globalSeq] });
}

/** An event that was in the backup, and had no number yet. */
async function isStored(session: Queryable, { envelope, streamHash }: LostEvent): Promise<boolean> {
  const [row] = await session.query({
    text: 'SELECT event.stream_hash FROM journal.event WHERE event.stream_id = $1 AND event.stream_version = $2',
    values: [envelope.streamId, envelope.streamVersion],
  });
  if (row === undefined) return false;
  if (!equalHashes(readBytes(row, 'stream_hash'), streamHash)) {
    throw new NotRecoverable(
      `${envelope.streamId} ${envelope.streamVersion} is another event on Kafka than in the journal`,
    );
  }
  return true;
}

async function insertEvent(session: Queryable, event: LostEvent): Promise<void> {
  const { envelope, salt, payloadHash, streamHash, metaBytes, payloadBytes } = event;
  const [end] = await session.query({
    text: `SELECT event.stream_version, event.stream_hash FROM journal.event
      WHERE event.stream_id = $1 ORDER BY event.stream_version DESC LIMIT 1`,
    values: [envelope.streamId],
  });
  demandContinues(
    event,
    end === undefined
      ? undefined
      : { version: readInteger(end, 'stream_version'), hash: readBytes(end, 'stream_hash') },
  );
  await session.execute({
    text: `INSERT INTO journal.event (stream_id, stream_version, event_id, organisation, recorded_at, schema_version, type, salt,
        payload_hash, stream_hash, meta_bytes, payload_bytes)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    values: [
      envelope.streamId,
      envelope.streamVersion,
      envelope.eventId,
      envelope.organisation,
      envelope.recordedAt,
      envelope.schemaVersion,
      envelope.type,
      salt,
      payloadHash,
      streamHash,
      metaBytes,
      payloadBytes,
    ],
  });
}

async function insertPlace(session: Queryable, event: LostEvent): Promise<void> {
  const { envelope, globalSeq, topic, partition, partitionSeq } = event;
  const { streamId, streamVersion, organisation } = envelope;
  await session.execute({
    text: 'DELETE FROM journal.pending WHERE pending.stream_id = $1 AND pending.stream_version = $2',
    values: [streamId, streamVersion],
  });
  await session.execute({
    text: `INSERT INTO journal.log
        (global_seq, stream_id, stream_version, organisation, topic, partition, partition_seq, sequenced_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())`,
    values: [globalSeq, streamId, streamVersion, organisation, topic, partition, partitionSeq],
  });
  const moved = await session.execute({
    text: `INSERT INTO journal.partition_head AS ends (topic, partition, last_seq) VALUES ($1, $2, $3)
      ON CONFLICT (topic, partition) DO UPDATE SET last_seq = excluded.last_seq WHERE ends.last_seq + 1 = excluded.last_seq`,
    values: [topic, partition, partitionSeq],
  });
  if (moved !== 1) throw new NotRecoverable(`${topic} ${partition} has ${partitionSeq} where another should be`);
}

const statusAfter: ReadonlyMap<string, string> = new Map(Object.entries(claimStatusAfter));

/** A lease is held until the end that its event names: renewals since then were no events, and are lost. */
async function followClaim(session: Queryable, { envelope, payloadBytes }: LostEvent): Promise<void> {
  const status = statusAfter.get(envelope.type);
  // Everything else is about no claim.
  if (status === undefined) return;
  const event = decodeEvent({ ...envelope, payloadBytes });
  if (event.type === 'readClaimed' || event.type === 'goldClaimed') {
    await session.execute({
      text: `INSERT INTO journal.claim AS claim (case_id, annotator_id, organisation, project_id, claim_id, status, lease_ends_at)
        SELECT right($1, 36)::uuid, $2, $3, (convert_from(event.payload_bytes, 'UTF8')::jsonb ->> 'projectId')::uuid, $4,
          $6::journal.claim_status, journal.instant_of($5)
        FROM journal.event WHERE event.stream_id = $1 AND event.type = 'caseImported'
        ON CONFLICT (case_id, annotator_id) DO UPDATE
          SET claim_id = excluded.claim_id, status = excluded.status, lease_ends_at = excluded.lease_ends_at`,
      values: [envelope.streamId, event.annotatorId, envelope.organisation, event.claimId, event.leaseEndsAt, status],
    });
  } else if ('claimId' in event) {
    // By the annotator: what is brought back is of an earlier claim than the last.
    await session.execute({
      text: `UPDATE journal.claim SET claim_id = $3, status = $4::journal.claim_status
        WHERE claim.case_id = right($1, 36)::uuid AND claim.annotator_id = $2`,
      values: [envelope.streamId, event.annotatorId, event.claimId, status],
    });
  }
}
