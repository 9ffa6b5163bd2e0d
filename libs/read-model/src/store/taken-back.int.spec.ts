import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  annotationRestored,
  annotationWithdrawn,
  annotatorId,
  caseId,
  caseStream,
  consensusRecorded,
  organisationId,
  projectCreated,
  projectId,
  projectStream,
  PublishedLog,
  readsCompleted,
  wholeCase,
} from '@consilium/testing';
import { activeGeneration, createGeneration } from '../generations/generations.ts';
import { canonicalSha256 } from '../generations/canonical-sha256.ts';
import { findCase, listCases } from '../queries/case-queries.ts';
import { listCaseEvents } from '../queries/history-queries.ts';
import { projectProgress } from '../queries/project-queries.ts';
import { readsOf } from '../queries/read-queries.ts';
import { ProjectionStore } from './projection-store.ts';
import { ViewDatabase } from './view-database.spec.ts';

let views: ViewDatabase;
let log: PublishedLog;
const session = () => views.as(organisationId(1));
const stream = caseStream(caseId(1));

beforeAll(async () => {
  views = await ViewDatabase.create();
  log = new PublishedLog().add(projectStream(projectId(1)), ...projectCreated()).add(stream, ...wholeCase(1));
});
afterAll(async () => {
  await views.drop();
});

/** Everything so far, from the beginning: what was delivered before comes a second time. */
async function deliver(): Promise<void> {
  const store = new ProjectionStore(views.projector, { generation: await activeGeneration(views.projector) });
  for (const batch of log.batches()) await store.apply(batch);
}

it('takes a withdrawn read out of what counts, and its text out of the view', async () => {
  await deliver();
  log.add(stream, { type: 'readsReopened', completedAtVersion: 6 }, annotationWithdrawn(1, 2));
  await deliver();
  await deliver();
  expect(await findCase(session(), caseId(1))).toMatchObject({ status: 'reading', readsSubmitted: 1 });
  const reads = (await readsOf(session(), [caseId(1)])).get(caseId(1)) ?? [];
  expect(reads.map(({ status, submission }) => [status, submission?.revision])).toEqual([
    ['submitted', 1],
    ['withdrawn', undefined],
  ]);
  const { items } = await listCaseEvents(session(), { caseId: caseId(1), first: 100 });
  expect(items.at(-1)).toMatchObject({
    type: 'annotationWithdrawn',
    annotatorId: annotatorId(2),
    detail: { revision: 1, note: { state: 'sealed' } },
  });
});

it('counts a restored read again, and says in which event its texts are sealed', async () => {
  log.add(stream, annotationRestored(1, 2), readsCompleted(1, 1, 2));
  await deliver();
  expect(await findCase(session(), caseId(1))).toMatchObject({ status: 'awaitingConsensus', readsSubmitted: 2 });
  const restored = (await readsOf(session(), [caseId(1)])).get(caseId(1))?.at(1);
  expect(restored).toMatchObject({ status: 'submitted', submission: { revision: 2, sealedIn: 'annotationAmended' } });
  const { items } = await listCaseEvents(session(), { caseId: caseId(1), first: 100 });
  const event = items.find(({ type }) => type === 'annotationAmended');
  expect(restored?.submission?.submittedEventId).toBe(event?.eventId);
  log.add(stream, consensusRecorded(1));
  await deliver();
  expect(await findCase(session(), caseId(1))).toMatchObject({ status: 'settled' });
});

it('leaves a withdrawn case out of figures and lists, and in its history', async () => {
  log.add(stream, { type: 'readsReopened', completedAtVersion: 10 }, { type: 'caseWithdrawn' });
  await deliver();
  const request = { projectId: projectId(1), first: 10 };
  expect((await listCases(session(), request)).items).toEqual([]);
  expect((await listCases(session(), { ...request, status: 'withdrawn' })).items).toMatchObject([
    { status: 'withdrawn' },
  ]);
  expect(await projectProgress(session(), projectId(1))).toMatchObject({ cases: 0, withdrawn: 1, readsSubmitted: 0 });
  log.add(stream, { type: 'caseReinstated' });
  await deliver();
  expect(await projectProgress(session(), projectId(1))).toMatchObject({ cases: 1, reading: 1, readsSubmitted: 2 });
});

it('gives the same rows when all of it is built anew in one batch', async () => {
  const live = await canonicalSha256(views.projector, await activeGeneration(views.projector));
  const generation = await createGeneration(views.projector);
  const store = new ProjectionStore(views.projector, { generation });
  for (const batch of log.batches()) await store.apply(batch);
  expect(await canonicalSha256(views.projector, generation)).toEqual(live);
});
