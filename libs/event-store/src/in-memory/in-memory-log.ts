import { randomUUID } from 'node:crypto';
import type { Aggregate, Instant } from '@consilium/domain';
import type { LoggedEvent, LoggedPlace, LogLeaf, LogReader } from '../log-reader.ts';
import type { HeldRelayLease, RelayLease } from '../relay/relay-lease.ts';
import type { Sequencer } from '../sequencer.ts';
import { EpochFenced } from '../store-errors.ts';
import { InMemorySeals } from './in-memory-seals.ts';

type PendingEvent = Omit<LoggedEvent, 'globalSeq' | 'partitionSeq' | 'sequencedAt'>;

const defaultMaxBytes = 16 * 1024 * 1024;

/** Sequencer, log reader and relay lease of the in-memory event store. */
export class InMemoryLog implements Sequencer, LogReader, RelayLease {
  readonly seals: InMemorySeals = new InMemorySeals({
    epoch: () => this.#epoch,
    lastGlobalSeq: () => this.#log.length,
  });
  readonly #now: () => Instant;
  readonly #logId = randomUUID();
  readonly #pending: PendingEvent[] = [];
  readonly #log: LoggedEvent[] = [];
  readonly #partitionSeqs = new Map<string, number>();
  #epoch = 0;
  #leaseEndsAt = -Infinity;
  #publishedGlobalSeq = 0;

  constructor(now: () => Instant) {
    this.#now = now;
  }

  addPending(event: PendingEvent): void {
    this.#pending.push(event);
  }

  async sequence(epoch: number, limit: number): Promise<number> {
    if (epoch !== this.#epoch) throw new EpochFenced(epoch);
    const batch = this.#pending.splice(0, limit);
    for (const event of batch) {
      const key = `${event.topic} ${event.partition}`;
      const partitionSeq = (this.#partitionSeqs.get(key) ?? 0) + 1;
      this.#partitionSeqs.set(key, partitionSeq);
      this.#log.push({ ...event, globalSeq: this.#log.length + 1, partitionSeq, sequencedAt: this.#now() });
    }
    return batch.length;
  }

  async logId(): Promise<string> {
    return this.#logId;
  }

  async lastGlobalSeq(): Promise<number> {
    return this.#log.length;
  }

  async readAfter(
    globalSeq: number,
    limit: number,
    maxBytes: number = defaultMaxBytes,
  ): Promise<readonly LoggedEvent[]> {
    const events = this.#log.slice(globalSeq, globalSeq + limit);
    let totalBytes = 0;
    const tooMany = events.findIndex(({ metaBytes, payloadBytes }, index) => {
      totalBytes += metaBytes.length + payloadBytes.length;
      return index > 0 && totalBytes > maxBytes;
    });
    return tooMany === -1 ? events : events.slice(0, tooMany);
  }

  async leavesAfter(globalSeq: number, limit: number): Promise<readonly LogLeaf[]> {
    return this.#log.slice(globalSeq, globalSeq + limit);
  }

  async lastOfEachPartition(): Promise<readonly LoggedPlace[]> {
    const last = new Map(this.#log.map((event) => [`${event.topic} ${event.partition}`, placeOf(event)]));
    return [...last.values()].sort((a, b) => compareText(a.topic, b.topic) || a.partition - b.partition);
  }

  async at(topic: Aggregate, partition: number, partitionSeq: number): Promise<LoggedPlace | undefined> {
    const found = this.#log.find(
      (event) => event.topic === topic && event.partition === partition && event.partitionSeq === partitionSeq,
    );
    return found === undefined ? undefined : placeOf(found);
  }

  async acquire(_holder: string, leaseMs: number): Promise<HeldRelayLease | undefined> {
    if (this.#leaseEndsAt > this.#now()) return undefined;
    this.#epoch += 1;
    this.#leaseEndsAt = this.#now() + leaseMs;
    return { epoch: this.#epoch, publishedGlobalSeq: this.#publishedGlobalSeq };
  }

  async renew(epoch: number, leaseMs: number): Promise<boolean> {
    if (epoch !== this.#epoch) return false;
    this.#leaseEndsAt = this.#now() + leaseMs;
    return true;
  }

  async release(epoch: number): Promise<void> {
    if (epoch === this.#epoch) this.#leaseEndsAt = this.#now();
  }

  async advance(epoch: number, publishedGlobalSeq: number): Promise<boolean> {
    if (epoch !== this.#epoch) return false;
    this.#publishedGlobalSeq = Math.max(this.#publishedGlobalSeq, publishedGlobalSeq);
    return true;
  }
}

const placeOf = ({ topic, partition, partitionSeq, globalSeq, streamHash }: LoggedEvent): LoggedPlace => ({
  topic,
  partition,
  partitionSeq,
  globalSeq,
  streamHash,
});

const compareText = (a: string, b: string): number => Number(a > b) - Number(a < b);
