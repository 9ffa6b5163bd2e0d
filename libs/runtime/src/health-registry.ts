/** Passes by returning; fails by throwing. The message is shown to whoever asks, so it must not hold a secret. */
export type HealthCheck = () => void | Promise<void>;

export type HealthProbe = 'live' | 'ready';

export interface HealthReport {
  readonly status: 'ok' | 'failing';
  readonly checks: Readonly<
    Record<string, { readonly status: 'ok' } | { readonly status: 'failing'; readonly reason: string }>
  >;
}

type CheckResult = HealthReport['checks'][string];

const longestReason = 200;

/**
 * Named checks of one process. `live` says that restarting it would not help; `ready` that work may be sent to it.
 * A check that hangs fails after its time, and is not started a second time while it still hangs.
 */
export class HealthRegistry {
  readonly #checks = { live: new Map<string, HealthCheck>(), ready: new Map<string, HealthCheck>() };
  readonly #running = new Map<HealthCheck, Promise<void>>();
  readonly #timeoutMs: number;
  #stopping = false;

  /** @param timeoutMs longest time for one check. @default 2000 */
  constructor(timeoutMs = 2_000) {
    this.#timeoutMs = timeoutMs;
  }

  add(probe: HealthProbe, name: string, check: HealthCheck): void {
    if (this.#checks[probe].has(name)) throw new Error(`there is a ${probe} check called ${name} already`);
    this.#checks[probe].set(name, check);
  }

  /** From now on the process is not ready, so that no new work is sent to it while it ends. */
  stopping(): void {
    this.#stopping = true;
  }

  async report(probe: HealthProbe): Promise<HealthReport> {
    const results = await Promise.all(
      [...this.#checks[probe]].map(async ([name, check]) => [name, await this.#run(check)] as const),
    );
    if (probe === 'ready' && this.#stopping) results.push(['shutdown', { status: 'failing', reason: 'shutting down' }]);
    const status = results.every(([, result]) => result.status === 'ok') ? 'ok' : 'failing';
    return { status, checks: Object.fromEntries(results) };
  }

  async #run(check: HealthCheck): Promise<CheckResult> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no answer within ${this.#timeoutMs} ms`));
      }, this.#timeoutMs);
    });
    try {
      await Promise.race([this.#runOnce(check), timeout]);
      return { status: 'ok' };
    } catch (error) {
      return { status: 'failing', reason: reasonOf(error) };
    } finally {
      clearTimeout(timer);
    }
  }

  async #runOnce(check: HealthCheck): Promise<void> {
    const running = this.#running.get(check) ?? this.#start(check);
    await running;
  }

  #start(check: HealthCheck): Promise<void> {
    // A check that throws at once must not have ended before it is written down, or it would stand there for ever.
    const running = Promise.resolve()
      .then(check)
      .finally(() => this.#running.delete(check));
    this.#running.set(check, running);
    // Whoever asked may have gone after its time; a failure that comes later is nobody's.
    running.catch(() => undefined);
    return running;
  }
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : 'the check failed').slice(0, longestReason);
