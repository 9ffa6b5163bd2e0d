import { createHash } from 'node:crypto';
import type { StoredCheckpoint } from '@consilium/event-store';
import { readLine } from '../log-file/log-lines.ts';
import type { LogLine } from '../log-file/log-lines.ts';
import { readLines } from '../log-file/read-lines.ts';
import type { Found } from './found-event.ts';
import type { HistoryRange, HistorySource, ReportProblem } from './history-source.ts';
import { envelopeOf } from './envelope-of.ts';
import { ScanningLookUp } from './scanning-look-up.ts';
import type { HistoryLookUp } from './history-look-up.ts';

const eventsPerBatch = 500;

/** A file that `consilium export --log` wrote. It is read once for the events and once for the heads. */
export class FileHistory implements HistorySource {
  readonly kind = 'file';
  readonly logId: string | undefined;
  readonly expectedSize = undefined;
  readonly #path: string;

  private constructor(path: string, logId: string | undefined) {
    this.#path = path;
    this.logId = logId;
  }

  /** @throws whatever opening the file throws */
  static async open(path: string): Promise<FileHistory> {
    for await (const { text } of readLines(path)) {
      const line = readLine(text);
      return new FileHistory(path, line?.kind === 'header' ? line.logId : undefined);
    }
    return new FileHistory(path, undefined);
  }

  async *events({ after = 0, to, streamId }: HistoryRange, report: ReportProblem): AsyncGenerator<readonly Found[]> {
    let batch: Found[] = [];
    for await (const line of this.#lines(report)) {
      if (line.kind !== 'event') continue;
      const { event } = line;
      if (event.globalSeq <= after) continue;
      if (to !== undefined && event.globalSeq > to) break;
      if (streamId !== undefined && envelopeOf(event.metaBytes)?.streamId !== streamId) continue;
      batch.push(event);
      if (batch.length === eventsPerBatch) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }

  async *heads(): AsyncGenerator<StoredCheckpoint> {
    // What is wrong with lines is told when the events are read.
    for await (const line of this.#lines(() => undefined)) if (line.kind === 'checkpoint') yield line.checkpoint;
  }

  lookUp(): HistoryLookUp {
    return new ScanningLookUp(this);
  }

  async recordAccess(): Promise<void> {
    // There is nowhere to.
  }

  async close(): Promise<void> {
    // Nothing is held open between readings.
  }

  /** Every line that is one, with a word on every one that is not, and on what the whole file must be. */
  async *#lines(report: ReportProblem): AsyncGenerator<LogLine> {
    const problem = (number: number, code: string, message: string): void =>
      report({ where: 'file', code, subject: `line ${String(number)}`, message });
    const hash = createHash('sha256');
    let [number, events, checkpoints, lastSeq, ended] = [0, 0, 0, 0, false];
    for await (const read of readLines(this.#path)) {
      ({ number } = read);
      const line = read.ended ? readLine(read.text) : undefined;
      if (ended) problem(number, 'AFTER_TRAILER', 'something stands after the trailer');
      if (line === undefined) problem(number, 'LINE_UNREADABLE', 'it is no line that an export writes');
      else if ((line.kind === 'header') !== (number === 1))
        problem(number, 'HEADER_MISPLACED', 'the first line, and no other, is the header');
      else if (line.kind === 'checkpoint' && line.checkpoint.size !== lastSeq) {
        problem(
          number,
          'HEAD_MISPLACED',
          `a head of ${String(line.checkpoint.size)} stands after event ${String(lastSeq)}`,
        );
      } else if (line.kind === 'trailer') {
        ended = true;
        if (line.events !== events || line.checkpoints !== checkpoints || line.sha256 !== hash.copy().digest('hex')) {
          problem(number, 'TRAILER_DIFFERS', 'the file is not the one this trailer was written for');
        }
      }
      hash.update(read.bytes);
      if (line === undefined) continue;
      if (line.kind === 'event') {
        events += 1;
        lastSeq = line.event.globalSeq;
      }
      if (line.kind === 'checkpoint') checkpoints += 1;
      yield line;
    }
    if (!ended) problem(number + 1, 'FILE_CUT_OFF', 'there is no trailer: the file is not whole');
  }
}
