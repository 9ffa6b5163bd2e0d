import { JobWiringError } from './job-errors.ts';
import type { QueueDefinition } from './queue-definition.ts';

/** How one queue's jobs are done. Jobs run at least once, and may run twice at the same time: the effect must be idempotent. */
export interface JobHandler<Payload> {
  readonly queue: QueueDefinition<Payload>;
  /** Throws PermanentJobFailure where no further attempt can help; anything else is tried again. */
  readonly handle: (payload: Payload, job: { readonly jobId: string; readonly attempt: number }) => Promise<void>;
}

/** A handler whose payloads are parsed before it sees them, so that handlers of several queues stand in one list. */
export interface BoundHandler {
  readonly queue: QueueDefinition<unknown>;
  readonly run: (data: unknown, job: { readonly jobId: string; readonly attempt: number }) => Promise<void>;
}

/** The handlers by queue, each of `queues` having exactly one. @throws JobWiringError */
export function bindHandlers(
  queues: readonly { readonly name: string }[],
  handlers: readonly BoundHandler[],
): readonly BoundHandler[] {
  const names = new Set(queues.map(({ name }) => name));
  const stray = handlers.find(({ queue }) => !names.has(queue.name));
  if (stray !== undefined)
    throw new JobWiringError(`a handler for ${stray.queue.name}, which this process does not serve`);
  return [...names].map((name) => {
    const [handler, ...more] = handlers.filter(({ queue }) => queue.name === name);
    if (handler === undefined) throw new JobWiringError(`the queue ${name} has no handler`);
    if (more.length > 0) throw new JobWiringError(`the queue ${name} has ${more.length + 1} handlers`);
    return handler;
  });
}
