import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { consensusJobOf, decodeEvent, isCaseEvent, scoringJobOf } from '@consilium/contracts';
import type { AnnotationDraft, CaseCommand, CaseEvent, StreamId } from '@consilium/domain';
import { plainText } from '@consilium/domain';
import { eventStoreMigrations, findUnscored, goldScoresOf, PostgresEventStore } from '@consilium/event-store';
import type { RecordedEvent } from '@consilium/event-store';
import { PermanentJobFailure } from '@consilium/jobs';
import { Database } from '@consilium/postgres';
import { createTestDatabase } from '@consilium/postgres/testing';
import type { TestDatabase } from '@consilium/postgres/testing';
import { annotationId, annotatorId, claimId, instant, readId } from '@consilium/testing';
import { ConsensusRecorder } from '../consensus/consensus-recorder.ts';
import { ProjectProtocols } from '../consensus/project-protocols.ts';
import { empty, fourReads, JournalFixture, nodule } from '../quality-fixture.spec.ts';
import { DriftWatch } from './drift-watch.ts';
import { ScoreRecorder } from './score-recorder.ts';

let test: TestDatabase;
let api: Database;
let quality: Database;
let journal: JournalFixture;
let recorder: ScoreRecorder;
let outcomes: string[];

const connect = (role: 'consilium_api' | 'consilium_quality'): Database =>
  new Database({ url: test.url, role, applicationName: 'score-spec', poolSize: 4 });

beforeAll(async () => {
  test = await createTestDatabase({ migrations: await eventStoreMigrations() });
  api = connect('consilium_api');
  quality = connect('consilium_quality');
  journal = new JournalFixture(new PostgresEventStore(api));
  await journal.createProject();
});
afterAll(async () => {
  await Promise.all([api.close(), quality.close()]);
  await test.drop();
});
beforeEach(() => {
  outcomes = [];
  const store = new PostgresEventStore(quality);
  const drift = new DriftWatch(store, async (query) => goldScoresOf(quality, query), {
    alerted: () => outcomes.push('alerted'),
  });
  recorder = new ScoreRecorder(store, new ProjectProtocols(store), drift, {
    scored: (outcome) => outcomes.push(outcome),
  });
});

const jobOf = (cause: RecordedEvent) => scoringJobOf({ ...cause, organisation: journal.organisation }).payload;
const source = { kind: 'external', note: plainText('biopsy') } as const;
const lead = annotatorId(90);
const truth = (draft: AnnotationDraft) => ({ annotationId: annotationId(90), source, draft, protocol: fourReads });
const setGold = (draft: AnnotationDraft) => (): CaseCommand => ({ type: 'setGold', ...truth(draft), setBy: lead });
const correctGold =
  (draft: AnnotationDraft, truthVersion: number, setBy = lead) =>
  (): CaseCommand => ({
    type: 'correctGold',
    ...truth(draft),
    truthVersion,
    setBy,
  });

async function eventsOf(streamId: StreamId): Promise<readonly CaseEvent[]> {
  return (await journal.eventsOf(streamId)).map(decodeEvent).filter(isCaseEvent);
}

const scoringsOf = async (streamId: StreamId) =>
  (await eventsOf(streamId)).filter((event) => event.type === 'answersScored');

async function goldCase(): Promise<{ readonly streamId: StreamId; readonly set: RecordedEvent }> {
  const { streamId } = await journal.completeCase([empty, empty, empty, empty]);
  return { streamId, set: await journal.decide(streamId, setGold(nodule(0))) };
}

