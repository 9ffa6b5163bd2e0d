import type { Problem } from '@consilium/domain';

const problemsShown = 50;

/**
 * Strings that no store can keep: with a lone surrogate (it has no UTF-8) or the character NUL (Postgres has none). JSON can
 * say both, so every input is searched before anything is done with it.
 */
export function textProblems(input: unknown): readonly Problem[] {
  const found: Problem[] = [];
  search(input, '', found);
  return found;
}

function search(value: unknown, path: string, found: Problem[]): void {
  if (found.length >= problemsShown) return;
  if (typeof value === 'string') {
    if (!value.isWellFormed() || value.includes('\0')) {
      found.push({ path, code: 'BAD_TEXT', message: 'contains a character that cannot be stored' });
    }
  } else if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => search(item, `${path}[${index}]`, found));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) search(member, path === '' ? key : `${path}.${key}`, found);
  }
}
