import { pause } from '@consilium/runtime';
import type { EventSubscription, SubscriptionHealth, SubscriptionOptions } from '../event-subscription.ts';
import { FailedPartitions } from '../failed-partitions.ts';
import { InvalidMessagingCall } from '../messaging-errors.ts';
import type { IncomingRecord, PartitionName } from '../records.ts';
import type { InMemoryBroker, InMemoryGroup } from './in-memory-broker.ts';

const retryMs = 5;
const longestBatch = 500;

interface Turn extends PartitionName {
  readonly name: string;
  readonly records: readonly IncomingRecord[];
  readonly highWatermark: number;
}

/** Handles one partition after the other; members share partitions by turns. */
export class InMemorySubscription implements EventSubscription {
  readonly #broker: InMemoryBroker;
  readonly #stopping = new AbortController();
  readonly #failed = new FailedPartitions();
  readonly #paused = new Set<string>();
  #wakeUp: () => void = () => undefined;
  #loop: Promise<void> = Promise.resolve();
  #state: SubscriptionHealth['state'] = 'new';

  constructor(broker: InMemoryBroker) {
    this.#broker = broker;
  }

  wake(): void {
    this.#wakeUp();
  }

  async start(options: SubscriptionOptions): Promise<void> {
    if (this.#state !== 'new') throw new InvalidMessagingCall('a subscription is started once');
    this.#state = 'running';
    const group = this.#broker.groups.get(options.groupId) ?? { members: [], nextOffsets: new Map<string, bigint>() };
    this.#broker.groups.set(options.groupId, group);
    group.members.push(this);
    this.#loop = this.#run(options, group);
  }

  async stop(): Promise<void> {
    if (this.#state !== 'failed') this.#state = 'stopped';
    this.#stopping.abort();
    this.#failed.clear();
    this.wake();
    await this.#loop;
  }

  health(): SubscriptionHealth {
    return { state: this.#state, joined: this.#state === 'running', silentMs: 0, failing: this.#failed.list() };
  }

  async #run(options: SubscriptionOptions, group: InMemoryGroup): Promise<void> {
    const { signal } = this.#stopping;
    const assigned = options.topics.flatMap((topic) =>
      (this.#broker.topics.get(topic) ?? []).map((_, partition) => ({ topic, partition })),
    );
    for (const { topic, partition, offset } of (await options.placesOf?.(assigned)) ?? []) {
      group.nextOffsets.set(`${topic} ${partition}`, BigInt(offset));
    }
    while (!signal.aborted && this.#state === 'running') {
      const woken = new Promise<void>((resolve) => {
        this.#wakeUp = resolve;
      });
      const turn = this.#broker.available ? this.#nextTurn(options.topics, group) : undefined;
      if (turn === undefined) await Promise.race([woken, pause(retryMs, signal)]);
      else await this.#handle(turn, options, group);
    }
    group.members.splice(group.members.indexOf(this), 1);
  }

  #nextTurn(topics: readonly string[], { members, nextOffsets }: InMemoryGroup): Turn | undefined {
    for (const topic of topics) {
      for (const [partition, all] of (this.#broker.topics.get(topic) ?? []).entries()) {
        const name = `${topic} ${partition}`;
        const next = Number(nextOffsets.get(name) ?? 0n);
        if (members[partition % members.length] !== this || this.#paused.has(name) || next >= all.length) continue;
        const records = all.slice(next, next + longestBatch);
        return { topic, partition, name, records, highWatermark: all.length };
      }
    }
    return undefined;
  }

  async #handle(
    { topic, partition, name, records, highWatermark }: Turn,
    { onBatch, onFatal, isTransient = () => true }: SubscriptionOptions,
    { nextOffsets }: InMemoryGroup,
  ): Promise<void> {
    let sought: bigint | undefined;
    try {
      const { nextOffset } = await onBatch(topic, partition, records, {
        highWatermark: String(highWatermark),
        seek: (offset) => {
          sought = BigInt(offset);
        },
        heartbeat: async () => {
          await Promise.resolve();
        },
      });
      nextOffsets.set(name, sought ?? BigInt(nextOffset));
      this.#failed.succeeded({ topic, partition });
    } catch (error) {
      this.#failed.failed({ topic, partition }, error);
      if (!isTransient(error)) {
        this.#state = 'failed';
        onFatal(error);
        return;
      }
      this.#paused.add(name);
      this.#failed.after(retryMs, () => {
        this.#paused.delete(name);
        this.wake();
      });
    }
  }
}