describe('answers to gold', () => {
  it('are held against the truth of then, and all of them against a truth that comes later', async () => {
    const { streamId, set } = await goldCase();
    await recorder.record(jobOf(set));
    const [right, wrong] = [await journal.readAgain(streamId, nodule(0)), await journal.readAgain(streamId, empty)];
    await recorder.record(jobOf(wrong));
    await recorder.record(jobOf(right));
    const corrected = await journal.decide(streamId, correctGold(empty, 1));
    await recorder.record(jobOf(corrected));
    const method = { name: 'statements', version: '1', parameters: { gate: 0.5 } };
    const [present, absent] = [
      { expected: 1, given: 1, matched: 1, summedIou: 1 },
      { expected: 0, given: 0, matched: 0, summedIou: 0 },
    ];
    expect(await scoringsOf(streamId)).toMatchObject([
      { basedOnVersion: set.streamVersion, truth: { kind: 'gold', truthVersion: 1 }, method, scores: [] },
      {
        basedOnVersion: wrong.streamVersion,
        truth: { kind: 'gold', truthVersion: 1 },
        scores: [
          { items: [{ sentence: null, given: 'absent', truth: 'present' }], regions: { expected: 1, given: 0 } },
        ],
      },
      {
        basedOnVersion: right.streamVersion,
        scores: [{ items: [{ given: 'present', truth: 'present' }], regions: present }],
      },
      {
        basedOnVersion: corrected.streamVersion,
        truth: { kind: 'gold', truthVersion: 2 },
        scores: [
          { items: [{ given: 'present', truth: 'absent' }], regions: { expected: 0, given: 1 } },
          { items: [], regions: absent },
        ],
      },
    ]);
    expect(outcomes).toEqual(['scored', 'scored', 'scored', 'scored']);
  });

  it('of somebody who has given a truth since are held against none', async () => {
    const { streamId } = await goldCase();
    const answer = await journal.readAgain(streamId, nodule(0));
    const [giver] = (await eventsOf(streamId)).flatMap((event) =>
      event.type === 'goldAnswered' ? [event.annotatorId] : [],
    );
    const corrected = await journal.decide(streamId, correctGold(empty, 1, giver));
    await recorder.record(jobOf(corrected));
    expect(await scoringsOf(streamId)).toMatchObject([{ truth: { truthVersion: 2 }, scores: [] }]);
    // What was known when the answer came is known still.
    await recorder.record(jobOf(answer));
    expect((await scoringsOf(streamId))[1]).toMatchObject({ scores: [{ regions: { matched: 1 } }] });
  });

  it('that come after the case was retired as gold are worth nothing', async () => {
    const { streamId } = await goldCase();
    const claim = { annotatorId: annotatorId(1), claimId: claimId(1), protocol: fourReads, at: instant(0) };
    await journal.decide(streamId, () => ({ type: 'claimRead', ...claim, readId: readId(1), leases: [] }));
    await journal.decide(streamId, () => ({ type: 'retireGold' }));
    const leases = [{ annotatorId: annotatorId(1), claimId: claimId(1), endsAt: instant(1) }];
    const given = { annotationId: annotationId(3), revision: 0, draft: empty, leases };
    const answer = await journal.decide(streamId, () => ({ type: 'submitAnnotation', ...claim, ...given }));
    expect(answer.type).toBe('goldAnswered');
    await recorder.record(jobOf(answer));
    expect(await scoringsOf(streamId)).toMatchObject([{ basedOnVersion: answer.streamVersion, scores: [] }]);
  });
});

describe('what was adjudicated', () => {
  const half = { ...fourReads, adjudication: { ...fourReads.adjudication, sampledShare: 0.5 } };

  /** Its consensus, and the decision of an adjudicator who finds a nodule. */
  async function decided(
    project: JournalFixture,
    drafts: readonly AnnotationDraft[],
  ): Promise<RecordedEvent | undefined> {
    const store = new PostgresEventStore(quality);
    const ignored = { recorded: () => undefined, computed: () => undefined };
    const consensus = new ConsensusRecorder(
      store,
      new ProjectProtocols(store),
      async () => Promise.resolve(9),
      ignored,
    );
    const completed = await project.completeCase(drafts);
    const { streamId } = completed;
    await consensus.record(consensusJobOf({ ...completed, organisation: project.organisation }).payload);
    const events = (await project.eventsOf(streamId)).map(decodeEvent).filter(isCaseEvent);
    if (!events.some(({ type }) => type === 'adjudicationOpened')) return undefined;
    const disagreements = events.flatMap((event) => (event.type === 'disagreementFound' ? event.disagreements : []));
    const choices = disagreements.map(({ disagreementId, options }) => ({
      disagreementId,
      option: options[0]?.option ?? '',
      reason: 'clearOnImage' as const,
    }));
    const seat = { annotatorId: annotatorId(80), claimId: claimId(80), at: instant(0), protocol: fourReads };
    await project.decide(streamId, () => ({ type: 'claimSeat', ...seat, role: 'adjudicator', leases: [] }));
    const leases = [{ annotatorId: seat.annotatorId, claimId: seat.claimId, endsAt: instant(1) }];
    const vote = { annotationId: annotationId(80), draft: nodule(0), choices, leases };
    return project.decide(streamId, () => ({ type: 'vote', ...seat, ...vote }));
  }

  it('holds each read in its first submission against the decision, every case being one that its cause brings', async () => {
    const decision = await decided(journal, [nodule(0), empty, nodule(2), empty]);
    if (decision === undefined) throw new Error('its reads agree');
    expect(decision.type).toBe('adjudicationDecided');
    await recorder.record(jobOf(decision));
    const [scoring, ...more] = await scoringsOf(decision.streamId);
    expect(more).toEqual([]);
    expect(scoring).toMatchObject({
      basedOnVersion: decision.streamVersion,
      truth: { kind: 'adjudicated', samplingProbability: 1 },
    });
    expect(scoring?.scores.map(({ items, regions }) => [items.map(({ given }) => given), regions.matched])).toEqual([
      [['present'], 1],
      [['absent'], 0],
      [['present'], 1],
      [['absent'], 0],
    ]);
  });

  it('though its reads agreed says how likely it was to be drawn', async () => {
    const drawing = new JournalFixture(new PostgresEventStore(api));
    await drawing.createProject(half);
    let decision: RecordedEvent | undefined;
    for (let attempt = 0; attempt < 60 && decision === undefined; attempt += 1) {
      decision = await decided(drawing, [nodule(0), nodule(0), nodule(0), nodule(0)]);
    }
    if (decision === undefined) throw new Error('none of sixty cases was drawn');
    await recorder.record(scoringJobOf({ ...decision, organisation: drawing.organisation }).payload);
    const events = (await drawing.eventsOf(decision.streamId)).map(decodeEvent);
    expect(events.at(-1)).toMatchObject({
      type: 'answersScored',
      truth: { kind: 'adjudicated', samplingProbability: 0.5 },
    });
  });
});

