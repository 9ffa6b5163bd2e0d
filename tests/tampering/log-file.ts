import { createHash } from 'node:crypto';
import { canonicalJson } from '@consilium/contracts';
import type { LogEvent } from './log-event.ts';

export interface LogCheckpoint {
  readonly size: number;
  readonly note: string;
}

/** What an exported log says. */
export interface LogFile {
  /** Its line, as it stands. */
  readonly header: string;
  readonly events: readonly LogEvent[];
  readonly checkpoints: readonly LogCheckpoint[];
}

export const headerOf = (logId: string): string =>
  canonicalJson({ format: 'consilium-log', kind: 'header', logId, version: 1 });

/** The lines without their line feeds: header, events each followed by the checkpoint of its size, trailer. */
export function linesOf({ header, events, checkpoints }: LogFile): readonly string[] {
  const body = events.flatMap((event, index) => [
    eventLine(event),
    ...checkpoints.filter(({ size }) => size === index + 1).map(checkpointLine),
  ]);
  const later = checkpoints.filter(({ size }) => size > events.length).map(checkpointLine);
  return withTrailer([header, ...body, ...later]);
}

/** Puts a right trailer below lines that have none. */
export const withTrailer = (lines: readonly string[]): readonly string[] => {
  const count = (kind: string): number => lines.filter((line) => line.includes(`"kind":"${kind}"`)).length;
  return [
    ...lines,
    canonicalJson({
      checkpoints: count('checkpoint'),
      events: count('event'),
      kind: 'trailer',
      sha256: createHash('sha256')
        .update(lines.map((line) => `${line}\n`).join(''))
        .digest('hex'),
    }),
  ];
};

export const fileOf = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));

/** Of a file that nobody has tampered with. */
export const splitLines = (file: Buffer): readonly string[] => file.toString('utf8').slice(0, -1).split('\n');

/** Of a file that nobody has tampered with. Read once for each file: a seed makes thousands of changes of the same. */
export function readLogFile(file: Buffer): LogFile {
  const known = readBefore.get(file);
  if (known !== undefined) return known;
  const [header = '', ...lines] = splitLines(file);
  const values = lines.map((line) => JSON.parse(line) as EventLine | CheckpointLine | TrailerLine);
  const log = {
    header,
    events: values.flatMap((line) => (line.kind === 'event' ? [readEvent(line)] : [])),
    checkpoints: values.flatMap((line) => (line.kind === 'checkpoint' ? [{ size: line.size, note: line.note }] : [])),
  };
  readBefore.set(file, log);
  return log;
}

const readBefore = new WeakMap<Buffer, LogFile>();

type EventLine = Omit<LogEvent, 'salt' | 'streamHash'> & {
  readonly kind: 'event';
  /** Base64, as is the next. */
  readonly salt: string;
  readonly streamHash: string;
};
type CheckpointLine = LogCheckpoint & { readonly kind: 'checkpoint' };
interface TrailerLine {
  readonly kind: 'trailer';
}

const readEvent = ({ kind: _, salt, streamHash, ...event }: EventLine): LogEvent => ({
  ...event,
  salt: Buffer.from(salt, 'base64'),
  streamHash: Buffer.from(streamHash, 'base64'),
});

/** Kept for each event: of 500 lines, a tampering writes few anew. */
export function eventLine(event: LogEvent): string {
  const known = eventLines.get(event);
  if (known !== undefined) return known;
  const { salt, streamHash, ...others } = event;
  const line = canonicalJson({
    kind: 'event',
    ...others,
    salt: salt.toString('base64'),
    streamHash: streamHash.toString('base64'),
  });
  eventLines.set(event, line);
  return line;
}

const eventLines = new WeakMap<LogEvent, string>();

const checkpointLine = ({ size, note }: LogCheckpoint): string => canonicalJson({ kind: 'checkpoint', note, size });
