import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredCheckpoint } from '@consilium/event-store';
import type { ReportProblem } from '../history/history-source.ts';

const namePattern = /^checkpoint-([0-9]{16})\.txt$/;

/** The heads that the relay has put into a folder outside the database, the smallest first. @throws of the folder */
export async function* anchorHeads(folder: string, report: ReportProblem): AsyncGenerator<StoredCheckpoint> {
  for (const name of (await readdir(folder)).sort()) {
    const size = Number(namePattern.exec(name)?.[1]);
    if (Number.isSafeInteger(size)) {
      yield { size, note: await readFile(join(folder, name), 'utf8') };
    } else if (!name.startsWith('.draft-')) {
      // A draft is what a relay leaves that was killed while it wrote.
      report({ where: 'anchor', code: 'STRANGE_FILE', subject: name, message: 'it is no checkpoint of the relay' });
    }
  }
}
