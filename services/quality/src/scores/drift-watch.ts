import { createHash } from 'node:crypto';
import { decodeEvent, encodeEvent, isAnnotatorEvent, isCaseEvent, uuidv5, uuidv7 } from '@consilium/contracts';
import { annotator, assessedUpTo, fold, streamIdOf } from '@consilium/domain';
import type {
  AlertId,
  AnnotatorEvent,
  AnnotatorId,
  AnnotatorRefusal,
  CommandId,
  EventId,
  OrganisationId,
  ProjectId,
  Protocol,
} from '@consilium/domain';
import { decideAndAppend } from '@consilium/event-store';
import type { EventStore, GoldScoresQuery, LoadedStream, StoredScoring } from '@consilium/event-store';
import { qualityActor } from '../consensus/answer-cause.ts';
import { assessDrift } from './assess-drift.ts';

export interface DriftObserver {
  alerted(): void;
}

export interface Assessed {
  readonly organisation: OrganisationId;
  readonly projectId: ProjectId;
  readonly annotatorId: AnnotatorId;
  readonly protocol: Protocol;
  readonly correlationId: string;
}

/**
 * Raises an alert once an annotator's answers to gold have become worse than they may be. It looks at the whole of what was scored each time, so
 * that a run that was lost is made up for by the next answer; the decider raises one alert for the same evidence, whoever asks how often.
 */
export class DriftWatch {
  readonly #store: EventStore;
  readonly #goldScores: (query: GoldScoresQuery) => Promise<readonly StoredScoring[]>;
  readonly #observer: DriftObserver;

  constructor(
    store: EventStore,
    goldScores: (query: GoldScoresQuery) => Promise<readonly StoredScoring[]>,
    observer: DriftObserver,
  ) {
    this.#store = store;
    this.#goldScores = goldScores;
    this.#observer = observer;
  }

  /** @throws StoreUnavailable, UnreadableEvent */
  async assess({ organisation, projectId, annotatorId, protocol, correlationId }: Assessed): Promise<void> {
    // Numbers of an account behind which nobody is known are those of several people.
    if (protocol.readerIdentity === 'notPublished') return;
    const scorings = (await this.#goldScores({ organisation, projectId, annotatorId })).flatMap((stored) => {
      const event = decodeEvent(stored);
      return isCaseEvent(event) && event.type === 'answersScored' ? [{ ...stored, event }] : [];
    });
    const newest = scorings.at(-1);
    if (newest === undefined) return;
    const streamId = streamIdOf('annotator', annotatorId);
    const assessed = (stream: LoadedStream | undefined) => {
      const state = fold(annotator, (stream?.events ?? []).map(decodeEvent).filter(isAnnotatorEvent));
      return { state, figures: assessDrift(scorings, annotatorId, assessedUpTo(state)) };
    };
    const before = await this.#store.load({ organisation, streams: [streamId] });
    if (assessed(before.streams.get(streamId)).figures === undefined) return;
    const commandId = uuidv5(newest.eventId, `raiseAlert/goldDrift1/${annotatorId}`) as CommandId;
    const outcome = await decideAndAppend<AnnotatorRefusal>(
      this.#store,
      {
        organisation,
        actorId: qualityActor.id,
        commandId,
        requestHash: createHash('sha256').update(commandId).digest('hex'),
        streams: [streamId],
      },
      ({ streams, now }) => {
        const stream = streams.get(streamId);
        const { state, figures } = assessed(stream);
        const nothing = { kind: 'accepted', writes: [], claims: [], answer: '0' } as const;
        if (figures === undefined || stream === undefined) return nothing;
        const decision = annotator.decide(
          {
            type: 'raiseAlert',
            annotatorId,
            alertId: uuidv5(figures.evidence.at(-1) ?? newest.eventId, `alert/goldDrift/${annotatorId}`) as AlertId,
            kind: 'goldDrift',
            pauses: protocol.pausesOnDrift === true,
            ...figures,
          },
          state,
        );
        if (!decision.ok) return { kind: 'refused', refusal: decision.refusal };
        const encode = (event: AnnotatorEvent, index: number) =>
          encodeEvent(event, {
            eventId: uuidv7(now) as EventId,
            streamId,
            streamVersion: stream.version + 1 + index,
            organisation,
            actor: qualityActor,
            commandId,
            correlationId,
            causationId: newest.eventId,
            occurredAt: now,
            recordedAt: now,
          });
        const events = decision.events.map(encode);
        if (events.length === 0) return nothing;
        return { ...nothing, writes: [{ streamId, events }], answer: String(events.length) };
      },
    );
    // Refused of somebody who is no annotator any more, and contended: the next answer asks again.
    if (outcome.kind === 'done' && !outcome.repeated && outcome.answer !== '0') this.#observer.alerted();
  }
}
