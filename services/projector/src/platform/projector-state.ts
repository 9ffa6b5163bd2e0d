import { eventTopics, topicOf } from '@consilium/contracts';
import type { EventTopics } from '@consilium/messaging';
import type { Queryable } from '@consilium/postgres';
import { type BatchOutcome, parkedStreamsOf, placesOf } from '@consilium/read-model';
import { Counter, Gauge } from '@consilium/runtime';
import type { Logger, Registry } from '@consilium/runtime';
import type { ProjectorObserver } from '../projecting/projector-observer.ts';

export interface ProjectorStateOptions {
  readonly registry: Registry;
  readonly database: Queryable;
  readonly topics: EventTopics;
  readonly prefix: string;
  readonly logger: Logger;
}

/** What the projector did last, as metrics. */
export class ProjectorState implements ProjectorObserver {
  readonly #options: ProjectorStateOptions;
  readonly #generation: Gauge;
  readonly #applied: Counter;
  readonly #parked: Counter;
  readonly #repeats: Counter;
  readonly #gaps: Counter;
  #following: number | undefined;
  #newestMs: number | undefined;

  constructor(options: ProjectorStateOptions) {
    this.#options = options;
    const registers = [options.registry];
    this.#generation = new Gauge({ name: 'consilium_projector_generation', help: 'Generation written', registers });
    this.#applied = new Counter({ name: 'consilium_projector_applied_total', help: 'Events that show now', registers });
    this.#parked = new Counter({
      name: 'consilium_projector_parked_events_total',
      help: 'Events put aside because one of their stream could not be shown',
      registers,
    });
    this.#repeats = new Counter({
      name: 'consilium_projector_repeats_total',
      help: 'Records that came again',
      registers,
    });
    this.#gaps = new Counter({ name: 'consilium_projector_gaps_total', help: 'Times events were missing', registers });
    this.#addAge(registers);
    this.#addLag(registers);
  }

  following(generation: number): void {
    this.#following = generation;
    this.#generation.set(generation);
  }

  handled(outcome: BatchOutcome): void {
    this.#applied.inc(outcome.applied);
    this.#parked.inc(outcome.parked);
    this.#repeats.inc(outcome.skipped);
    if (outcome.kind === 'gap') this.#gaps.inc();
    if (outcome.newestMs !== undefined) this.#newestMs = Math.max(this.#newestMs ?? 0, outcome.newestMs);
  }

  #addAge(registers: Registry[]): void {
    const newestMs = (): number | undefined => this.#newestMs;
    new Gauge({
      name: 'consilium_projector_newest_event_age_seconds',
      help: 'Time since the newest event that this process applied was recorded',
      registers,
      collect() {
        const newest = newestMs();
        if (newest !== undefined) this.set(Math.max(0, Date.now() - newest) / 1_000);
      },
    });
  }

  /** Asked of Kafka and Postgres when metrics are scraped. */
  #addLag(registers: Registry[]): void {
    const parkedStreams = new Gauge({
      name: 'consilium_projector_parked_streams',
      help: 'Streams that are not shown further; must be 0',
      registers,
    });
    const collect = async (lag: Gauge<'partition' | 'topic'>): Promise<void> => {
      const generation = this.#following;
      if (generation === undefined) return;
      const { database, topics, prefix, logger } = this.#options;
      try {
        parkedStreams.set((await parkedStreamsOf(database, generation)).length);
        const places = (await placesOf(database, generation)).map(({ topic, partition, nextOffset }) => ({
          topic: topicOf(prefix, topic),
          partition,
          nextOffset,
        }));
        for (const each of await topics.partitionLag(eventTopics(prefix), places)) {
          lag.set({ topic: each.topic, partition: String(each.partition) }, each.lag);
        }
      } catch (error) {
        // The other metrics are worth most when a server is away.
        logger.debug({ error }, 'the lag could not be asked for');
      }
    };
    new Gauge({
      name: 'consilium_projector_lag_records',
      help: 'Records of a partition that are on Kafka and not applied',
      labelNames: ['topic', 'partition'] as const,
      registers,
      async collect() {
        await collect(this);
      },
    });
  }
}
