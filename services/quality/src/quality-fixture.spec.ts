import { createHash, randomUUID } from 'node:crypto';
import {
  decodeEnvelope,
  decodeEvent,
  encodeEvent,
  encodeRecord,
  eventTopics,
  isCaseEvent,
  partitionsPerTopic,
  routeOf,
  uuidv7,
} from '@consilium/contracts';
import type { DomainEvent } from '@consilium/contracts';
import { fold, medicalCase, plainText, streamIdOf } from '@consilium/domain';
import type {
  AnnotationDraft,
  AnnotatorId,
  CaseCommand,
  CaseEvent,
  CaseId,
  ClaimId,
  CommandId,
  EventId,
  Instant,
  OrganisationId,
  PersonId,
  ProjectId,
  Protocol,
  ReadId,
  StreamId,
} from '@consilium/domain';
import type { Claim, EventStore, RecordedEvent } from '@consilium/event-store';
import {
  annotationId,
  nothingThere,
  sampleCase,
  sampleDraft,
  sampleProtocol,
  sampleRegion,
  subjectId,
} from '@consilium/testing';

export const fourReads: Protocol = sampleProtocol({ readsPerCase: 4 });
const dataKey = { subjectId: subjectId(1), keyVersion: 1, key: Buffer.alloc(32, 1) };

/** A box of 20 by 20 pixels, moved to the right by so many. */
export const nodule = (across: number): AnnotationDraft =>
  sampleDraft(sampleRegion(across + 1, { x1: String(across), y1: '10', x2: String(across + 20), y2: '30' }));

/** Cases with complete reads, written to a journal as the API would. */
export class JournalFixture {
  readonly organisation = randomUUID() as OrganisationId;
  readonly projectId = randomUUID() as ProjectId;
  readonly store: EventStore;

  constructor(store: EventStore) {
    this.store = store;
  }

