import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CommandFailed, exitCodes } from '../command-failed.ts';
import type { Command, Surroundings } from '../command/command.ts';
import { findServers } from '../command/find-servers.ts';
import { counted, Progress } from '../command/progress.ts';
import { flagOption, readOptions, textOption } from '../command/read-options.ts';
import { openHistory, readFrom } from '../history/open-history.ts';
import { exportLog } from '../log-file/export-log.ts';
import type { ExportOptions } from './run-export.ts';
import { runExport } from './run-export.ts';

export const exportCommand: Command = {
  name: 'export',
  summary: 'writes a project, or with --log the whole history, as JSON lines',
  usage: `consilium export [--project ID] [--recipient WHO] [--purpose WHAT] [--url URL] [--token TOKEN] [--output FILE]
consilium export --format padchest-gr --of reads|consensus [the same options]
consilium export --log [--from postgres|kafka|FILE] [--output FILE] [--json]

Writes a project as JSON lines, to standard output or FILE: a header with the protocol, a line for each case with its
sentences, every raw read and the consensus, and a trailer with counts. A file without trailer is not whole.

  --project ID   default: the only project
  --recipient WHO, --purpose WHAT
                 who is given it and what for, 1 to 200 characters; put on record, so that a recipient can be told when
                 somebody is erased later; default: the exporter, for no stated purpose
  --url URL      default: what npm start serves on this machine
  --token TOKEN  default: CONSILIUM_TOKEN, else (without --url) the token of the auditor that npm start made
  --output FILE  default: standard output; progress goes to standard error

With --format padchest-gr it writes the JSON array of grounded reports of PadChest-GR instead:

  --of reads      boxes of reader A as boxes, of B as extra_boxes, of all others in consilium:reads; what came in as such a file goes out
                  equal to it, value by value
  --of consensus  what adjudicators decided, else what the reads agree on; cases without it are left out

Cases that this format has no form for are left out, and counted on standard error.

With --log it writes every event with its bytes and the signed heads, from the servers themselves: a file that verify,
replay, as-of, history, diff and bundle read without them. Free texts stay sealed.

  --from WHERE   postgres (default) or kafka
  --json         what was written, as JSON on standard error

Exit codes: 0 done; 1 not reached or not written; 2 wrong command line; 3 not allowed; 4 no such project.
`,
  run: async (args, surroundings) => {
    const options = readOptions(args, {
      log: { type: 'boolean' },
      format: { type: 'string' },
      of: { type: 'string' },
      from: { type: 'string' },
      project: { type: 'string' },
      recipient: { type: 'string' },
      purpose: { type: 'string' },
      url: { type: 'string' },
      token: { type: 'string' },
      output: { type: 'string', short: 'o' },
      json: { type: 'boolean' },
    });
    const ofProject = ['project', 'recipient', 'purpose', 'url', 'token', 'format', 'of'].filter(
      (name) => textOption(options, name) !== undefined,
    );
    const output = textOption(options, 'output');
    if (flagOption(options, 'log')) {
      if (ofProject.length > 0) throw new CommandFailed('usage', `--${ofProject[0] ?? ''} does not go with --log.`);
      await writeLog(textOption(options, 'from'), output, flagOption(options, 'json'), surroundings);
    } else {
      if (textOption(options, 'from') !== undefined) throw new CommandFailed('usage', '--from goes with --log.');
      const { config, stdout, stderr } = surroundings;
      await runExport(
        {
          format: formatOf(textOption(options, 'format'), textOption(options, 'of')),
          projectId: textOption(options, 'project'),
          to: {
            recipient: textOption(options, 'recipient') ?? 'the exporter',
            purpose: textOption(options, 'purpose') ?? 'not stated',
          },
          url: textOption(options, 'url'),
          token: textOption(options, 'token'),
          output,
        },
        { dataFolder: config.dataFolder, environmentToken: config.token, stdout, stderr },
      );
    }
    return exitCodes.done;
  },
};

function formatOf(format: string | undefined, of: string | undefined): ExportOptions['format'] {
  if (format === undefined || format === 'json-lines') {
    if (of !== undefined) throw new CommandFailed('usage', '--of goes with --format padchest-gr.');
    return 'json-lines';
  }
  if (format !== 'padchest-gr') {
    throw new CommandFailed('usage', `--format is "${format}": give json-lines or padchest-gr.`);
  }
  if (of === 'reads' || of === 'consensus') return { groundedReports: of };
  throw new CommandFailed('usage', 'Give --of reads, or --of consensus: they never stand in one file.');
}

async function writeLog(
  from: string | undefined,
  path: string | undefined,
  json: boolean,
  { config, stdout, stderr }: Surroundings,
): Promise<void> {
  const progress = new Progress(stderr);
  const source = await openHistory(readFrom(from), await findServers(config), progress);
  try {
    await source.recordAccess({ action: 'project.export', command: 'export --log', of: 'everything' });
    progress.begin('export');
    let written = { events: 0, checkpoints: 0 };
    const lines = async function* (): AsyncGenerator<string> {
      written = yield* exportLog(source, (events) => progress.at(events, source.expectedSize));
    };
    const output = path === undefined ? stdout : createWriteStream(path);
    await pipeline(Readable.from(lines()), output, { end: output !== stdout });
    progress.end(`${counted(written.events)} events, ${counted(written.checkpoints)} heads`);
    if (json) stderr.write(`${JSON.stringify(written)}\n`);
  } finally {
    await source.close();
  }
}
