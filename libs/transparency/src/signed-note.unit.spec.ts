import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatNoteKey, InvalidNoteKey, noteKeyOf, readNoteKey } from './note-key.ts';
import { openNote } from './open-note.ts';
import { cosignText, logSigningKey, signText, type SigningKey, witnessSigningKey } from './sign-note.ts';
import { formatNote, parseNote, type SignedNote } from './signed-note.ts';

const newPrivateKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8');

function parsed(bytes: Uint8Array): SignedNote {
  const reading = parseNote(bytes);
  if (reading.kind === 'malformed') throw new Error(reading.reason);
  return reading.note;
}

const openedBy = (note: string, ...keys: readonly SigningKey[]): string =>
  openNote(
    parsed(bytesOf(note)),
    keys.map(({ key }) => key),
  ).kind;

/** From the documentation of golang.org/x/mod/sumdb/note. */
const knownKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const knownNote = [
  'If you think cryptography is the answer to your problem,',
  "then you don't know what your problem is.",
  '',
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=',
  '',
].join('\n');

describe('a note that others signed', () => {
  const key = readNoteKey(knownKey);

  it('opens with their key, and is written as it was read', () => {
    const note = parsed(bytesOf(knownNote));
    expect(openNote(note, [key])).toEqual({ kind: 'opened', signatures: [{ key, atSeconds: undefined }] });
    expect(formatNote(note)).toBe(knownNote);
    expect(formatNoteKey(key)).toBe(knownKey);
  });

  it('does not open with a byte changed anywhere', () => {
    const bytes = bytesOf(knownNote);
    const opened: number[] = [];
    for (let place = 0; place < bytes.length; place += 1) {
      for (const change of [0x01, 0x20, 0x80]) {
        const reading = parseNote(Uint8Array.from(bytes, (byte, index) => (index === place ? byte ^ change : byte)));
        if (reading.kind === 'note' && openNote(reading.note, [key]).kind === 'opened') opened.push(place);
      }
    }
    expect(opened).toEqual([]);
  });
});

describe('signatures', () => {
  const text = 'example.com/log\n3\n';
  const [log, next, witness] = [
    logSigningKey('example.com/log', newPrivateKey()),
    logSigningKey('example.com/log', newPrivateKey()),
    witnessSigningKey('example.com/w', newPrivateKey()),
  ];

  it('of unknown keys are passed over, as long as one is known', () => {
    const note = formatNote({
      text,
      signatures: [signText(text, log), signText(text, next), cosignText(text, witness, 7)],
    });
    expect(openedBy(note, log)).toBe('opened');
    expect(openedBy(note, next)).toBe('opened');
    expect(openedBy(note, logSigningKey('example.com/log', newPrivateKey()))).toBe('noKnownKey');
    expect(openNote(parsed(bytesOf(note)), [witness.key, log.key])).toEqual({
      kind: 'opened',
      signatures: [
        { key: log.key, atSeconds: undefined },
        { key: witness.key, atSeconds: 7 },
      ],
    });
  });

  it('of a known key that do not fit refuse the note, though others fit', () => {
    const foreign = { ...signText(`${text}more\n`, next) };
    const note = formatNote({ text, signatures: [signText(text, log), foreign] });
    expect(openedBy(note, log)).toBe('opened');
    expect(openedBy(note, log, next)).toBe('badSignature');
    const early = cosignText(text, witness, 7);
    const redated = { ...early, bytes: Uint8Array.from(early.bytes, (byte, index) => (index === 7 ? 8 : byte)) };
    expect(openedBy(formatNote({ text, signatures: [redated] }), witness)).toBe('badSignature');
    const short = { ...early, bytes: early.bytes.slice(0, 8) };
    expect(openedBy(formatNote({ text, signatures: [short] }), witness)).toBe('badSignature');
  });

  it('of a log are no cosignatures, with the same key and name', () => {
    const privateKey = newPrivateKey();
    const [asLog, asWitness] = [logSigningKey('same', privateKey), witnessSigningKey('same', privateKey)];
    expect(asLog.key.keyId).not.toBe(asWitness.key.keyId);
    const note = formatNote({ text, signatures: [signText(text, asLog)] });
    expect(openedBy(note, asWitness)).toBe('noKnownKey');
  });

  it('are dated in whole seconds since 1970', () => {
    for (const time of [-1, 0.5, Number.NaN]) expect(() => cosignText(text, witness, time)).toThrow(RangeError);
  });
});

describe('what is no note', () => {
  const signature = '— a AAAAAAA=\n';

  it('is said to be none', () => {
    const malformed = [
      '',
      '\n',
      'text\n',
      `text\n${signature}`,
      'text\n\n',
      `text\n\n${signature.trimEnd()}`,
      `text\n\n- a AAAAAAA=\n`,
      `text\n\n—  AAAAAAA=\n`,
      `text\n\n— a+b AAAAAAA=\n`,
      `text\n\n— a\u00a0b AAAAAAA=\n`,
      `text\n\n— a AAAA\n`,
      `text\n\n— a AAAAAAA\n`,
      `text\n\n— a AAAAAAB=\n`,
      `text\n\n— a AAAAAAA= b\n`,
      `te\txt\n\n${signature}`,
      `te\u0000xt\n\n${signature}`,
      `text\n\n${signature.repeat(65)}`,
      `${'x'.repeat(65_536)}\n\n${signature}`,
    ];
    expect(malformed.filter((note) => parseNote(bytesOf(note)).kind === 'note')).toEqual([]);
    expect(parseNote(Buffer.from('ff0a0a', 'hex'))).toEqual({ kind: 'malformed', reason: 'no UTF-8' });
    expect(parsed(bytesOf(`one\n\ntwo\n\n${signature.repeat(64)}`)).text).toBe('one\n\ntwo\n');
  });

  it('never breaks the reader', () => {
    const key = readNoteKey(knownKey);
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string({ unit: 'binary' }).map(bytesOf)), (bytes) => {
        const reading = parseNote(bytes);
        if (reading.kind === 'note') expect(openNote(reading.note, [key]).kind).not.toBe('opened');
      }),
    );
  });
});

describe('keys', () => {
  it('are read as they were written', () => {
    const keys = [
      noteKeyOf('log', 'a.example/b', logSigningKey('x', newPrivateKey()).key.publicKey),
      witnessSigningKey('w', newPrivateKey()).key,
    ];
    for (const key of keys) {
      const again = readNoteKey(formatNoteKey(key));
      expect([again.kind, again.name, again.keyId]).toEqual([key.kind, key.name, key.keyId]);
      expect(again.publicKey.equals(key.publicKey)).toBe(true);
    }
  });

  it('that cannot sign notes are refused', () => {
    const broken = [
      '',
      'name',
      knownKey.replace('c74f20a3', 'c74f20a4'),
      knownKey.replace('PeterNeumann', 'Peter Neumann'),
      knownKey.replace('PeterNeumann', ''),
      knownKey.replace('+ARpc', '+Arpc'),
      knownKey.replace('+ARpc', '+AxRpc'),
      `${knownKey}=`,
      'a+00000000+AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    ];
    for (const text of broken) expect(() => readNoteKey(text)).toThrow(InvalidNoteKey);
    for (const name of ['', 'a b', 'a+b', 'a\nb', 'a\u2003b']) {
      expect(() => logSigningKey(name, newPrivateKey())).toThrow(InvalidNoteKey);
    }
    expect(() => logSigningKey('a', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)).toThrow(
      InvalidNoteKey,
    );
  });
});
