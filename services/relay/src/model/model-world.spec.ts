import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { decodeEnvelope, encodeEvent, merkleLeafOf, routeOf, topicOf } from '@consilium/contracts';
import type { CommandId, EventId, Instant, OrganisationId, StreamId } from '@consilium/domain';
import { streamIdOf } from '@consilium/domain';
import { EpochFenced } from '@consilium/event-store';
import type { LoggedEvent, StoredCheckpoint } from '@consilium/event-store';
import { InMemoryEventStore } from '@consilium/event-store/testing';
import { PublisherClosed } from '@consilium/messaging';
import { InMemoryMessaging } from '@consilium/messaging/testing';
import {
  checkpointIn,
  emptyTree,
  equalHashes,
  growTree,
  leafHashOf,
  logSigningKey,
  rootOfEdge,
} from '@consilium/transparency';
import type fc from 'fast-check';
import { ModelConsumer, rowOf } from './model-consumer.spec.ts';
import { leaseMs, ModelRelay, prefix } from './model-relay.spec.ts';
import { Died, type Life, mortal } from './mortal.spec.ts';

/** Faults that are put in on purpose: a model that does not find them would find nothing. */
export type PlantedFault = 'answersForgotten' | 'cursorTrusted' | 'repeatsApplied';

interface Sent {
  readonly commandId: CommandId;
  readonly streams: readonly StreamId[];
  /** On each stream. */
  readonly eventCount: number;
  /** Decides on a version that the stream will not have either. */
  readonly isWrong: boolean;
  acknowledged: boolean;
}

const organisation = randomUUID() as OrganisationId;
const origin = 'consilium.example/model';
const keys = { origin, keys: [logSigningKey(origin, generateKeyPairSync('ed25519').privateKey)] };
const streams = Array.from({ length: 3 }, () => streamIdOf('case', randomUUID()));

/** Clients, one API, two relays, a consumer and an anchor over the in-memory twins, in a time that the scheduler makes. */
export class ModelWorld {
  readonly #scheduler: fc.Scheduler;
  readonly #plant: PlantedFault | undefined;
  readonly #store: InMemoryEventStore;
  readonly #messaging = new InMemoryMessaging();
  readonly #consumer: ModelConsumer;
  readonly #sent: Sent[] = [];
  readonly #relays: ({ readonly relay: ModelRelay; isBusy: boolean } | undefined)[] = [undefined, undefined];
  readonly #faults: string[] = [];
  readonly #anchored: StoredCheckpoint[] = [];
  #api: Life = { alive: true };
  #nowMs = 1_000_000;

  constructor(scheduler: fc.Scheduler, plant?: PlantedFault) {
    this.#scheduler = scheduler;
    this.#plant = plant;
    this.#store = new InMemoryEventStore({ now: () => this.#nowMs as Instant });
    this.#consumer = new ModelConsumer(this.#messaging.broker, plant === 'repeatsApplied');
  }

  get commands(): number {
    return this.#sent.length;
  }

  send(first: number, count: number, eventCount: number, isWrong: boolean): void {
    const chosen = [...new Set(Array.from({ length: count }, (_, index) => streams[(first + index) % streams.length]))];
    const command: Sent = {
      commandId: randomUUID() as CommandId,
      streams: chosen.filter((streamId) => streamId !== undefined),
      eventCount,
      isWrong,
      acknowledged: false,
    };
    this.#sent.push(command);
    this.#run(this.#handle(command));
  }

  /** The same command once more, whether or not its first run has ended. */
  repeat(index: number): void {
    const command = this.#sent[index % Math.max(1, this.#sent.length)];
    if (command !== undefined) this.#run(this.#handle(command));
  }

  crashApi(): void {
    this.#api.alive = false;
    this.#api = { alive: true };
  }

