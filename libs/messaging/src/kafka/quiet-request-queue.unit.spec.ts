import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { quietRequestQueue } from './quiet-request-queue.ts';

interface Queue {
  pending: unknown[];
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  scheduleCheckPendingRequests(): void;
  destroy(): void;
}

const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (
  options: object,
) => Queue;

describe('quietRequestQueue', () => {
  it('leaves out the timer that nothing waits for, and no other', () => {
    quietRequestQueue();
    quietRequestQueue();
    const queue = new RequestQueue({});
    queue.scheduleCheckPendingRequests();
    expect(queue.throttleCheckTimeoutId).toBeNull();
    queue.pending.push({});
    queue.scheduleCheckPendingRequests();
    expect(queue.throttleCheckTimeoutId).not.toBeNull();
    queue.destroy();
  });
});
