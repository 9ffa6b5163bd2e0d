import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeEvent, isCaseEvent } from '@consilium/contracts';
import { plainText, streamIdOf } from '@consilium/domain';
import type { CaseCommand, CaseEvent, CommandId } from '@consilium/domain';
import { countReadersLeft, eventStoreMigrations, PostgresEventStore } from '@consilium/event-store';
import type { ReadersLeftQuery } from '@consilium/event-store';
import { InMemoryEventStore } from '@consilium/event-store/testing';
import { PermanentJobFailure } from '@consilium/jobs';
import { Database } from '@consilium/postgres';
import { createTestDatabase } from '@consilium/postgres/testing';
import type { TestDatabase } from '@consilium/postgres/testing';
import {
  annotationId as numberedAnnotation,
  disagreementId,
  instant,
  sampleFinding,
  sentenceId,
} from '@consilium/testing';
import { empty, fourReads, JournalFixture, nodule } from '../quality-fixture.spec.ts';
import { consensusJobOf } from '@consilium/contracts';
import { ConsensusRecorder } from './consensus-recorder.ts';
import { ProjectProtocols } from './project-protocols.ts';

let test: TestDatabase;
let api: Database;
let quality: Database;
let journal: JournalFixture;
let outcomes: string[];
let recorder: ConsensusRecorder;

const connect = (role: 'consilium_api' | 'consilium_quality'): Database =>
  new Database({ url: test.url, role, applicationName: 'quality-spec', poolSize: 8, onIdleError: () => undefined });

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

  recorder = new ConsensusRecorder(store, new ProjectProtocols(store), readersLeft, {
    recorded: (outcome) => outcomes.push(outcome),
    computed: () => undefined,
  });
});

const readersLeft = async (query: ReadersLeftQuery): Promise<number> => countReadersLeft(quality, query);

const jobOf = (completed: Awaited<ReturnType<JournalFixture['completeCase']>>) =>
  consensusJobOf({ ...completed, organisation: journal.organisation }).payload;

describe('four reads of a case', () => {
  it('that all mark the nodule reach a consensus, caused by the completion', async () => {
    const completed = await journal.completeCase([nodule(0), nodule(2), nodule(4), nodule(1)]);
    await recorder.record(jobOf(completed));
    const [answer, ...more] = await journal.consensusEventsOf(completed.streamId);
    expect(more).toEqual([]);
    expect(answer?.envelope).toMatchObject({
      actor: { id: 'service:quality', role: 'system' },
      correlationId: 'the-correlation',
      causationId: completed.eventId,
      streamVersion: completed.streamVersion + 1,
    });
    expect(answer?.event).toMatchObject({
      type: 'consensusReached',
      consensus: {
        basedOnVersion: completed.streamVersion,
        method: { name: 'majority', version: '1', parameters: { gate: 0.5 } },
        regions: [
          {
            decision: 'present',
            score: 1,
            supporters: { count: 4, of: 4 },
            box: { x1: 1.5, y1: 10, x2: 21.5, y2: 30 },
          },
        ],
      },
    });
    expect(outcomes).toEqual(['settled']);
  });

  it('of which two mark it and two find nothing there are a disagreement', async () => {
    const completed = await journal.completeCase([nodule(0), empty, nodule(2), empty]);
    await recorder.record(jobOf(completed));
    expect(await journal.consensusEventsOf(completed.streamId)).toMatchObject([
      { event: { type: 'disagreementFound', consensus: { regions: [{ decision: 'disputed', score: 0.5 }] } } },
    ]);
    expect(outcomes).toEqual(['disputed']);
  });

  it('of which one marks it agree that it is absent', async () => {
    const completed = await journal.completeCase([empty, empty, nodule(0), empty]);
    await recorder.record(jobOf(completed));
    expect(await journal.consensusEventsOf(completed.streamId)).toMatchObject([
      { event: { type: 'consensusReached', consensus: { regions: [{ decision: 'absent', score: 0.25 }] } } },
    ]);
  });

  it('that all find nothing there settle on it', async () => {
    const completed = await journal.completeCase([empty, empty, empty, empty]);
    await recorder.record(jobOf(completed));
    expect(await journal.consensusEventsOf(completed.streamId)).toMatchObject([
      { event: { type: 'consensusReached', consensus: { regions: [] } } },
    ]);
  });
});