  relayTurn(slot: number): void {
    const held = this.#relays[slot]?.relay.life.alive === true ? this.#relays[slot] : this.#startRelay(slot);
    if (held.isBusy) return;
    held.isBusy = true;
    this.#run(
      held.relay.turn().finally(() => {
        held.isBusy = false;
      }),
      () => {
        held.relay.life.alive = false;
      },
    );
  }

  crashRelay(slot: number): void {
    const held = this.#relays[slot];
    if (held !== undefined) held.relay.life.alive = false;
    this.#relays[slot] = undefined;
  }

  /** Long enough for any lease to end: the other relay may take over, though the first lives and does not know. */
  passTime(): void {
    this.#nowMs += leaseMs + 1;
  }

  consume(most: number): void {
    try {
      this.#consumer.step(topicOf(prefix, 'case'), most);
    } catch (error) {
      this.#faults.push(String(error));
    }
  }

  redeliver(): void {
    this.#consumer.forgetOffsets();
  }

  async tick(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      // Who was just answered may have a further call to make.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#scheduler.count() === 0) return;
      await this.#scheduler.waitNext(1);
    }
  }

  /** Everybody lives, everything under way ends, and every relay and consumer gets enough turns. */
  async settle(): Promise<void> {
    await this.tick(10_000);
    for (const index of this.#sent.keys()) {
      this.repeat(index);
      await this.tick(10_000);
    }
    this.crashRelay(0);
    this.crashRelay(1);
    this.passTime();
    for (let turn = 0; turn < 60; turn += 1) {
      this.relayTurn(0);
      await this.tick(10_000);
    }
    this.consume(10_000);
  }

  /** What is wrong at this moment; empty while all is well. */
  async problems(): Promise<readonly string[]> {
    const log = await this.#store.log.readAfter(0, 10_000);
    return [
      ...this.#faults,
      ...(await this.#commandProblems()),
      ...logProblems(log),
      ...this.#viewProblems(log),
      ...this.#headProblems(log),
    ];
  }

  /** What must be so once it has settled, besides: nothing is on its way any more. */
  async unfinished(): Promise<readonly string[]> {
    const log = await this.#store.log.readAfter(0, 10_000);
    const stored = (await this.#storedEvents()).length;
    const shown = [...this.#consumer.shown.values()].reduce((sum, { rows }) => sum + rows.length, 0);
    const open = this.#sent.filter(({ acknowledged, isWrong }) => !acknowledged && !isWrong);
    return [
      ...open.map(({ commandId }) => `${commandId} was never answered`),
      ...(log.length === stored ? [] : [`${String(stored)} events are stored, ${String(log.length)} have a number`]),
      ...(shown === log.length ? [] : [`${String(log.length)} events are in the log, ${String(shown)} are shown`]),
      ...(log.length < 2 || this.#anchored.length > 0 ? [] : ['nothing was anchored']),
    ];
  }

  async #handle(command: Sent): Promise<void> {
    const store = mortal(this.#store, this.#api, this.#scheduler);
    // With this fault a command that comes again is a new one.
    const commandId = this.#plant === 'answersForgotten' ? (randomUUID() as CommandId) : command.commandId;
    const key = { actorId: 'someone', commandId };
    const loaded = await store.load({ organisation, streams: command.streams, command: key });
    if (loaded.command !== undefined) {
      command.acknowledged = true;
      return;
    }
    const outcome = await store.append({
      organisation,
      command: { ...key, requestHash: createHash('sha256').update(command.commandId).digest('hex'), answer: '{}' },
      writes: command.streams.map((streamId) => {
        const version = (loaded.streams.get(streamId)?.version ?? 0) + (command.isWrong ? 1_000 : 0);
        const events = Array.from({ length: command.eventCount }, (_, index) =>
          eventOf(command, streamId, version + 1 + index, this.#nowMs),
        );
        return { streamId, expectedVersion: version, events };
      }),
      claims: [],
    });
    if (outcome.kind === 'appended' || outcome.kind === 'repeated') command.acknowledged = true;
    if (outcome.kind === 'commandMismatch') this.#faults.push(`${commandId} is known as another request`);
  }

  #startRelay(slot: number): { readonly relay: ModelRelay; isBusy: boolean } {
    const relay = new ModelRelay({
      scheduler: this.#scheduler,
      store: this.#store,
      messaging: this.#messaging,
      anchor: {
        newest: () => Promise.resolve(this.#anchored.toSorted((one, other) => one.size - other.size).at(-1)),
        put: (head) => {
          this.#anchored.push(head);
          return Promise.resolve();
        },
        heads: () => {
          throw new Error('a relay reads the newest alone');
        },
      },
      keys,
      sealBroken: (reason) => this.#faults.push(`sealing has ended: ${String(reason)}`),
      trustsCursor: this.#plant === 'cursorTrusted',
    });
    const held = { relay, isBusy: false };
    this.#relays[slot] = held;
    return held;
  }

  /** Work in the background: who was killed, or fenced, is no fault. */
  #run(work: Promise<void>, onEnd?: () => void): void {
    work.catch((error: unknown) => {
      onEnd?.();
      const isExpected = [Died, EpochFenced, PublisherClosed].some((kind) => error instanceof kind);
      if (!isExpected) this.#faults.push(String(error));
    });
  }

  async #storedEvents(): Promise<readonly { readonly commandId: string; readonly streamId: string }[]> {
    const { streams: loaded } = await this.#store.load({ organisation, streams });
    return [...loaded.values()].flatMap(({ events }) =>
      events.map(({ metaBytes }) => {
        const { commandId, streamId } = decodeEnvelope(metaBytes);
        return { commandId, streamId };
      }),
    );
  }

  /** What was acknowledged is stored; nothing is stored twice or by half; what was decided wrongly is not stored. */
  async #commandProblems(): Promise<readonly string[]> {
    const stored = await this.#storedEvents();
    return this.#sent.flatMap(({ commandId, streams: wanted, eventCount, isWrong, acknowledged }) => {
      const counts = wanted.map(
        (streamId) => stored.filter((event) => event.commandId === commandId && event.streamId === streamId).length,
      );
      const isWhole = counts.every((count) => count === eventCount);
      const isAbsent = counts.every((count) => count === 0);
      if (isWrong) return isAbsent ? [] : [`${commandId} is stored, and was decided on a version that is not there`];
      if (isWhole || (isAbsent && !acknowledged)) return [];
      return [
        `${commandId} is stored ${counts.join('+')} times of ${String(eventCount)}, acknowledged: ${String(acknowledged)}`,
      ];
    });
  }

  #viewProblems(log: readonly LoggedEvent[]): readonly string[] {
    return [...this.#consumer.shown].flatMap(([place, { rows }]) => {
      const told = log.filter(({ topic, partition }) => `${topicOf(prefix, topic)} ${String(partition)}` === place);
      const isReplay = rows.length <= told.length && rows.every((row, index) => row === rowOf(told[index] ?? noEvent));
      return isReplay ? [] : [`${place} shows what a replay of the log does not`];
    });
  }

  /** Each head that ever stood in the anchor is one of the log as it is now. */
  #headProblems(log: readonly LoggedEvent[]): readonly string[] {
    const leaves = log.map(({ globalSeq, streamHash }) => leafHashOf(merkleLeafOf(globalSeq, streamHash)));
    return this.#anchored.flatMap(({ size, note }) => {
      const head = checkpointIn(note);
      const { edge } = growTree(emptyTree, leaves.slice(0, size));
      const isOurs = head !== undefined && edge.size === size && equalHashes(rootOfEdge(edge), head.root);
      return isOurs ? [] : [`the head of ${String(size)} is none of this log`];
    });
  }
}

