import { createHash } from 'node:crypto';
import { isMissing } from '../history/found-event.ts';
import type { HistorySource } from '../history/history-source.ts';
import { nextOf } from '../history/next-of.ts';
import { Problems } from '../verify/problem.ts';
import { writeLine } from './log-lines.ts';
import type { LogLine } from './log-lines.ts';

/** The history cannot be written as it should stand in a file. Run verify, which says what is wrong. */
class NotExportable extends Error {
  override readonly name = 'NotExportable';
}

export interface ExportedLog {
  readonly events: number;
  readonly checkpoints: number;
}

/**
 * A whole history as lines, each with its line feed, in constant memory: events that have a number when their page is read,
 * and the signed heads up to them. @throws NotExportable, NotText; of the source
 */
export async function* exportLog(
  source: HistorySource,
  onProgress: (events: number) => void,
): AsyncGenerator<string, ExportedLog> {
  const hash = createHash('sha256');
  const write = (line: LogLine): string => {
    const text = `${writeLine(line)}\n`;
    hash.update(text);
    return text;
  };
  const found = new Problems();
  const heads = source.heads(found.report);
  let head = await nextOf(heads);
  let [events, checkpoints] = [0, 0];
  yield write({ kind: 'header', logId: source.logId });
  for await (const batch of source.events({}, found.report)) {
    const lines: string[] = [];
    for (const event of batch) {
      if (isMissing(event) || event.globalSeq !== events + 1) {
        throw new NotExportable(`event ${String(events + 1)} is missing: run verify`);
      }
      lines.push(write({ kind: 'event', event }));
      events += 1;
      for (; head?.size === events; head = await nextOf(heads)) {
        lines.push(write({ kind: 'checkpoint', checkpoint: head }));
        checkpoints += 1;
      }
    }
    yield lines.join('');
    onProgress(events);
  }
  const [problem] = found.kept;
  if (problem !== undefined) throw new NotExportable(`${problem.subject}: ${problem.message}: run verify`);
  yield `${writeLine({ kind: 'trailer', events, checkpoints, sha256: hash.digest('hex') })}\n`;
  return { events, checkpoints };
}
