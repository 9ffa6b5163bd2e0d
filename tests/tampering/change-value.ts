import type { JsonValue } from '@consilium/contracts';
import type { RandomSource } from './random-source.ts';

/* Each gives another value of the same kind, never the same. */

/** One bit is another as often as the whole byte. */
export function changeOfByte(
  random: RandomSource,
  bytes: Uint8Array,
): { readonly place: number; readonly before: number; readonly after: number } {
  const place = random.below(bytes.length);
  const before = bytes[place] ?? 0;
  return { place, before, after: before ^ (random.chance() ? 1 << random.below(8) : random.between(1, 255)) };
}

export function changeByte(random: RandomSource, bytes: Uint8Array): { readonly bytes: Buffer; readonly what: string } {
  const { place, before, after } = changeOfByte(random, bytes);
  const changed = Buffer.from(bytes);
  changed.writeUInt8(after, place);
  return { bytes: changed, what: `byte ${String(place)} from ${inHex(before)} to ${inHex(after)}` };
}

export const inHex = (byte: number): string => `0x${byte.toString(16).padStart(2, '0')}`;

/** A changed byte, an end cut off, or something added. */
export function changeBytes(
  random: RandomSource,
  bytes: Uint8Array,
): { readonly bytes: Buffer; readonly what: string } {
  const way = bytes.length === 0 ? 2 : random.below(4);
  if (way === 0) {
    const kept = random.below(bytes.length);
    return { bytes: Buffer.from(bytes.subarray(0, kept)), what: `cut to ${String(kept)} bytes` };
  }
  if (way === 2) {
    // White space after a JSON text changes nothing of what it says.
    const added = random.chance() ? Buffer.from(random.pick([' ', '\n', '\0'])) : random.bytes(random.between(1, 40));
    return { bytes: Buffer.concat([bytes, added]), what: `with ${String(added.length)} bytes more` };
  }
  return changeByte(random, bytes);
}

export function changeText(random: RandomSource, text: string): string {
  const place = text === '' ? 0 : random.below(text.length);
  const letter = (): string => random.below(36).toString(36);
  const ways = [
    `${text} `,
    `${text}\u200b`,
    `${text.slice(0, place)}${text.slice(place + 1)}`,
    `${text.slice(0, place)}${letter()}${text.slice(place + 1)}`,
    swappedCase(text),
    `${text.slice(0, place)}${letter()}${text.slice(place)}`,
  ].filter((changed) => changed !== text && changed.isWellFormed());
  return random.pick(ways);
}

const swappedCase = (text: string): string => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase());

/** One hexadecimal digit is another. */
export function changeUuid(random: RandomSource, uuid: string): string {
  const place = random.pick(Array.from(uuid.matchAll(/[0-9a-f]/g), ({ index }) => index));
  const digit = (Number.parseInt(uuid.charAt(place), 16) + random.between(1, 15)) % 16;
  return `${uuid.slice(0, place)}${digit.toString(16)}${uuid.slice(place + 1)}`;
}

export function changeInteger(random: RandomSource, value: number): number {
  return random.pick(
    [value + 1, value - 1, value + random.between(2, 600), -value - 1, 0, value * 2 + 1].filter(
      (changed) => changed !== value,
    ),
  );
}

/** A leaf changed, or a member left out. Numbers change in value, not only in how they are written. */
export function changeJson(random: RandomSource, value: JsonValue): JsonValue {
  if (typeof value === 'string') return changeText(random, value);
  if (typeof value === 'number') return random.pick([value + 1, -value - 1, value + 0.5]);
  if (typeof value === 'boolean') return !value;
  if (value === null) return random.pick([0, '', false]);
  if (isArray(value)) {
    if (value.length === 0) return [random.below(10)];
    const place = random.below(value.length);
    if (random.below(8) === 0) return value.filter((_, index) => index !== place);
    return value.map((item, index) => (index === place ? changeJson(random, item) : item));
  }
  const names = Object.keys(value);
  if (names.length === 0 || random.below(20) === 0) return { ...value, added: random.below(10) };
  const name = random.pick(names);
  if (random.below(12) === 0) return Object.fromEntries(Object.entries(value).filter(([member]) => member !== name));
  return { ...value, [name]: changeJson(random, value[name] ?? null) };
}

// Array.isArray does not narrow readonly arrays.
const isArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
