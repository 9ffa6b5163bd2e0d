import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  caseChanged,
  caseHistory,
  changes,
  claimCase,
  GraphqlFailure,
  importCases,
  project,
  releaseRead,
  submitAnnotation,
  wholeCase,
} from '@consilium/client';
import type {
  AnnotationInput,
  CaseChangedData,
  CaseHistoryData,
  ChangesData,
  ConsiliumClient,
  WholeCaseFields,
} from '@consilium/client';
import { Database } from '@consilium/postgres';
import { Endings } from './harness/endings.ts';
import { chainProblems, logProblems, publicationProblems, readHistory } from './harness/history-problems.ts';
import { readKafka } from './harness/kafka-history.ts';
import { waitUntilDrained, readJournal } from './harness/stored-history.ts';
import { serversOfRun, startSystem } from './harness/system-under-test.ts';
import type { SystemUnderTest } from './harness/system-under-test.ts';
import { compareWithRebuild, completionProblems, viewProblems } from './harness/view-problems.ts';
import { waitUntil } from './harness/wait-until.ts';
import { startWorkload } from './harness/workload.ts';
import type { Workload } from './harness/workload.ts';

/** Words that may stand nowhere but in answers to those who may read them. */
const secrets = ['PACIENTE-0815', 'derrame pleural', 'pleural effusion', 'silueta cardiaca', 'Radiografía'];

type Frame = CaseChangedData['caseChanged'];

