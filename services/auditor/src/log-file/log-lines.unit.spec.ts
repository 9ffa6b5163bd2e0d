import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLine, writeLine } from './log-lines.ts';
import type { LogLine } from './log-lines.ts';

const event = (meta: string, payload: string): LogLine => ({
  kind: 'event',
  event: {
    globalSeq: 17,
    topic: 'case',
    partition: 3,
    partitionSeq: 2,
    metaBytes: Buffer.from(meta),
    payloadBytes: Buffer.from(payload),
    salt: Buffer.alloc(16, 1),
    streamHash: Buffer.alloc(32, 2),
    columns: undefined,
  },
});

const lines: readonly LogLine[] = [
  { kind: 'header', logId: 'a-log' },
  { kind: 'header', logId: undefined },
  event('{"a":"ñ\\n"}', '{"b":1}'),
  { kind: 'checkpoint', checkpoint: { size: 17, note: 'o\n17\nroot\n\n— o sig\n' } },
  { kind: 'trailer', events: 1, checkpoints: 1, sha256: '0'.repeat(64) },
];

describe('a line of a log file', () => {
  it.each(lines)('of kind $kind is read as it was written', (line) => {
    expect(readLine(writeLine(line))).toEqual(line);
  });

  it('keeps whatever text the bytes of an event are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (meta, payload) => {
        const line = event(meta, payload);
        expect(readLine(writeLine(line))).toEqual(line);
      }),
    );
  });

  it('cannot hold bytes that are no text', () => {
    const line = event('', '');
    if (line.kind !== 'event') throw new Error('it is one');
    expect(() => writeLine({ ...line, event: { ...line.event, payloadBytes: Buffer.of(0xff) } })).toThrow('event 17');
  });

  it('is refused with any byte of it changed, or it reads as something else', () => {
    const text = writeLine(event('{"a":1}', '{"b":2}'));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const bytes = Buffer.from(text);
        bytes.writeUInt8(bytes.readUInt8(at) ^ by, at);
        const read = readLine(bytes.toString('utf8'));
        expect(read).not.toEqual(readLine(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    [' in front', ` ${writeLine({ kind: 'header', logId: 'x' })}`],
    ['another order of keys', '{"kind":"header","format":"consilium-log","version":1,"logId":"x"}'],
    ['a member more', '{"a":1,"format":"consilium-log","kind":"header","logId":"x","version":1}'],
    ['a lone surrogate', '{"format":"consilium-log","kind":"header","logId":"\\ud800","version":1}'],
    ['nothing', ''],
    ['null', 'null'],
  ])('is refused with %s', (_what, text) => {
    expect(readLine(text)).toBeUndefined();
  });
});
