import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { claimCase, GraphqlFailure, importCases, NetworkFailure, submitAnnotation } from '@consilium/client';
import type { AnnotationInput, CaseInput, ConsiliumClient, Operation } from '@consilium/client';
import { inParallel } from './workload.ts';
import type { Workload } from './workload.ts';
import { pauseFor, waitUntil } from './wait-until.ts';

const casesAtATime = 10;
/** Cases imported ahead of the slowest annotator. */
const casesAhead = 20;
const readsInFlight = 2;
/** Between two reads of one annotator: a steady load that leaves a small machine room to recover. */
const pauseMs = 100;
const pauseBeforeRepeatMs = 250;
/** Of answers that ask for the same command again. */
const passingCodes = ['UNAVAILABLE', 'AUDIT_UNAVAILABLE', 'VIEW_BEHIND'];

/** An answer that promised something, and the command that got it. */
export interface Acknowledged {
  readonly kind: 'importCases' | 'claimCase' | 'submitAnnotation';
  readonly commandId: string;
  /** Events the command must have left, by type. */
  readonly events: Readonly<Record<string, number>>;
  /** What the events hold of the answer: case ids, the lease token, or the annotation id. */
  readonly ids: readonly string[];
  /** Sends the same command once more and says whether the answer is the same. */
  readonly repeatsItself: () => Promise<boolean>;
}

/**
 * Annotators who read all cases, one after the other, as a lead imports them, through whatever happens to the system.
 * A command without an answer is sent again as it is, as any client should; every answer is recorded.
 */
export class ContinuousLoad {
  readonly #workload: Workload;
  readonly #onAcknowledged: (what: Acknowledged) => void;
  readonly #acknowledged: Acknowledged[] = [];
  #count = 0;
  readonly #caseIds: string[] = [];
  readonly #next: number[];
  readonly #running: Promise<unknown>;
  #failure: Error | undefined;
  #isEnding = false;

  /** @param onAcknowledged Told instead of keeping them all: a long run could not. */
  constructor(workload: Workload, onAcknowledged?: (what: Acknowledged) => void) {
    this.#workload = workload;
    this.#onAcknowledged = onAcknowledged ?? ((what) => this.#acknowledged.push(what));
    this.#next = workload.annotators.map(() => 0);
    const readers = workload.annotators.flatMap((client, index) =>
      Array.from({ length: readsInFlight }, () => this.#readCases(client, index)),
    );
    this.#running = Promise.all([this.#importCases(), ...readers]).catch((error: unknown) => {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    });
  }

  get acknowledged(): readonly Acknowledged[] {
    return this.#acknowledged;
  }

  get caseIds(): readonly string[] {
    return this.#caseIds;
  }

  /** Resolves once this many further commands were acknowledged: the system takes work. */
  async goesOn(count: number): Promise<void> {
    const wanted = this.#count + count;
    await waitUntil(`${count} further answers`, () => {
      if (this.#failure === undefined) return this.#count >= wanted ? true : undefined;
      return true;
    });
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Imports no more, and resolves once every annotator has read every case. */
  async finish(): Promise<void> {
    this.#isEnding = true;
    await this.#running;
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #importCases(): Promise<void> {
    const { lead, projectId } = this.#workload;
    while (!this.#isEnding && this.#failure === undefined) {
      if (this.#caseIds.length - Math.min(...this.#next) >= casesAhead) {
        await pauseFor(pauseMs);
        continue;
      }
      const first = this.#caseIds.length;
      const input = {
        commandId: randomUUID(),
        projectId,
        cases: Array.from({ length: casesAtATime }, (_, row) => loadCase(first + row)),
      };
      const ask = async () => (await untilAnswered(lead, importCases, { input })).importCases;
      const answer = await ask();
      if (answer.__typename !== 'CasesImported') throw new Error(`importCases: ${JSON.stringify(answer)}`);
      const ids = answer.rows.map(({ caseId }) => caseId ?? '');
      this.#record(
        { kind: 'importCases', commandId: input.commandId, events: { caseImported: ids.length }, ids },
        ask,
        answer,
      );
      this.#caseIds.push(...ids);
    }
  }

  async #readCases(client: ConsiliumClient, annotator: number): Promise<void> {
    for (;;) {
      if (this.#failure !== undefined) return;
      const index = this.#next[annotator] ?? 0;
      const caseId = this.#caseIds[index];
      if (caseId === undefined) {
        if (this.#isEnding) return;
        await pauseFor(pauseMs);
        continue;
      }
      this.#next[annotator] = index + 1;
      await this.#readCase(client, caseId, annotator, index);
      await pauseFor(pauseMs);
    }
  }

  async #readCase(client: ConsiliumClient, caseId: string, annotator: number, seed: number): Promise<void> {
    const claim = { commandId: randomUUID(), caseId };
    const askClaim = async () => (await untilAnswered(client, claimCase, { input: claim })).claimCase;
    const claimed = await askClaim();
    if (claimed.__typename !== 'Claimed') throw new Error(`claimCase: ${JSON.stringify(claimed)}`);
    const { leaseToken } = claimed;
    this.#record(
      { kind: 'claimCase', commandId: claim.commandId, events: { readClaimed: 1 }, ids: [leaseToken] },
      askClaim,
      claimed,
    );
    const submit = {
      commandId: randomUUID(),
      caseId,
      leaseToken,
      revision: 0,
      annotation: loadAnnotation(claimed.case.images[0]?.id ?? '', annotator, seed),
    };
    const askSubmit = async () => (await untilAnswered(client, submitAnnotation, { input: submit })).submitAnnotation;
    const submitted = await askSubmit();
    if (submitted.__typename !== 'AnnotationSubmitted') throw new Error(`submit: ${JSON.stringify(submitted)}`);
    const { annotationId } = submitted;
    this.#record(
      {
        kind: 'submitAnnotation',
        commandId: submit.commandId,
        events: { annotationSubmitted: 1 },
        ids: [annotationId],
      },
      askSubmit,
      submitted,
    );
  }

