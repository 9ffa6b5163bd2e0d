import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { importCases } from '@consilium/client';
import type { CaseInput, ConsiliumClient, ImportCasesData } from '@consilium/client';
import type { RowPlace } from '@consilium/formats';
import { CommandFailed } from '../command-failed.ts';

/** As many as the api takes at a time, and well below the bytes that it takes. */
const mostCases = 100;
const mostBytes = 700_000;
const atOnce = 2;
const tries = 6;
const firstWaitMs = 200;

export interface CaseToSend {
  readonly place: RowPlace;
  readonly case: CaseInput;
}

export interface SentCase extends CaseToSend {
  readonly outcome: Extract<ImportCasesData['importCases'], { readonly __typename: 'CasesImported' }>['rows'][number];
}

/**
 * Sends cases in batches, two under way at a time, in memory bounded by those. Each batch is one command, repeated under its id until
 * it is answered; what was sent by an earlier run is answered as unchanged, so a run that was broken off is simply run again.
 */
export class CaseSender {
  readonly #client: ConsiliumClient;
  readonly #projectId: string;
  readonly #onSent: (sent: readonly SentCase[]) => Promise<void>;
  readonly #underWay = new Set<Promise<void>>();
  #waiting: CaseToSend[] = [];
  #waitingBytes = 0;
  #failure: Error | undefined;

  constructor(client: ConsiliumClient, projectId: string, onSent: (sent: readonly SentCase[]) => Promise<void>) {
    this.#client = client;
    this.#projectId = projectId;
    this.#onSent = onSent;
  }

  /** Resolves once there is room for more. @throws what kept an earlier batch from being answered */
  async add(one: CaseToSend): Promise<void> {
    const bytes = Buffer.byteLength(JSON.stringify(one.case));
    if (this.#waiting.length === mostCases || this.#waitingBytes + bytes > mostBytes) await this.#send();
    this.#waiting.push(one);
    this.#waitingBytes += bytes;
  }

  /** Resolves once all are answered. */
  async end(): Promise<void> {
    await this.#send();
    await Promise.all(this.#underWay);
    this.#throwFailure();
  }

  async #send(): Promise<void> {
    this.#throwFailure();
    const batch = this.#waiting;
    if (batch.length === 0) return;
    [this.#waiting, this.#waitingBytes] = [[], 0];
    const sending = this.#sendBatch(batch).then(
      () => void this.#underWay.delete(sending),
      (error: unknown) => {
        this.#underWay.delete(sending);
        this.#failure ??= error instanceof Error ? error : new Error(String(error));
      },
    );
    this.#underWay.add(sending);
    if (this.#underWay.size >= atOnce) await Promise.race(this.#underWay);
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #sendBatch(batch: readonly CaseToSend[]): Promise<void> {
    const input = { commandId: randomUUID(), projectId: this.#projectId, cases: batch.map((one) => one.case) };
    for (let attempt = 1; ; attempt += 1) {
      const { importCases: answer } = await this.#client.request(importCases, { input });
      if (answer.__typename === 'CasesImported') {
        await this.#onSent(
          batch.flatMap((one, index) => {
            const outcome = answer.rows[index];
            return outcome === undefined ? [] : [{ ...one, outcome }];
          }),
        );
        return;
      }
      if (answer.__typename === 'NotFound') throw new CommandFailed('notFound', answer.message);
      if (answer.__typename !== 'Contended' || attempt === tries) throw new CommandFailed('failed', answer.message);
      await setTimeout(firstWaitMs * 2 ** (attempt - 1));
    }
  }
}
