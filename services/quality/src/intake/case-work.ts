import type { JobCause } from '@consilium/contracts';
import type { Unanswered, UnansweredQuery } from '@consilium/event-store';
import { maxJobsPerCall } from '@consilium/jobs';
import type { JobQueue, JobRequest, Restored } from '@consilium/jobs';

/** One kind of work on cases: which events ask for it, where its jobs are put, and how what was lost is found. */
export interface CaseWork {
  /** Types of events. */
  readonly causes: ReadonlySet<string>;
  /** Any number. @throws QueueUnavailable (any part may have been taken: enqueue all again) */
  enqueue(causes: readonly JobCause[]): Promise<void>;
  /** Any number. @throws QueueUnavailable */
  restore(causes: readonly JobCause[], signal?: AbortSignal): Promise<readonly Restored[]>;
  /** @throws StoreUnavailable */
  findUnanswered(query: UnansweredQuery): Promise<readonly Unanswered[]>;
  close(): Promise<void>;
}

export const caseWork = <Payload>(work: {
  readonly causes: readonly string[];
  readonly jobs: JobQueue<Payload>;
  readonly jobOf: (cause: JobCause) => JobRequest<Payload>;
  readonly findUnanswered: (query: UnansweredQuery) => Promise<readonly Unanswered[]>;
}): CaseWork => ({
  causes: new Set(work.causes),
  enqueue: async (causes) => {
    for (const jobs of callsOf(causes.map(work.jobOf))) await work.jobs.enqueue(jobs);
  },
  restore: async (causes, signal) => {
    const found: Restored[] = [];
    for (const jobs of callsOf(causes.map(work.jobOf))) {
      if (signal?.aborted === true) break;
      found.push(...(await work.jobs.restore(jobs)));
    }
    return found;
  },
  findUnanswered: work.findUnanswered,
  close: async () => work.jobs.close(),
});

const callsOf = <Job>(jobs: readonly Job[]): readonly (readonly Job[])[] =>
  Array.from({ length: Math.ceil(jobs.length / maxJobsPerCall) }, (_, call) =>
    jobs.slice(call * maxJobsPerCall, (call + 1) * maxJobsPerCall),
  );
