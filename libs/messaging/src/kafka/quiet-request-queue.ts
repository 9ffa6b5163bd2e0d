import { createRequire } from 'node:module';

interface RequestQueue {
  readonly pending: readonly unknown[];
}

type RequestQueuePrototype = { scheduleCheckPendingRequests: (this: RequestQueue) => void };

const isRequestQueue = (value: unknown): value is { readonly prototype: RequestQueuePrototype } =>
  typeof value === 'function' &&
  typeof value.prototype === 'object' &&
  value.prototype !== null &&
  'scheduleCheckPendingRequests' in value.prototype;

let done = false;

/**
 * kafkajs 2.2.4 sets a timer after every response to look for waiting requests, and counts its time from an instant
 * that is mostly in the past: Node 24 prints a TimeoutNegativeWarning (tulios/kafkajs#1751, unreleased). With nothing
 * waiting there is nothing to look for, and a request that must wait sets the timer itself when it is queued; so the
 * timer is left out then, which saves one for each response too.
 */
export function quietRequestQueue(): void {
  if (done) return;
  done = true;
  const loaded: unknown = createRequire(import.meta.url)('kafkajs/src/network/requestQueue');
  if (!isRequestQueue(loaded)) throw new Error('kafkajs has another request queue than the one known: see this file');
  const { prototype } = loaded;
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function scheduleCheckPendingRequests(): void {
    if (this.pending.length > 0) schedule.call(this);
  };
}
