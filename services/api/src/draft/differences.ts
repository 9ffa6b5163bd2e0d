import { canonicalJson, type JsonValue } from '@consilium/contracts';
import type { DraftDifference } from '../schema/generated/schema-types.ts';

/** Beyond so many, whoever brings two drafts together looks at the whole of both. */
export const differencesMaximum = 200;

/**
 * Where two JSON values differ, by path, in the order of the paths: members by name, items by place. Where the kinds differ the
 * whole value is given once.
 */
export function differencesBetween(saved: JsonValue, yours: JsonValue): readonly DraftDifference[] {
  const found: DraftDifference[] = [];
  walk(saved, yours, '', found);
  return found;
}

type Member = JsonValue | undefined;

function walk(saved: Member, yours: Member, path: string, found: DraftDifference[]): void {
  if (found.length >= differencesMaximum || textOf(saved) === textOf(yours)) return;
  if (Array.isArray(saved) && Array.isArray(yours)) {
    for (let index = 0; index < Math.max(saved.length, yours.length); index += 1) {
      walk(saved[index] as Member, yours[index] as Member, `${path}[${index}]`, found);
    }
    return;
  }
  if (isObject(saved) && isObject(yours)) {
    for (const name of [...new Set([...Object.keys(saved), ...Object.keys(yours)])].sort()) {
      walk(saved[name], yours[name], path === '' ? name : `${path}.${name}`, found);
    }
    return;
  }
  found.push({ path, saved: textOf(saved), yours: textOf(yours) });
}

const textOf = (value: Member): string | null => (value === undefined ? null : canonicalJson(value));

const isObject = (value: Member): value is Readonly<Record<string, JsonValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
