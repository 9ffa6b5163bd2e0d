import { canonicalJson, type JsonValue } from '@consilium/contracts';
import { changeBytes, changeInteger, changeJson, changeText, changeUuid } from './change-value.ts';
import type { RandomSource } from './random-source.ts';
import { byteaText, bytesOf, numberOf, type TableSnapshot, textOf, type TextRow } from './table-snapshot.ts';

const mostOf: Readonly<Record<string, number>> = { smallint: 32_767, integer: 2_147_483_647 };

/** Another value for a column of a row, after its type. NULL where there was something and something may be missing. */
export function changeColumn(random: RandomSource, table: TableSnapshot, row: TextRow, column: string): string | null {
  const type = table.columns[column] ?? '';
  if (row[column] === null) return valueOutOfNothing(random, type);
  if (table.nullable.has(column) && random.below(4) === 0) return null;
  switch (type) {
    case 'uuid':
      return changeUuid(random, textOf(row, column));
    case 'text':
      return changeText(random, textOf(row, column));
    case 'smallint':
    case 'integer':
    case 'bigint':
      // Beyond what a number holds: a reader may fail instead of telling.
      if (type === 'bigint' && random.below(12) === 0) return random.pick(hugeNumbers);
      return integerWithin(changeInteger(random, numberOf(row, column)), mostOf[type] ?? Number.MAX_SAFE_INTEGER);
    case 'bytea':
      return byteaText(changeBytes(random, bytesOf(row, column)).bytes);
    case 'jsonb':
      return canonicalJson(changeJson(random, JSON.parse(textOf(row, column)) as JsonValue));
    case 'boolean':
      return String(textOf(row, column) !== 'true');
    case 'timestamp with time zone':
      return changeInstant(random, textOf(row, column));
    default:
      throw new Error(`no other value is known for a column of type ${type}`);
  }
}

const hugeNumbers = ['9223372036854775807', '9007199254740993', '-9223372036854775808'];

/** A number that does not fit is replaced by the largest: it is always another than what was there. */
const integerWithin = (value: number, most: number): string => String(Math.max(-most, Math.min(most, value)));

function valueOutOfNothing(random: RandomSource, type: string): string {
  switch (type) {
    case 'uuid':
      return changeUuid(random, '00000000-0000-4000-8000-000000000000');
    case 'bytea':
      return byteaText(random.bytes(random.between(1, 40)));
    case 'jsonb':
      return canonicalJson({ reason: random.pick(['other', 'unclear']) });
    case 'text':
      return random.pick(['', 'x']);
    default:
      return String(random.between(0, 1_000));
  }
}

/** Postgres keeps microseconds, and an envelope milliseconds: a reader that rounds sees no change of one microsecond. */
function changeInstant(random: RandomSource, text: string): string {
  const [, whole = '', fraction = '', zone = ''] = /^(.*:[0-9]{2})(?:\.([0-9]+))?([+-].*)$/.exec(text) ?? [];
  const microseconds = Number(fraction.padEnd(6, '0'));
  const by = random.pick([1, 999, 1_000, random.between(1, 999_999)]);
  const changed = String((microseconds + by) % 1_000_000).padStart(6, '0');
  return random.pick([
    `${whole}.${changed}${zone}`,
    `${whole}.${changed}${zone}`,
    'infinity',
    '2001-02-03 04:05:06+00',
  ]);
}

/** What a person would compare: where bytes and documents begin to differ, or the new value. */
export function difference(table: TableSnapshot, row: TextRow, column: string, value: string | null): string {
  if (value === null) return `${column} emptied`;
  if (row[column] === null) return `${column} filled`;
  const isBytes = table.columns[column] === 'bytea';
  if (!isBytes && value.length <= 60) return `${column} now ${JSON.stringify(value)}`;
  const [before, after] = isBytes
    ? [bytesOf(row, column), Buffer.from(value.slice(2), 'hex')]
    : [Buffer.from(textOf(row, column)), Buffer.from(value)];
  const place = [...before].findIndex((byte, index) => after[index] !== byte);
  return `${column} other from byte ${String(place < 0 ? before.length : place)} on (${String(after.length)} bytes)`;
}
