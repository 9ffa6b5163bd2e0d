/**
 * Applies records of the log to one generation of the views.
 *
 * Invariants
 * - Rows, place and change feed of a batch are one transaction: each event takes effect once, however often it comes and
 *   wherever a crash falls.
 * - Events of a partition are applied in the order of their dense numbers: a smaller one is a repeat, a larger one means
 *   that something is missing, and is not applied.
 */
import type { Aggregate } from '@consilium/domain';
import { isTransient, readBoolean } from '@consilium/postgres';
import type { Session, Transaction } from '@consilium/postgres';
import { passFailpoint } from '@consilium/runtime';
import { BatchQueue } from './batch-queue.ts';
import { beginBatch, type Checkpoint, finishBatch, type PartitionOfView } from './checkpoint.ts';
import { coalesce } from './coalesce.ts';
import { type ConsumedRecord, type DecodedRecord, decodeForViews, type ReadyEvent } from './decode-record.ts';
import { Parking } from './parking.ts';
import { isDeterministic, LogReplaced } from './projection-errors.ts';
import { releaseStream } from './release-stream.ts';
import { RowWriter, schemaOf } from './write-rows.ts';

export interface ProjectionStoreOptions {
  readonly generation: number;
  /** More streams than this cannot be parked: the views stop instead. @default 10 @minimum 0 */
  readonly mostParkedStreams?: number;
}

export interface RecordBatch {
  readonly topic: Aggregate;
  readonly partition: number;
  /** In the order of their offsets. */
  readonly records: readonly ConsumedRecord[];
}

interface Counts {
  /** Events that show now. */
  readonly applied: number;
  /** Repeats. */
  readonly skipped: number;
  /** Events put beside a parked stream. */
  readonly parked: number;
  /** Records that no relay wrote. */
  readonly strangers: number;
  /** When the newest event that shows now was recorded, epoch milliseconds. */
  readonly newestMs: number | undefined;
}

export type BatchOutcome =
  /** Read on from `nextOffset`; it may be far beyond the batch where everything in it was a repeat. */
  | ({ readonly kind: 'applied'; readonly nextOffset: string } & Counts)
  /** The event with number `expectedSeq` is missing before `foundSeq`: read again from `seekTo`. */
  | ({
      readonly kind: 'gap';
      readonly seekTo: string;
      readonly expectedSeq: number;
      readonly foundSeq: number;
    } & Counts);

/** What is to be done with a batch, given the place of its partition. */
interface Plan {
  readonly due: readonly Exclude<DecodedRecord, { readonly kind: 'stranger' }>[];
  readonly nextSeq: number;
  readonly nextOffset: number;
  readonly skipped: number;
  readonly strangers: number;
  readonly foundSeq: number | undefined;
}

/** Records of one partition, decoded. */
interface DecodedBatch extends PartitionOfView {
  readonly decoded: readonly DecodedRecord[];
}

/** What one partition brings into a transaction. */
interface Share {
  readonly view: PartitionOfView;
  readonly checkpoint: Checkpoint;
  readonly plan: Plan;
  readonly parking: Parking;
  readonly events: readonly ReadyEvent[];
}

/** Gives, of each share, the events that were written. */
type WriteShares = (transaction: Transaction, shares: readonly Share[]) => Promise<readonly (readonly ReadyEvent[])[]>;

export class ProjectionStore {
  readonly #session: Session;
  readonly #generation: number;
  readonly #mostParkedStreams: number;
  readonly #writer: RowWriter;
  readonly #queue: BatchQueue<DecodedBatch, BatchOutcome>;

