import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  annotatorId,
  caseId,
  caseImported,
  caseStream,
  externalReadRecorded,
  organisationId,
  projectCreated,
  projectId,
  projectStream,
  PublishedLog,
  readsCompleted,
} from '@consilium/testing';
import { canonicalSha256 } from '../generations/canonical-sha256.ts';
import { activeGeneration, createGeneration } from '../generations/generations.ts';
import { ProjectionStore } from '../store/projection-store.ts';
import { ViewDatabase } from '../store/view-database.spec.ts';
import { submittedReadsAsOf } from './case-as-of-queries.ts';
import { findCase } from './case-queries.ts';
import { externalReadersOf } from './external-read-queries.ts';
import { readsOf } from './read-queries.ts';

let views: ViewDatabase;
const log = new PublishedLog()
  .add(projectStream(projectId(1)), ...projectCreated())
  .add(
    caseStream(caseId(1)),
    caseImported(1),
    externalReadRecorded(1, 8),
    externalReadRecorded(1, 9),
    readsCompleted(1, 8, 9),
  );

async function deliver(generation: number): Promise<void> {
  const store = new ProjectionStore(views.projector, { generation });
  for (const batch of log.batches()) await store.apply(batch);
}

beforeAll(async () => {
  views = await ViewDatabase.create();
  const generation = await activeGeneration(views.projector);
  // What was delivered before comes a second time.
  await deliver(generation);
  await deliver(generation);
});
afterAll(async () => {
  await views.drop();
});

it('counts reads that came in with their case, once, and says in which event they are sealed', async () => {
  const session = views.as(organisationId(1));
  expect(await findCase(session, caseId(1))).toMatchObject({ status: 'awaitingConsensus', readsSubmitted: 2 });
  const reads = (await readsOf(session, [caseId(1)])).get(caseId(1)) ?? [];
  expect(reads).toMatchObject(
    [8, 9].map((reader) => ({
      annotatorId: annotatorId(reader),
      status: 'submitted',
      submission: { revision: 1, sealedIn: 'externalReadRecorded', independence: 'notRecorded' },
    })),
  );
  const then = (await submittedReadsAsOf(session, [caseId(1)], 4)).get(caseId(1)) ?? [];
  expect(then.map((read) => read.annotatorId)).toEqual([annotatorId(8)]);
});

it('keeps how the source calls their readers, sealed, for the own organisation', async () => {
  const found = (await externalReadersOf(views.as(organisationId(1)), [caseId(1)])).get(caseId(1)) ?? [];
  expect(found.map(({ reader }) => reader.state)).toEqual(['sealed', 'sealed']);
  expect(await externalReadersOf(views.as(organisationId(2)), [caseId(1)])).toEqual(new Map());
});

it('is made anew to the same hash', async () => {
  const rebuilt = await createGeneration(views.projector);
  await deliver(rebuilt);
  const active = await activeGeneration(views.projector);
  expect(await canonicalSha256(views.projector, rebuilt)).toEqual(await canonicalSha256(views.projector, active));
});
