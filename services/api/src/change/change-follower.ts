import type { ChangePage, ChangeView } from '@consilium/read-model';
import { backOff, pause } from '@consilium/runtime';
import type { Logger } from '@consilium/runtime';

export interface ChangeListener {
  readonly changed: (change: ChangeView) => void;
  /** Changes may have been missed: query again what is shown. */
  readonly missed: () => void;
}

export interface FollowerOptions {
  /** The end of the feed now. */
  readonly readEnd: () => Promise<number>;
  /** Changes after a place, oldest first. */
  readonly readAfter: (feedId: number, limit: number) => Promise<ChangePage>;
  readonly logger: Logger;
  /** Between two looks at the feed while somebody listens. @default 20 */
  readonly pollMs?: number;
}

interface Following {
  readonly stop: AbortController;
  /** The place in the feed is known. */
  readonly placed: Promise<void>;
  readonly done: Promise<void>;
}

const changesPerLook = 1_000;

/**
 * The one loop of this process that follows the views' change feed, for all subscriptions and for whoever waits for their own
 * change. It looks only while somebody listens. When the database is away it tries again from the same place.
 */
export class ChangeFollower {
  readonly #options: FollowerOptions;
  readonly #listeners = new Set<ChangeListener>();
  #following: Following | undefined;

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  /** From when this resolves no change is missed. Call what it gives to end; calling it again does nothing. */
  async listen(listener: ChangeListener): Promise<() => void> {
    this.#listeners.add(listener);
    const stop = (): void => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#following?.stop.abort();
      this.#following = undefined;
    };
    try {
      this.#following ??= this.#start();
      await this.#following.placed;
      return stop;
    } catch (error) {
      stop();
      throw error;
    }
  }

  /** Ends the loop; listeners are told nothing more. */
  async close(): Promise<void> {
    this.#listeners.clear();
    const following = this.#following;
    this.#following = undefined;
    following?.stop.abort();
    await following?.done.catch(() => undefined);
  }

  #start(): Following {
    const stop = new AbortController();
    const end = this.#options.readEnd();
    const done = end.then(async (feedId) => this.#follow(feedId, stop.signal));
    // Whoever listens learns of it by `placed`.
    done.catch(() => undefined);
    return { stop, placed: end.then(() => undefined), done };
  }

  async #follow(from: number, stopped: AbortSignal): Promise<void> {
    const { pollMs = 20, readAfter, logger } = this.#options;
    let place = from;
    let failures = 0;
    while (!stopped.aborted) {
      try {
        const page = await readAfter(place, changesPerLook);
        failures = 0;
        place = page.feedId;
        if (!isStopped(stopped)) this.#tell(page);
        if (page.changes.length < changesPerLook) await pause(pollMs, stopped);
      } catch (error) {
        failures += 1;
        logger.warn({ error, failures }, 'the change feed cannot be read, trying again');
        await pause(backOff(failures, Math.random), stopped);
      }
    }
  }

  #tell({ changes, resync }: ChangePage): void {
    for (const listener of [...this.#listeners]) {
      if (resync) listener.missed();
      for (const change of changes) listener.changed(change);
    }
  }
}

/** It may have been stopped while the feed was read, which the compiler does not see. */
const isStopped = ({ aborted }: AbortSignal): boolean => aborted;