  #record<Answer>(what: Omit<Acknowledged, 'repeatsItself'>, ask: () => Promise<Answer>, answer: Answer): void {
    this.#count += 1;
    this.#onAcknowledged({ ...what, repeatsItself: async () => isDeepStrictEqual(await ask(), answer) });
  }
}

/** The commands of `acknowledged` whose repeat was answered otherwise. */
export async function changedAnswers(acknowledged: readonly Acknowledged[]): Promise<readonly string[]> {
  const same = await inParallel(8, acknowledged, (one) => one.repeatsItself());
  return acknowledged.filter((_, index) => same[index] !== true).map(({ kind, commandId }) => `${kind} ${commandId}`);
}

/** Sends until there is an answer: the same command, because only its commandId makes a repeat harmless. */
export async function untilAnswered<Variables, Data extends object>(
  client: ConsiliumClient,
  operation: Operation<Variables, Data>,
  variables: Variables,
): Promise<Data> {
  for (;;) {
    try {
      const data = await client.request(operation, variables);
      const isContended = Object.values(data).some(
        (answer: unknown) =>
          typeof answer === 'object' && answer !== null && '__typename' in answer && answer.__typename === 'Contended',
      );
      if (!isContended) return data;
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
    await pauseFor(pauseBeforeRepeatMs);
  }
}

/** What tells a client to try again: no answer at all, or one that says so. Anything else is a defect of the service. */
const isPassing = (error: unknown): boolean =>
  error instanceof NetworkFailure ||
  (error instanceof GraphqlFailure && error.problems.every(({ code }) => passingCodes.includes(code)));

const loadCase = (position: number): CaseInput => ({
  externalKey: `load-${position}`,
  subjectKey: `patient-${position % 50}`,
  position,
  images: [{ key: 'frontal', rows: 1_024, columns: 1_024 }],
  sentences: [],
});

/** Of three cases one is empty, one is marked by everybody, and about one the annotators are split, so that both outcomes occur. */
function loadAnnotation(imageId: string, annotator: number, seed: number): AnnotationInput {
  const isMarked = seed % 3 === 1 || (seed % 3 === 2 && annotator % 2 === 0);
  if (!isMarked) return { answer: 'NOTHING_THERE' };
  const x = 100 + (seed % 50);
  return {
    answer: 'FINDINGS',
    findings: [{ labels: ['nodule'], statement: { en: `A nodule, ${seed}.` }, regions: ['box'] }],
    regions: [{ key: 'box', imageId, x1: `${x}`, y1: '200.5', x2: `${x + 80}`, y2: '300.25' }],
  };
}