describe('answers to gold that have become worse', () => {
  it('raise an alert once, with what it came of, and pause the annotator where the protocol says so', async () => {
    const watched = new JournalFixture(new PostgresEventStore(api));
    await watched.createProject({ ...fourReads, pausesOnDrift: true });
    const reader = await watched.registerAnnotator();
    const drift = new DriftWatch(new PostgresEventStore(quality), async (query) => goldScoresOf(quality, query), {
      alerted: () => outcomes.push('alerted'),
    });
    const { organisation, projectId } = watched;
    const answers: RecordedEvent[] = [];
    for (let answer = 0; answer < 9; answer += 1) answers.push(await watched.answerGold(reader, nodule(0), empty));
    for (const answer of answers.slice(0, 7)) await recorder.record(scoringJobOf({ ...answer, organisation }).payload);
    expect(await watched.annotatorEventsOf(reader)).toHaveLength(1);
    // The eighth wrong answer reaches the threshold; what comes of the ninth is the same alert.
    for (const answer of answers.slice(7)) await recorder.record(scoringJobOf({ ...answer, organisation }).payload);
    const [, raised, paused, ...more] = await watched.annotatorEventsOf(reader);
    expect(more).toEqual([]);
    expect(raised).toMatchObject({ type: 'alertRaised', kind: 'goldDrift', statements: 8, projectId });
    expect(raised?.type === 'alertRaised' ? raised.evidence : []).toHaveLength(8);
    expect(paused).toMatchObject({ type: 'annotatorPaused', reason: 'quality' });
    expect(outcomes.filter((outcome) => outcome === 'alerted')).toHaveLength(1);
    const assessed = { organisation, projectId, annotatorId: reader, correlationId: 'again' };
    await drift.assess({ ...assessed, protocol: { ...fourReads, pausesOnDrift: true } });
    expect(await watched.annotatorEventsOf(reader)).toHaveLength(3);
  });

  it('of an account behind which nobody is known raise none', async () => {
    const drift = new DriftWatch(
      new PostgresEventStore(quality),
      async () => Promise.reject(new Error('is not asked')),
      {
        alerted: () => undefined,
      },
    );
    const assessed = { organisation: journal.organisation, projectId: journal.projectId, annotatorId: annotatorId(1) };
    const protocol = { ...fourReads, readerIdentity: 'notPublished' } as const;
    await expect(drift.assess({ ...assessed, correlationId: 'none', protocol })).resolves.toBeUndefined();
  });
});

describe('a scoring job', () => {
  it('that runs again, or beside another, adds nothing', async () => {
    const { streamId } = await goldCase();
    const answer = await journal.readAgain(streamId, nodule(0));
    await Promise.all([recorder.record(jobOf(answer)), recorder.record(jobOf(answer))]);
    await recorder.record(jobOf(answer));
    expect(await scoringsOf(streamId)).toHaveLength(1);
    expect(outcomes.toSorted()).toEqual(['answeredBefore', 'answeredBefore', 'scored']);
  });

  it('for an event that is none, or is not there, fails for good', async () => {
    const { streamId, set } = await goldCase();
    const job = jobOf(set);
    await expect(recorder.record({ ...job, streamVersion: 99 })).rejects.toThrow(PermanentJobFailure);
    const imported = (await journal.eventsOf(streamId))[0];
    if (imported === undefined) throw new Error('the case has events');
    await expect(recorder.record(jobOf(imported))).rejects.toThrow('NOT_A_CAUSE');
    expect(await scoringsOf(streamId)).toEqual([]);
  });

  it('is found in the journal until it is answered, whatever was scored besides', async () => {
    const due = async (streamId: StreamId) =>
      (await findUnscored(quality, { limit: 1_000, olderThanMs: 0 }))
        .filter((found) => found.streamId === streamId)
        .map(({ streamVersion }) => streamVersion);
    const { streamId, set } = await goldCase();
    const [one, two] = [await journal.readAgain(streamId, empty), await journal.readAgain(streamId, nodule(0))];
    expect(await due(streamId)).toEqual([set, one, two].map(({ streamVersion }) => streamVersion));
    await recorder.record(jobOf(two));
    expect(await due(streamId)).toEqual([set, one].map(({ streamVersion }) => streamVersion));
    await recorder.record(jobOf(set));
    await recorder.record(jobOf(one));
    expect(await due(streamId)).toEqual([]);
  });
});
