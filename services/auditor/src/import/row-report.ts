import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { RowPlace } from '@consilium/formats';
import type { RowProblem } from './import-row.ts';

/** One row that did not come in as it stands. */
export interface ReportedRow extends RowPlace {
  readonly outcome: 'INVALID' | 'DIFFERS' | 'WITHDRAWN' | 'NOT_READ';
  readonly externalKey?: string;
  readonly problems: readonly RowProblem[];
}

/** JSON lines about the rows that did not come in, in the order in which they were answered. The file is made with the first of them. */
export class RowReport {
  readonly #path: string | undefined;
  #file: WriteStream | undefined;
  #failure: Error | undefined;
  #rows = 0;

  constructor(path: string | undefined) {
    this.#path = path;
  }

  get rows(): number {
    return this.#rows;
  }

  /** @throws what keeps the file from being written: an earlier row may be lost then */
  async add({ row, byteOffset, outcome, externalKey, problems }: ReportedRow): Promise<void> {
    this.#rows += 1;
    if (this.#path === undefined) return;
    this.#file ??= this.#open(this.#path);
    if (this.#failure !== undefined) throw this.#failure;
    const line = { row, byteOffset, outcome, ...(externalKey === undefined ? {} : { externalKey }), problems };
    if (!this.#file.write(`${JSON.stringify(line)}\n`)) await once(this.#file, 'drain');
  }

  /** Resolves once all is written. @throws what kept the file from being so */
  async end(): Promise<void> {
    if (this.#file === undefined) return;
    this.#file.end();
    await finished(this.#file);
  }

  /** A stream tells of a failure whenever it comes; nobody may be waiting for it at that moment. */
  #open(path: string): WriteStream {
    const file = createWriteStream(path);
    file.on('error', (error) => (this.#failure ??= error));
    return file;
  }
}