  async createProject(protocol: Protocol = fourReads): Promise<void> {
    await this.#append(streamIdOf('project', this.projectId), [
      { type: 'projectCreated', projectId: this.projectId, name: 'LIDC' },
      { type: 'protocolAdopted', protocolVersion: 1, protocol },
    ]);
  }

  /** Its readsCompleted event comes last. */
  async completeCase(drafts: readonly AnnotationDraft[]): Promise<RecordedEvent> {
    const caseId = randomUUID() as CaseId;
    const streamId = streamIdOf('case', caseId);
    const content = sampleCase({ caseId, projectId: this.projectId });
    const events: DomainEvent[] = [{ type: 'caseImported', ...content }];
    for (const draft of drafts) events.push(...readOf(events, draft));
    await this.#append(streamId, events);
    const completed = (await this.eventsOf(streamId)).at(-1);
    if (completed?.type !== 'readsCompleted') throw new Error('the reads are not complete');
    return completed;
  }

  async registerAnnotator(): Promise<AnnotatorId> {
    const annotatorId = randomUUID() as AnnotatorId;
    const personId = randomUUID() as PersonId;
    const registered = { type: 'annotatorRegistered', annotatorId, projectId: this.projectId, personId } as const;
    await this.#append(streamIdOf('annotator', annotatorId), [registered]);
    return annotatorId;
  }

  async annotatorEventsOf(annotatorId: AnnotatorId): Promise<readonly DomainEvent[]> {
    return (await this.eventsOf(streamIdOf('annotator', annotatorId))).map(decodeEvent);
  }

  /** A gold case of its own, with what the annotator says of it; the claim stands in the journal as the API would have it. */
  async answerGold(annotatorId: AnnotatorId, truth: AnnotationDraft, answer: AnnotationDraft): Promise<RecordedEvent> {
    const caseId = randomUUID() as CaseId;
    const streamId = streamIdOf('case', caseId);
    const events: DomainEvent[] = [{ type: 'caseImported', ...sampleCase({ caseId, projectId: this.projectId }) }];
    const set = medicalCase.decide(
      {
        type: 'setGold',
        annotationId: annotationId(90),
        source: { kind: 'external', note: plainText('biopsy') },
        draft: truth,
        setBy: randomUUID() as AnnotatorId,
        protocol: fourReads,
      },
      fold(medicalCase, caseEvents(events)),
    );
    if (!set.ok) throw new Error(`the fixture was refused: ${set.refusal.code}`);
    events.push(...set.events);
    events.push(...readOf(events, answer, annotatorId));
    const claimId = randomUUID() as ClaimId;
    await this.#append(streamId, events, 0, [
      { caseId, annotatorId, projectId: this.projectId, claimId, status: 'answeredGold', leaseEndsAt: 0 as Instant },
    ]);
    const last = (await this.eventsOf(streamId)).at(-1);
    if (last?.type !== 'goldAnswered') throw new Error('the case was not answered as gold');
    return last;
  }

  async eventsOf(streamId: StreamId): Promise<readonly RecordedEvent[]> {
    const { streams } = await this.store.load({ organisation: this.organisation, streams: [streamId] });
    return streams.get(streamId)?.events ?? [];
  }

  async consensusEventsOf(streamId: StreamId) {
    return (await this.eventsOf(streamId)).flatMap((recorded) => {
      const event = decodeEvent(recorded);
      return event.type === 'consensusReached' || event.type === 'disagreementFound'
        ? [{ recorded, event, envelope: decodeEnvelope(recorded.metaBytes) }]
        : [];
    });
  }

  /** One more read of the case, by somebody new; the last of the stream's events. */
  async readAgain(streamId: StreamId, draft: AnnotationDraft): Promise<RecordedEvent> {
    const before = (await this.eventsOf(streamId)).map(decodeEvent);
    return this.#appendMore(streamId, before.length, readOf(before, draft));
  }

  /** What the decider makes of a command; the last of the stream's events. */
  async decide(streamId: StreamId, command: (before: readonly CaseEvent[]) => CaseCommand): Promise<RecordedEvent> {
    const before = caseEvents((await this.eventsOf(streamId)).map(decodeEvent));
    const decision = medicalCase.decide(command(before), fold(medicalCase, before));
    if (!decision.ok) throw new Error(`the fixture was refused: ${JSON.stringify(decision.refusal)}`);
    return this.#appendMore(streamId, before.length, decision.events);
  }

  async #appendMore(streamId: StreamId, version: number, events: readonly DomainEvent[]): Promise<RecordedEvent> {
    await this.#append(streamId, events, version);
    const last = (await this.eventsOf(streamId)).at(-1);
    if (last === undefined) throw new Error('nothing was appended');
    return last;
  }

  async #append(
    streamId: StreamId,
    events: readonly DomainEvent[],
    expectedVersion = 0,
    claims: readonly Claim[] = [],
  ): Promise<void> {
    const commandId = randomUUID() as CommandId;
    const now = Date.now() as Instant;
    const outcome = await this.store.append({
      organisation: this.organisation,
      command: { actorId: 'fixture', commandId, requestHash: createHash('sha256').digest('hex'), answer: '{}' },
      claims,
      writes: [
        {
          streamId,
          expectedVersion,
          events: events.map((event, index) =>
            encodeEvent(
              event,
              {
                eventId: uuidv7(now) as EventId,
                streamId,
                streamVersion: expectedVersion + index + 1,
                organisation: this.organisation,
                actor: { id: 'fixture', role: 'annotator' },
                commandId,
                correlationId: 'the-correlation',
                causationId: commandId,
                occurredAt: now,
                recordedAt: now,
              },
              dataKey,
            ),
          ),
        },
      ],
    });
    if (outcome.kind !== 'appended') throw new Error(`the fixture met a ${outcome.kind}`);
  }
}

/** Claim and submission by somebody new, as the decider has them. */
function readOf(
  history: readonly DomainEvent[],
  draft: AnnotationDraft,
  annotatorId = randomUUID() as AnnotatorId,
): readonly DomainEvent[] {
  const claimId = randomUUID() as ClaimId;
  const common = { annotatorId, claimId, at: 0 as Instant, protocol: fourReads };
  const before = caseEvents(history);
  const claim = medicalCase.decide(
    { type: 'claimRead', ...common, readId: randomUUID() as ReadId, leases: [] },
    fold(medicalCase, before),
  );
  const claimed = claim.ok ? claim.events : [];
  const submission = medicalCase.decide(
    {
      type: 'submitAnnotation',
      ...common,
      leases: [{ claimId, annotatorId, endsAt: 1 as Instant }],
      annotationId: annotationId(1),
      revision: 0,
      draft,
    },
    fold(medicalCase, [...before, ...claimed]),
  );
  if (!submission.ok) throw new Error(`the fixture was refused: ${JSON.stringify(submission.refusal)}`);
  return [...claimed, ...submission.events];
}

const caseEvents = (events: readonly DomainEvent[]): readonly CaseEvent[] => events.filter(isCaseEvent);

export const topicSpecs = (prefix: string) =>
  eventTopics(prefix).map((topic) => ({ topic, partitions: partitionsPerTopic }));

/** An event as the relay publishes it; the numbers are not looked at here. */
export const recordOf = (event: RecordedEvent, prefix: string, number: number) => {
  const { partition } = routeOf(event.streamId);
  return encodeRecord(
    { ...event, topic: 'case', partition, globalSeq: number, partitionSeq: number },
    prefix,
    'the-log',
  );
};

export const empty = nothingThere;
