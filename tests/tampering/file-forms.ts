import type { FileMaker } from './file-bytes.ts';
import { fileOf, splitLines, withTrailer } from './log-file.ts';
import type { RandomSource } from './random-source.ts';

/**
 * Changes of how something is written while a careless reader reads the same, under a trailer that is put right: the format
 * allows one form only. The header's `logId` is never changed: a copy of a log under another id, with a right trailer, is
 * another log's file, and nothing in it or in the anchor speaks against it.
 */
export const formTamperings: Readonly<Record<string, FileMaker>> = {
  'line in another form': (random, file) => ofLine(random, file, anyLine, reformed),
  'member written twice': (random, file) => ofLine(random, file, anyLine, withTwin),
  'member added': (random, file) =>
    ofLine(random, file, anyLine, (line) => ({
      line: `${line.slice(0, -1)},${random.pick(['"x":1', '"zz":null', '"valid":true'])}}`,
      what: 'with one more member',
    })),
  'base64 in another form': (random, file) => ofLine(random, file, isEvent, withLooseBase64),
  'another header': (random, file) =>
    ofLine(random, file, isHeader, (line) => {
      const [from, to] = random.pick([
        ['"version":1', '"version":2'],
        ['"version":1', '"version":"1"'],
        ['"consilium-log"', '"consilium-log2"'],
        ['"kind":"header"', '"kind":"Header"'],
        ['"format":"consilium-log",', ''],
      ] as const);
      return { line: line.replace(from, to), what: `with ${to === '' ? `no ${from}` : to}` };
    }),
  'header elsewhere': (random, file) => {
    const lines = splitLines(file);
    const place = random.below(lines.length - 2) + 1;
    const isMoved = random.chance();
    return {
      what: `header ${isMoved ? 'moved' : 'repeated'} after line ${String(place + 1)}, trailer right`,
      apply: (given) => {
        const [header = '', ...rest] = splitLines(given).slice(0, -1);
        const body = [...rest.slice(0, place), header, ...rest.slice(place)];
        return fileOf(withTrailer(isMoved ? body : [header, ...body]));
      },
    };
  },
  'another trailer': (random, file) => {
    const [what, change] = random.pick(trailerChanges(random));
    if (change(splitLines(file).at(-1) ?? '') === splitLines(file).at(-1)) return undefined;
    return {
      what: `trailer ${what}`,
      apply: (given) => {
        const lines = splitLines(given);
        return fileOf([...lines.slice(0, -1), change(lines.at(-1) ?? '')]);
      },
    };
  },
  'other line ends': (random) => {
    const [what, change] = random.pick<readonly [string, (lines: readonly string[]) => readonly string[]]>([
      ['CR before every LF', (lines) => lines.map((line) => `${line}\r`)],
      [
        'a byte order mark before the header',
        (lines) => lines.map((line, index) => (index === 0 ? `\ufeff${line}` : line)),
      ],
      ['an empty line after the header', ([header = '', ...lines]) => [header, '', ...lines]],
      ['an empty line before the trailer', (lines) => [...lines, '']],
    ]);
    return {
      what: `${what}, trailer right`,
      apply: (given) => fileOf(withTrailer(change(splitLines(given).slice(0, -1)))),
    };
  },
};

