import fc from 'fast-check';
import type { JsonValue } from './json-value.ts';

/** Keys and texts that code gets wrong: what looks like an index, what objects inherit, halves of characters, escapes. */
const awkward = [
  '',
  '0',
  '10',
  '2',
  '__proto__',
  'constructor',
  '\\',
  '"',
  '\\"',
  '\u0000',
  '\ud83e',
  '\udec1',
  '🫁',
  'ñ]}',
  '[{,',
];

export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 12 }),
  fc.constantFrom(...awkward),
);

export const anyNumberText: fc.Arbitrary<string> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.bigInt().map(String),
  fc.constantFrom('-0', '0.10', '1e-3', '0.30000000000000004', '1E+400', '-0.0e-0', '12345678901234567890.000'),
);

export const anyJson: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    anyText,
    anyNumberText.map((text) => ({ kind: 'number' as const, text })),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => ({ kind: 'array' as const, items })),
    fc
      .array(fc.record({ key: anyText, value: tie('value') }), { maxLength: 4 })
      .map((members) => ({ kind: 'object' as const, members })),
  ),
})).value;

/** The same value in one of the many ways in which JSON can be written: white space and escapes by `choices`, over and over. */
export function writeFreely(value: JsonValue, choices: readonly number[]): string {
  let turn = 0;
  const choose = (): number => choices[turn++ % choices.length] ?? 0;
  const space = (): string => ['', '', ' ', '\n', '\t\r '][choose() % 5] ?? '';
  const unit = (code: number): string => {
    const character = String.fromCharCode(code);
    const escaped = `\\u${code.toString(16).padStart(4, '0')}`;
    if (code < 0x20 || (code >= 0xd800 && code < 0xe000)) return escaped;
    if (character === '"' || character === '\\') return `\\${character}`;
    return choose() % 4 === 0 ? escaped : character;
  };
  const quoted = (text: string): string =>
    `"${Array.from({ length: text.length }, (_, index) => unit(text.charCodeAt(index))).join('')}"`;
  const write = (part: JsonValue): string => {
    if (typeof part === 'string') return quoted(part);
    if (part === null || typeof part !== 'object') return String(part);
    if (part.kind === 'number') return part.text;
    const inner =
      part.kind === 'array'
        ? part.items.map((item) => `${space()}${write(item)}${space()}`)
        : part.members.map(
            (member) => `${space()}${quoted(member.key)}${space()}:${space()}${write(member.value)}${space()}`,
          );
    const [open, close] = part.kind === 'array' ? '[]' : '{}';
    return `${open ?? ''}${space()}${inner.join(',')}${close ?? ''}`;
  };
  return `${space()}${write(value)}${space()}`;
}

export const anyChoices: fc.Arbitrary<number[]> = fc.array(fc.nat(60), { minLength: 1, maxLength: 30 });

/**
 * What a text means by the judgement of JSON.parse alone, numbers as they are written and keys in order: equal for equal
 * texts. Keys that look like indices come first, whatever the text says, and of repeated keys the last stays.
 */
export function meaningOf(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) => {
    if (typeof value === 'number') return { number: context?.source };
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    return isObject ? { entries: Object.entries(value) } : value;
  });
}
