import { payloadHashOf, streamLinkOf, streamStartOf } from '@consilium/contracts';
import type { StreamId } from '@consilium/domain';
import type { PlacedEvent } from '../harness/stored-history.ts';
import { DenseRun } from './dense-run.ts';
import type { Findings } from './findings.ts';

/** Takes the journal stream by stream; holds one stream's end at a time. */
export class StreamCheck {
  readonly #findings: Findings;
  #streamId = '';
  #run = new DenseRun();
  #hash: Uint8Array = new Uint8Array();
  #globalSeq = 0;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  take(event: PlacedEvent): void {
    const { streamId, streamVersion, type, globalSeq } = event;
    if (streamId !== this.#streamId) this.#begin(streamId);
    const name = `${streamId} ${streamVersion} (${type})`;
    const arrival = this.#run.take(streamVersion);
    if (arrival === 'again') this.#findings.add('duplicated', `${name} is in the journal again`);
    if (arrival === 'late') this.#findings.add('reordered', `${name} stands behind a later one`);
    const hash = streamLinkOf(this.#hash, payloadHashOf(event.salt, event.payloadBytes), event.metaBytes);
    if (arrival === 'next' && Buffer.compare(hash, event.streamHash) !== 0) {
      this.#findings.add('altered', `${name}: the chain breaks here`);
    }
    this.#hash = event.streamHash;
    if (globalSeq === 0) this.#findings.add('lost', `${name} has no place in the log`);
    else if (globalSeq <= this.#globalSeq && (arrival === 'next' || arrival === 'ahead')) {
      this.#findings.add('reordered', `${name} has number ${globalSeq}, the one before it ${this.#globalSeq}`);
    }
    this.#globalSeq = globalSeq;
  }

  finish(): void {
    for (const version of this.#run.missing()) {
      this.#findings.add('lost', `${this.#streamId} ${version} is not in the journal`);
    }
  }

  #begin(streamId: string): void {
    this.finish();
    this.#streamId = streamId;
    this.#run = new DenseRun();
    this.#hash = streamStartOf(streamId as StreamId);
    this.#globalSeq = 0;
  }
}

/** Takes the numbers of one dense sequence as a place lists them: the log, or a partition of it. */
export class NumberCheck {
  readonly #where: string;
  readonly #findings: Findings;
  readonly #run = new DenseRun();

  constructor(where: string, findings: Findings) {
    this.#where = where;
    this.#findings = findings;
  }

  take(number: number): void {
    const arrival = this.#run.take(number);
    if (arrival === 'again') this.#findings.add('duplicated', `${this.#where} has number ${number} again`);
    if (arrival === 'late') this.#findings.add('reordered', `${this.#where} has number ${number} behind a later one`);
  }

  /** @param last The number that the sequence must reach. */
  finish(last: number): void {
    for (const number of this.#run.missing(last)) this.#findings.add('lost', `${this.#where} has no number ${number}`);
  }
}

/** What a record on Kafka says. */
export interface CheckedRecord {
  readonly partitionSeq: number;
  readonly globalSeq: number;
  readonly eventId: string;
  readonly streamId: string;
  readonly metaBytes: Uint8Array;
  readonly payloadBytes: Uint8Array;
  readonly salt: Uint8Array;
  readonly streamHash: Uint8Array;
}

/** Takes one partition in the order of its offsets, each record beside what the journal has under its number. */
export class PartitionCheck {
  readonly #where: string;
  readonly #findings: Findings;
  readonly #run = new DenseRun();
  #repeats = 0;

  constructor(where: string, findings: Findings) {
    this.#where = where;
    this.#findings = findings;
  }

  /** Records that were sent again after a crash: the one repetition that is allowed, as consumers know it by its number. */
  get repeats(): number {
    return this.#repeats;
  }

  take(record: CheckedRecord, ours: PlacedEvent | undefined): void {
    const name = `${this.#where} ${record.partitionSeq} (${record.streamId})`;
    const arrival = this.#run.take(record.partitionSeq);
    if (arrival === 'again') this.#repeats += 1;
    if (arrival === 'late') this.#findings.add('reordered', `${name} comes behind a later one`);
    if (ours === undefined) this.#findings.add('altered', `${name} is on Kafka and not in the journal`);
    else if (record.eventId !== ours.eventId) {
      this.#findings.add(
        'duplicated',
        `${name} is event ${record.eventId}, which the journal has elsewhere or not at all`,
      );
    } else if (!isSame(record, ours)) this.#findings.add('altered', `${name} differs from the journal`);
  }

  finish(last: number): void {
    for (const number of this.#run.missing(last)) {
      this.#findings.add('lost', `${this.#where} ${number} is not on Kafka`);
    }
  }
}

const isSame = (record: CheckedRecord, ours: PlacedEvent): boolean =>
  record.globalSeq === ours.globalSeq &&
  record.streamId === ours.streamId &&
  Buffer.compare(record.metaBytes, ours.metaBytes) === 0 &&
  Buffer.compare(record.payloadBytes, ours.payloadBytes) === 0 &&
  Buffer.compare(record.salt, ours.salt) === 0 &&
  Buffer.compare(record.streamHash, ours.streamHash) === 0;
