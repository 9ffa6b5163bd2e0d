import { streamIdOf } from '@consilium/domain';
import type { CaseId } from '@consilium/domain';
import { CommandFailed, exitCodes } from '../command-failed.ts';
import type { Command } from '../command/command.ts';
import { findServers } from '../command/find-servers.ts';
import { Progress } from '../command/progress.ts';
import { flagOption, readOptions, textOption } from '../command/read-options.ts';
import { accessedCase } from '../history/accessed-case.ts';
import type { HistorySource } from '../history/history-source.ts';
import { openHistory, readFrom } from '../history/open-history.ts';
import { differences } from './differences.ts';
import type { Difference } from './differences.ts';
import { diffProject } from './diff-project.ts';
import type { ProjectDiff } from './diff-project.ts';
import { readPoint } from './point.ts';
import { readStream } from './read-stream.ts';
import type { StreamStep } from './read-stream.ts';
import { shownValue } from './shown-value.ts';
import { namedSubject, subjectOptions } from './subject.ts';

export const diffCommand: Command = {
  name: 'diff',
  summary: 'shows what is different in a case or a project between two points',
  usage: `consilium diff POINT POINT --case ID | --project ID [--from postgres|kafka|FILE] [--json]

A point is a number of the log (17) or an instant (2026-11-23T22:20:00.000Z). Of a case: every value that differs. Of a
project: its protocol, its cases by status then and now, and each case that has changed.

Exit codes: 0 done; 1 not reached; 2 wrong command line; 4 there at neither point.
`,
  run: async (args, { config, stdout, stderr }) => {
    const options = readOptions(args, subjectOptions, 2);
    const { kind, id } = namedSubject(options, ['case', 'project']);
    const [first, second] = options.words;
    if (first === undefined || second === undefined) throw new CommandFailed('usage', 'Name two points.');
    const progress = new Progress(stderr);
    const source = await openHistory(readFrom(textOption(options, 'from')), await findServers(config), progress);
    try {
      const points = { from: await readPoint(source, first), to: await readPoint(source, second) };
      if (points.from > points.to) throw new CommandFailed('usage', 'The first point is after the second.');
      const write = (value: unknown, words: string): void =>
        void stdout.write(flagOption(options, 'json') ? `${JSON.stringify(value, null, 2)}\n` : words);
      if (kind === 'case') {
        const changes = await diffStream(source, streamIdOf('case', id), points);
        write({ ...points, changes }, changes.map(changeInWords).join(''));
      } else {
        progress.begin('reading the log');
        const { organisation, ...diff } = await diffProject(source, id, points, (events) =>
          progress.at(events, source.expectedSize),
        );
        progress.end();
        const caseIds = diff.cases.map(({ caseId }) => caseId as CaseId);
        await source.recordAccess({ action: 'history.read', command: 'diff', of: { organisation, caseIds } });
        write({ ...points, ...diff }, projectInWords(diff));
      }
      return exitCodes.done;
    } finally {
      await source.close();
    }
  },
};

async function diffStream(
  source: HistorySource,
  streamId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly Difference[]> {
  let [first, last]: [StreamStep | undefined, StreamStep | undefined] = [undefined, undefined];
  for await (const step of readStream(source, streamId, to)) {
    last = step;
    if (step.globalSeq <= from) first = step;
  }
  if (last?.after === undefined) throw new CommandFailed('notFound', `There was no ${streamId} at ${String(to)}.`);
  await source.recordAccess({ action: 'history.read', command: 'diff', of: accessedCase(last.envelope) });
  return differences(first?.after ?? {}, last.after);
}

const changeInWords = ({ path, from, to }: Difference): string => `${path}: ${shownValue(from)} -> ${shownValue(to)}\n`;

function projectInWords({ protocol, statuses, cases, changedCases }: Omit<ProjectDiff, 'organisation'>): string {
  return [
    ...protocol.map(changeInWords),
    ...statuses.map(({ status, from, to }) => `cases ${status}: ${String(from)} -> ${String(to)}\n`),
    ...cases.map(
      ({ caseId, from, to, events }) =>
        `${caseId}  ${from ?? '-'} -> ${to ?? '-'}  ${String(events)} ${events === 1 ? 'event' : 'events'}\n`,
    ),
    ...(changedCases > cases.length ? [`... and ${String(changedCases - cases.length)} cases more\n`] : []),
  ].join('');
}
