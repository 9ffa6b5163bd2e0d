import { readLine } from '../log-file/log-lines.ts';
import { readLines } from '../log-file/read-lines.ts';
import type { FoundEvent } from './found-event.ts';

/** The events of one partition in a file of our own, in the order of their numbers. */
export class SpoolPartition {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async *events(): AsyncGenerator<FoundEvent> {
    for await (const { text } of readLines(this.#path)) {
      const line = readLine(text);
      if (line?.kind !== 'event') throw new Error('a temporary file of the auditor was changed');
      yield line.event;
    }
  }
}