const noEvent = { streamId: '', streamVersion: 0, eventId: '' };

function logProblems(log: readonly LoggedEvent[]): readonly string[] {
  const versions = new Map<string, number>();
  const places = new Map<string, number>();
  return log.flatMap(({ globalSeq, streamId, streamVersion, topic, partition, partitionSeq }, index) => {
    const place = `${topic} ${String(partition)}`;
    const [version, seq] = [(versions.get(streamId) ?? 0) + 1, (places.get(place) ?? 0) + 1];
    versions.set(streamId, streamVersion);
    places.set(place, partitionSeq);
    const isWell = globalSeq === index + 1 && streamVersion === version && partitionSeq === seq;
    const { topic: ownTopic, partition: ownPartition } = routeOf(streamId);
    const isInPlace = topic === ownTopic && partition === ownPartition;
    return isWell && isInPlace
      ? []
      : [`number ${String(globalSeq)} of the log is ${streamId} ${String(streamVersion)}`];
  });
}

const eventOf = ({ commandId }: Sent, streamId: StreamId, streamVersion: number, nowMs: number) =>
  encodeEvent(
    { type: 'readsCompleted', readIds: [] },
    {
      eventId: randomUUID() as EventId,
      streamId,
      streamVersion,
      organisation,
      actor: { id: 'someone', role: 'system' },
      commandId,
      correlationId: commandId,
      causationId: commandId,
      occurredAt: nowMs as Instant,
      recordedAt: nowMs as Instant,
    },
  );
