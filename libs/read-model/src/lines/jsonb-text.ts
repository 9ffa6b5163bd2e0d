import type { JsonValue } from '@consilium/contracts';

/** What the server writes for a jsonb value: shorter keys first, a space after colons and commas. */
export function jsonbText(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(jsonbText).join(', ')}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([one], [other]) => byLengthThenBytes(Buffer.from(one), Buffer.from(other)));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}: ${jsonbText(member ?? null)}`).join(', ')}}`;
}

const byLengthThenBytes = (one: Uint8Array, other: Uint8Array): number =>
  one.length - other.length || Buffer.compare(one, other);

// Array.isArray does not narrow readonly arrays.
const isArray = (value: object): value is readonly JsonValue[] => Array.isArray(value);
