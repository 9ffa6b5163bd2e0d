import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseHistory, cases, ConsiliumClient, wholeCase } from '@consilium/client';
import { Database } from '@consilium/postgres';
import { activeGeneration } from '@consilium/read-model';
import { z } from 'zod';
import { ContinuousLoad } from './harness/continuous-load.ts';
import { Endings } from './harness/endings.ts';
import { readKafka } from './harness/kafka-history.ts';
import { waitUntilDrained } from './harness/stored-history.ts';
import { serversOfRun, startSystem } from './harness/system-under-test.ts';
import type { SystemUnderTest } from './harness/system-under-test.ts';
import { compareWithRebuild, viewProblems } from './harness/view-problems.ts';
import { startWorkload } from './harness/workload.ts';
import type { Workload } from './harness/workload.ts';

const readers = 3;
const rebuildProgram = fileURLToPath(new URL('../services/projector/dist/rebuild.js', import.meta.url));
const reportSchema = z.looseObject({
  events: z.int(),
  generation: z.int(),
  equalToActive: z.boolean().nullable(),
  parkedStreams: z.int(),
  switched: z.boolean(),
  switchSeconds: z.number().nullable(),
});

/** Reads as a page of the console does, over and over, each question asked once: a client's retries would hide a failure. */
class ContinuousReading {
  readonly failures: string[] = [];
  answers = 0;
  readonly #client: ConsiliumClient;
  readonly #running: Promise<unknown>;
  #isEnding = false;

  constructor(client: ConsiliumClient, projectId: string, caseId: string, eventsThen: number) {
    this.#client = client;
    this.#running = Promise.all([
      this.#ask(async () => {
        const page = await client.request(cases, { projectId, first: 20 });
        return page.cases.edges.length > 0 ? undefined : 'the project has no cases';
      }),
      this.#ask(async () => {
        const answer = await client.request(wholeCase, { id: caseId });
        return answer.case?.id === caseId ? undefined : 'the case is not there';
      }),
      this.#ask(async () => {
        const answer = await client.request(caseHistory, { id: caseId, first: 50 });
        const seen = answer.case?.history.edges.length ?? 0;
        return seen >= eventsThen ? undefined : `the case has ${seen} events, and had ${eventsThen}`;
      }),
    ]);
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    await this.#running;
    await this.#client.close();
  }

  async #ask(question: () => Promise<string | undefined>): Promise<void> {
    while (!this.#isEnding) {
      const problem = await question().catch(String);
      this.answers += 1;
      if (problem !== undefined) this.failures.push(problem);
    }
  }
}

describe('views that are made anew while people read and write', () => {
  const endings = new Endings();
  let system: SystemUnderTest;
  let workload: Workload;
  let load: ContinuousLoad;
  let reading: ContinuousReading;
  let database: Database;

  beforeAll(async () => {
    system = await startSystem(serversOfRun());
    endings.add(() => system.stop());
    database = new Database({ url: system.databaseUrl, applicationName: 'consilium-tests', poolSize: 2 });
    endings.add(() => database.close());
    workload = await startWorkload(system, readers);
    endings.add(() => workload.close());
    load = new ContinuousLoad(workload);
    await load.goesOn(100);
    const caseId = load.caseIds[0] ?? '';
    const client = new ConsiliumClient({
      url: `${system.api.url}/graphql`,
      token: system.person('lead').token,
      attempts: 1,
    });
    const then = await workload.lead.request(caseHistory, { id: caseId, first: 50 });
    const eventsThen = then.case?.history.edges.length ?? 0;
    expect(eventsThen).toBeGreaterThan(0);
    reading = new ContinuousReading(client, workload.projectId, caseId, eventsThen);
  });

  afterAll(() => endings.run());

  it.each([
    ['kept', ['--switch']],
    ['dropped', ['--switch', '--drop-old']],
  ])('are switched to under load, the old ones %s, and every question is answered meanwhile', async (_, options) => {
    const before = await activeGeneration(database);
    const answersBefore = reading.answers;
    const { stdout } = await promisify(execFile)(process.execPath, [rebuildProgram, ...options], {
      env: { PATH: process.env['PATH'], ...system.environment },
    });
    const report = reportSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
    expect(report).toMatchObject({ switched: true, parkedStreams: 0 });
    // Null where writers were so fast that both were never seen at the same place; the last test compares them at rest.
    expect(report.equalToActive).not.toBe(false);
    expect(await activeGeneration(database)).toBe(report.generation);
    expect(report.generation).toBeGreaterThan(before);
    expect(report.switchSeconds).toBeGreaterThan(0);
    // Written after the switch, and read in the new views.
    await load.goesOn(30);
    expect(reading.answers).toBeGreaterThan(answersBefore);
    expect(reading.failures).toEqual([]);
  });

  it('have shown everything all the time, and are what a replay of the log gives', async () => {
    await load.finish();
    await waitUntilDrained(database);
    await reading.end();
    expect(reading.failures).toEqual([]);
    expect(await viewProblems(database)).toEqual([]);
    const records = await readKafka(serversOfRun().kafkaBrokers, system.topicPrefix);
    const { live, rebuilt } = await compareWithRebuild(system.databaseUrl, records);
    expect(rebuilt).toEqual(live);
    process.stderr.write(`rebuild under load: ${reading.answers} answers, 0 failed\n`);
  });
});
