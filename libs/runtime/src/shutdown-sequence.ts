import type { Logger } from './logger.ts';

export type ShutdownStep = () => void | Promise<void>;

export interface ShutdownOptions {
  readonly logger: Logger;
  /** The process ends after this time whatever its steps do. @default 25000: before orchestrators kill, at 30 s */
  readonly forceAfterMs?: number;
  /** @default process.exit */
  readonly exit?: (code: number) => void;
}

/**
 * Ends the process once, by named steps in the order they were added: stop taking work, finish what runs, close what
 * that work used. A step that fails is logged and the next one runs; the exit code then is 1.
 */
export class ShutdownSequence {
  readonly #steps: { readonly name: string; readonly run: ShutdownStep }[] = [];
  readonly #logger: Logger;
  readonly #forceAfterMs: number;
  readonly #exit: (code: number) => void;
  #running: Promise<void> | undefined;

  constructor({ logger, forceAfterMs = 25_000, exit = (code) => process.exit(code) }: ShutdownOptions) {
    this.#logger = logger;
    this.#forceAfterMs = forceAfterMs;
    this.#exit = exit;
  }

  add(name: string, run: ShutdownStep): void {
    this.#steps.push({ name, run });
  }

  /** Ctrl-C reaches a process from the terminal and from npm: every signal after the first is ignored. */
  listen(): void {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => void this.start(signal, 0));
    }
    process.on('uncaughtException', (error) => void this.fatal(error, 'uncaught exception'));
    process.on('unhandledRejection', (error) => void this.fatal(error, 'unhandled rejection'));
  }

  /** For a fault that the process cannot work on after: logs it and ends with code 1, so that it is started anew. */
  async fatal(error: unknown, message: string): Promise<void> {
    this.#logger.fatal({ error }, message);
    await this.start(message, 1);
  }

  /** A second call waits for the first, whose code holds. */
  async start(reason: string, exitCode: number): Promise<void> {
    this.#running ??= this.#run(reason, exitCode);
    return this.#running;
  }

  async #run(reason: string, exitCode: number): Promise<void> {
    this.#logger.info({ reason }, 'shutting down');
    const force = setTimeout(() => {
      this.#logger.error({ forceAfterMs: this.#forceAfterMs }, 'shutdown took too long, ending now');
      this.#exit(1);
    }, this.#forceAfterMs);
    let code = exitCode;
    for (const { name, run } of this.#steps) {
      try {
        await run();
        this.#logger.debug({ step: name }, 'shutdown step done');
      } catch (error) {
        code = 1;
        this.#logger.warn({ step: name, error }, 'shutdown step failed');
      }
    }
    clearTimeout(force);
    this.#logger.info({ exitCode: code }, 'stopped');
    this.#exit(code);
  }
}
