import type { FailingPartition } from './event-subscription.ts';
import type { PartitionName } from './records.ts';

/** What went wrong last in each partition, and the pauses that follow from it. */
export class FailedPartitions {
  readonly #failing = new Map<string, FailingPartition>();
  readonly #timers = new Set<NodeJS.Timeout>();

  /** @returns how many times in a row by now */
  failed({ topic, partition }: PartitionName, error: unknown): number {
    const name = `${topic} ${partition}`;
    const attempts = (this.#failing.get(name)?.attempts ?? 0) + 1;
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
    this.#failing.set(name, { topic, partition, attempts, reason });
    return attempts;
  }

  succeeded({ topic, partition }: PartitionName): void {
    this.#failing.delete(`${topic} ${partition}`);
  }

  after(milliseconds: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, milliseconds);
    this.#timers.add(timer);
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#failing.clear();
  }

  list(): readonly FailingPartition[] {
    return [...this.#failing.values()];
  }
}
