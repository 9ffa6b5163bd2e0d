import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  reinstateCase,
  restoreAnnotation,
  submitAnnotation,
  undoChanges,
  undoPreview,
  wholeCase,
  withdrawAnnotation,
} from '@consilium/client';
import type { ConsiliumClient, UndoChangesData, UndoInput, UndoPreviewData, WholeCaseFields } from '@consilium/client';
import { Database, readInteger } from '@consilium/postgres';
import { Endings } from './harness/endings.ts';
import { readKafka } from './harness/kafka-history.ts';
import { waitUntilDrained } from './harness/stored-history.ts';
import { serversOfRun, startSystem } from './harness/system-under-test.ts';
import type { SystemUnderTest } from './harness/system-under-test.ts';
import { compareWithRebuild, viewProblems } from './harness/view-problems.ts';
import { waitUntil } from './harness/wait-until.ts';
import { startWorkload, submission } from './harness/workload.ts';
import type { Workload } from './harness/workload.ts';

/** What was entered is taken back and brought back while every service runs, and one of them is killed. */
describe('an undo', () => {
  const endings = new Endings();
  let system: SystemUnderTest;
  let workload: Workload;
  let database: Database;
  let lead: ConsiliumClient;

  beforeAll(async () => {
    system = await startSystem(serversOfRun());
    endings.add(() => system.stop());
    database = new Database({ url: system.databaseUrl, applicationName: 'consilium-tests', poolSize: 2 });
    endings.add(() => database.close());
    workload = await startWorkload(system, 2);
    endings.add(() => workload.close());
    lead = workload.lead;
  });

  afterAll(() => endings.run());

  it('has the consensus computed anew, each time the reads are complete again', async () => {
    const [caseId = ''] = await workload.importMore(1);
    await readAll([caseId]);
    const first = await settled(caseId);
    const [annotation] = first.annotations;
    const given = { caseId, annotationId: annotation?.id ?? '', revision: 1, reasonCode: 'WRONG_CASE' } as const;
    const withdrawn = (
      await lead.request(withdrawAnnotation, { input: { commandId: randomUUID(), ...given, note: 'otra paciente' } })
    ).withdrawAnnotation;
    if (withdrawn.__typename !== 'AnnotationWithdrawn') throw new Error(withdrawn.message);
    expect(await caseFor(caseId, withdrawn.token)).toMatchObject({
      status: 'READING',
      readsSubmitted: 1,
      consensus: null,
    });
    const restored = (await lead.request(restoreAnnotation, { input: { commandId: randomUUID(), ...given } }))
      .restoreAnnotation;
    if (restored.__typename !== 'AnnotationRestored') throw new Error(restored.message);
    const second = await settled(caseId);
    expect(second.consensus?.id).not.toBe(first.consensus?.id);
    expect(second.consensus?.basedOnVersion).toBeGreaterThan(first.consensus?.basedOnVersion ?? Infinity);
    expect(second.consensus?.regions.map(({ box }) => box)).toEqual(first.consensus?.regions.map(({ box }) => box));
    expect(second.annotations.map(({ revision }) => revision).sort()).toEqual([1, 2]);
    expect(second.annotations.map(({ findings }) => findings)).toEqual(
      first.annotations.map(({ findings }) => findings),
    );
  });

  it('of one person goes on after its server was killed half-way, and does nothing twice', async () => {
    const caseIds = await workload.importMore(200);
    const [annotator] = workload.annotators;
    if (annotator === undefined) throw new Error('nobody reads');
    const held = (await workload.claimAll(caseIds)).filter(({ client }) => client === annotator);
    await Promise.all(
      held.map(async (read, seed) => annotator.request(submitAnnotation, { input: submission(read, seed) })),
    );
    const of = { projectId: workload.projectId, personId: system.person('annotator-1').personId };
    const shown = await preview(of);
    expect(shown.counts.possible).toBe(caseIds.length + 1);
    const answer = undo(of, shown.token);
    const atKill = await waitUntil('the first cases to be undone', async () => {
      // Without a pause between: the whole takes about a second.
      for (let look = 0; look < 100; look += 1) {
        const count = await eventsOf('annotationWithdrawn');
        if (count > 1) return count;
      }
      return undefined;
    });
    await system.api.killHard();
    expect(atKill).toBeLessThan(caseIds.length);
    await system.api.start();
    // The client sends the same command again until it is answered.
    expect(await answer).toMatchObject({
      __typename: 'ChangesUndone',
      done: caseIds.length + 1,
      refused: 0,
      remaining: 0,
    });
    const rows = await database.query({
      text: `SELECT count(*) AS events, count(DISTINCT event.stream_id) AS cases FROM journal.event
        WHERE event.type = 'annotationWithdrawn'`,
    });
    // One was withdrawn before, by itself.
    expect(rows).toEqual([{ events: caseIds.length + 2, cases: caseIds.length + 1 }]);
  });

  it('of an import takes its cases out, and each comes back with its reads', async () => {
    const [caseId = ''] = await workload.importMore(1);
    await readAll([caseId]);
    const first = await settled(caseId);
    const rows = await database.query({
      text: `SELECT convert_from(event.meta_bytes, 'UTF8')::jsonb ->> 'commandId' AS id FROM journal.event
        WHERE event.stream_id = $1 AND event.type = 'caseImported'`,
      values: [`case-${caseId}`],
    });
    const of = { projectId: workload.projectId, importCommandId: String(rows[0]?.['id']), withReads: true };
    const done = await undo(of, (await preview(of)).token);
    if (done.__typename !== 'ChangesUndone') throw new Error(done.message);
    expect(await caseFor(caseId, done.cases[0]?.token ?? '')).toMatchObject({ status: 'WITHDRAWN', consensus: null });
    const input = { commandId: randomUUID(), caseId, reasonCode: 'OTHER' } as const;
    expect((await lead.request(reinstateCase, { input })).reinstateCase.__typename).toBe('CaseReinstated');
    const second = await settled(caseId);
    expect(second.annotations).toEqual(first.annotations);
    expect(second.consensus?.id).not.toBe(first.consensus?.id);
  });

  it('left views that agree with the journal, and with what Kafka alone gives', async () => {
    await waitUntilDrained(database);
    expect(await viewProblems(database)).toEqual([]);
    const records = await readKafka(serversOfRun().kafkaBrokers, system.topicPrefix);
    const { live, rebuilt } = await compareWithRebuild(system.databaseUrl, records);
    expect(rebuilt).toEqual(live);
    const rows = await database.query({
      text: `SELECT to_jsonb(case_event)::text AS row FROM read_model.case_event
        UNION ALL SELECT to_jsonb(command)::text FROM journal.command`,
    });
    const text = rows.map((row) => String(row['row'])).join('\n');
    expect(text).toContain('wrongCase');
    expect(text).not.toContain('otra paciente');
  });

  async function readAll(caseIds: readonly string[]): Promise<void> {
    // All the same, so that they settle.
    for (const read of await workload.claimAll(caseIds)) {
      const answer = (await read.client.request(submitAnnotation, { input: submission(read, 1) })).submitAnnotation;
      if (answer.__typename !== 'AnnotationSubmitted') throw new Error(answer.message);
    }
  }

  async function caseFor(id: string, after?: string): Promise<WholeCaseFields> {
    const shown = (await lead.request(wholeCase, { id, ...(after === undefined ? {} : { after }) })).case;
    if (shown === null) throw new Error('the case is not shown');
    return shown;
  }

  const settled = async (id: string): Promise<WholeCaseFields> =>
    waitUntil('the consensus', async () => {
      const shown = (await lead.request(wholeCase, { id })).case;
      return shown?.status === 'SETTLED' && shown.consensus !== null ? shown : undefined;
    });

  const preview = async (input: UndoInput): Promise<UndoPreviewData['undoPreview']> =>
    (await lead.request(undoPreview, { input })).undoPreview;

  const undo = async (of: UndoInput, previewToken: string): Promise<UndoChangesData['undoChanges']> => {
    const input = { commandId: randomUUID(), of, previewToken, reasonCode: 'ACCOUNT_COMPROMISED' } as const;
    return (await lead.request(undoChanges, { input })).undoChanges;
  };

  const eventsOf = async (type: string): Promise<number> => {
    const [row] = await database.query({
      text: 'SELECT count(*) AS events FROM journal.event WHERE event.type = $1',
      values: [type],
    });
    return row === undefined ? 0 : readInteger(row, 'events');
  };
});
