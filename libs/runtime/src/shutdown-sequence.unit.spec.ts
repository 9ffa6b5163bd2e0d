import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.ts';
import { ShutdownSequence } from './shutdown-sequence.ts';

function sequence(forceAfterMs?: number): { shutdown: ShutdownSequence; done: string[]; codes: number[] } {
  const [done, codes]: [string[], number[]] = [[], []];
  const shutdown = new ShutdownSequence({
    logger: createLogger({ service: 'probe', level: 'silent' }),
    exit: (code) => void codes.push(code),
    ...(forceAfterMs === undefined ? {} : { forceAfterMs }),
  });
  return { shutdown, done, codes };
}

describe('ShutdownSequence', () => {
  it('runs its steps one after the other, once, however often it is started', async () => {
    const { shutdown, done, codes } = sequence();
    shutdown.add('slow', async () => {
      await Promise.resolve();
      done.push('slow');
    });
    shutdown.add('fast', () => void done.push('fast'));
    await Promise.all([shutdown.start('SIGINT', 0), shutdown.start('SIGTERM', 1)]);
    expect(done).toEqual(['slow', 'fast']);
    expect(codes).toEqual([0]);
  });

  it('goes on after a step that fails, and ends with code 1', async () => {
    const { shutdown, done, codes } = sequence();
    shutdown.add('failing', () => Promise.reject(new Error('x')));
    shutdown.add('last', () => void done.push('last'));
    await shutdown.start('SIGTERM', 0);
    expect(done).toEqual(['last']);
    expect(codes).toEqual([1]);
  });

  it('ends by force when a step does not end', async () => {
    const ended = new Promise<number>((resolve) => {
      const shutdown = new ShutdownSequence({
        logger: createLogger({ service: 'probe', level: 'silent' }),
        exit: resolve,
        forceAfterMs: 5,
      });
      shutdown.add('hanging', () => new Promise<void>(() => undefined));
      void shutdown.start('SIGTERM', 0);
    });
    expect(await ended).toBe(1);
  });

  it('ends with code 1 after a fault', async () => {
    const { shutdown, codes } = sequence();
    await shutdown.fatal(new Error('x'), 'broken');
    expect(codes).toEqual([1]);
  });
});
