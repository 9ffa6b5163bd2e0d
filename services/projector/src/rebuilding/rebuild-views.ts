import { eventTopics, topicOf } from '@consilium/contracts';
import type { EventTopics } from '@consilium/messaging';
import {
  activeGeneration,
  analyzeGeneration,
  canonicalSha256,
  createGeneration,
  dropGeneration,
  listGenerations,
  parkedStreamsOf,
  placesOf,
  shapeOf,
  switchGeneration,
  type ViewHashes,
  type ViewPlace,
} from '@consilium/read-model';
import { pause } from '@consilium/runtime';
import { GenerationRun, type GenerationRunOptions } from '../projecting/generation-run.ts';

const pollMs = 100;
/** While events keep coming, two generations are at the same place only for moments. */
const comparisons = 20;
const longestSwitchMs = 60_000;

export interface RebuildOptions extends Omit<GenerationRunOptions, 'generation'> {
  /** Lets readers see the new generation. Otherwise it is only built, compared, and left for inspection. */
  readonly takeSwitch: boolean;
  /** Drops the generation that was active before, after a switch. */
  readonly dropOld: boolean;
  /** Gives up: the unfinished generation is dropped by the next run. */
  readonly signal?: AbortSignal;
  readonly onProgress: (progress: {
    readonly events: number;
    readonly remaining: number;
    readonly perSecond: number;
  }) => void;
}

export interface RebuildResult {
  readonly generation: number;
  readonly previous: number;
  /** Applied until the end of every partition was reached for the first time, and how long that took. */
  readonly events: number;
  readonly seconds: number;
  readonly sha256: ViewHashes;
  /** Null where events came so fast that both were never seen at the same place, or the active one is of an older shape. */
  readonly equalToActive: boolean | null;
  readonly parkedStreams: number;
  readonly switched: boolean;
  /** The one transaction of the switch; null where none was taken. */
  readonly switchSeconds: number | null;
}

/**
 * Builds the next generation of the views from the first record on, beside the active one. One at a time: what an earlier
 * run left unfinished is dropped. A crash leaves an unfinished generation that nobody reads.
 */
export async function rebuildViews(options: RebuildOptions): Promise<RebuildResult> {
  const { session, messaging, signal } = options;
  for (const { generation, status } of await listGenerations(session)) {
    if (status === 'building') await dropGeneration(session, generation);
  }
  const previous = await activeGeneration(session);
  const generation = await createGeneration(session);
  const failed = new AbortController();
  const run = new GenerationRun({ ...options, generation });
  const topics = messaging.topics();
  const startedMs = performance.now();
  try {
    signal?.addEventListener('abort', () => {
      failed.abort(signal.reason);
    });
    await run.start((error) => {
      failed.abort(error);
    });
    const events = await catchUp(options, generation, topics, failed.signal, startedMs);
    const seconds = (performance.now() - startedMs) / 1_000;
    // The server would come to it a minute after the switch: until then readers would wait for plans made blindly.
    await analyzeGeneration(session, generation);
    const compared = await compare(options, generation, previous, failed.signal);
    const switchSeconds = options.takeSwitch ? await takeSwitch(options, generation, failed.signal) : null;
    const parkedStreams = (await parkedStreamsOf(session, generation)).length;
    await run.stop();
    if (options.takeSwitch && options.dropOld) await dropGeneration(session, previous);
    return {
      generation,
      previous,
      events,
      seconds,
      ...compared,
      parkedStreams,
      switched: options.takeSwitch,
      switchSeconds,
    };
  } finally {
    await run.stop();
    await topics.close();
  }
}

/** Waits until everything that is on Kafka is applied, and gives the number of events. */
async function catchUp(
  { session, prefix, onProgress }: RebuildOptions,
  generation: number,
  topics: EventTopics,
  failed: AbortSignal,
  startedMs: number,
): Promise<number> {
  for (;;) {
    failed.throwIfAborted();
    const places = await placesOf(session, generation);
    const positions = places.map((place) => ({ ...place, topic: topicOf(prefix, place.topic) }));
    const lags = await topics.partitionLag(eventTopics(prefix), positions);
    const remaining = lags.reduce((sum, { lag }) => sum + lag, 0);
    const events = places.reduce((sum, { nextSeq }) => sum + nextSeq - 1, 0);
    onProgress({ events, remaining, perSecond: Math.round((events * 1_000) / (performance.now() - startedMs)) });
    if (remaining === 0) return events;
    await pause(pollMs, failed);
  }
}

/**
 * Hashes both generations at the same place, with the streams that either parks left out. While events keep coming either may
 * be ahead of the other, so the places of both are asked for before and after.
 */
async function compare(
  { session }: RebuildOptions,
  generation: number,
  active: number,
  failed: AbortSignal,
): Promise<Pick<RebuildResult, 'equalToActive' | 'sha256'>> {
  let sha256 = await canonicalSha256(session, generation);
  // Of another shape: it has not the same rows, and is not meant to.
  if ((await shapeOf(session, active)) !== (await shapeOf(session, generation))) return { sha256, equalToActive: null };
  for (let attempt = 1; attempt <= comparisons; attempt += 1) {
    failed.throwIfAborted();
    const before = await placesOf(session, generation);
    const activeBefore = await placesOf(session, active);
    const parked = [...(await parkedStreamsOf(session, generation)), ...(await parkedStreamsOf(session, active))];
    const leaveOut = parked.map(({ streamId }) => streamId);
    sha256 = await canonicalSha256(session, generation, leaveOut);
    const other = await canonicalSha256(session, active, leaveOut);
    const others = [activeBefore, await placesOf(session, generation), await placesOf(session, active)];
    if (others.every((places) => samePlaces(before, places))) {
      return { sha256, equalToActive: JSON.stringify(sha256) === JSON.stringify(other) };
    }
    await pause(pollMs, failed);
  }
  return { sha256, equalToActive: null };
}

const samePlaces = (left: readonly ViewPlace[], right: readonly ViewPlace[]): boolean =>
  JSON.stringify(numbersOf(left)) === JSON.stringify(numbersOf(right));

const numbersOf = (places: readonly ViewPlace[]): readonly unknown[] =>
  places.filter(({ nextSeq }) => nextSeq > 1).map(({ topic, partition, nextSeq }) => [topic, partition, nextSeq]);

/** Gives the seconds that the switch itself took. */
async function takeSwitch({ session }: RebuildOptions, generation: number, failed: AbortSignal): Promise<number> {
  const deadlineMs = performance.now() + longestSwitchMs;
  for (;;) {
    const askedMs = performance.now();
    if ((await switchGeneration(session, generation)) === 'switched') return (performance.now() - askedMs) / 1_000;
    failed.throwIfAborted();
    if (performance.now() > deadlineMs)
      throw new Error('the new generation does not catch up with the active one, or readers never let go');
    await pause(pollMs / 10, failed);
  }
}
