import { decodeEvent, decodeEnvelope } from '@consilium/contracts';
import type { Envelope } from '@consilium/contracts';
import { aggregateOf, idWithinStream } from '@consilium/domain';
import type { EventOfStream, JournalAudit } from '@consilium/event-store';
import type { Queryable } from '@consilium/postgres';
import { discardedEventsOf, LineReader, StreamRows, viewNames } from '@consilium/read-model';
import type { ViewName, ViewPlace } from '@consilium/read-model';

export interface ProveViewsOptions {
  readonly audit: JournalAudit;
  /** A transaction on the database of the views, in the snapshot that the journal is read in. */
  readonly snapshot: Queryable;
  readonly generation: number;
  /** How far the generation has come in every partition. */
  readonly places: readonly ViewPlace[];
  readonly onProgress: (events: number, of: number) => void;
}

const eventsPerRead = 500;
/** The rows of one stream are in memory together. No stream has so many events; should one, its views are proved the long way. */
const longestStream = 20_000;

/**
 * Whether the views are what the journal makes of them, for a journal that holds by itself: stream after stream is projected in
 * memory by the projector's own code, and each row written as a line, which must be the line that the server writes of the row
 * that it has. It says nothing of what is wrong: where this proof does not succeed, a replay beside the views does.
 * @returns how many rows are proved; undefined where something, be it only unusual, kept it from that
 */
export async function proveViews(options: ProveViewsOptions): Promise<number | undefined> {
  const { snapshot, generation } = options;
  const readers = new Map<ViewName, LineReader>();
  for (const view of viewNames) readers.set(view, await LineReader.open(snapshot, generation, view));
  return new ViewProof(options, readers).run();
}

class ViewProof {
  readonly #options: ProveViewsOptions;
  readonly #readers: ReadonlyMap<ViewName, LineReader>;
  readonly #nextSeqOf: ReadonlyMap<string, number>;
  #stream: StreamInProof | undefined;
  /** What the decisions that were shown leave out. */
  readonly #discarded = new Set<string>();
  #rows = 0;

  constructor(options: ProveViewsOptions, readers: ReadonlyMap<ViewName, LineReader>) {
    this.#options = options;
    this.#readers = readers;
    this.#nextSeqOf = new Map(options.places.map((place) => [nameOf(place), place.nextSeq]));
  }

  async run(): Promise<number | undefined> {
    const { audit, places, onProgress } = this.#options;
    const total = places.reduce((sum, { nextSeq }) => sum + nextSeq - 1, 0);
    let events = 0;
    let last: EventOfStream | undefined;
    for (;;) {
      const batch = await audit.eventsByStream(last, eventsPerRead);
      for (const event of batch) {
        if (!this.#isShown(event)) continue;
        if (event.streamId !== this.#stream?.streamId) {
          if (!(await this.#finishStream())) return undefined;
          this.#stream = new StreamInProof(event.streamId);
        }
        if (!this.#stream.takes(event)) return undefined;
        if (event.topic === 'quality') this.#noteDecision(event);
        events += 1;
      }
      last = batch.at(-1);
      if (last === undefined) break;
      onProgress(events, total);
    }
    if (events !== total || !(await this.#finishStream())) return undefined;
    for (const reader of this.#readers.values()) if (!(await reader.hasEnded())) return undefined;
    // Decisions make no rows, but for what they leave out.
    const { snapshot, generation } = this.#options;
    const left = await discardedEventsOf(snapshot, generation);
    const isSame = left.length === this.#discarded.size && left.every((eventId) => this.#discarded.has(eventId));
    return isSame ? this.#rows : undefined;
  }

  #noteDecision({ metaBytes, payloadBytes }: EventOfStream): void {
    const { type, schemaVersion } = decodeEnvelope(metaBytes);
    const event = decodeEvent({ type, schemaVersion, payloadBytes });
    if (event.type === 'parkedEventDiscarded') this.#discarded.add(event.parkedEventId);
  }

  #isShown(event: EventOfStream): boolean {
    return event.globalSeq > 0 && event.partitionSeq < (this.#nextSeqOf.get(nameOf(event)) ?? 1);
  }

  async #finishStream(): Promise<boolean> {
    for (const [view, lines] of this.#stream?.rows.lines() ?? []) {
      this.#rows += lines.length;
      if ((await this.#readers.get(view)?.goesOnWith(lines)) !== true) return false;
    }
    return true;
  }
}

class StreamInProof {
  readonly streamId: string;
  readonly rows: StreamRows;
  readonly #isStream: boolean;
  #events = 0;
  #partition = '';
  #lastSeq = 0;

  constructor(streamId: string) {
    this.streamId = streamId;
    this.#isStream = aggregateOf(streamId) !== undefined;
    this.rows = new StreamRows(idWithinStream(streamId as Envelope['streamId']));
  }

  /** False where a replay in the order of the log might make something else of it, or nothing. */
  takes(event: EventOfStream): boolean {
    const partition = nameOf(event);
    const isNext = event.partitionSeq > this.#lastSeq && (this.#events === 0 || partition === this.#partition);
    this.#partition = partition;
    this.#lastSeq = event.partitionSeq;
    this.#events += 1;
    if (!this.#isStream || !isNext || this.#events > longestStream) return false;
    const { metaBytes, payloadBytes, globalSeq } = event;
    const envelope = envelopeIn(metaBytes);
    return envelope?.streamId === this.streamId && this.rows.apply({ envelope, payloadBytes, globalSeq });
  }
}

/** Whether it is a whole envelope is asked of the same bytes where the journal is read by itself. */
function envelopeIn(metaBytes: Uint8Array): Envelope | undefined {
  try {
    return JSON.parse(Buffer.from(metaBytes).toString('utf8')) as Envelope;
  } catch {
    return undefined;
  }
}

const nameOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${topic} ${String(partition)}`;