function trailerChanges(random: RandomSource): readonly (readonly [string, (line: string) => string])[] {
  const sum = random.bytes(32).toString('hex');
  return [
    ['without its sum', (line) => line.replace(/,"sha256":"[0-9a-f]*"/, '')],
    ['with its sum in capitals', (line) => line.replace(/[0-9a-f]{64}/, (before) => before.toUpperCase())],
    ['with half a sum', (line) => line.replace(/[0-9a-f]{32}"/, '"')],
    ['with another sum', (line) => line.replace(/[0-9a-f]{64}/, sum)],
    ['that counts one event more', (line) => line.replace(/"events":[0-9]+/, countedUp)],
    ['that counts one checkpoint more', (line) => line.replace(/"checkpoints":[0-9]+/, countedUp)],
    ['that counts no events', (line) => line.replace(/"events":[0-9]+/, '"events":0')],
  ];
}

const countedUp = (member: string): string => member.replace(/[0-9]+/, (count) => String(Number(count) + 1));

interface Reformed {
  readonly line: string;
  readonly what: string;
}

const anyLine = (): boolean => true;
const isEvent = (line: string): boolean => line.includes('"kind":"event"');
const isHeader = (line: string): boolean => line.includes('"kind":"header"');

/** One line above the trailer, which then is put right. */
function ofLine(
  random: RandomSource,
  file: Buffer,
  isMeant: (line: string) => boolean,
  change: (line: string, random: RandomSource) => Reformed,
): ReturnType<FileMaker> {
  const lines = splitLines(file).slice(0, -1);
  const place = random.pick([...lines.keys()].filter((index) => isMeant(lines[index] ?? '')));
  const before = lines[place] ?? '';
  const { line, what } = change(before, random);
  if (line === before) return undefined;
  return {
    what: `line ${String(place + 1)} ${what}, trailer right`,
    apply: (given) => {
      const others = splitLines(given).slice(0, -1);
      return fileOf(withTrailer(others.map((other, index) => (index === place ? line : other))));
    },
  };
}

function reformed(line: string, random: RandomSource): Reformed {
  const value = JSON.parse(line) as object;
  return random.pick([
    { line: ` ${line}`, what: 'after a space' },
    { line: `${line} `, what: 'before a space' },
    { line: line.replace('","', '", "'), what: 'with a space between members' },
    { line: line.replace('"kind"', '"\\u006bind"'), what: 'with an escape that was not needed' },
    { line: line.replace(/("(?:size|globalSeq|version)":[0-9]+)/, '$1.0'), what: 'with a number as 1.0' },
    { line: line.replace(/("(?:size|globalSeq|version)":[0-9]+)/, '$1e0'), what: 'with a number as 1e0' },
    {
      line: JSON.stringify(Object.fromEntries(Object.entries(value).reverse())),
      what: 'with its members turned around',
    },
    { line: `[${line}]`, what: 'within an array' },
  ]);
}

/** JSON.parse keeps the last of two members, and a person reads the first. */
function withTwin(line: string, random: RandomSource): Reformed {
  const value = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const name = random.pick(Object.keys(value));
  const twin = typeof value[name] === 'number' ? String(value[name] + 1) : '"something else"';
  return { line: `{${JSON.stringify(name)}:${twin},${line.slice(1)}`, what: `with ${name} twice` };
}

/** Decoders pass over the bits after the last byte, and over missing or foreign characters. */
function withLooseBase64(line: string, random: RandomSource): Reformed {
  const name = random.pick(['salt', 'streamHash']);
  const pattern = new RegExp(`("${name}":"[^"=]*)([^"=])(=+)"`);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const spare = name === 'salt' ? 16 : 4;
  const [to, what] = random.pick<readonly [(start: string, last: string, padding: string) => string, string]>([
    [
      (start, last, padding) =>
        `${start}${alphabet.charAt(alphabet.indexOf(last) + random.between(1, spare - 1))}${padding}"`,
      'with bits after the last byte',
    ],
    [(start, last) => `${start}${last}"`, 'without padding'],
    [(start, last, padding) => `${start}${last}${padding}="`, 'with more padding'],
    [
      (start, last, padding) => `${start.replaceAll('+', '-').replaceAll('/', '_')}${last}${padding}"`,
      'in the URL alphabet',
    ],
    [(start, last, padding) => `${start} ${last}${padding}"`, 'with a space'],
  ]);
  return {
    line: line.replace(pattern, (_, start: string, last: string, padding: string) => to(start, last, padding)),
    what: `${what} of its ${name}`,
  };
}
