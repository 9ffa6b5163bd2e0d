import { describe, expect, it } from '@jest/globals';
import { JobWiringError, PermanentJobFailure } from './job-errors.ts';
import { bindHandlers } from './job-handler.ts';
import { toBoundHandler } from './job-workers.ts';
import { consensusQueue } from './queues.ts';

const handler = toBoundHandler({ queue: consensusQueue, handle: async () => undefined });

describe('wiring', () => {
  it('gives each queue its one handler', () => {
    expect(bindHandlers([consensusQueue], [handler])).toEqual([handler]);
  });

  it.each<[string, Parameters<typeof bindHandlers>]>([
    ['a queue without a handler', [[consensusQueue], []]],
    ['two handlers of one queue', [[consensusQueue], [handler, handler]]],
    ['a handler of a queue that is not served', [[], [handler]]],
  ])('refuses %s', (_name, [queues, handlers]) => {
    expect(() => bindHandlers(queues, handlers)).toThrow(JobWiringError);
  });
});

it('a payload that is none of the queue fails for good before the handler sees it', async () => {
  let seen = 0;
  const bound = toBoundHandler({
    queue: consensusQueue,
    handle: async () => {
      seen += 1;
    },
  });
  await expect(bound.run({ kind: 'computeConsensus', caseId: 'x' }, { jobId: 'a', attempt: 1 })).rejects.toThrow(
    new PermanentJobFailure('INVALID_PAYLOAD'),
  );
  expect(seen).toBe(0);
});
