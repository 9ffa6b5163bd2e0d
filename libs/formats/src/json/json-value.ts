import { assertNever } from '@consilium/domain';

/**
 * A JSON value that keeps what JavaScript's own values lose: the text of a number ("0.10", "1e-3"), and the order of
 * members whose keys look like array indices.
 */
export type JsonValue = null | boolean | string | JsonNumber | JsonArray | JsonObject;

export interface JsonNumber {
  readonly kind: 'number';
  /** As it stands in the file: a number by the grammar of RFC 8259. */
  readonly text: string;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly items: readonly JsonValue[];
}

export interface JsonObject {
  readonly kind: 'object';
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly key: string;
  readonly value: JsonValue;
}

/** A text was given for a number that is none in JSON ("0,5", ".5", "NaN"): writing it would break the file for everybody. */
export class NotAJsonNumber extends Error {
  override readonly name = 'NotAJsonNumber';
}

/** RFC 8259, section 6. */
const numberGrammar = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

/** Without white space; lone surrogates are escaped, so that the text has a UTF-8 form. @throws NotAJsonNumber */
export function writeJson(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  switch (value.kind) {
    case 'number':
      if (!numberGrammar.test(value.text)) throw new NotAJsonNumber('the text given for a number is no JSON number');
      return value.text;
    case 'array':
      return `[${value.items.map(writeJson).join(',')}]`;
    case 'object':
      return `{${value.members.map((member) => `${JSON.stringify(member.key)}:${writeJson(member.value)}`).join(',')}}`;
    default:
      return assertNever(value);
  }
}

/** What JSON.parse would have given: numbers as doubles. For formats whose numbers are counts. */
export function toPlainJson(value: JsonValue): unknown {
  if (value === null || typeof value !== 'object') return value;
  switch (value.kind) {
    case 'number':
      return Number(value.text);
    case 'array':
      return value.items.map(toPlainJson);
    case 'object':
      return Object.fromEntries(value.members.map((member) => [member.key, toPlainJson(member.value)]));
    default:
      return assertNever(value);
  }
}
