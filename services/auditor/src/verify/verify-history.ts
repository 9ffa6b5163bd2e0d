import type { Envelope } from '@consilium/contracts';
import { checkpointIn, equalHashes, verifyCheckpoint } from '@consilium/transparency';
import type { Checkpoint, TrustedLogKey } from '@consilium/transparency';
import { isMissing } from '../history/found-event.ts';
import type { Found, FoundEvent } from '../history/found-event.ts';
import type { HistorySource, ReportProblem } from '../history/history-source.ts';
import { nextOf } from '../history/next-of.ts';
import { checkEvent } from './check-event.ts';
import { mergeHeads, whereOf } from './merge-heads.ts';
import type { HeadsOfPlace, MergedHead } from './merge-heads.ts';
import { StreamEnds } from './stream-ends.ts';
import { TreeCheck } from './tree-check.ts';
import type { StoredTree } from './tree-check.ts';

export interface VerifyHistoryOptions {
  readonly source: HistorySource;
  /** Of the source itself, Kafka and the anchor, as far as they are at hand. */
  readonly heads: readonly HeadsOfPlace[];
  /** The tiles, where the journal is at hand. */
  readonly tree: StoredTree | undefined;
  /** Keys of the log: all under its one origin. Empty: signatures are not checked. */
  readonly keys: readonly TrustedLogKey[];
  readonly report: ReportProblem;
  readonly onProgress: (events: number) => void;
  /** Every event whose envelope can be read, in the order of the log. */
  readonly onEvent?: ((found: FoundEvent, envelope: Envelope) => void) | undefined;
}

export interface VerifiedHistory {
  /** Events read. */
  readonly events: number;
  /** Of the last event read; 0 without any. */
  readonly lastGlobalSeq: number;
  /** Sizes of heads that were compared with the events. */
  readonly heads: number;
  /** Events under the largest head that holds. */
  readonly sealed: number;
  /** Base64 of the root over all events; undefined where an event was missing. */
  readonly root: string | undefined;
}

/** Reads a whole history once, in its order, in constant memory. */
export async function verifyHistory(options: VerifyHistoryOptions): Promise<VerifiedHistory> {
  return new HistoryVerification(options).run();
}

class HistoryVerification {
  readonly #options: VerifyHistoryOptions;
  readonly #ends = new StreamEnds();
  readonly #tree: TreeCheck;
  readonly #partitionEnds = new Map<string, number>();
  readonly #heads: AsyncGenerator<MergedHead>;
  #nextHead: MergedHead | undefined;
  #events = 0;
  #lastSeq = 0;
  #headsCompared = 0;
  /** Size of the head that was taken last. */
  #headBehind = 0;
  #sealed = 0;
  /** After a gap no root can be computed any more. */
  #broken = false;

  constructor(options: VerifyHistoryOptions) {
    this.#options = options;
    this.#tree = new TreeCheck(options.tree, options.report);
    this.#heads = mergeHeads(options.heads);
  }

