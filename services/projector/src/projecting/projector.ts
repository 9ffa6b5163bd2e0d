import { activeGeneration, GenerationRetired } from '@consilium/read-model';
import { backOff, pause } from '@consilium/runtime';
import type { SubscriptionHealth } from '@consilium/messaging';
import { GenerationRun, type GenerationRunOptions } from './generation-run.ts';
import { renewShape } from '../rebuilding/renew-shape.ts';
import { generationPollMs } from './limits.ts';

export type ProjectorOptions = Omit<GenerationRunOptions, 'generation'>;

/**
 * Follows whichever generation is active: a switch by another process is noticed and followed. Where that is of an older
 * shape, the next one is built beside it.
 */
export class Projector {
  readonly #options: ProjectorOptions;
  #run: GenerationRun | undefined;

  constructor(options: ProjectorOptions) {
    this.#options = options;
  }

  health(): SubscriptionHealth | undefined {
    return this.#run?.health();
  }

  /**
   * Until `signal` is aborted.
   * @throws LogReplaced, TooManyParkedStreams, or what ended the subscription: a person, or a new process, has to help
   */
  async run(signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    const renewing = renewShape(this.#options, AbortSignal.any([signal, ended.signal]));
    try {
      while (!signal.aborted) {
        const generation = await this.#activeGeneration(signal);
        if (generation === undefined) return;
        await this.#follow(generation, signal);
      }
    } finally {
      ended.abort();
      await renewing;
    }
  }

  async #follow(generation: number, signal: AbortSignal): Promise<void> {
    const { observer, logger } = this.#options;
    const run = new GenerationRun({ ...this.#options, generation });
    this.#run = run;
    observer?.following(generation);
    logger.info({ generation }, 'following');
    const ended = new AbortController();
    const either = AbortSignal.any([signal, ended.signal]);
    let failure: { readonly error: unknown } | undefined;
    const onFatal = (error: unknown): void => {
      failure ??= { error };
      ended.abort();
    };
    const starting = run.start(onFatal).catch(onFatal);
    while (!either.aborted) {
      await pause(generationPollMs, either);
      if ((await this.#activeGeneration(either)) !== generation) break;
    }
    await run.stop();
    await starting;
    if (failure !== undefined && !(failure.error instanceof GenerationRetired)) throw failure.error;
  }

  /** Asks until Postgres answers; undefined when aborted before. */
  async #activeGeneration(signal: AbortSignal): Promise<number | undefined> {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        return await activeGeneration(this.#options.session);
      } catch (error) {
        this.#options.logger.warn({ attempt, error }, 'cannot ask which generation is active, trying again');
        await pause(backOff(attempt, Math.random), signal);
      }
    }
    return undefined;
  }
}
