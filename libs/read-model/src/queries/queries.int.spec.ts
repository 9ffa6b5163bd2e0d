import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Queryable } from '@consilium/postgres';
import {
  annotatorId,
  annotatorRegistered,
  annotatorStream,
  caseId,
  caseImported,
  caseStream,
  claimId,
  organisationId,
  personId,
  projectCreated,
  projectId,
  projectStream,
  PublishedLog,
  readClaimed,
  sampleDataKey,
  wholeCase,
} from '@consilium/testing';
import { mapProtectedTexts, openText, routeOf } from '@consilium/contracts';
import { activeGeneration } from '../generations/generations.ts';
import { ProjectionStore } from '../store/projection-store.ts';
import { ViewDatabase } from '../store/view-database.spec.ts';
import { findCase, listCases } from './case-queries.ts';
import { feedEnd, feedTail, listChanges } from './change-queries.ts';
import { passageOf } from './position-queries.ts';
import { findAnnotatorOf } from './people-queries.ts';
import { findProject, listProjects, projectProgress } from './project-queries.ts';
import { countAvailable, heldClaims, suggestCases } from './queue-queries.ts';
import { readsOf } from './read-queries.ts';

let views: ViewDatabase;
let ours: Queryable;
let theirs: Queryable;
const project = projectId(1);

/** Cases 1 to 10 of organisation 1: 1 and 2 are settled, 3 is claimed, the rest is open. */
const ourLog = (): PublishedLog => {
  const log = new PublishedLog()
    .add(projectStream(project), ...projectCreated())
    .add(annotatorStream(annotatorId(1)), annotatorRegistered(1));
  for (const number of [1, 2]) log.add(caseStream(caseId(number)), ...wholeCase(number));
  log.add(caseStream(caseId(3)), caseImported(3), readClaimed(3, 1));
  for (let number = 4; number <= 10; number += 1) log.add(caseStream(caseId(number)), caseImported(number));
  return log;
};

beforeAll(async () => {
  views = await ViewDatabase.create();
  ours = views.as(organisationId(1));
  theirs = views.as(organisationId(2));
  const store = new ProjectionStore(views.projector, { generation: await activeGeneration(views.projector) });
  for (const batch of ourLog().batches()) await store.apply(batch);
});
afterAll(async () => {
  await views.drop();
});

describe('row-level security', () => {
  const tables = [
    'project',
    'protocol',
    'annotator',
    'case_file',
    'case_state',
    'read',
    'consensus',
    'case_event',
    'change',
  ];

  it.each(tables)('%s: one organisation sees its rows, another and nobody see none', async (table) => {
    const text = `SELECT * FROM read_model.${table}`;
    expect((await ours.query({ text })).length).toBeGreaterThan(0);
    expect(await theirs.query({ text })).toEqual([]);
    expect(await views.api.query({ text })).toEqual([]);
  });

  it('holds below the views too, and nothing can be written', async () => {
    expect(await theirs.query({ text: 'SELECT * FROM view_1.case_file' })).toEqual([]);
    for (const text of ['DELETE FROM view_1.case_file', 'UPDATE view_1.checkpoint SET next_seq = 1']) {
      await expect(ours.query({ text })).rejects.toMatchObject({ code: '42501' });
    }
    await expect(ours.query({ text: 'SELECT read_model.create_generation()' })).rejects.toMatchObject({
      code: '42501',
    });
  });

  it("answers another organisation's ids as unknown ones", async () => {
    expect(await findProject(theirs, project)).toBeUndefined();
    expect(await findCase(theirs, caseId(1))).toBeUndefined();
    expect((await readsOf(theirs, [caseId(1)])).size).toBe(0);
    expect((await listProjects(theirs, { first: 10 })).items).toEqual([]);
    expect(await projectProgress(theirs, project)).toMatchObject({ cases: 0 });
    expect(await suggestCases(theirs, { projectId: project, annotatorId: annotatorId(1), limit: 10 })).toEqual([]);
    expect((await listChanges(theirs, { first: 10 })).changes).toEqual([]);
  });
});

