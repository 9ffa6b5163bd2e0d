/**
 * The queue and the lists of a project of 100,000 open cases, through the public API of a whole installation: a next case for one
 * client, for 200 at once, and every list that people look at.
 */
import { randomUUID } from 'node:crypto';
import {
  cases,
  changes,
  claimNextCase,
  ConsiliumClient,
  createProject,
  explainQueue,
  flags,
  importCases,
  lateAnnotations,
  myAdjudications,
  myQueue,
  project,
  projectAnnotators,
  projects,
  registerAnnotator,
} from '@consilium/client';
import { Database, readInteger } from '@consilium/postgres';
import type { Person, SystemUnderTest } from '../harness/system-under-test.ts';
import { inParallel } from '../harness/workload.ts';
import { type Figure, quantile } from './figure.ts';
import { drained } from './submit.ts';

const fewCases = 1_000;
const manyCases = 100_000;
const casesPerImport = 100;
const claimsOfOne = 300;
const claimers = 200;
const claimsEach = 5;
const readsPerCase = 3;
const asked = 200;
const importLimitMs = 900_000;
const statisticsLimitMs = 300_000;

export async function benchQueue(system: SystemUnderTest, say: (text: string) => void): Promise<readonly Figure[]> {
  const queue = await Queue.start(system);
  await queue.importUpTo(fewCases);
  const few = await queue.claimAlone();
  await queue.importUpTo(manyCases, (done) => {
    if (done % 20_000 === 0) say(`  ${String(done)} of ${String(manyCases)} cases`);
  });
  say('  the server looks at what has come');
  await queue.statistics();
  say('  one client claims');
  const many = await queue.claimAlone();
  say('  lists are asked for');
  const lists = await queue.askLists();
  say(`  ${String(claimers)} clients claim at once`);
  const together = await queue.claimTogether();
  return [
    {
      name: `claimNextCase, one client, ${manyCases.toLocaleString('en')} open cases, 95th percentile`,
      value: quantile(many, 0.95),
      unit: 'ms',
      target: { relation: 'below', value: 10 },
      note: `median ${quantile(many, 0.5).toFixed(1)} ms`,
    },
    {
      name: `the same beside ${fewCases.toLocaleString('en')} open cases, medians`,
      value: quantile(many, 0.5) / quantile(few, 0.5),
      unit: 'times',
      target: { relation: 'below', value: 1.5 },
      note: `95th percentile at ${fewCases.toLocaleString('en')}: ${quantile(few, 0.95).toFixed(1)} ms`,
    },
    {
      name: `claimNextCase, ${String(claimers)} clients at once`,
      value: together.perSecond,
      unit: 'claims/s',
      target: { relation: 'atLeast', value: 500 },
      note: `${String(together.claims)} claims`,
    },
    {
      name: 'cases given to more than they want',
      value: together.overAssigned,
      unit: 'cases',
      target: { relation: 'below', value: 1 },
    },
    {
      name: 'clients that were told there is nothing',
      value: together.starved,
      unit: 'clients',
      target: { relation: 'below', value: 1 },
    },
    ...lists.map(({ name, millis }): Figure => ({
      name: `${name} at ${manyCases.toLocaleString('en')} cases, 95th percentile`,
      value: quantile(millis, 0.95),
      unit: 'ms',
      target: { relation: 'below', value: 50 },
      note: `median ${quantile(millis, 0.5).toFixed(1)} ms`,
    })),
  ];
}

interface TogetherClaimed {
  readonly claims: number;
  readonly perSecond: number;
  readonly overAssigned: number;
  readonly starved: number;
}

class Queue {
  readonly #system: SystemUnderTest;
  readonly #lead: ConsiliumClient;
  readonly #auditor: ConsiliumClient;
  readonly #projectId: string;
  #imported = 0;

  private constructor(system: SystemUnderTest, lead: ConsiliumClient, projectId: string) {
    this.#system = system;
    this.#lead = lead;
    this.#auditor = clientOf(system, system.person('auditor'));
    this.#projectId = projectId;
  }