/** One case on its way through the public API alone; what it left behind is then compared in every store. */
describe('one case', () => {
  const endings = new Endings();
  let system: SystemUnderTest;
  let workload: Workload;
  let database: Database;
  let lead: ConsiliumClient;
  let caseId = '';
  let imageId = '';
  let sentenceId = '';
  const framesOfLead: Frame[] = [];
  const framesOfBlinded: Frame[] = [];

  /** The one who reads last; the others read before. */
  const blinded = (): ConsiliumClient => at(workload.annotators, 0);
  const others = (): readonly ConsiliumClient[] => workload.annotators.slice(1);

  beforeAll(async () => {
    system = await startSystem(serversOfRun());
    endings.add(() => system.stop());
    database = new Database({ url: system.databaseUrl, applicationName: 'consilium-tests', poolSize: 2 });
    endings.add(() => database.close());
    workload = await startWorkload(system, 4);
    endings.add(() => workload.close());
    lead = workload.lead;
    collect(lead, { projectId: workload.projectId, after: workload.createdToken }, framesOfLead);
    // Frames only come for what happens after a subscription stands: any first one shows that it does.
    await waitUntil('a frame for the lead', async () => {
      await workload.importMore(1);
      return framesOfLead.length > 0 ? true : undefined;
    });
  });

  afterAll(() => endings.run());

  it('comes in, and shows for the token of its import', async () => {
    const answer = (
      await lead.request(importCases, {
        input: { commandId: randomUUID(), projectId: workload.projectId, cases: [importedCase] },
      })
    ).importCases;
    if (answer.__typename !== 'CasesImported') throw new Error(answer.message);
    expect(answer.rows).toEqual([{ outcome: 'IMPORTED', caseId: expect.any(String), problems: [] }]);
    caseId = answer.rows[0]?.caseId ?? '';
    const shown = await caseFor(lead, caseId, answer.token);
    expect(shown).toMatchObject({
      externalKey: 'PACIENTE-0815 serie 3',
      status: 'READING',
      readsWanted: 4,
      readsSubmitted: 0,
      images: [{ rows: 2_048, columns: 2_500, description: 'Radiografía PA' }],
      sentences: [
        {
          version: 1,
          text: { es: 'Aumento de la silueta cardiaca.', en: 'Enlarged cardiac silhouette.', erased: false },
        },
      ],
      annotations: [],
      consensus: null,
    });
    imageId = shown.images[0]?.id ?? '';
    sentenceId = shown.sentences[0]?.id ?? '';
  });

  it('is read by three annotators, each of whom finds the own read and no other', async () => {
    let leaseToken = await claim(blinded());
    collect(blinded(), { caseId }, framesOfBlinded);
    await waitUntil('a frame for the annotator', async () => {
      const input = { commandId: randomUUID(), caseId, leaseToken };
      expect((await blinded().request(releaseRead, { input })).releaseRead.__typename).toBe('ReadEnded');
      leaseToken = await claim(blinded());
      return framesOfBlinded.length > 0 ? true : undefined;
    });
    for (const [index, annotator] of others().entries()) {
      const token = await submit(annotator, await claim(annotator), index);
      const shown = await caseFor(annotator, caseId, token);
      expect(shown.annotations).toMatchObject([{ annotatorId: expect.any(String), revision: 1, answer: 'FINDINGS' }]);
      expect(shown).toMatchObject({ status: 'READING', readsWanted: null, readsSubmitted: null, consensus: null });
    }
    expect(await caseFor(lead, caseId)).toMatchObject({ status: 'READING', readsSubmitted: 3, consensus: null });
  });

  it('tells the fourth nothing of the three before the own read is in', async () => {
    const shown = await caseFor(blinded(), caseId);
    expect(shown).toMatchObject({
      status: 'READING',
      externalKey: null,
      annotations: [],
      readsWanted: null,
      readsSubmitted: null,
      consensus: null,
    });
    const { historyTypes, entries } = await historyFor(blinded(), caseId);
    const { person } = { person: system.person('annotator-1').personId };
    expect(new Set(historyTypes)).toEqual(new Set(['caseImported', 'readClaimed', 'readReleased']));
    expect(entries.filter(({ type }) => type !== 'caseImported').map(({ actorId }) => actorId)).toEqual(
      entries.filter(({ type }) => type !== 'caseImported').map(() => person),
    );
    for (const entry of entries) expect(entry).toMatchObject({ eventId: null, version: null, globalSeq: null });
    expect((await blinded().request(project, { id: workload.projectId })).project?.progress).toBeNull();
    expect(new Set(framesOfBlinded.map(({ type }) => type))).toEqual(new Set(['readReleased', 'readClaimed']));
    await expect(blinded().request(changes, { projectId: workload.projectId })).rejects.toMatchObject({
      problems: [{ code: 'FORBIDDEN' }],
    });
    await expect(blinded().request(changes, {})).rejects.toBeInstanceOf(GraphqlFailure);
  });

  it('has its consensus when the fourth has read, and then shows all of it to those who read it', async () => {
    const token = await submit(blinded(), await claim(blinded()), 3);
    expect((await caseFor(blinded(), caseId, token)).annotations.length).toBeGreaterThan(0);
    const settled = await waitUntil('the consensus', async () => {
      const shown = await caseFor(lead, caseId);
      return shown.consensus === null ? undefined : shown;
    });
    expect(settled).toMatchObject({ status: 'SETTLED', readsSubmitted: 4, consensus: { outcome: 'SETTLED' } });
    expect(settled.annotations).toHaveLength(4);
    expect(settled.consensus?.regions).toMatchObject([
      // The median of 100.25, 101.25, 102.25 and 103.25, and so on.
      { decision: 'PRESENT', supporters: 4, supportersOf: 4, box: { x1: 101.75, y1: 200, x2: 251.75, y2: 380 } },
    ]);
    expect(settled.consensus?.regions[0]?.members).toHaveLength(4);
    expect(settled.annotations[0]?.findings[0]?.statement).toEqual({
      es: 'Pequeño derrame pleural derecho.',
      en: 'Small right pleural effusion.',
      erased: false,
    });
    const shown = await caseFor(blinded(), caseId);
    expect(shown).toMatchObject({ status: 'SETTLED', readsSubmitted: 4, consensus: { outcome: 'SETTLED' } });
    expect(shown.annotations).toHaveLength(4);
  });

  it('was followed over the socket, event by event, in the order of its history', async () => {
    const { historyTypes, entries } = await historyFor(lead, caseId);
    expect(historyTypes.filter((type) => !['readReleased', 'readClaimed'].includes(type))).toEqual([
      'caseImported',
      ...Array.from({ length: 4 }, () => 'annotationSubmitted'),
      'readsCompleted',
      'consensusReached',
    ]);
    expect(entries.map(({ version }) => version)).toEqual(entries.map((_, index) => index + 1));
    const sequence = entries.map(({ globalSeq }) => globalSeq ?? 0);
    expect(sequence).toEqual(sequence.toSorted((one, other) => one - other));
    const frames = await waitUntil('the last frame', () => {
      const ofCase = framesOfLead.filter((frame) => frame.caseId === caseId);
      return ofCase.length >= entries.length ? ofCase : undefined;
    });
    expect(frames.map(({ type }) => type)).toEqual(historyTypes);
    expect(framesOfLead.some(({ resync }) => resync)).toBe(false);
    // What the blinded one was told before the own submission is the own work alone.
    const told = framesOfBlinded.map(({ type }) => type);
    expect(told.slice(0, told.indexOf('annotationSubmitted')).filter((type) => type === 'annotationSubmitted')).toEqual(
      [],
    );
    expect(told.filter((type) => type === 'annotationSubmitted')).toHaveLength(1);
  });

  it('stands in the change feed with the same events in the same order', async () => {
    const feed = await wholeFeed(lead, workload.projectId);
    const { entries } = await historyFor(lead, caseId);
    expect(
      feed.filter((change) => change.caseId === caseId).map(({ type, globalSeq }) => ({ type, globalSeq })),
    ).toEqual(entries.map(({ type, globalSeq }) => ({ type, globalSeq })));
  });

  it('is the same in the journal, on Kafka and in the views, and its chain follows from Kafka alone', async () => {
    await waitUntilDrained(database);
    const stored = await readJournal(database);
    const records = await readKafka(serversOfRun().kafkaBrokers, system.topicPrefix);
    const history = readHistory(records);
    expect(stored.filter(({ streamId }) => streamId === `case-${caseId}`).length).toBeGreaterThanOrEqual(11);
    expect(history.events).toHaveLength(stored.length);
    expect(logProblems(stored)).toEqual([]);
    expect(history.problems).toEqual([]);
    expect(publicationProblems(stored, records, system.topicPrefix)).toEqual([]);
    expect(chainProblems(history.events)).toEqual([]);
    expect(await viewProblems(database)).toEqual([]);
    expect((await completionProblems(database, 4)).filter((problem) => problem.includes(caseId))).toEqual([]);
    const { live, rebuilt } = await compareWithRebuild(system.databaseUrl, records);
    expect(rebuilt).toEqual(live);
    expect(live.read.rows).toBe(4);
  });

  it('left none of its words readable outside the API', async () => {
    const records = await readKafka(serversOfRun().kafkaBrokers, system.topicPrefix);
    const text = records
      .map(({ headers, key, value }) => JSON.stringify([headers, key, Buffer.from(value).toString('utf8')]))
      .join('\n');
    expect(text).toContain(caseId);
    for (const secret of secrets) expect(text).not.toContain(secret);
    const rows = await database.query({
      text: `SELECT to_jsonb(case_file)::text AS row FROM read_model.case_file
        UNION ALL SELECT to_jsonb(read)::text FROM read_model.read
        UNION ALL SELECT to_jsonb(command)::text FROM journal.command
        UNION ALL SELECT to_jsonb(case_event)::text FROM read_model.case_event`,
    });
    const views = rows.map((row) => String(row['row'])).join('\n');
    expect(views).toContain(caseId);
    for (const secret of secrets) expect(views).not.toContain(secret);
  });

  async function claim(annotator: ConsiliumClient): Promise<string> {
    const answer = (await annotator.request(claimCase, { input: { commandId: randomUUID(), caseId } })).claimCase;
    if (answer.__typename !== 'Claimed') throw new Error(`claim: ${answer.message}`);
    return answer.leaseToken;
  }

  async function submit(annotator: ConsiliumClient, leaseToken: string, shift: number): Promise<string> {
    const input = {
      commandId: randomUUID(),
      caseId,
      leaseToken,
      revision: 0,
      annotation: annotationOf(imageId, sentenceId, shift),
    };
    const answer = (await annotator.request(submitAnnotation, { input })).submitAnnotation;
    if (answer.__typename !== 'AnnotationSubmitted') throw new Error(`submit: ${JSON.stringify(answer)}`);
    return answer.token;
  }
});

