import { writeFile } from 'node:fs/promises';
import { isUuid } from '@consilium/domain';
import type { TileReader } from '@consilium/transparency';
import { CommandFailed, exitCodes } from '../command-failed.ts';
import type { Command } from '../command/command.ts';
import { findServers } from '../command/find-servers.ts';
import { Progress } from '../command/progress.ts';
import { flagOption, readOptions, textOption } from '../command/read-options.ts';
import { accessedCase } from '../history/accessed-case.ts';
import { envelopeOf } from '../history/envelope-of.ts';
import type { HistorySource } from '../history/history-source.ts';
import { openHistory, readFrom } from '../history/open-history.ts';
import { PostgresHistory } from '../history/postgres-history.ts';
import { makeBundle } from './make-bundle.ts';
import { treeOfHistory } from './tree-of-history.ts';

export const bundleCommand: Command = {
  name: 'bundle',
  summary: 'writes what an outsider needs to verify one event: bytes, proofs, signed heads',
  usage: `consilium bundle EVENT [--since SIZE] [--without-payload] [--from postgres|kafka|FILE] [--output FILE]

EVENT is an event id or a number of the log. The bundle is one JSON object. Whoever has it, the verifier key of the log and
"services/auditor/verify-bundle.mjs" (one file, nothing but Node) can check it without us:

  node verify-bundle.mjs bundle.json --key KEY [--held CHECKPOINT-FILE]

  --since SIZE        proves besides that the newest head continues the one of that size, which the outsider holds
  --without-payload   the hash of the payload instead of the payload: shows that and when, not what
  --output FILE       default: standard output

Exit codes: 0 done; 1 not reached; 2 wrong command line; 4 no such event, or no head covers it yet.
`,
  run: async (args, { config, stdout, stderr }) => {
    const options = readOptions(
      args,
      {
        since: { type: 'string' },
        'without-payload': { type: 'boolean' },
        from: { type: 'string' },
        output: { type: 'string', short: 'o' },
        json: { type: 'boolean' },
      },
      1,
    );
    const [event] = options.words;
    if (event === undefined) throw new CommandFailed('usage', 'Name the event: consilium bundle EVENT.');
    const progress = new Progress(stderr);
    const source = await openHistory(readFrom(textOption(options, 'from')), await findServers(config), progress);
    try {
      const bundle = await makeBundle({
        source,
        globalSeq: await seqOf(source, event),
        since: sizeOf(textOption(options, 'since')),
        withPayload: !flagOption(options, 'without-payload'),
        treeOf: async (size) => treeOf(source, size, progress),
      });
      const envelope = envelopeOf(Buffer.from(bundle.event.meta));
      if (envelope === undefined) throw new CommandFailed('failed', 'The event cannot be read: run verify.');
      await source.recordAccess({ action: 'proof.read', command: 'bundle', of: accessedCase(envelope) });
      const text = `${JSON.stringify(bundle, null, 2)}\n`;
      const output = textOption(options, 'output');
      if (output === undefined) stdout.write(text);
      else await writeFile(output, text);
      return exitCodes.done;
    } finally {
      await source.close();
    }
  },
};

async function seqOf(source: HistorySource, event: string): Promise<number> {
  if (/^[1-9][0-9]{0,14}$/.test(event)) return Number(event);
  if (!isUuid(event)) throw new CommandFailed('usage', `"${event}" is neither an event id nor a number of the log.`);
  const seq = await source.lookUp().seqOf(event);
  if (seq === undefined) throw new CommandFailed('notFound', `The log has no event ${event}.`);
  return seq;
}

function sizeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9][0-9]{0,14}$/.test(text)) throw new CommandFailed('usage', `--since: "${text}" is no size.`);
  return Number(text);
}

async function treeOf(source: HistorySource, size: number, progress: Progress): Promise<TileReader> {
  if (source instanceof PostgresHistory) return async (place) => source.seals.readTile(place);
  progress.begin('tree');
  const tree = await treeOfHistory(source, size, (events) => progress.at(events, size));
  progress.end();
  return tree;
}