  static async start(system: SystemUnderTest): Promise<Queue> {
    const lead = clientOf(system, system.person('lead'));
    const protocol = { readsPerCase, leaseSeconds: 86_400, openClaimsMaximum: 10_000, labels: [{ term: 'nodule' }] };
    const input = { commandId: randomUUID(), name: 'Queue', protocol };
    const { createProject: created } = await lead.request(createProject, { input });
    if (created.__typename !== 'ProjectCreated') throw new Error(created.message);
    const queue = new Queue(system, lead, created.projectId);
    await queue.#register(system.person('annotator-1'));
    return queue;
  }

  async #register({ personId }: Person): Promise<void> {
    const input = { commandId: randomUUID(), projectId: this.#projectId, personId };
    const { registerAnnotator: answer } = await this.#lead.request(registerAnnotator, { input });
    if (answer.__typename !== 'AnnotatorRegistered') throw new Error(answer.message);
  }

  async importUpTo(count: number, onImported: (cases: number) => void = () => undefined): Promise<void> {
    const firsts: number[] = [];
    for (let first = this.#imported; first < count; first += casesPerImport) firsts.push(first);
    await inParallel(4, firsts, async (first) => {
      const rows = Array.from({ length: casesPerImport }, (_, row) => ({
        externalKey: `case-${String(first + row)}`,
        subjectKey: `subject-${String((first + row) % 1_000)}`,
        position: first + row,
        images: [{ key: 'frontal', rows: 2_048, columns: 2_048 }],
        sentences: [{ key: 's1', es: 'Sin derrame pleural.', en: 'No pleural effusion.', origin: 'REPORT' as const }],
      }));
      const input = { commandId: randomUUID(), projectId: this.#projectId, cases: rows };
      const { importCases: answer } = await this.#lead.request(importCases, { input });
      if (answer.__typename !== 'CasesImported') throw new Error(answer.message);
      onImported(first + casesPerImport);
    });
    this.#imported = count;
    await drained(this.#system, importLimitMs);
  }

  /** Milliseconds of each claim; nothing is given back, so the queue goes on from case to case. */
  /**
   * Until the server has statistics of what came in, which its own vacuum makes within some minutes: until then a page of a list is
   * planned for an empty table, and reads all of it.
   */
  async statistics(): Promise<void> {
    const database = new Database({ url: this.#system.databaseUrl, applicationName: 'consilium-bench', poolSize: 1 });
    try {
      for (const start = performance.now(); performance.now() - start < statisticsLimitMs;) {
        const [row] = await database.query({
          text: `SELECT count(*) AS unseen FROM pg_stat_all_tables
            WHERE relname IN ('case_state', 'case_file', 'event') AND n_live_tup > 0 AND n_mod_since_analyze > n_live_tup / 2`,
        });
        if (row !== undefined && readInteger(row, 'unseen') === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    } finally {
      await database.close();
    }
    throw new Error('the server has not looked at its tables');
  }

  async claimAlone(): Promise<readonly number[]> {
    const client = clientOf(this.#system, this.#system.person('annotator-1'));
    const millis: number[] = [];
    for (let count = -20; count < claimsOfOne; count += 1) {
      const start = performance.now();
      const claimed = await this.#claim(client);
      if (!claimed) throw new Error('there was nothing to claim');
      if (count >= 0) millis.push(performance.now() - start);
    }
    return millis;
  }

  async #claim(client: ConsiliumClient): Promise<boolean> {
    const input = { commandId: randomUUID(), projectId: this.#projectId };
    for (;;) {
      const { claimNextCase: answer } = await client.request(claimNextCase, { input });
      if (answer.__typename === 'Claimed') return true;
      if (answer.__typename === 'NothingToClaim') return false;
      if (answer.__typename !== 'Contended') throw new Error(answer.message);
    }
  }

  async claimTogether(): Promise<TogetherClaimed> {
    const people = await this.#system.issueTokens(
      Array.from({ length: claimers }, (_, index) => ({ name: `claimer-${String(index)}`, role: 'annotator' })),
    );
    await inParallel(8, people, (person) => this.#register(person));
    await drained(this.#system);
    const clients = people.map((person) => clientOf(this.#system, person));
    let claims = 0;
    let starved = 0;
    const start = performance.now();
    await Promise.all(
      clients.map(async (client) => {
        for (let count = 0; count < claimsEach; count += 1) {
          if (await this.#claim(client)) claims += 1;
          else starved += 1;
        }
      }),
    );
    const seconds = (performance.now() - start) / 1_000;
    return { claims, perSecond: claims / seconds, overAssigned: await this.#overAssigned(), starved };
  }

  async #overAssigned(): Promise<number> {
    const database = new Database({
      url: this.#system.databaseUrl,
      applicationName: 'consilium-bench',
      poolSize: 1,
    });
    try {
      const [row] = await database.query({
        text: `SELECT count(*) AS cases FROM (
            SELECT FROM journal.claim WHERE status IN ('held', 'submitted') GROUP BY case_id HAVING count(*) > $1
          ) AS crowded`,
        values: [readsPerCase],
      });
      return row === undefined ? Number.NaN : readInteger(row, 'cases');
    } finally {
      await database.close();
    }
  }

  async askLists(): Promise<readonly { readonly name: string; readonly millis: readonly number[] }[]> {
    const projectId = this.#projectId;
    const annotator = clientOf(this.#system, this.#system.person('annotator-1'));
    const adjudicator = clientOf(this.#system, this.#system.person('adjudicator'));
    const middle = await this.#middleCursor();
    const lists: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['the first 50 cases', () => this.#lead.request(cases, { projectId, first: 50 })],
      ['50 cases from the middle', () => this.#lead.request(cases, { projectId, first: 50, after: middle })],
      ['50 cases of a status', () => this.#lead.request(cases, { projectId, first: 50, status: 'READING' })],
      ['50 cases of a status that none has', () => this.#lead.request(cases, { projectId, status: 'SETTLED' })],
      ['50 cases, for an annotator', () => annotator.request(cases, { projectId, first: 50 })],
      ['a project with its progress', () => this.#lead.request(project, { id: projectId })],
      ['the list of projects', () => this.#lead.request(projects, { first: 20 })],
      ['annotators of a project', () => this.#lead.request(projectAnnotators, { id: projectId })],
      ['flags', () => this.#lead.request(flags, { projectId })],
      ['late annotations', () => this.#lead.request(lateAnnotations, { projectId })],
      ['my queue', () => annotator.request(myQueue, { projectId })],
      ['why the queue gives what it gives', () => annotator.request(explainQueue, { projectId })],
      ['my adjudications', () => adjudicator.request(myAdjudications, { projectId })],
      ['changes', () => this.#auditor.request(changes, { first: 100 })],
    ];
    const found: { name: string; millis: number[] }[] = [];
    for (const [name, ask] of lists) {
      const millis: number[] = [];
      for (let count = -10; count < asked; count += 1) {
        const start = performance.now();
        await ask();
        if (count >= 0) millis.push(performance.now() - start);
      }
      found.push({ name, millis });
    }
    return found;
  }

  /** Of the 5,000th case of the list: as far as it is worth turning pages. */
  async #middleCursor(): Promise<string | null> {
    let after: string | null = null;
    for (let page = 0; page < 50; page += 1) {
      const answer: { readonly cases: { readonly pageInfo: { readonly endCursor: string | null } } } =
        await this.#lead.request(cases, { projectId: this.#projectId, first: 100, after });
      after = answer.cases.pageInfo.endCursor;
    }
    return after;
  }
}

const clientOf = ({ api }: SystemUnderTest, { token }: Person): ConsiliumClient =>
  new ConsiliumClient({ url: `${api.url}/graphql`, token, attempts: 5 });