const importedCase = {
  externalKey: 'PACIENTE-0815 serie 3',
  subjectKey: 'PACIENTE-0815',
  position: 7,
  priority: 1,
  images: [{ key: 'pa', rows: 2_048, columns: 2_500, description: 'Radiografía PA' }],
  sentences: [
    { key: 's1', es: 'Aumento de la silueta cardiaca.', en: 'Enlarged cardiac silhouette.', origin: 'REPORT' as const },
  ],
};

const annotationOf = (imageId: string, sentenceId: string, shift: number): AnnotationInput => ({
  answer: 'FINDINGS',
  findings: [
    {
      statement: { es: 'Pequeño derrame pleural derecho.', en: 'Small right pleural effusion.' },
      labels: ['effusion'],
      locations: ['right upper lobe'],
      attributes: [{ name: 'certainty', number: 4 }],
      regions: ['box'],
    },
    { sentenceId, sentenceVersion: 1, polarity: 'NEGATIVE', labels: ['cardiomegaly'] },
  ],
  regions: [{ key: 'box', imageId, x1: `${100 + shift}.25`, y1: '200', x2: `${250 + shift}.25`, y2: '380.0' }],
});

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`there is no item ${index}`);
  return item;
}

async function caseFor(client: ConsiliumClient, id: string, after?: string): Promise<WholeCaseFields> {
  const shown = (await client.request(wholeCase, { id, ...(after === undefined ? {} : { after }) })).case;
  if (shown === null) throw new Error('the case is not shown');
  return shown;
}

