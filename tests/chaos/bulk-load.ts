import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { createProject, importCases } from '@consilium/client';
import { untilAnswered } from '../harness/continuous-load.ts';
import type { Acknowledged } from '../harness/continuous-load.ts';
import { pauseFor } from '../harness/wait-until.ts';
import type { Workload } from '../harness/workload.ts';

const casesAtATime = 100;
const unsequencedMaximum = 50_000;
const giveWayMs = 500;

/**
 * Imports into a project of its own that nobody reads: 100 streams with an event each in one append, as fast as answers come.
 * A long run gets its million events from it. It waits while much is unsequenced: what a run ends with has to arrive before
 * anything can be compared, and a relay that is killed again and again sequences less than two importers append.
 */
export class BulkLoad {
  readonly #workload: Workload;
  readonly #pauseMs: number;
  readonly #onAcknowledged: (what: Acknowledged) => void;
  readonly #unsequenced: () => Promise<number>;
  readonly #running: Promise<unknown>;
  #failure: Error | undefined;
  #isEnding = false;
  #cases = 0;

  /**
   * @param pauseMs Of each importer after each answer.
   * @param unsequenced Events that wait for their number.
   */
  constructor(
    workload: Workload,
    importers: number,
    pauseMs: number,
    unsequenced: () => Promise<number>,
    onAcknowledged: (what: Acknowledged) => void,
  ) {
    this.#workload = workload;
    this.#pauseMs = pauseMs;
    this.#unsequenced = unsequenced;
    this.#onAcknowledged = onAcknowledged;
    this.#running = this.#run(importers).catch((error: unknown) => {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    });
  }

  /** Resolves when the commands under way are answered. @throws what ended the load */
  async finish(): Promise<void> {
    this.#isEnding = true;
    await this.#running;
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #run(importers: number): Promise<void> {
    if (importers === 0) return;
    const input = { commandId: randomUUID(), name: 'Bulk', protocol };
    const created = (await untilAnswered(this.#workload.lead, createProject, { input })).createProject;
    if (created.__typename !== 'ProjectCreated') throw new Error(`createProject: ${JSON.stringify(created)}`);
    const { projectId } = created;
    await Promise.all(Array.from({ length: importers }, () => this.#import(projectId)));
  }

  async #import(projectId: string): Promise<void> {
    while (!this.#isEnding) {
      const first = this.#cases;
      this.#cases += casesAtATime;
      const cases = Array.from({ length: casesAtATime }, (_, row) => bulkCase(first + row));
      const input = { commandId: randomUUID(), projectId, cases };
      const ask = async () => (await untilAnswered(this.#workload.lead, importCases, { input })).importCases;
      const answer = await ask();
      if (answer.__typename !== 'CasesImported') throw new Error(`importCases: ${JSON.stringify(answer)}`);
      const ids = answer.rows.map(({ caseId }) => caseId ?? '');
      this.#onAcknowledged({
        kind: 'importCases',
        commandId: input.commandId,
        events: { caseImported: ids.length },
        ids,
        repeatsItself: async () => isDeepStrictEqual(await ask(), answer),
      });
      await pauseFor(this.#pauseMs);
      await this.#giveWay();
    }
  }

  async #giveWay(): Promise<void> {
    while (!this.#isEnding && (await this.#unsequenced()) > unsequencedMaximum) await pauseFor(giveWayMs);
  }
}

const bulkCase = (position: number) => ({
  externalKey: `bulk-${position}`,
  subjectKey: `patient-${position % 50}`,
  position,
  images: [{ key: 'frontal', rows: 1_024, columns: 1_024 }],
  sentences: [],
});

const protocol = {
  readsPerCase: 2,
  leaseSeconds: 86_400,
  openClaimsMaximum: 10,
  labels: [{ term: 'nodule' }],
  locations: [],
  attributes: [],
  matchingGate: 0.5,
  readerIdentity: 'KNOWN',
} as const;
