/** One job to be done, under an id that says what it is for: `<kind>-<id of what caused it>`. */
export interface JobRequest<Payload> {
  /** 1 to 200 letters, digits, hyphens and underscores. */
  readonly jobId: string;
  readonly payload: Payload;
}

/** What {@link JobQueue.restore} found, and did about it. */
export type Restored =
  /** Redis did not know it (any more): it was added. */
  | 'added'
  /** It waits, runs, or waits for its next attempt. */
  | 'present'
  /** It had used up its attempts, or was done without effect: it runs again. */
  | 'again'
  /** It can never succeed: left alone. */
  | 'failedForGood';

export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly completed: number;
}

/**
 * Where work is put. Redis is never a source of truth: what it forgets, the owner of the work recreates by `restore`.
 * All calls fail fast (within seconds) while Redis is away.
 */
export interface JobQueue<Payload> {
  /**
   * Returns once Redis has all of them. A job id that Redis knows already changes nothing.
   * @param jobs at most 1,000
   * @throws QueueUnavailable (any part may have been taken: enqueue all again), InvalidJob
   */
  enqueue(jobs: readonly JobRequest<Payload>[]): Promise<void>;
  /**
   * For work that is known to be still undone.
   * @param jobs at most 1,000
   * @returns in their order what was found of each
   * @throws QueueUnavailable (some may have been restored), InvalidJob
   */
  restore(jobs: readonly JobRequest<Payload>[]): Promise<readonly Restored[]>;
  /** @throws QueueUnavailable */
  counts(): Promise<JobCounts>;
  close(): Promise<void>;
}
