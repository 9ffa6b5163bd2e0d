import { CommandFailed, exitCodes } from '../command-failed.ts';
import type { Command } from '../command/command.ts';
import { findServers } from '../command/find-servers.ts';
import { Progress } from '../command/progress.ts';
import { flagOption, readOptions, textOption } from '../command/read-options.ts';
import { accessedCase } from '../history/accessed-case.ts';
import { openHistory, readFrom } from '../history/open-history.ts';
import { differences } from './differences.ts';
import type { Difference } from './differences.ts';
import { readStream } from './read-stream.ts';
import type { StreamStep } from './read-stream.ts';
import { shownValue } from './shown-value.ts';
import { findSubject, namedSubject, subjectOptions } from './subject.ts';
import type { Subject } from './subject.ts';

interface Entry {
  readonly globalSeq: number;
  readonly version: number;
  readonly type: string;
  readonly at: string;
  readonly actor: StreamStep['envelope']['actor'];
  readonly reasonCode: string | null;
  readonly eventId: string;
  readonly changes: readonly Difference[];
}

export const historyCommand: Command = {
  name: 'history',
  summary: 'shows who changed a case, annotation or region, when, from what to what, and why',
  usage: `consilium history --case ID | --annotation ID | --region ID | --project ID | --annotator ID
                  [--from postgres|kafka|FILE] [--json]

Every event of it in order: who (a pseudonymous id and a role), when, what was changed from what to what, and why where a
reason was given. Values that are long or sealed are shortened; --json has them whole.

Exit codes: 0 done; 1 not reached; 2 wrong command line; 4 no such thing.
`,
  run: async (args, { config, stdout, stderr }) => {
    const options = readOptions(args, subjectOptions);
    const named = namedSubject(options, ['case', 'annotation', 'region', 'project', 'annotator']);
    const progress = new Progress(stderr);
    const source = await openHistory(readFrom(textOption(options, 'from')), await findServers(config), progress);
    try {
      const subject = await findSubject(source, named);
      const entries: Entry[] = [];
      let envelope: StreamStep['envelope'] | undefined;
      for await (const step of readStream(source, subject.streamId, undefined)) {
        ({ envelope } = step);
        const changes = changesOf(step, subject);
        if (subject.within === undefined || changes.length > 0) entries.push(entryOf(step, changes));
      }
      if (envelope === undefined || entries.length === 0) {
        throw new CommandFailed('notFound', `There is no ${named.kind} ${named.id}.`);
      }
      await source.recordAccess({ action: 'history.read', command: 'history', of: accessedCase(envelope) });
      stdout.write(
        flagOption(options, 'json') ? `${JSON.stringify(entries, null, 2)}\n` : entries.map(inWords).join(''),
      );
      return exitCodes.done;
    } finally {
      await source.close();
    }
  },
};

/** Of an annotation: what is in its read. Of a region: what is in it, and where it is named. */
function changesOf({ before, after }: StreamStep, { within }: Subject): readonly Difference[] {
  const all = differences(before ?? {}, after ?? {});
  if (within === undefined) return all;
  const [readBefore, readAfter] = [readWith(before, within), readWith(after, within)];
  if (readBefore === undefined && readAfter === undefined) {
    return all.filter(({ path, from, to }) => path.includes(within) || JSON.stringify([from, to]).includes(within));
  }
  return differences(readBefore ?? {}, readAfter ?? {});
}

function readWith(picture: StreamStep['before'], annotationId: string): object | undefined {
  return picture?.kind === 'case' ? picture.reads.find((read) => read.annotationId === annotationId) : undefined;
}

const entryOf = ({ globalSeq, envelope }: StreamStep, changes: readonly Difference[]): Entry => ({
  globalSeq,
  version: envelope.streamVersion,
  type: envelope.type,
  at: envelope.recordedAt,
  actor: envelope.actor,
  reasonCode: envelope.reasonCode ?? null,
  eventId: envelope.eventId,
  changes,
});

function inWords({ globalSeq, version, type, at, actor, reasonCode, changes }: Entry): string {
  const reason = reasonCode === null ? '' : `  reason ${reasonCode}`;
  const lines = changes.map(({ path, from, to }) => `      ${path}: ${shownValue(from)} -> ${shownValue(to)}`);
  return [
    `${at}  ${String(version).padStart(3)}  ${type}  by ${actor.role} ${actor.id}${reason}  (event ${String(globalSeq)})`,
    ...lines,
    '',
  ].join('\n');
}
