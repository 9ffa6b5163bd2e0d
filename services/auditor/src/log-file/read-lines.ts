import { createReadStream } from 'node:fs';

/** An event has at most 256 KiB, and its JSON within JSON at most some times that. */
const longestLine = 4 * 1024 * 1024;

export interface ReadLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** As they stand in the file, with the line feed if there is one. */
  readonly bytes: Uint8Array;
  /** False of a last line that is cut off. */
  readonly ended: boolean;
}

/** Line by line, in constant memory; a line feed alone ends a line. A line beyond all limits is given as it is cut. */
export async function* readLines(path: string): AsyncGenerator<ReadLine> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  const lineOf = (bytes: Buffer, ended: boolean): ReadLine => {
    number += 1;
    return { text: bytes.toString('utf8', 0, bytes.length - (ended ? 1 : 0)), number, bytes, ended };
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    let from = 0;
    for (let feed = rest.indexOf(10); feed >= 0; feed = rest.indexOf(10, from)) {
      yield lineOf(rest.subarray(from, feed + 1), true);
      from = feed + 1;
    }
    rest = rest.subarray(from);
    if (rest.length > longestLine) break;
  }
  if (rest.length > 0) yield lineOf(rest, false);
}