async function historyFor(client: ConsiliumClient, id: string) {
  const entries = [];
  let afterEntry: string | null = null;
  for (;;) {
    // Pages of four, so that cursors are used.
    const shown: CaseHistoryData['case'] = (await client.request(caseHistory, { id, first: 4, afterEntry })).case;
    if (shown === null) throw new Error('the case is not shown');
    entries.push(...shown.history.edges.map(({ node }) => node));
    if (!shown.history.pageInfo.hasNextPage) break;
    afterEntry = shown.history.pageInfo.endCursor;
  }
  return { entries, historyTypes: entries.map(({ type }) => type) };
}

async function wholeFeed(client: ConsiliumClient, projectId: string): Promise<ChangesData['changes']['changes']> {
  const all = [];
  let after: string | null = null;
  for (;;) {
    const page: ChangesData['changes'] = (await client.request(changes, { after, first: 5, projectId })).changes;
    if (page.resync) throw new Error('the feed was cut');
    if (page.changes.length === 0) return all;
    all.push(...page.changes);
    after = page.cursor;
  }
}

/** Gathers frames until the client is closed. */
function collect(
  client: ConsiliumClient,
  of: { readonly caseId: string } | { readonly projectId: string; readonly after: string },
  into: Frame[],
): void {
  const follow = async (): Promise<void> => {
    for await (const frame of client.subscribe(caseChanged, of)) into.push(frame.caseChanged);
  };
  // Closing the client ends the socket under the loop; a subscription that broke earlier is missed as its frames are.
  follow().catch(() => undefined);
}
