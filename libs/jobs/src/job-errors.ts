/** A queue without a handler, with two, or a handler of no queue: the process must not start. */
export class JobWiringError extends Error {
  override readonly name = 'JobWiringError';
}

/** Redis did not take the call in time. Nothing is lost: try again, or leave it to the next reconcile. */
export class QueueUnavailable extends Error {
  override readonly name = 'QueueUnavailable';
}

/** A job id or payload that the queue's definition does not allow: a fault of the caller. */
export class InvalidJob extends Error {
  override readonly name = 'InvalidJob';
}

/** Redis may forget jobs (maxmemory-policy is not noeviction): set it, or give the queues a Redis of their own. */
export class RedisUnfit extends Error {
  override readonly name = 'RedisUnfit';
}

/**
 * Thrown by a handler: the job can never succeed, so it is not run again, by reconcile neither. The code, capital letters
 * and underscores, is all that is kept of it in Redis.
 */
export class PermanentJobFailure extends Error {
  override readonly name = 'PermanentJobFailure';
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}
