import { randomUUID } from 'node:crypto';
import { ConsiliumClient, decideParkedStream, parkedStreams } from '@consilium/client';
import type { ParkedStreamsData, ParkingReason } from '@consilium/client';
import { CommandFailed, exitCodes } from '../command-failed.ts';
import type { Command } from '../command/command.ts';
import { flagOption, readOptions, textOption } from '../command/read-options.ts';
import { findAccess } from '../export/running-consilium.ts';

const reasons: Readonly<Record<string, ParkingReason>> = {
  'software-mended': 'SOFTWARE_MENDED',
  'event-damaged': 'EVENT_DAMAGED',
  'entered-wrongly': 'ENTERED_WRONGLY',
  other: 'OTHER',
};

type ParkedStream = ParkedStreamsData['parkedStreams'][number];

export const parkedCommand: Command = {
  name: 'parked',
  summary: 'lists streams that the views cannot show further, and records what is decided about them',
  usage: `consilium parked list [--url URL] [--token TOKEN] [--json]
consilium parked retry|discard STREAM --reason REASON [--url URL] [--token TOKEN] [--json]

An event that can never be shown parks its stream: it and what comes after it are not shown, all other streams are. "retry" tries
them again, after the software was mended; "discard" shows the rest without that event. Either is recorded as an event, by the
person whose token is used, with the reason; history itself stays as it is.

  --reason REASON  ${Object.keys(reasons).join(', ')}
  --url URL        default: what npm start serves on this machine
  --token TOKEN    of an operator or administrator; default: CONSILIUM_TOKEN, else (without --url) that of npm start's operator

Exit codes: 0 done; 1 not reached; 2 wrong command line; 3 not allowed; 4 no such stream is parked.
`,
  run: async (args, { config, stdout }) => {
    const options = readOptions(
      args,
      {
        reason: { type: 'string' },
        url: { type: 'string' },
        token: { type: 'string' },
        json: { type: 'boolean' },
      },
      2,
    );
    const [verb, streamId] = options.words;
    const decision = verb === 'retry' ? 'RETRY' : verb === 'discard' ? 'DISCARD' : undefined;
    if (decision === undefined && (verb !== 'list' || streamId !== undefined)) {
      throw new CommandFailed('usage', 'Say list, retry STREAM or discard STREAM.');
    }
    const reason = decision === undefined ? undefined : reasonOf(textOption(options, 'reason'));
    const access = await findAccess({
      url: textOption(options, 'url'),
      token: textOption(options, 'token') ?? config.token,
      dataFolder: config.dataFolder,
      role: 'operator',
    });
    const client = new ConsiliumClient({ url: access.graphqlUrl, token: access.token });
    const { parkedStreams: parked } = await client.request(parkedStreams, {});
    if (decision === undefined || reason === undefined) {
      stdout.write(flagOption(options, 'json') ? `${JSON.stringify(parked, null, 2)}\n` : inWords(parked));
      return exitCodes.done;
    }
    const found = parked.find((stream) => stream.streamId === streamId);
    if (found === undefined) throw new CommandFailed('notFound', `No stream ${streamId ?? ''} is parked.`);
    const input = {
      commandId: randomUUID(),
      streamId: found.streamId,
      eventId: found.eventId,
      decision,
      reason,
    } as const;
    const answer = (await client.request(decideParkedStream, { input })).decideParkedStream;
    if (answer.__typename !== 'ParkedStreamDecided') throw new CommandFailed('failed', answer.message);
    stdout.write(
      flagOption(options, 'json')
        ? `${JSON.stringify({ decided: decision.toLowerCase(), ...found }, null, 2)}\n`
        : `Recorded. Look with "consilium parked list" whether it shows again.\n`,
    );
    return exitCodes.done;
  },
};

function reasonOf(text: string | undefined): ParkingReason {
  const reason = text === undefined ? undefined : reasons[text];
  if (reason === undefined) throw new CommandFailed('usage', `--reason is one of ${Object.keys(reasons).join(', ')}.`);
  return reason;
}

function inWords(parked: readonly ParkedStream[]): string {
  if (parked.length === 0) return 'No stream is parked.\n';
  return parked
    .map(
      ({ streamId, eventType, globalSeq, errorClass, errorCode, parkedAt }) =>
        `${streamId}  since ${parkedAt}\n    at event ${String(globalSeq)} (${eventType}): ${errorClass}${errorCode === null ? '' : ` ${errorCode}`}\n`,
    )
    .join('');
}
