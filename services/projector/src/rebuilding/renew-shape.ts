import { activeGeneration, newestShape, shapeOf } from '@consilium/read-model';
import { backOff, pause } from '@consilium/runtime';
import { rebuildViews, type RebuildOptions } from './rebuild-views.ts';

export type RenewOptions = Omit<RebuildOptions, 'takeSwitch' | 'dropOld' | 'onProgress' | 'signal'>;

const retryMs = 1_000;
/** 'cons' 'shap' as numbers. */
const tryLock = 'SELECT pg_try_advisory_xact_lock(1668247155, 1936220528)::integer AS taken';

/**
 * Where the views that are read are of an older shape, builds those of the newest from Kafka beside them, switches, and drops
 * the old. One projector does it, under a lock that ends with its connection; the others look again now and then, and a crash
 * leaves an unfinished generation that the next run drops. What is read meanwhile is kept up to date by whoever follows it.
 */
export async function renewShape(options: RenewOptions, signal: AbortSignal): Promise<void> {
  const isStopped = (): boolean => signal.aborted;
  for (let attempt = 1; !isStopped(); attempt += 1) {
    try {
      if (await isNewest(options)) return;
      await renewAlone(options, signal);
    } catch (error) {
      if (isStopped()) return;
      options.logger.warn({ attempt, error }, 'views of the newest shape could not be built, trying again');
      await pause(backOff(attempt, Math.random), signal);
    }
    await pause(retryMs, signal);
  }
}

async function isNewest({ session }: RenewOptions): Promise<boolean> {
  return ((await shapeOf(session, await activeGeneration(session))) ?? 0) >= (await newestShape(session));
}

/** The transaction only holds the lock; it reads nothing that could grow old, and says now and then that it is alive. */
async function renewAlone(options: RenewOptions, signal: AbortSignal): Promise<void> {
  const { session, logger } = options;
  await session.transaction(async (lock) => {
    const [row] = await lock.query({ text: tryLock });
    if (row?.['taken'] !== 1 || (await isNewest(options))) return;
    const ended = new AbortController();
    const keepLock = keepAlive(async () => lock.query({ text: 'SELECT 1' }), ended);
    try {
      logger.info({ shape: await newestShape(session) }, 'building views of the newest shape');
      const { generation, events, seconds } = await rebuildViews({
        ...options,
        takeSwitch: true,
        dropOld: true,
        signal: AbortSignal.any([signal, ended.signal]),
        onProgress: (progress) => {
          logger.debug(progress, 'building views of the newest shape');
        },
      });
      logger.info({ generation, events, seconds }, 'views of the newest shape are shown');
    } finally {
      ended.abort();
      await keepLock;
    }
  });
}

/** Postgres ends a transaction that is idle for long; a lock that is lost ends the building too. */
async function keepAlive(say: () => Promise<unknown>, ended: AbortController): Promise<void> {
  while (!ended.signal.aborted) {
    try {
      await say();
    } catch (error) {
      ended.abort(error);
      return;
    }
    await pause(retryMs, ended.signal);
  }
}