describe('a job that runs more than once', () => {
  it('writes one event, and gives the same answer again', async () => {
    const completed = await journal.completeCase([nodule(0), nodule(1), nodule(2), empty]);
    for (let run = 0; run < 3; run += 1) await recorder.record(jobOf(completed));
    expect(await journal.consensusEventsOf(completed.streamId)).toHaveLength(1);
    expect(outcomes).toEqual(['settled', 'answeredBefore', 'answeredBefore']);
  });

  it('in many workers at once writes one event', async () => {
    const completed = await journal.completeCase([nodule(0), nodule(1), nodule(2), nodule(3)]);
    await Promise.all(Array.from({ length: 8 }, async () => recorder.record(jobOf(completed))));
    expect(await journal.consensusEventsOf(completed.streamId)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'settled')).toHaveLength(1);
  });
});

it('the same history gives the same bytes, at another time and in another store', async () => {
  const project = await journal.eventsOf(streamIdOf('project', journal.projectId));
  const completed = await journal.completeCase([nodule(0), nodule(2), empty, nodule(60)]);
  const history = await journal.eventsOf(completed.streamId);
  await recorder.record(jobOf(completed));
  const [first] = await journal.consensusEventsOf(completed.streamId);

  const other = new InMemoryEventStore({ now: () => instant(1) });
  for (const events of [project, history]) {
    const [{ streamId } = completed] = events;
    await other.append({
      organisation: journal.organisation,
      command: { actorId: 'copy', commandId: randomUUID() as CommandId, requestHash: '0'.repeat(64), answer: '{}' },
      writes: [{ streamId, expectedVersion: 0, events }],
      claims: [],
    });
  }
  const silent = { recorded: () => undefined, computed: () => undefined };
  await new ConsensusRecorder(other, new ProjectProtocols(other), readersLeft, silent).record(jobOf(completed));
  const { streams } = await other.load({ organisation: journal.organisation, streams: [completed.streamId] });
  const second = streams.get(completed.streamId)?.events.findLast(({ type }) => type === 'disagreementFound');
  expect(second).toBeDefined();
  expect(Buffer.from(second?.payloadBytes ?? []).toString()).toBe(
    Buffer.from(first?.recorded.payloadBytes ?? []).toString(),
  );
});

describe('reads that were taken back', () => {
  const submissionsOf = (events: readonly CaseEvent[]) =>
    events.filter((event) => event.type === 'annotationSubmitted');
  const withdrawLast = (events: readonly CaseEvent[]): CaseCommand => {
    const last = submissionsOf(events).at(-1);
    if (last === undefined) throw new Error('nobody has read');
    const { annotatorId, revision } = last;
    return { type: 'withdrawAnnotation', annotatorId, revision, protocol: fourReads };
  };

  it('are answered anew when they are complete again, from what counts then', async () => {
    const completed = await journal.completeCase([nodule(0), empty, nodule(2), empty]);
    await recorder.record(jobOf(completed));
    await journal.decide(completed.streamId, withdrawLast);
    const again = await journal.readAgain(completed.streamId, nodule(4));
    expect(again.type).toBe('readsCompleted');
    await recorder.record(jobOf(again));
    expect(await journal.consensusEventsOf(completed.streamId)).toMatchObject([
      { event: { type: 'disagreementFound', consensus: { basedOnVersion: completed.streamVersion } } },
      {
        event: {
          type: 'consensusReached',
          consensus: { basedOnVersion: again.streamVersion, regions: [{ decision: 'present', score: 0.75 }] },
        },
      },
    ]);
    // The first job comes once more, late.
    await recorder.record(jobOf(completed));
    expect(outcomes).toEqual(['disputed', 'settled', 'answeredBefore']);
    expect(await journal.consensusEventsOf(completed.streamId)).toHaveLength(2);
  });

  it('are not answered while they are open, and that is no failure of the job', async () => {
    const completed = await journal.completeCase([nodule(0), nodule(1), nodule(2), empty]);
    await journal.decide(completed.streamId, withdrawLast);
    await recorder.record(jobOf(completed));
    expect(outcomes).toEqual(['superseded']);
    expect(await journal.consensusEventsOf(completed.streamId)).toEqual([]);
  });

  it('and restored are answered anew, from the restored content and not from what was given between', async () => {
    const completed = await journal.completeCase([nodule(0), nodule(2), nodule(4), nodule(6)]);
    const { streamId } = completed;
    await recorder.record(jobOf(completed));
    await journal.decide(streamId, withdrawLast);
    const given = submissionsOf((await journal.eventsOf(streamId)).map(decodeEvent).filter(isCaseEvent)).at(-1);
    if (given === undefined) throw new Error('nobody has read');
    const { readId, annotatorId, claimId, annotationId, annotation } = given;
    const read = { annotatorId, claimId, protocol: fourReads, at: instant(0) };
    await journal.decide(streamId, () => ({ type: 'claimRead', ...read, readId, leases: [] }));
    const leases = [{ annotatorId, claimId, endsAt: instant(1) }];
    const other = { annotationId: numberedAnnotation(2), revision: 0, draft: empty };
    const between = await journal.decide(streamId, () => ({ type: 'submitAnnotation', ...read, ...other, leases }));
    expect(between.type).toBe('readsCompleted');
    const again = await journal.decide(streamId, () => ({
      type: 'restoreAnnotation',
      independence: 'blind',
      ...read,
      readId,
      annotationId,
      revision: 1,
      annotation,
      leases: [],
    }));
    expect(again.type).toBe('readsCompleted');
    await recorder.record(jobOf(between));
    await recorder.record(jobOf(again));
    expect(outcomes).toEqual(['settled', 'superseded', 'settled']);
    const [first, second, ...more] = await journal.consensusEventsOf(streamId);
    expect(more).toEqual([]);
    expect(second?.event.consensus.consensusId).not.toBe(first?.event.consensus.consensusId);
    expect(second?.event.consensus.regions).toMatchObject([
      { decision: 'present', supporters: { count: 4, of: 4 }, box: first?.event.consensus.regions[0]?.box },
    ]);
  });
});

