import { canonicalJson } from '@consilium/contracts';
import type { StoredCheckpoint } from '@consilium/event-store';
import { z } from 'zod';
import type { FoundEvent } from '../history/found-event.ts';

/*
 * The history of a log as JSON lines, so that it can be kept and checked without any server: a header, the events in order,
 * each signed head after the last event that it covers, and a trailer. Each line is RFC 8785 JSON, so that there is one way
 * only to write a given history, and no byte of the file is without meaning.
 */

const base64 = (length?: number): z.ZodType<Buffer, string> =>
  z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((bytes) => length === undefined || bytes.length === length);
const count = z.int().min(0);

const headerLine = z.strictObject({
  kind: z.literal('header'),
  format: z.literal('consilium-log'),
  version: z.literal(1),
  logId: z.string().max(100).nullable(),
});
const eventLine = z.strictObject({
  kind: z.literal('event'),
  globalSeq: z.int().min(1),
  topic: z.string().max(100),
  partition: count,
  partitionSeq: z.int().min(1),
  meta: z.string(),
  payload: z.string(),
  salt: base64(16),
  streamHash: base64(32),
});
const checkpointLine = z.strictObject({ kind: z.literal('checkpoint'), size: z.int().min(1), note: z.string() });
const trailerLine = z.strictObject({
  kind: z.literal('trailer'),
  events: count,
  checkpoints: count,
  /** SHA-256 in hex of every byte before this line. It finds accidents; only the heads find intent. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const anyLine = z.discriminatedUnion('kind', [headerLine, eventLine, checkpointLine, trailerLine]);

export type LogLine =
  | { readonly kind: 'header'; readonly logId: string | undefined }
  | { readonly kind: 'event'; readonly event: FoundEvent }
  | { readonly kind: 'checkpoint'; readonly checkpoint: StoredCheckpoint }
  | { readonly kind: 'trailer'; readonly events: number; readonly checkpoints: number; readonly sha256: string };

/** The bytes of an event are no text, so that they cannot stand in a line. */
export class NotText extends Error {
  override readonly name = 'NotText';
}

/** Without its line feed. @throws NotText */
export function writeLine(line: LogLine): string {
  switch (line.kind) {
    case 'header':
      return canonicalJson({ kind: 'header', format: 'consilium-log', version: 1, logId: line.logId ?? null });
    case 'event': {
      const { globalSeq, topic, partition, partitionSeq, metaBytes, payloadBytes, salt, streamHash } = line.event;
      return canonicalJson({
        kind: 'event',
        globalSeq,
        topic,
        partition,
        partitionSeq,
        meta: textOf(globalSeq, metaBytes),
        payload: textOf(globalSeq, payloadBytes),
        salt: Buffer.from(salt).toString('base64'),
        streamHash: Buffer.from(streamHash).toString('base64'),
      });
    }
    case 'checkpoint':
      return canonicalJson({ kind: 'checkpoint', size: line.checkpoint.size, note: line.checkpoint.note });
    case 'trailer':
      return canonicalJson({
        kind: 'trailer',
        events: line.events,
        checkpoints: line.checkpoints,
        sha256: line.sha256,
      });
  }
}

/** Undefined for what no export writes, be it by one space. */
export function readLine(text: string): LogLine | undefined {
  const read = anyLine.safeParse(parseJson(text));
  if (!read.success) return undefined;
  const line = lineOf(read.data);
  return isWrittenSo(line, text) ? line : undefined;
}

function isWrittenSo(line: LogLine, text: string): boolean {
  try {
    return writeLine(line) === text;
  } catch {
    return false;
  }
}

function lineOf(data: z.output<typeof anyLine>): LogLine {
  switch (data.kind) {
    case 'header':
      return { kind: 'header', logId: data.logId ?? undefined };
    case 'event': {
      const { kind, meta, payload, ...event } = data;
      const [metaBytes, payloadBytes] = [Buffer.from(meta, 'utf8'), Buffer.from(payload, 'utf8')];
      return { kind, event: { ...event, metaBytes, payloadBytes, columns: undefined } };
    }
    case 'checkpoint':
      return { kind: 'checkpoint', checkpoint: { size: data.size, note: data.note } };
    case 'trailer':
      return data;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(globalSeq: number, bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8');
  if (Buffer.compare(Buffer.from(text, 'utf8'), bytes) !== 0) {
    throw new NotText(`event ${String(globalSeq)} is no UTF-8 text: run verify`);
  }
  return text;
}
