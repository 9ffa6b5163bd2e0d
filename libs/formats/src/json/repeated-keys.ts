import { assertNever } from '@consilium/domain';
import type { ProblemList } from '../format-problem.ts';
import type { JsonValue } from './json-value.ts';

/** Notes each key that stands a second time in its object, at any depth. */
export function noteRepeatedKeys(value: JsonValue, problems: ProblemList, path = ''): void {
  if (value === null || typeof value !== 'object') return;
  switch (value.kind) {
    case 'number':
      return;
    case 'array':
      for (const [index, item] of value.items.entries()) noteRepeatedKeys(item, problems, `${path}[${String(index)}]`);
      return;
    case 'object': {
      const seen = new Set<string>();
      for (const { key, value: member } of value.members) {
        const at = memberPath(path, key);
        if (seen.has(key)) problems.add(at, 'REPEATED_KEY', 'this key stands here twice');
        seen.add(key);
        noteRepeatedKeys(member, problems, at);
      }
      return;
    }
    default:
      assertNever(value);
  }
}

/** Characters of a key that a path shows: a key may be as long as its row. */
const keyShown = 100;

export const memberPath = (path: string, key: string): string => {
  const shown = key.length > keyShown ? `${key.slice(0, keyShown)}…` : key;
  return path === '' ? shown : `${path}.${shown}`;
};
