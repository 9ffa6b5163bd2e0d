import { activeGeneration, canonicalSha256, parkedStreamsOf, ProjectionStore } from '@consilium/read-model';
import { exitCodes } from '../command-failed.ts';
import type { Command } from '../command/command.ts';
import { demand, findServers } from '../command/find-servers.ts';
import { counted, Progress } from '../command/progress.ts';
import { flagOption, readOptions, textOption } from '../command/read-options.ts';
import { openHistory, readFrom } from '../history/open-history.ts';
import { readPoint } from '../picture/point.ts';
import { mostParkedInReplay, replayEvents } from './replay-events.ts';
import { makeScratchDatabase } from './scratch-database.ts';

export const replayCommand: Command = {
  name: 'replay',
  summary: 'makes the views anew, up to a number or an instant, in a database of its own',
  usage: `consilium replay [--to POINT] [--from postgres|kafka|FILE] [--keep] [--json]

Makes a database on the server of CONSILIUM_SCRATCH_DATABASE_URL (else DATABASE_URL, else that of npm start), replays the
history into its views by the projector's own code, and shows how many events and rows that gave, with the canonical SHA-256
of each view. The database is removed again.

  --to POINT   a number of the log (17) or an instant (2026-11-23T22:20:00.000Z); default: everything
  --keep       leaves the database for questions in SQL (schema read_model) and names it; remove it with DROP DATABASE

Exit codes: 0 done; 1 not reached, or the history is not whole: run verify; 2 wrong command line.
`,
  run: async (args, { config, stdout, stderr }) => {
    const options = readOptions(args, {
      to: { type: 'string' },
      from: { type: 'string' },
      keep: { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const servers = await findServers(config);
    const serverUrl = config.scratchDatabaseUrl ?? demand(servers.databaseUrl, 'CONSILIUM_SCRATCH_DATABASE_URL');
    const progress = new Progress(stderr);
    const source = await openHistory(readFrom(textOption(options, 'from')), servers, progress);
    try {
      const pointText = textOption(options, 'to');
      const to = pointText === undefined ? undefined : await readPoint(source, pointText);
      await source.recordAccess({ action: 'history.read', command: 'replay', of: 'everything' });
      const scratch = await makeScratchDatabase(serverUrl);
      let isKept = false;
      try {
        progress.begin('replay');
        const generation = await activeGeneration(scratch.database);
        const store = new ProjectionStore(scratch.database, { generation, mostParkedStreams: mostParkedInReplay });
        let events = 0;
        for await (const batch of source.events({ to }, () => undefined)) {
          await replayEvents(store, source.logId ?? '', batch);
          events += batch.length;
          progress.at(events, to ?? source.expectedSize);
        }
        progress.end(`${counted(events)} events`);
        const views = await canonicalSha256(scratch.database, generation);
        const parked = await parkedStreamsOf(scratch.database, generation);
        isKept = flagOption(options, 'keep');
        const result = {
          to: to ?? events,
          events,
          database: isKept ? scratch.name : null,
          parkedStreams: parked.length,
          views,
        };
        stdout.write(flagOption(options, 'json') ? `${JSON.stringify(result, null, 2)}\n` : inWords(result));
        return exitCodes.done;
      } finally {
        await (isKept ? scratch.close() : scratch.drop());
      }
    } finally {
      await source.close();
    }
  },
};

function inWords({
  events,
  database,
  parkedStreams,
  views,
}: {
  readonly events: number;
  readonly database: string | null;
  readonly parkedStreams: number;
  readonly views: Awaited<ReturnType<typeof canonicalSha256>>;
}): string {
  return [
    `${counted(events)} events replayed${parkedStreams === 0 ? '' : `, ${String(parkedStreams)} streams parked`}.`,
    ...Object.entries(views).map(
      ([view, { rows, sha256 }]) => `${view.padEnd(20)}${counted(rows).padStart(12)}  ${sha256}`,
    ),
    ...(database === null ? [] : [`The database ${database} is kept.`]),
    '',
  ].join('\n');
}
