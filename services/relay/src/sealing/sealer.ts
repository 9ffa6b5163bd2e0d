import { type Anchor, AnchorConflict, AnchorUnavailable } from '@consilium/anchor';
import { checkpointTopic, merkleLeafOf } from '@consilium/contracts';
import type { LogReader, SealStore, StoredCheckpoint } from '@consilium/event-store';
import { SealRefused } from '@consilium/event-store';
import type { EventPublisher, Messaging, TopicDurability } from '@consilium/messaging';
import { passFailpoint } from '@consilium/runtime';
import type { Logger } from '@consilium/runtime';
import {
  BrokenTile,
  type Checkpoint,
  consistencyProof,
  edgeOf,
  emptyTree,
  equalHashes,
  growTree,
  InconsistentCheckpoint,
  leafHashOf,
  readerOver,
  rootOf,
  rootOfEdge,
  sealCheckpoint,
  type TileReader,
  type TreeEdge,
  verifyCheckpoint,
} from '@consilium/transparency';
import { checkpointRecord, sizeOfCheckpointRecord } from './checkpoint-record.ts';
import type { SealKeys } from './seal-key-file.ts';

/** What was signed, or what it was signed over, is not what it was. Nothing more is signed until a person has looked. */
class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

export interface SealerOptions {
  readonly seals: SealStore;
  readonly log: LogReader;
  readonly messaging: Messaging;
  readonly prefix: string;
  readonly durability: TopicDurability;
  readonly keys: SealKeys;
  readonly anchor: Anchor;
  readonly observer: SealObserver;
  readonly logger: Logger;
  readonly limits: SealLimits;
  readonly monotonicMs: () => number;
}

export interface SealLimits {
  /** A head is signed when so many events were published since the last. */
  readonly events: number;
  /** Or this long after the last, where any were. */
  readonly everyMs: number;
  /** How long after the anchor could not be reached it is tried again. */
  readonly anchorPauseMs: number;
}

export interface SealObserver {
  sealed(size: number): void;
  /** Nothing is sealed any more. */
  sealBroken(reason: unknown): void;
  anchorUnavailable(): void;
}

/** What one term of the relay knows. */
interface Term {
  readonly epoch: number;
  readonly logId: string;
  readonly publisher: EventPublisher;
  readonly edge: TreeEdge;
  readonly sealed: Checkpoint | undefined;
  readonly sealedAtMs: number;
  /** Size of the newest head that is on Kafka. */
  readonly onKafka: number;
  /** And in the anchor; undefined until the anchor was compared with the log. */
  readonly anchored: number | undefined;
  readonly anchorAgainAtMs: number;
}

const headsPerTurn = 100;

/**
 * Signs the heads of the log as it is published: so whatever a checkpoint states can be checked from Kafka alone.
 *
 * - A head and its tiles are stored together, then published, then anchored. A crash in between leaves a head that the next
 *   term finds missing on Kafka or in the anchor, and puts there.
 * - What was signed is never signed otherwise: every head is proved to continue the last one, the stored tiles must give the
 *   root that was signed, and the newest head in the anchor must be one of this tree. Where that fails, sealing ends with an
 *   alarm, and publishing goes on.
 */
export class Sealer {
  readonly #options: SealerOptions;
  #term: Term | undefined;

  constructor(options: SealerOptions) {
    this.#options = options;
  }

