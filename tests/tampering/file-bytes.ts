import { changeOfByte, inHex } from './change-value.ts';
import { fileOf, splitLines } from './log-file.ts';
import type { FileTampering, Maker } from './tampering.ts';

export type FileMaker = Maker<Buffer, FileTampering>;

/** Changes of bytes and lines by somebody who does not care what they mean. The trailer is left as it was. */
export const byteTamperings: Readonly<Record<string, FileMaker>> = {
  'byte changed': (random, file) => {
    const { place, before, after } = changeOfByte(random, file);
    return {
      what: `${lineOf(file, place)}: byte ${String(place)} from ${inHex(before)} to ${inHex(after)}`,
      apply: (given) => {
        const changed = Buffer.from(given);
        changed.writeUInt8(after, place);
        return changed;
      },
    };
  },
  'bytes removed': (random, file) => {
    const start = random.below(file.length);
    const count = Math.min(random.between(1, 200), file.length - start);
    return {
      what: `${lineOf(file, start)}: ${String(count)} bytes removed at ${String(start)}`,
      apply: (given) => Buffer.concat([given.subarray(0, start), given.subarray(start + count)]),
    };
  },
  'bytes inserted': (random, file) => {
    const start = random.below(file.length);
    const added = random.chance()
      ? random.bytes(random.between(1, 100))
      : Buffer.from(random.pick([' ', '\n', '\0', '\r']));
    return {
      what: `${lineOf(file, start)}: ${String(added.length)} bytes inserted at ${String(start)}`,
      apply: (given) => Buffer.concat([given.subarray(0, start), added, given.subarray(start)]),
    };
  },
  'bytes exchanged': (random, file) => {
    const [one, other] = [random.below(file.length), random.below(file.length)];
    if (file.readUInt8(one) === file.readUInt8(other)) return undefined;
    return {
      what: `the bytes ${String(one)} and ${String(other)} exchanged`,
      apply: (given) => {
        const changed = Buffer.from(given);
        changed.writeUInt8(given.readUInt8(one), other);
        changed.writeUInt8(given.readUInt8(other), one);
        return changed;
      },
    };
  },
  'cut off': (random, file) => {
    // After a whole line, or just before its line feed, as often as anywhere.
    const end = random.chance() ? random.below(file.length) : file.indexOf(0x0a, random.below(file.length));
    const length = end + (end < file.length - 1 ? random.below(2) : 0);
    return { what: `cut to ${String(length)} bytes`, apply: (given) => Buffer.from(given.subarray(0, length)) };
  },
  'something after the end': (random, file) => {
    const lines = splitLines(file);
    const added = random.pick([
      Buffer.from('\n'),
      Buffer.from('\0'),
      Buffer.from('{}\n'),
      fileOf(lines.slice(-1)),
      fileOf([random.pick(lines)]),
      random.bytes(random.between(1, 50)),
      file,
    ]);
    return {
      what: `${String(added.length)} bytes after the trailer`,
      apply: (given) => Buffer.concat([given, added]),
    };
  },
  'line removed': (random, file) => {
    const place = random.below(splitLines(file).length);
    return {
      what: `line ${String(place + 1)} removed`,
      apply: (given) => fileOf(splitLines(given).filter((_, index) => index !== place)),
    };
  },
  'line doubled': (random, file) => {
    const place = random.below(splitLines(file).length);
    return {
      what: `line ${String(place + 1)} doubled`,
      apply: (given) => fileOf(splitLines(given).flatMap((line, index) => (index === place ? [line, line] : [line]))),
    };
  },
  'lines exchanged': (random, file) => {
    const lines = splitLines(file);
    const [one, other] = random.pickTwo([...lines.keys()]);
    return {
      what: `lines ${String(one + 1)} and ${String(other + 1)} exchanged`,
      apply: (given) => fileOf(exchanged(splitLines(given), one, other)),
    };
  },
};

function exchanged<Item>(items: readonly Item[], one: number, other: number): readonly Item[] {
  return items.map((item, index) => {
    if (index === one) return items[other] ?? item;
    return index === other ? (items[one] ?? item) : item;
  });
}

/** Which line a byte is in. */
function lineOf(file: Buffer, place: number): string {
  let line = 1;
  for (let end = file.indexOf(0x0a); end >= 0 && end < place; end = file.indexOf(0x0a, end + 1)) line += 1;
  return `line ${String(line)}`;
}
