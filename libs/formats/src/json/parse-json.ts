import type { JsonMember, JsonValue } from './json-value.ts';

export type ParsedJson =
  { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly code: 'NOT_JSON' | 'TOO_DEEP' };

/** Objects and arrays within one another. The formats read here have five levels. */
export const maxNesting = 64;

/** Keeps numbers as text and members in order, repeated keys too. Whether a text is JSON, JSON.parse decides. */
export function parseJson(text: string): ParsedJson {
  try {
    JSON.parse(text);
  } catch {
    return { ok: false, code: 'NOT_JSON' };
  }
  const value = new ValidJson(text).read();
  return value === undefined ? { ok: false, code: 'TOO_DEEP' } : { ok: true, value };
}

const numberCharacters = /[-+.0-9eE]+/y;
const space = /[ \t\n\r]*/y;

/** Walks over a text that is known to be JSON, so that each value is told by its first character. */
class ValidJson {
  readonly #text: string;
  #at = 0;
  #nesting = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Undefined below {@link maxNesting}; then nothing more is read. */
  read(): JsonValue | undefined {
    this.#skipSpace();
    switch (this.#text.charAt(this.#at)) {
      case '{':
        return this.#nested(() => this.#object());
      case '[':
        return this.#nested(() => this.#array());
      case '"':
        return this.#string();
      case 't':
        this.#at += 'true'.length;
        return true;
      case 'f':
        this.#at += 'false'.length;
        return false;
      case 'n':
        this.#at += 'null'.length;
        return null;
      default:
        return { kind: 'number', text: this.#take(numberCharacters) };
    }
  }

  #nested(read: () => JsonValue | undefined): JsonValue | undefined {
    if (this.#nesting === maxNesting) return undefined;
    this.#nesting += 1;
    const value = read();
    this.#nesting -= 1;
    return value;
  }

  #object(): JsonValue | undefined {
    const members: JsonMember[] = [];
    for (let more = this.#entered('}'); more; more = this.#hasNext()) {
      this.#skipSpace();
      const key = this.#string();
      this.#skipSpace();
      this.#at += ':'.length;
      const value = this.read();
      if (value === undefined) return undefined;
      members.push({ key, value });
    }
    return { kind: 'object', members };
  }

  #array(): JsonValue | undefined {
    const items: JsonValue[] = [];
    for (let more = this.#entered(']'); more; more = this.#hasNext()) {
      const value = this.read();
      if (value === undefined) return undefined;
      items.push(value);
    }
    return { kind: 'array', items };
  }

  /** Steps over the opening bracket, and over the closing one where nothing stands between; says whether anything does. */
  #entered(closing: string): boolean {
    this.#at += 1;
    this.#skipSpace();
    if (this.#text[this.#at] !== closing) return true;
    this.#at += 1;
    return false;
  }

  /** Steps over the comma or the closing bracket, and says whether it was the comma. */
  #hasNext(): boolean {
    this.#skipSpace();
    this.#at += 1;
    return this.#text[this.#at - 1] === ',';
  }

  #string(): string {
    const begin = this.#at;
    let end = this.#text.indexOf('"', begin + 1);
    while (this.#isEscaped(end)) end = this.#text.indexOf('"', end + 1);
    this.#at = end + 1;
    const quoted = this.#text.slice(begin, this.#at);
    return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
  }

  /** By an odd number of backslashes before it. */
  #isEscaped(at: number): boolean {
    let backslashes = 0;
    while (this.#text[at - 1 - backslashes] === '\\') backslashes += 1;
    return backslashes % 2 === 1;
  }

  #skipSpace(): void {
    this.#take(space);
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [taken = ''] = pattern.exec(this.#text) ?? [];
    this.#at += taken.length;
    return taken;
  }
}