  /** `session` runs as `consilium_projector`, for no organisation. */
  constructor(session: Session, { generation, mostParkedStreams = 10 }: ProjectionStoreOptions) {
    this.#session = session;
    this.#generation = generation;
    this.#mostParkedStreams = mostParkedStreams;
    this.#writer = new RowWriter(generation);
    this.#queue = new BatchQueue({
      run: async (batches) => this.#apply(batches),
      partitionOf: ({ topic, partition }) => `${topic} ${String(partition)}`,
      sizeOf: ({ decoded }) => decoded.length,
      isHopeless: isTransient,
    });
  }

  /**
   * Batches of other partitions that are asked for at the same time share its transaction.
   * @throws GenerationRetired, LogReplaced, TooManyParkedStreams: do not try again. Anything else, such as a lost
   * connection, left the batch unapplied or applied as a whole: try the same again.
   */
  async apply({ topic, partition, records }: RecordBatch): Promise<BatchOutcome> {
    return this.#queue.add({ topic, partition, decoded: records.map(decodeForViews) });
  }

  async #apply(batches: readonly DecodedBatch[]): Promise<readonly BatchOutcome[]> {
    try {
      return await this.#applyOnce(batches, async (transaction, shares) => this.#write(transaction, shares));
    } catch (error) {
      if (batches.length > 1 || !isDeterministic(error)) throw error;
    }
    return this.#applyOnce(batches, async (transaction, shares) => {
      const written: (readonly ReadyEvent[])[] = [];
      for (const { events, parking } of shares) written.push(await this.#writeIsolated(transaction, events, parking));
      return written;
    });
  }

  async #applyOnce(batches: readonly DecodedBatch[], write: WriteShares): Promise<readonly BatchOutcome[]> {
    return this.#session.transaction(async (transaction) => {
      const checkpoints = await beginBatch(transaction, this.#generation, batches);
      const shares = batches.flatMap((batch, index): readonly Share[] => {
        const checkpoint = checkpoints[index];
        return checkpoint === undefined ? [] : [shareOf(batch, checkpoint)];
      });
      const written = await write(transaction, shares);
      await this.#finish(transaction, shares, written);
      if (shares.some(({ events }) => events.length > 0)) passFailpoint('project.written');
      return shares.map((share, index) => outcomeOf(share, written[index] ?? []));
    });
  }

  async #finish(
    transaction: Transaction,
    shares: readonly Share[],
    written: readonly (readonly ReadyEvent[])[],
  ): Promise<void> {
    const moved = shares.filter(
      ({ plan, checkpoint }) => plan.nextSeq !== checkpoint.nextSeq || plan.nextOffset !== checkpoint.nextOffset,
    );
    const [first] = moved;
    if (first === undefined) return;
    for (const { view, parking } of moved) {
      await parking.save(transaction, this.#generation, view, this.#mostParkedStreams);
    }
    const released = await this.#release(transaction, moved, written.flat());
    await finishBatch(transaction, this.#generation, {
      places: moved.map(({ view, plan, parking }) => ({ ...view, ...plan, newlyParked: parking.newlyParked })),
      logId: first.checkpoint.logId === undefined ? logIdOf(moved) : undefined,
      feed: first.checkpoint.building ? undefined : [...written.flat(), ...released].flatMap(({ feed }) => feed ?? []),
    });
  }

  /**
   * What operators decided, in this batch or before it: in a rebuild the decision may come before the event that it is about.
   * After everything of the batch is put aside, so that nothing is put beside a stream that does not stand still any more.
   */
  async #release(
    transaction: Transaction,
    shares: readonly Share[],
    written: readonly ReadyEvent[],
  ): Promise<readonly ReadyEvent[]> {
    const decisions = written.flatMap(({ decision }) => decision ?? []);
    const discarded = decisions.flatMap(({ type, parkedEventId }) =>
      type === 'parkedEventDiscarded' ? [parkedEventId] : [],
    );
    if (discarded.length > 0) {
      await transaction.execute({
        text: `INSERT INTO ${schemaOf(this.#generation)}.discarded_event (event_id)
          SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING`,
        values: [discarded],
      });
    }
    const newlyParked = shares.flatMap(({ parking }) => parking.streams);
    const released: ReadyEvent[] = [];
    for (const streamId of new Set([...newlyParked, ...decisions.map(({ parkedStreamId }) => parkedStreamId)])) {
      // A stream that has just come to stand still is tried again only where its event was discarded before.
      const isDue =
        decisions.some(({ parkedStreamId }) => parkedStreamId === streamId) ||
        (await this.#isDiscarded(transaction, streamId));
      if (isDue) released.push(...(await releaseStream(transaction, this.#generation, this.#writer, streamId)));
    }
    return released;
  }

  async #isDiscarded(transaction: Transaction, streamId: string): Promise<boolean> {
    const schema = schemaOf(this.#generation);
    const [row] = await transaction.query({
      text: `SELECT EXISTS (SELECT FROM ${schema}.parked_event AS event
          JOIN ${schema}.discarded_event AS discarded ON discarded.event_id = event.event_id
          WHERE event.stream_id = $1) AS is_discarded`,
      values: [streamId],
    });
    return row !== undefined && readBoolean(row, 'is_discarded');
  }

  async #write(transaction: Transaction, shares: readonly Share[]): Promise<readonly (readonly ReadyEvent[])[]> {
    await this.#writeRows(
      transaction,
      shares.flatMap(({ events }) => events),
    );
    return shares.map(({ events }) => events);
  }

  async #writeRows(transaction: Transaction, events: readonly ReadyEvent[]): Promise<void> {
    await this.#writer.write(transaction, coalesce(events.flatMap(({ changes }) => changes)));
  }

  /** Finds the events that cannot be written by halving, each try within a savepoint; the rest is written. */
  async #writeIsolated(
    transaction: Transaction,
    events: readonly ReadyEvent[],
    parking: Parking,
  ): Promise<readonly ReadyEvent[]> {
    const shown: ReadyEvent[] = [];
    for (const event of events) {
      if (parking.has(event.streamId)) parking.add(event);
      else shown.push(event);
    }
    const [first] = shown;
    if (first === undefined) return [];
    try {
      await transaction.savepoint(async () => this.#writeRows(transaction, shown));
      return shown;
    } catch (error) {
      if (!isDeterministic(error)) throw error;
      if (shown.length === 1) {
        parking.park(first, error);
        return [];
      }
    }
    const half = Math.ceil(shown.length / 2);
    const before = await this.#writeIsolated(transaction, shown.slice(0, half), parking);
    return [...before, ...(await this.#writeIsolated(transaction, shown.slice(half), parking))];
  }
}

function shareOf({ topic, partition, decoded }: DecodedBatch, checkpoint: Checkpoint): Share {
  const plan = planBatch(checkpoint, decoded);
  const parking = new Parking(checkpoint.parked);
  return { view: { topic, partition }, checkpoint, plan, parking, events: readyEvents(plan, parking) };
}

/** The log that the first events are of. @throws LogReplaced where they are of several */
function logIdOf(shares: readonly Share[]): string | undefined {
  const [logId, other] = new Set(shares.flatMap(({ plan }) => plan.due.map(({ place }) => place.logId)));
  if (logId !== undefined && other !== undefined) throw new LogReplaced(logId, other);
  return logId;
}

function planBatch(checkpoint: Checkpoint, decoded: readonly DecodedRecord[]): Plan {
  let { nextSeq, nextOffset } = checkpoint;
  let logId = checkpoint.logId;
  let skipped = 0;
  let strangers = 0;
  const due: Plan['due'][number][] = [];
  for (const record of decoded) {
    if (record.kind === 'stranger') {
      strangers += 1;
    } else {
      const { logId: found, partitionSeq } = record.place;
      logId ??= found;
      if (found !== logId) throw new LogReplaced(logId, found);
      if (partitionSeq > nextSeq) return { due, nextSeq, nextOffset, skipped, strangers, foundSeq: partitionSeq };
      if (partitionSeq < nextSeq) {
        skipped += 1;
      } else {
        due.push(record);
        nextSeq += 1;
      }
    }
    nextOffset = Math.max(nextOffset, record.offset + 1);
  }
  return { due, nextSeq, nextOffset, skipped, strangers, foundSeq: undefined };
}

/** The events that can be shown as far as is known before writing; the others are parked. */
function readyEvents({ due }: Plan, parking: Parking): readonly ReadyEvent[] {
  const ready: ReadyEvent[] = [];
  for (const record of due) {
    if (parking.has(record.streamId)) parking.add(record);
    else if (record.kind === 'unreadable') parking.park(record, record.error);
    else ready.push(record);
  }
  return ready;
}

function outcomeOf({ plan, parking }: Share, written: readonly ReadyEvent[]): BatchOutcome {
  const counts: Counts = {
    applied: written.length,
    skipped: plan.skipped,
    parked: parking.events,
    strangers: plan.strangers,
    newestMs: written.at(-1)?.recordedAtMs,
  };
  return plan.foundSeq === undefined
    ? { kind: 'applied', nextOffset: String(plan.nextOffset), ...counts }
    : {
        kind: 'gap',
        seekTo: String(plan.nextOffset),
        expectedSeq: plan.nextSeq,
        foundSeq: plan.foundSeq,
        ...counts,
      };
}
