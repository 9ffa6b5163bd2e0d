import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { aggregates } from '@consilium/domain';
import type { Aggregate } from '@consilium/domain';
import { checkpointTopic, decodeRecord, encodeRecord, topicOf } from '@consilium/contracts';
import type { StoredCheckpoint } from '@consilium/event-store';
import type { IncomingRecord } from '@consilium/messaging';
import { NotText, writeLine } from '../log-file/log-lines.ts';
import type { Problem } from '../verify/problem.ts';
import { HeadCollector } from './collect-heads.ts';
import type { FoundEvent } from './found-event.ts';
import { SpoolPartition } from './spool-partition.ts';

/** Enough to show; a topic full of strangers must not fill the memory. */
const mostProblems = 1_000;

interface OpenPartition {
  readonly path: string;
  readonly file: FileHandle;
  /** By number: the first bytes of a hash of its line, to know a record that comes again. */
  readonly seen: number[];
  nextSeq: number;
}

/**
 * Writes what comes from Kafka, once each. A relay that took over may have sent records again: the same again is skipped,
 * another one under the same number is a problem.
 */
export class SpoolWriter {
  readonly problems: Problem[] = [];
  events = 0;
  logId: string | undefined;
  readonly #heads = new HeadCollector((problem) => this.#keep(problem));
  readonly #folder: string;
  readonly #prefix: string;
  readonly #open = new Map<string, OpenPartition>();

  constructor(folder: string, prefix: string) {
    this.#folder = folder;
    this.#prefix = prefix;
  }

  /** Records of one partition, never two of the same partition at a time. */
  async write(topic: string, partition: number, records: readonly IncomingRecord[]): Promise<void> {
    if (topic === checkpointTopic(this.#prefix)) {
      for (const record of records) this.#heads.take(record);
      return;
    }
    const aggregate = aggregates.find((name) => topicOf(this.#prefix, name) === topic);
    if (aggregate === undefined) return;
    const place = await this.#partition(aggregate, partition);
    const lines: string[] = [];
    for (const record of records) {
      const line = this.#lineOf(record, aggregate, place);
      if (line !== undefined) lines.push(`${line}\n`);
    }
    if (lines.length > 0) await place.file.write(lines.join(''));
  }

  async finish(): Promise<void> {
    for (const { file } of this.#open.values()) await file.close();
  }

  get heads(): readonly StoredCheckpoint[] {
    return this.#heads.heads;
  }

  partitions(): readonly SpoolPartition[] {
    return [...this.#open.values()].map(({ path }) => new SpoolPartition(path));
  }

  #lineOf(record: IncomingRecord, topic: Aggregate, place: OpenPartition): string | undefined {
    const found = this.#eventOf(record, topic);
    if (found === undefined) return undefined;
    const { partitionSeq } = found;
    const line = this.#textOf(record, found);
    if (line === undefined) return undefined;
    const digest = createHash('sha256').update(line).digest().readUIntBE(0, 6);
    if (partitionSeq < place.nextSeq) {
      if (place.seen[partitionSeq] !== digest)
        this.#problem(record, 'NUMBER_TWICE', `number ${String(partitionSeq)} is there with two contents`);
      return undefined;
    }
    if (partitionSeq > place.nextSeq) {
      this.#problem(
        record,
        'RECORD_MISSING',
        `number ${String(place.nextSeq)} is missing before ${String(partitionSeq)}`,
      );
    }
    place.seen[partitionSeq] = digest;
    place.nextSeq = partitionSeq + 1;
    this.events += 1;
    return line;
  }

  /** What a record says must be just what the relay would write for the event in it. */
  #eventOf(record: IncomingRecord, topic: Aggregate): FoundEvent | undefined {
    try {
      const { envelope, logId, globalSeq, partitionSeq, metaBytes, payloadBytes, salt, streamHash } =
        decodeRecord(record);
      this.logId ??= logId;
      if (logId !== this.logId) this.#problem(record, 'OTHER_LOG', 'it is of another log than the first');
      const event = {
        globalSeq,
        topic,
        partition: record.partition,
        partitionSeq,
        metaBytes,
        payloadBytes,
        salt,
        streamHash,
      };
      const { streamId, type } = envelope;
      const again = encodeRecord({ ...event, streamId, type }, this.#prefix, logId);
      if (
        again.key !== record.key ||
        JSON.stringify(sorted(again.headers)) !== JSON.stringify(sorted(record.headers))
      ) {
        this.#problem(record, 'HEADERS_DIFFER', 'its key or headers are not those of the event in it');
      }
      return { ...event, columns: undefined };
    } catch {
      this.#problem(record, 'RECORD_UNREADABLE', 'it is no event of this log');
      return undefined;
    }
  }

  #textOf(record: IncomingRecord, event: FoundEvent): string | undefined {
    try {
      return writeLine({ kind: 'event', event });
    } catch (error) {
      if (!(error instanceof NotText)) throw error;
      this.#problem(record, 'RECORD_UNREADABLE', 'its bytes are no text');
      return undefined;
    }
  }

  async #partition(topic: Aggregate, partition: number): Promise<OpenPartition> {
    const name = `${topic}-${String(partition)}`;
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const path = join(this.#folder, `${name}.jsonl`);
    const opened = { path, file: await open(path, 'wx', 0o600), seen: [], nextSeq: 1 };
    this.#open.set(name, opened);
    return opened;
  }

  #problem({ topic, partition, offset }: IncomingRecord, code: string, message: string): void {
    const subject = `${topic} ${String(partition)} offset ${offset}`;
    this.#keep({ where: 'kafka', code, subject, message });
  }

  #keep(problem: Problem): void {
    if (this.problems.length < mostProblems) this.problems.push(problem);
  }
}

const sorted = (headers: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
  Object.entries(headers).sort(([one], [other]) => (one < other ? -1 : 1));
