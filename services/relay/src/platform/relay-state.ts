import { Counter, Gauge, Histogram } from '@consilium/runtime';
import type { HealthRegistry, Registry } from '@consilium/runtime';
import type { RelayObserver } from '../publishing/relay-observer.ts';
import type { SealObserver } from '../sealing/sealer.ts';

/** A send takes at most 30 s, comparing with Kafka 35 s: who is silent for longer than these hangs or cannot work. */
const longestReadySilenceMs = 45_000;
const longestLiveSilenceMs = 150_000;

/** What the relay did last, as metrics and as health. */
export class RelayState implements RelayObserver, SealObserver {
  readonly #active: Gauge;
  readonly #epoch: Gauge;
  readonly #published: Counter;
  readonly #seconds: Histogram;
  readonly #failures: Counter;
  readonly #sealedSize: Gauge;
  readonly #sealBroken: Gauge;
  readonly #anchorFailures: Counter;
  #lastSignMs = Date.now();
  #failure: string | undefined;

  constructor(registry: Registry, health: HealthRegistry) {
    const registers = [registry];
    this.#active = new Gauge({
      name: 'consilium_relay_active',
      help: '1 on the relay that holds the lease',
      registers,
    });
    this.#epoch = new Gauge({ name: 'consilium_relay_epoch', help: 'Epoch last held by this process', registers });
    this.#published = new Counter({
      name: 'consilium_relay_published_total',
      help: 'Events acknowledged by Kafka, repeats included',
      registers,
    });
    this.#seconds = new Histogram({
      name: 'consilium_relay_publish_seconds',
      help: 'From a batch being read until its cursor is stored',
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    this.#failures = new Counter({
      name: 'consilium_relay_interruptions_total',
      help: 'Passing faults of Postgres or Kafka',
      registers,
    });
    this.#sealedSize = new Gauge({
      name: 'consilium_sealed_size',
      help: 'Events under the newest signed checkpoint of this process',
      registers,
    });
    this.#sealBroken = new Gauge({
      name: 'consilium_seal_broken',
      help: '1 when sealing has ended because history is not what was signed: a person must look',
      registers,
    });
    this.#anchorFailures = new Counter({
      name: 'consilium_anchor_failures_total',
      help: 'Times that checkpoints could not be kept outside the database',
      registers,
    });
    health.add('live', 'loop', () => this.#checkSilence(longestLiveSilenceMs));
    health.add('ready', 'loop', () => {
      if (this.#failure !== undefined) throw new Error(this.#failure);
      this.#checkSilence(longestReadySilenceMs);
    });
  }

  standingBy(): void {
    this.turned();
  }

  tookOver(epoch: number): void {
    this.#active.set(1);
    this.#epoch.set(epoch);
    this.#lastSignMs = Date.now();
  }

  steppedDown(): void {
    this.#active.set(0);
  }

  turned(): void {
    this.#lastSignMs = Date.now();
    this.#failure = undefined;
  }

  published(count: number, seconds: number): void {
    this.#published.inc(count);
    this.#seconds.observe(seconds);
  }

  sealed(size: number): void {
    this.#sealedSize.set(size);
    this.#sealBroken.set(0);
  }

  sealBroken(): void {
    this.#sealBroken.set(1);
  }

  anchorUnavailable(): void {
    this.#anchorFailures.inc();
  }

  /** A loop that fails and tries again is alive, but not ready. */
  failed(error: unknown): void {
    this.#lastSignMs = Date.now();
    this.#failure = error instanceof Error ? error.message : 'interrupted';
    this.#failures.inc();
  }

  #checkSilence(longestMs: number): void {
    const silentMs = Date.now() - this.#lastSignMs;
    if (silentMs > longestMs) throw new Error(`the relay has done nothing for ${silentMs} ms`);
  }
}
