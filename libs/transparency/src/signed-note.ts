import { decodeBase64 } from './base64.ts';
import { isKeyName } from './note-key.ts';

export interface NoteSignature {
  readonly keyName: string;
  /** Unsigned, 32 bits. */
  readonly keyId: number;
  readonly bytes: Uint8Array;
}

/** A text and the signatures on it (C2SP signed-note). The text is to be ignored until one is verified. */
export interface SignedNote {
  /** Ends with a line feed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export type NoteReading =
  { readonly kind: 'note'; readonly note: SignedNote } | { readonly kind: 'malformed'; readonly reason: string };

const mostBytes = 65_536;
const mostSignatures = 64;
const keyIdBytes = 4;
const dash = '\u2014';

/** Anything may come in: what is no note is said to be none. At most 64 KiB with 64 signatures. */
export function parseNote(bytes: Uint8Array): NoteReading {
  if (bytes.length > mostBytes) return malformed(`more than ${String(mostBytes)} bytes`);
  const whole = decodeUtf8(bytes);
  if (whole === undefined) return malformed('no UTF-8');
  if (/[^\n\P{Cc}]/u.test(whole)) return malformed('a control character');
  const end = whole.lastIndexOf('\n\n');
  if (end < 0 || !whole.endsWith('\n'))
    return malformed('no blank line before the signatures, or no line feed at the end');
  const lines = whole.slice(end + 2, -1).split('\n');
  if (lines.length > mostSignatures) return malformed(`more than ${String(mostSignatures)} signatures`);
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = readSignature(line);
    if (signature === undefined) return malformed('a line that is no signature');
    signatures.push(signature);
  }
  return { kind: 'note', note: { text: whole.slice(0, end + 1), signatures } };
}

export function formatNote({ text, signatures }: SignedNote): string {
  const lines = signatures.map(({ keyName, keyId, bytes }) => {
    const id = Buffer.alloc(keyIdBytes);
    id.writeUInt32BE(keyId);
    return `${dash} ${keyName} ${Buffer.concat([id, bytes]).toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

function readSignature(line: string): NoteSignature | undefined {
  const [mark, keyName, base64, ...others] = line.split(' ');
  if (mark !== dash || keyName === undefined || base64 === undefined || others.length > 0) return undefined;
  const bytes = decodeBase64(base64);
  if (!isKeyName(keyName) || bytes === undefined || bytes.length <= keyIdBytes) return undefined;
  return { keyName, keyId: Buffer.from(bytes).readUInt32BE(), bytes: bytes.subarray(keyIdBytes) };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const malformed = (reason: string): NoteReading => ({ kind: 'malformed', reason });
