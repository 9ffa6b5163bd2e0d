import { type Anchor, type BucketAccess, isBucketUrl, openAnchor } from '@consilium/anchor';
import { CommandFailed, exitCodes } from '../command-failed.ts';
import type { Command } from '../command/command.ts';
import { findServers } from '../command/find-servers.ts';
import { counted, Progress } from '../command/progress.ts';
import { flagOption, readOptions, textOption, textsOption } from '../command/read-options.ts';
import { trustedKeys } from '../command/trusted-keys.ts';
import { readFrom } from '../history/open-history.ts';
import { runVerify } from './run-verify.ts';
import type { VerifyReport } from './run-verify.ts';

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'checks that history is whole and unchanged, and that everything made of it is right',
  usage: `consilium verify [--from postgres|kafka|FILE] [--key KEY]... [--anchor PLACE] [--no-kafka] [--no-views] [--json]

From postgres (default): every event's hashes and chain, the log's numbers, the Merkle tree and its tiles, every signed head in
the journal, on Kafka and in the anchor, every record on Kafka beside the journal, every row of every view beside a replay into
a database of its own. From kafka, or from a FILE that "consilium export --log" wrote: the same as far as it goes alone.
Names the first event, stream, head or row that is not as it must be.

  --key KEY       verifier key of the log, as make-seal-key prints it; after a rotation KEY@FIRST-LAST and KEY@FIRST-.
                  Default: that of what npm start serves here
  --without-key   heads are compared with the events, their signatures are not checked
  --anchor PLACE  heads held outside the database: a folder, or https://host/bucket/prefix with AWS_ACCESS_KEY_ID and
                  AWS_SECRET_ACCESS_KEY; default CONSILIUM_ANCHOR_FOLDER, CONSILIUM_ANCHOR_BUCKET, what npm start uses here
  --no-kafka, --no-views   leave these out
  --json          the report as JSON on standard output

Exit codes: 0 all of it holds; 5 something does not; 1 not reached; 2 wrong command line.
`,
  run: async (args, { config, stdout, stderr }) => {
    const options = readOptions(args, {
      from: { type: 'string' },
      key: { type: 'string', multiple: true },
      'without-key': { type: 'boolean' },
      anchor: { type: 'string' },
      'no-kafka': { type: 'boolean' },
      'no-views': { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const servers = await findServers(config);
    const given = textsOption(options, 'key');
    const keys = flagOption(options, 'without-key') ? [] : trustedKeys(given.length > 0 ? given : servers.verifierKeys);
    if (keys.length === 0 && !flagOption(options, 'without-key')) {
      throw new CommandFailed('usage', 'Give the verifier key of the log with --key, or say --without-key.');
    }
    const report = await runVerify({
      from: readFrom(textOption(options, 'from')),
      servers,
      keys,
      anchor: anchorAt(textOption(options, 'anchor') ?? servers.anchor, config.bucketAccess),
      kafka: !flagOption(options, 'no-kafka'),
      views: !flagOption(options, 'no-views'),
      scratchDatabaseUrl: config.scratchDatabaseUrl,
      progress: new Progress(stderr),
    });
    stdout.write(flagOption(options, 'json') ? `${JSON.stringify(report, null, 2)}\n` : inWords(report));
    return report.holds ? exitCodes.done : exitCodes.doesNotHold;
  },
};

function anchorAt(place: string | undefined, access: BucketAccess | undefined): Anchor | undefined {
  if (place === undefined) return undefined;
  if (isBucketUrl(place) && access === undefined) {
    throw new CommandFailed('usage', 'A bucket needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.');
  }
  return openAnchor(place, access);
}

function inWords(report: VerifyReport): string {
  const { holds, events, sealed, unsealed, root, notChecked, problemCount, problems } = report;
  const lines = [
    ...problems.map(
      ({ where, code, subject, message }) => `${where.padEnd(10)} ${code.padEnd(20)} ${subject}: ${message}`,
    ),
    ...(problemCount > problems.length ? [`... and ${counted(problemCount - problems.length)} more`] : []),
    ...(problems.length > 0 ? [''] : []),
    `${counted(events)} events, ${counted(sealed)} of them under a signed head, ${counted(unsealed)} after the last.`,
    ...(root === undefined ? [] : [`Root over all: ${root}`]),
    ...notChecked.map((what) => `Not checked: ${what}.`),
    holds ? 'It holds.' : `It does not hold: ${counted(problemCount)} ${problemCount === 1 ? 'problem' : 'problems'}.`,
  ];
  return `${lines.join('\n')}\n`;
}