  /** At the start of a term. @throws StoreUnavailable, MessagingUnavailable, EpochFenced */
  async begin(epoch: number, publisher: EventPublisher): Promise<void> {
    this.#term = undefined;
    await this.#unlessBroken(async () => {
      this.#term = await this.#openTerm(epoch, publisher);
    });
  }

  /** One step, after `published` events are on Kafka. @throws StoreUnavailable, MessagingUnavailable, EpochFenced */
  async turn(published: number): Promise<void> {
    await this.#unlessBroken(async () => {
      const term = this.#term;
      if (term === undefined) return;
      // Compared before anything is signed, where the anchor can be reached.
      const compared = await this.#whenAnchorReachable(term, async () => this.#compareAnchor(term));
      const sealed = await this.#publishNext(await this.#sealNext(compared, published));
      this.#term = await this.#whenAnchorReachable(sealed, async () => this.#anchorNext(sealed));
    });
  }

  async #openTerm(epoch: number, publisher: EventPublisher): Promise<Term> {
    const { seals, log, monotonicMs } = this.#options;
    const stored = await seals.lastCheckpoint();
    const sealed = stored === undefined ? undefined : this.#ownCheckpoint(stored);
    const edge = sealed === undefined ? emptyTree : await edgeOf(sealed.size, this.#read);
    if (sealed !== undefined && !equalHashes(rootOfEdge(edge), sealed.root)) {
      throw new SealBroken(`the tiles do not give the root that was signed at size ${String(sealed.size)}`);
    }
    return {
      epoch,
      logId: await log.logId(),
      publisher,
      edge,
      sealed,
      sealedAtMs: monotonicMs(),
      onKafka: await this.#sizeOnKafka(sealed?.size ?? 0),
      anchored: undefined,
      anchorAgainAtMs: 0,
    };
  }

  async #sealNext(term: Term, published: number): Promise<Term> {
    const { seals, log, keys, observer, limits, monotonicMs } = this.#options;
    const { edge } = term;
    const waiting = published - edge.size;
    const isDue = waiting >= limits.events || (waiting > 0 && monotonicMs() - term.sealedAtMs >= limits.everyMs);
    if (!isDue) return term;
    const leaves = await log.leavesAfter(edge.size, Math.min(waiting, limits.events));
    if (leaves.some(({ globalSeq }, place) => globalSeq !== edge.size + place + 1)) {
      throw new SealBroken(`the log is not dense after ${String(edge.size)}`);
    }
    const grown = growTree(
      edge,
      leaves.map(({ globalSeq, streamHash }) => leafHashOf(merkleLeafOf(globalSeq, streamHash))),
    );
    const next = { origin: keys.origin, size: grown.edge.size, root: rootOfEdge(grown.edge) };
    const { sealed } = term;
    const proof =
      sealed === undefined ? [] : await consistencyProof(sealed.size, next.size, readerOver(grown.written, this.#read));
    const checkpoint = { size: next.size, note: sealCheckpoint(sealed, next, proof, keys.keys) };
    passFailpoint('seal.signed');
    await seals.seal(term.epoch, { sizeBefore: edge.size, checkpoint, tiles: grown.written });
    passFailpoint('seal.stored');
    observer.sealed(next.size);
    return { ...term, edge: grown.edge, sealed: next, sealedAtMs: monotonicMs() };
  }

  async #publishNext(term: Term): Promise<Term> {
    const { seals, prefix, keys } = this.#options;
    if (term.onKafka >= term.edge.size) return term;
    const heads = await seals.checkpointsAfter(term.onKafka, headsPerTurn);
    await term.publisher.publish(heads.map((head) => checkpointRecord(prefix, term.logId, keys.origin, head)));
    passFailpoint('seal.published');
    return { ...term, onKafka: heads.at(-1)?.size ?? term.onKafka };
  }

  async #compareAnchor(term: Term): Promise<Term> {
    return term.anchored === undefined ? { ...term, anchored: await this.#sizeInAnchor(term.edge.size) } : term;
  }

  async #anchorNext(term: Term): Promise<Term> {
    const { seals, anchor } = this.#options;
    if (term.anchored === undefined || term.anchored >= term.edge.size) return term;
    const heads = await seals.checkpointsAfter(term.anchored, headsPerTurn);
    for (const head of heads) await anchor.put(head);
    return { ...term, anchored: heads.at(-1)?.size ?? term.anchored };
  }

  /** Sealing does not wait for the anchor: heads are kept for it in the journal. */
  async #whenAnchorReachable(term: Term, work: () => Promise<Term>): Promise<Term> {
    const { observer, logger, limits, monotonicMs } = this.#options;
    if (monotonicMs() < term.anchorAgainAtMs) return term;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AnchorUnavailable)) throw error;
      observer.anchorUnavailable();
      logger.error({ error }, 'the anchor cannot be reached; heads are sealed and kept for it');
      return { ...term, anchorAgainAtMs: monotonicMs() + limits.anchorPauseMs };
    }
  }

  async #sizeOnKafka(sealedSize: number): Promise<number> {
    const { messaging, prefix, durability } = this.#options;
    const topic = checkpointTopic(prefix);
    const topics = messaging.topics();
    try {
      await topics.ensureTopics([{ topic, partitions: 1 }], durability);
      const [last] = await topics.lastRecords([topic]);
      if (last === undefined) return 0;
      const size = sizeOfCheckpointRecord(last);
      if (size === undefined) throw new SealBroken(`the last record of ${topic} is no checkpoint`);
      return await this.#sizeOfOurs('Kafka', { size, note: Buffer.from(last.value).toString('utf8') }, sealedSize);
    } finally {
      await topics.close();
    }
  }

  async #sizeInAnchor(sealedSize: number): Promise<number> {
    const stored = await this.#options.anchor.newest();
    return stored === undefined ? 0 : this.#sizeOfOurs('the anchor', stored, sealedSize);
  }

  /** A head found outside must be one of this tree: the database may have been restored, or rewritten. */
  async #sizeOfOurs(where: string, found: StoredCheckpoint, sealedSize: number): Promise<number> {
    const { size, root } = this.#ownCheckpoint(found);
    if (size > sealedSize) throw new SealBroken(`${where} has a head of ${String(size)}, the database none so large`);
    if (!equalHashes(await rootOf(size, this.#read), root)) {
      throw new SealBroken(`the head of ${String(size)} in ${where} is none of this log`);
    }
    return size;
  }

  /** A head that one of the keys in use has signed, of this log and this size. */
  #ownCheckpoint({ size, note }: StoredCheckpoint): Checkpoint {
    const { origin, keys } = this.#options.keys;
    const verdict = verifyCheckpoint(Buffer.from(note, 'utf8'), {
      origin,
      logKeys: keys.map(({ key }) => ({ key, firstSize: 0, lastSize: undefined })),
      witnessKeys: [],
      witnessesNeeded: 0,
    });
    if (verdict.kind !== 'verified') throw new SealBroken(`the head of ${String(size)} is not ours: ${verdict.kind}`);
    if (verdict.checkpoint.size !== size) throw new SealBroken(`the head of ${String(size)} names another size`);
    return verdict.checkpoint;
  }

  readonly #read: TileReader = async (tile) => this.#options.seals.readTile(tile);

  async #unlessBroken(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isBroken(error)) throw error;
      this.#term = undefined;
      this.#options.observer.sealBroken(error);
      this.#options.logger.error({ error }, 'sealing has ended: docs/RECOVERY.md says what this means and what to do');
    }
  }
}

const isBroken = (error: unknown): boolean =>
  [SealBroken, SealRefused, InconsistentCheckpoint, BrokenTile, AnchorConflict].some((kind) => error instanceof kind);
