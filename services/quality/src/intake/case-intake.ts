import { consensusJobOf, decodeRecord, UnreadableRecord } from '@consilium/contracts';
import type { ConsensusJob } from '@consilium/contracts';
import { maxJobsPerCall } from '@consilium/jobs';
import type { JobQueue, JobRequest } from '@consilium/jobs';
import type { BatchHandler, IncomingRecord } from '@consilium/messaging';
import type { Logger } from '@consilium/runtime';

const readsCompleted = /^consilium\.case\.readsCompleted\.v[0-9]+$/;

export interface IntakeObserver {
  unreadable(): void;
}

/**
 * Turns `readsCompleted` records into jobs, and moves on only when Redis has them. The group's offset is a hint: what it
 * skips or repeats changes nothing, since a job has its event's id, and reconcile finds in the journal what has none.
 */
export function caseIntake(jobs: JobQueue<ConsensusJob>, observer: IntakeObserver, logger: Logger): BatchHandler {
  return async (_topic, _partition, records, context) => {
    const requests = records.flatMap((record) => requestOf(record, observer, logger));
    for (let from = 0; from < requests.length; from += maxJobsPerCall) {
      await jobs.enqueue(requests.slice(from, from + maxJobsPerCall));
      await context.heartbeat();
    }
    const last = records.at(-1);
    return { nextOffset: last === undefined ? '0' : String(BigInt(last.offset) + 1n) };
  };
}

function requestOf(
  record: IncomingRecord,
  observer: IntakeObserver,
  logger: Logger,
): readonly JobRequest<ConsensusJob>[] {
  if (!readsCompleted.test(record.headers['ce_type'] ?? '')) return [];
  try {
    return [consensusJobOf(decodeRecord(record).envelope)];
  } catch (error) {
    if (!(error instanceof UnreadableRecord)) throw error;
    // Never parked: the journal has the event, if it is one.
    const { topic, partition, offset } = record;
    logger.warn({ error, topic, partition, offset }, 'a record cannot be read; its case comes by reconcile');
    observer.unreadable();
    return [];
  }
}