describe('sentences that change', () => {
  const answering = (version: number) => ({
    ...empty,
    answer: 'findings' as const,
    findings: [sampleFinding(1, { sentence: { sentenceId: sentenceId(1), version } })],
  });
  const text = { es: plainText('Nódulo.'), en: plainText('Nodule.') };

  it('in their words and in parts are one question to all who have read them, by what they are now', async () => {
    const completed = await journal.completeCase([1, 1, 1, 1].map(answering));
    const { streamId } = completed;
    await journal.decide(streamId, () => ({
      type: 'correctSentence',
      sentenceId: sentenceId(1),
      version: 1,
      change: 'wording',
      text,
      questions: [],
      protocol: fourReads,
    }));
    const split = await journal.decide(streamId, () => ({
      type: 'splitSentence',
      sentenceId: sentenceId(1),
      version: 2,
      into: [2, 3].map((number) => ({ sentenceId: sentenceId(number), text })),
      linksTo: sentenceId(3),
      questions: [],
      protocol: fourReads,
    }));
    expect(split.type).toBe('readsCompleted');
    await recorder.record(jobOf(completed));
    await recorder.record(jobOf(split));
    expect(outcomes).toEqual(['superseded', 'settled']);
    expect(await journal.consensusEventsOf(streamId)).toMatchObject([
      { event: { consensus: { sentences: [{ sentenceId: sentenceId(3), version: 1, decision: 'settled' }] } } },
    ]);
  });

  it('and are questioned are told with what the reads disagree about', async () => {
    const completed = await journal.completeCase([1, 1, 1, 1].map(answering));
    const { streamId } = completed;
    const question = {
      projectId: journal.projectId,
      disagreementId: disagreementId(1),
      sentenceId: sentenceId(1),
      version: 2,
      checker: { name: 'rules', version: '1' },
      hits: [{ type: 'negation' as const, code: 'lost' as const, es: { start: 0, end: 3 }, en: null }],
    };
    await journal.decide(streamId, () => ({
      type: 'correctSentence',
      sentenceId: sentenceId(1),
      version: 1,
      change: 'translation',
      text,
      questions: [question],
      protocol: fourReads,
    }));
    await recorder.record(jobOf(completed));
    expect(await journal.consensusEventsOf(streamId)).toMatchObject([
      { event: { type: 'consensusReached', disagreements: [{ kind: 'translation', sentenceId: sentenceId(1) }] } },
    ]);
  });
});

describe('a job that can never succeed', () => {
  it.each<[string, object, string]>([
    ['a case that is not there', { caseId: randomUUID() }, 'NO_SUCH_EVENT'],
    ['a version that has another event', { streamVersion: 1 }, 'NO_SUCH_EVENT'],
    ['a version that is not there', { streamVersion: 1_000 }, 'NO_SUCH_EVENT'],
    ['another event id', { eventId: randomUUID() }, 'NO_SUCH_EVENT'],
    ['another organisation', { organisation: randomUUID() }, 'NO_SUCH_EVENT'],
  ])('fails for good: %s', async (_name, changes, code) => {
    const completed = await journal.completeCase([empty, empty, empty, empty]);
    await expect(recorder.record({ ...jobOf(completed), ...changes })).rejects.toThrow(new PermanentJobFailure(code));
    expect(await journal.consensusEventsOf(completed.streamId)).toEqual([]);
  });

  it('fails for good when the project never had the protocol', async () => {
    const stray = new JournalFixture(new PostgresEventStore(api));
    const completed = await stray.completeCase([empty, empty, empty, empty]);
    const job = consensusJobOf({ ...completed, organisation: stray.organisation }).payload;
    await expect(recorder.record(job)).rejects.toThrow(new PermanentJobFailure('PROTOCOL_UNKNOWN'));
  });
});
