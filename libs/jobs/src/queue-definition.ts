import type { ZodType } from 'zod';

/** One kind of work, as data. What it says holds for every process that enqueues or works on it. */
export interface QueueDefinition<Payload> {
  /** Lower-case letters and hyphens; on Redis it stands behind the deployment's prefix: `<prefix>-<name>`. */
  readonly name: string;
  /** Ids and numbers only: nothing about a patient, and no text that a person wrote, may lie in Redis. */
  readonly payload: ZodType<Payload>;
  /** Runs of one job before it is left as failed, the first included. */
  readonly attempts: number;
  /** Wait before the second attempt; it doubles with each further one. */
  readonly backOffMs: number;
  /** How long a running job belongs to its worker without a sign of life; then another worker runs it again. */
  readonly lockMs: number;
  /** Times a job may lose its worker (killed, or stuck past its lock) before it is left as failed. */
  readonly maxStalls: number;
  /** A finished job keeps its id taken, so this is how long a repeated enqueue does nothing. */
  readonly keepCompleted: Retention;
  readonly keepFailed: Retention;
}

/** Whichever is reached first. */
export interface Retention {
  readonly ageSeconds: number;
  readonly count: number;
}

export const queueNameOnRedis = (prefix: string, { name }: { readonly name: string }): string => `${prefix}-${name}`;
