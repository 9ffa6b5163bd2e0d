import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { mapProtectedTexts } from './sealed-text.ts';

/**
 * Brings a payload of one schema version, as its schema has parsed it, to the next. Pure: the same payload gives the same
 * answer for ever, so it asks no clock, no table and no other event. What the older version did not say becomes a value that
 * says so. It neither moves, adds, drops nor changes a sealed text: a seal is bound to its event, type and place.
 */
export type Upcaster = (payload: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** Every version of every event that was ever written, and how an older one becomes the next. */
export interface SchemaRegistry {
  /** By type, then by version from 1 on without a gap. */
  readonly schemas: Readonly<Record<string, Readonly<Record<number, z.ZodType>>>>;
  /** By type, then by the version that it takes. */
  readonly upcasters: Readonly<Record<string, Readonly<Record<number, Upcaster>>>>;
}

/** A payload that its schema does not describe, or one that an upcaster spoiled. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch';
}

/** The version that new events of this type are written in; 0 for a type that is not known. */
export const currentVersionIn = ({ schemas }: SchemaRegistry, type: string): number =>
  Math.max(0, ...Object.keys(ownOf(schemas, type) ?? {}).map(Number));

/**
 * Reads a payload by the schema of its version and brings it to the current one.
 * @throws SchemaMismatch also for a type or version that is not known
 */
export function readPayload(registry: SchemaRegistry, type: string, version: number, stored: unknown): unknown {
  const current = currentVersionIn(registry, type);
  if (version < 1 || version > current || !Number.isInteger(version)) {
    throw new SchemaMismatch(`${type} version ${String(version)} is not known here`);
  }
  let payload = parse(registry, type, version, stored);
  for (let from = version; from < current; from += 1) payload = upcast(registry, type, from, payload);
  return payload;
}

function upcast(registry: SchemaRegistry, type: string, from: number, payload: unknown): unknown {
  const upcaster = ownOf(registry.upcasters, type)?.[from];
  if (upcaster === undefined) throw new SchemaMismatch(`${type} has no way from version ${String(from)} to the next`);
  const next = parse(registry, type, from + 1, upcaster(payload as Readonly<Record<string, unknown>>));
  if (!isDeepStrictEqual(sealedTextsOf(payload), sealedTextsOf(next))) {
    throw new SchemaMismatch(`${type} has other sealed texts in version ${String(from + 1)} than before`);
  }
  return next;
}

function parse({ schemas }: SchemaRegistry, type: string, version: number, payload: unknown): unknown {
  const schema = ownOf(schemas, type)?.[version];
  if (schema === undefined) throw new SchemaMismatch(`${type} version ${String(version)} is not known here`);
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  // Paths only: a value may be what a patient's report says.
  throw new SchemaMismatch(`${type}: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
}

/** By their place in the payload. */
function sealedTextsOf(payload: unknown): ReadonlyMap<string, unknown> {
  const texts = new Map<string, unknown>();
  mapProtectedTexts(payload, (text, field) => {
    texts.set(field, text);
    return text;
  });
  return texts;
}

/** What makes a registry unfit, in words; empty is a pass. A test of ours asks; nothing asks while a service runs. */
export function registryProblems({ schemas, upcasters }: SchemaRegistry): readonly string[] {
  const problems: string[] = [];
  for (const [type, versions] of Object.entries(schemas)) {
    const numbers = Object.keys(versions).map(Number);
    const current = Math.max(0, ...numbers);
    for (let version = 1; version <= Math.max(1, current); version += 1) {
      if (!numbers.includes(version)) problems.push(`${type} has no version ${String(version)}`);
      if (version < current && ownOf(upcasters, type)?.[version] === undefined)
        problems.push(`${type} has no upcaster from version ${String(version)} to ${String(version + 1)}`);
    }
  }
  for (const [type, taken] of Object.entries(upcasters)) {
    for (const version of Object.keys(taken).map(Number)) {
      if (ownOf(schemas, type)?.[version + 1] === undefined)
        problems.push(`${type} has an upcaster from version ${String(version)}, and no version after it`);
    }
  }
  return problems;
}

/** A type comes from outside: `constructor` is none. */
const ownOf = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
