/** A JSON value as RFC 8259 has it. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A member that is undefined is left out. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** The value has no canonical JSON: a number that is not finite, a lone surrogate, or something that is no JSON at all. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';
}

/**
 * JSON in the one form of RFC 8785 (JCS): keys in UTF-16 order, no white space, numbers as ECMAScript writes them.
 * A key whose value is undefined is left out. Hashed bytes are made with this and nothing else.
 * @throws NotCanonical
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'object') return ofObject(value);
  // Also whatever came in through a cast: undefined in an array, a bigint, a function.
  if (!Number.isFinite(value)) throw new NotCanonical(`${String(value)} is not a JSON number`);
  return JSON.stringify(value);
}

export const canonicalJsonBytes = (value: JsonValue): Uint8Array => Buffer.from(canonicalJson(value), 'utf8');

function ofObject(value: readonly JsonValue[] | JsonObject): string {
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members: string[] = [];
  // The default order of sort() is by UTF-16 code units, which is the order RFC 8785 section 3.2.3 asks for.
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${quote(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

// Array.isArray does not narrow readonly arrays.
const isArray = (value: object): value is readonly JsonValue[] => Array.isArray(value);

function quote(text: string): string {
  if (!text.isWellFormed()) throw new NotCanonical('a lone surrogate has no UTF-8 form');
  return JSON.stringify(text);
}
