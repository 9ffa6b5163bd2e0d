import { decodeRecord, UnreadableRecord } from '@consilium/contracts';
import type { JobCause } from '@consilium/contracts';
import { maxJobsPerCall } from '@consilium/jobs';
import type { BatchHandler, IncomingRecord } from '@consilium/messaging';
import type { Logger } from '@consilium/runtime';
import type { CaseWork } from './case-work.ts';

const caseEvent = /^consilium\.case\.([A-Za-z]+)\.v[0-9]+$/;

export interface IntakeObserver {
  unreadable(): void;
}

/**
 * Turns records of events that ask for work into jobs, and moves on only when Redis has them. The group's offset is a hint: what
 * it skips or repeats changes nothing, since a job has its event's id, and reconcile finds in the journal what has none.
 */
export function caseIntake(works: readonly CaseWork[], observer: IntakeObserver, logger: Logger): BatchHandler {
  const causeOf = (record: IncomingRecord): JobCause | undefined => {
    try {
      return decodeRecord(record).envelope;
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error;
      // Never parked: the journal has the event, if it is one.
      const { topic, partition, offset } = record;
      logger.warn({ error, topic, partition, offset }, 'a record cannot be read; its case comes by reconcile');
      observer.unreadable();
      return undefined;
    }
  };
  return async (_topic, _partition, records, context) => {
    for (const work of works) {
      const wanted = records.filter(({ headers }) =>
        work.causes.has(caseEvent.exec(headers['ce_type'] ?? '')?.[1] ?? ''),
      );
      for (let from = 0; from < wanted.length; from += maxJobsPerCall) {
        await work.enqueue(wanted.slice(from, from + maxJobsPerCall).flatMap((record) => causeOf(record) ?? []));
        await context.heartbeat();
      }
    }
    const last = records.at(-1);
    return { nextOffset: last === undefined ? '0' : String(BigInt(last.offset) + 1n) };
  };
}
