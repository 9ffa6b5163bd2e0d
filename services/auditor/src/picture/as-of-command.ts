import { CommandFailed, exitCodes } from '../command-failed.ts';
import type { Command } from '../command/command.ts';
import { findServers } from '../command/find-servers.ts';
import { Progress } from '../command/progress.ts';
import { readOptions, textOption } from '../command/read-options.ts';
import { accessedCase } from '../history/accessed-case.ts';
import { openHistory, readFrom } from '../history/open-history.ts';
import { readPoint } from './point.ts';
import { readStream } from './read-stream.ts';
import type { StreamStep } from './read-stream.ts';
import { findSubject, namedSubject, subjectOptions } from './subject.ts';

export const asOfCommand: Command = {
  name: 'as-of',
  summary: 'shows a case, project or annotator as it stood at a number of the log or an instant',
  usage: `consilium as-of POINT --case ID | --project ID | --annotator ID [--from postgres|kafka|FILE]

POINT is a number of the log (17) or an instant (2026-11-23T22:20:00.000Z). Folded from the events alone, without the views;
written as JSON. Free texts stay sealed.

Exit codes: 0 done; 1 not reached; 2 wrong command line; 4 it did not exist then.
`,
  run: async (args, { config, stdout, stderr }) => {
    const options = readOptions(args, subjectOptions, 1);
    const named = namedSubject(options, ['case', 'project', 'annotator']);
    const [pointText] = options.words;
    if (pointText === undefined) throw new CommandFailed('usage', 'Name the point: consilium as-of POINT.');
    const source = await openHistory(
      readFrom(textOption(options, 'from')),
      await findServers(config),
      new Progress(stderr),
    );
    try {
      const point = await readPoint(source, pointText);
      const { streamId } = await findSubject(source, named);
      let last: StreamStep | undefined;
      for await (const step of readStream(source, streamId, point)) last = step;
      if (last?.after === undefined) {
        throw new CommandFailed('notFound', `There was no ${streamId} at ${String(point)}.`);
      }
      const { envelope, globalSeq: lastChange, after: picture } = last;
      await source.recordAccess({ action: 'case.read', command: 'as-of', of: accessedCase(envelope) });
      const asOf = { point, streamId, version: envelope.streamVersion, lastChange };
      stdout.write(`${JSON.stringify({ asOf, ...picture }, null, 2)}\n`);
      return exitCodes.done;
    } finally {
      await source.close();
    }
  },
};