  async run(): Promise<VerifiedHistory> {
    const { source, report, onProgress } = this.#options;
    await this.#takeHead();
    for await (const batch of source.events({}, report)) {
      for (const found of batch) await this.#check(found);
      if (!this.#broken) await this.#tree.grow();
      onProgress(this.#events);
    }
    for (let first = true; this.#nextHead !== undefined; await this.#takeHead(), first = false) {
      this.#headBeyondTheLog(this.#nextHead, first);
    }
    if (!this.#broken) await this.#tree.finish();
    const root = this.#broken ? undefined : Buffer.from(await this.#tree.root()).toString('base64');
    const [events, heads, sealed, lastGlobalSeq] = [this.#events, this.#headsCompared, this.#sealed, this.#lastSeq];
    return { events, heads, sealed, lastGlobalSeq, root };
  }

  async #check(found: Found): Promise<void> {
    const { report } = this.#options;
    this.#checkSequence(found.globalSeq);
    this.#events += 1;
    if (isMissing(found)) {
      report({
        where: 'journal',
        code: 'EVENT_MISSING',
        subject: `event ${String(found.globalSeq)}`,
        message: `the log has it, the journal has no ${found.missing}`,
      });
      this.#broken = true;
      return;
    }
    this.#checkPartitionSequence(found.globalSeq, `${found.topic} ${String(found.partition)}`, found.partitionSeq);
    const envelope = checkEvent(found, this.#ends.before(found), report);
    if (envelope !== undefined) {
      this.#ends.passed(found, envelope);
      this.#options.onEvent?.(found, envelope);
    }
    const previous = found.columns?.previous;
    if (previous !== undefined && !(previous.globalSeq > 0 && previous.globalSeq < found.globalSeq)) {
      report({
        where: 'log',
        code: 'STREAM_REORDERED',
        subject: `event ${String(found.globalSeq)}`,
        message: 'the event before it in its stream has no earlier number',
      });
    }
    if (this.#broken) return;
    this.#tree.add(found.globalSeq, found.streamHash);
    while (this.#nextHead?.size === this.#tree.size) await this.#compareHead(this.#nextHead);
  }

  #checkSequence(globalSeq: number): void {
    const expected = this.#lastSeq + 1;
    this.#lastSeq = globalSeq;
    if (globalSeq === expected) return;
    this.#broken = true;
    const isGap = globalSeq > expected;
    this.#options.report({
      where: 'log',
      code: isGap ? 'EVENT_MISSING' : 'OUT_OF_ORDER',
      subject: `event ${String(isGap ? expected : globalSeq)}`,
      message: isGap
        ? `${String(expected)}${globalSeq - expected > 1 ? ` to ${String(globalSeq - 1)}` : ''} missing before ${String(globalSeq)}`
        : `it comes after ${String(expected - 1)}`,
    });
  }

  #checkPartitionSequence(globalSeq: number, partition: string, partitionSeq: number): void {
    const expected = (this.#partitionEnds.get(partition) ?? 0) + 1;
    this.#partitionEnds.set(partition, partitionSeq);
    if (partitionSeq === expected) return;
    this.#options.report({
      where: 'log',
      code: 'PARTITION_NOT_DENSE',
      subject: `event ${String(globalSeq)}`,
      message: `its number in ${partition} is ${String(partitionSeq)} instead of ${String(expected)}`,
    });
  }

  /** The next head that is not behind us: one that is was out of order in its place. */
  async #takeHead(): Promise<void> {
    for (;;) {
      const head = await nextOf(this.#heads);
      this.#nextHead = head;
      if (head === undefined) return;
      const subject = `checkpoint ${String(head.size)}`;
      for (const place of head.missingIn) {
        const message = 'other places have it, and it should be here too';
        this.#options.report({ where: whereOf(place), code: 'HEAD_MISSING', subject, message });
      }
      if (head.size > this.#headBehind) {
        this.#headBehind = head.size;
        return;
      }
      for (const { place } of head.notes) {
        const message = 'it is there twice, or after a larger one';
        this.#options.report({ where: whereOf(place), code: 'HEAD_OUT_OF_ORDER', subject, message });
      }
    }
  }

  async #compareHead(head: MergedHead): Promise<void> {
    const root = await this.#tree.root();
    let holds = true;
    for (const { place, note } of head.notes) {
      const checkpoint = this.#open(head.size, place, note);
      if (checkpoint === undefined) {
        holds = false;
      } else if (!equalHashes(checkpoint.root, root)) {
        holds = false;
        this.#options.report({
          where: whereOf(place),
          code: 'ROOT_DIFFERS',
          subject: `checkpoint ${String(head.size)}`,
          message: `events ${String(this.#sealed + 1)} to ${String(head.size)} are not those that were signed`,
        });
      }
    }
    if (holds) this.#sealed = head.size;
    this.#headsCompared += 1;
    await this.#takeHead();
  }

  #headBeyondTheLog(head: MergedHead, isFirst: boolean): void {
    for (const { place, note } of head.notes) this.#open(head.size, place, note);
    if (!isFirst) return;
    this.#options.report({
      where: whereOf(head.notes[0]?.place ?? 'journal'),
      code: this.#broken ? 'HEAD_NOT_COMPARABLE' : 'LOG_SHORTER',
      subject: `checkpoint ${String(head.size)}`,
      message: this.#broken
        ? 'events before it are missing, so it cannot be compared'
        : `the log has ${String(this.#tree.size)} events and not the ${String(head.size)} that were signed`,
    });
  }

  /** Undefined, and reported, where it is no head of this log that a trusted key has signed. */
  #open(size: number, place: HeadsOfPlace['place'], note: string): Checkpoint | undefined {
    const { keys, report } = this.#options;
    const opened = openHead(note, keys);
    if (typeof opened !== 'string' && opened.size === size) return opened;
    const message = typeof opened === 'string' ? opened : `its text names the size ${String(opened.size)}`;
    report({ where: whereOf(place), code: 'HEAD_REFUSED', subject: `checkpoint ${String(size)}`, message });
    return undefined;
  }
}

/** A head, or why it is none that can be trusted. Without keys its text alone is read. */
function openHead(note: string, keys: readonly TrustedLogKey[]): Checkpoint | string {
  if (keys.length === 0) return checkpointIn(note) ?? 'it is no checkpoint';
  const verdict = verifyCheckpoint(Buffer.from(note, 'utf8'), {
    origin: keys[0]?.key.name ?? '',
    logKeys: keys,
    witnessKeys: [],
    witnessesNeeded: 0,
  });
  switch (verdict.kind) {
    case 'verified':
      return verdict.checkpoint;
    case 'malformed':
      return `it is no checkpoint: ${verdict.reason}`;
    case 'otherLog':
      return 'it is of another log';
    case 'badSignature':
      return `the signature of ${verdict.keyName} is wrong`;
    case 'notSigned':
      return 'no trusted key has signed it';
    case 'keyNotInUse':
      return `the key ${verdict.keyName} was not in use at this size`;
    case 'tooFewWitnesses':
      return 'too few witnesses have signed it';
  }
}
