import { Worker } from 'node:worker_threads';
import type { JournalCounters } from '@consilium/event-store';
import type { Servers } from '../command/find-servers.ts';
import type { proveKafka } from './prove-kafka.ts';
import type { proveViews } from './prove-views.ts';

export type ProofTask =
  | { readonly kind: 'views'; readonly servers: Servers; readonly snapshotId: string }
  | { readonly kind: 'kafka'; readonly servers: Servers; readonly counters: JournalCounters };

export interface ProofResults {
  readonly views: Awaited<ReturnType<typeof proveViews>>;
  readonly kafka: Awaited<ReturnType<typeof proveKafka>>;
}

export type ProofAnswer =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'proved'; readonly result: ProofResults[ProofTask['kind']] };

/** A proof in a thread of its own. */
export class ProofBeside<Kind extends ProofTask['kind']> {
  readonly #worker: Worker;
  readonly #result: Promise<ProofResults[Kind]>;
  #onProgress: (done: number, of: number) => void = () => undefined;

  constructor(task: Extract<ProofTask, { readonly kind: Kind }>) {
    this.#worker = new Worker(new URL('./proof-worker.js', import.meta.url), { workerData: task });
    this.#result = new Promise((resolve, reject) => {
      this.#worker.on('message', (answer: ProofAnswer) => {
        if (answer.kind === 'progress') this.#onProgress(answer.done, answer.of);
        else resolve(answer.result as ProofResults[Kind]);
      });
      this.#worker.on('error', reject);
      this.#worker.on('exit', () => reject(new Error('a proof has ended without an answer')));
    });
    // Whoever never asks for the result must not be ended by its failure.
    this.#result.catch(() => undefined);
  }

  /** @throws what the proof throws */
  async result(onProgress: (done: number, of: number) => void): Promise<ProofResults[Kind]> {
    this.#onProgress = onProgress;
    return this.#result;
  }

  /** Ends it wherever it is; connections that it has open are closed by their servers. */
  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