describe('lists', () => {
  it('page through cases by position without repeats or gaps, all or of one status', async () => {
    const seen: number[] = [];
    let page = await listCases(ours, { projectId: project, first: 4 });
    for (;;) {
      seen.push(...page.items.map(({ position }) => position));
      const last = page.items.at(-1);
      if (!page.hasNextPage || last === undefined) break;
      page = await listCases(ours, { projectId: project, first: 4, after: last });
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const settled = await listCases(ours, { projectId: project, first: 4, status: 'settled' });
    expect(settled).toMatchObject({ hasNextPage: false, items: [{ position: 1 }, { position: 2 }] });
  });

  it('find the annotator of a person, and projects in order', async () => {
    expect(await findAnnotatorOf(ours, project, personId(1))).toBe(annotatorId(1));
    expect(await findAnnotatorOf(ours, project, personId(2))).toBeUndefined();
    const { items } = await listProjects(ours, { first: 1 });
    expect(items.map((each) => each.projectId)).toEqual([project]);
    const [first] = items;
    expect((await listProjects(ours, { first: 1, after: first })).items).toEqual([]);
  });
});

it('texts open with the event they came in and their path in it', async () => {
  const found = await findCase(ours, caseId(1));
  const opened = mapProtectedTexts(
    found?.sentences ?? [],
    (text, field) =>
      text.state === 'sealed'
        ? openText(text, sampleDataKey, { eventId: found?.importedEventId ?? '', type: 'caseImported', field })
        : 'was not sealed',
    'sentences',
  );
  expect(opened).toMatchObject([{ text: { en: 'Nodule in the upper lobe.' } }]);
});

describe('the change feed', () => {
  it('goes on from a place, by project, and tells all organisations to a follower', async () => {
    const all = await listChanges(ours, { first: 1_000 });
    expect(all.resync).toBe(false);
    const half = await listChanges(ours, { first: 10 });
    const rest = await listChanges(ours, { first: 1_000, after: half.feedId, projectId: project });
    expect([...half.changes, ...rest.changes]).toEqual(all.changes);
    expect(await listChanges(ours, { first: 10, after: all.feedId })).toEqual({
      changes: [],
      feedId: all.feedId,
      resync: false,
    });
    expect(await feedEnd(views.api)).toBe(all.feedId);
    expect((await feedTail(views.api, 0, 1_000)).changes).toEqual(all.changes);
    expect((await listChanges(ours, { first: 10, projectId: projectId(2) })).changes).toEqual([]);
  });

  it('says so when what was missed is dropped', async () => {
    await views.owner.query({ text: 'UPDATE read_model.feed_bound SET dropped_through = 5' });
    expect(await listChanges(ours, { first: 10, after: 4 })).toMatchObject({ resync: true });
    expect(await listChanges(ours, { first: 10, after: 5 })).toMatchObject({ resync: false });
    expect(await feedTail(views.api, 4, 10)).toMatchObject({ resync: true });
    await views.owner.query({ text: 'UPDATE read_model.feed_bound SET dropped_through = 0' });
  });
});

describe('the queue', () => {
  const claim = async (number: number, reader: number, status: string, leaseMs = 60_000): Promise<void> => {
    await views.owner.query({
      text: `INSERT INTO journal.claim
          (case_id, annotator_id, organisation, project_id, claim_id, status, lease_ends_at)
        VALUES ($1, $2, $3, $4, $5, $6::journal.claim_status, clock_timestamp() + $7 * interval '1 millisecond')`,
      values: [caseId(number), annotatorId(reader), organisationId(1), project, claimId(number), status, leaseMs],
    });
  };
  const suggested = async (reader: number, limit = 100): Promise<readonly string[]> =>
    suggestCases(ours, { projectId: project, annotatorId: annotatorId(reader), limit });
  const cases = (...numbers: readonly number[]): readonly string[] => numbers.map((number) => caseId(number));

  it('leaves out what is mine and live, done or skipped, and what enough others have', async () => {
    await claim(4, 1, 'held');
    await claim(5, 1, 'submitted');
    await claim(6, 1, 'skipped');
    await claim(7, 1, 'held', -1);
    await claim(8, 1, 'released');
    await claim(9, 2, 'held');
    await claim(9, 3, 'submitted');
    await claim(10, 2, 'held', -1);
    await claim(10, 3, 'submitted');
    expect(await suggested(1)).toEqual(cases(3, 7, 8, 10));
    expect(await suggested(4)).toEqual(cases(3, 4, 5, 6, 7, 8, 10));
    expect(await suggested(4, 2)).toEqual(cases(3, 4));
    expect(await countAvailable(ours, { projectId: project, annotatorId: annotatorId(1), limit: 3 })).toBe(3);
  });

  it('leaves out what I have adjudicated, reviewed or answered as gold, and what I am about to', async () => {
    const parts = ['adjudicating', 'adjudicated', 'reviewing', 'reviewed', 'answeringGold', 'answeredGold'];
    for (const [index, status] of parts.entries()) await claim(3 + index, 5, status);
    expect(await suggested(5)).toEqual(cases(10));
    expect(await suggested(6)).toEqual(cases(3, 4, 5, 6, 7, 8, 10));
  });

  it('goes past as many with a place as are before me in line', async () => {
    const request = { projectId: project, annotatorId: annotatorId(6), limit: 2 };
    expect(await suggestCases(ours, { ...request, skip: 2 })).toEqual(cases(5, 6));
    // Between these two is a full one.
    expect(await suggestCases(ours, { ...request, skip: 5 })).toEqual(cases(8, 10));
    expect(await suggestCases(ours, { ...request, skip: 7 })).toEqual([]);
  });

  it('knows what I hold live by the clock of the server', async () => {
    expect(await heldClaims(ours, project, annotatorId(1))).toMatchObject([{ caseId: caseId(4), claimId: claimId(4) }]);
    expect(await heldClaims(theirs, project, annotatorId(1))).toEqual([]);
  });
});

describe('whether a position was passed', () => {
  const stream = caseStream(caseId(3));

  beforeAll(async () => {
    const { partition } = routeOf(stream);
    const { records } = ourLog().batchOf(stream);
    const seqs = records.flatMap(({ key }, index) => (key === stream ? [index + 1] : []));
    for (const [index, seq] of [...seqs, records.length + 1].entries()) {
      await views.owner.query({
        text: `INSERT INTO journal.log VALUES ($1::integer, $2, $1::integer, $3, 'case', $4, $5, now())`,
        values: [index + 1, stream, organisationId(1), partition, seq],
      });
    }
  });

  it('is told from the log and the place of the views', async () => {
    expect(await passageOf(ours, [])).toBe('passed');
    expect(await passageOf(ours, [{ streamId: stream, version: 2 }])).toBe('passed');
    expect(await passageOf(ours, [{ streamId: stream, version: 3 }])).toBe('behind');
    expect(
      await passageOf(
        ours,
        [1, 3].map((version) => ({ streamId: stream, version })),
      ),
    ).toBe('behind');
    expect(await passageOf(ours, [{ streamId: stream, version: 4 }])).toBe('behind');
    expect(await passageOf(theirs, [{ streamId: stream, version: 1 }])).toBe('behind');
  });

  it('says that a stream is parked, from the event on that could not be shown', async () => {
    const { partition } = routeOf(stream);
    await views.owner.query({
      text: `INSERT INTO view_1.parked_stream (stream_id, topic, partition, first_seq, error_class)
        SELECT $1, 'case', $2, log.partition_seq, 'UnreadableEvent' FROM journal.log WHERE log.global_seq = 2`,
      values: [stream, partition],
    });
    expect(await passageOf(ours, [{ streamId: stream, version: 1 }])).toBe('passed');
    expect(await passageOf(ours, [{ streamId: stream, version: 2 }])).toBe('parked');
    expect(await passageOf(ours, [{ streamId: stream, version: 3 }])).toBe('parked');
  });
});
