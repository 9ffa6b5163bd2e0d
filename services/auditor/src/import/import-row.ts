import type { CaseInput } from '@consilium/client';
import type { RowPlace } from '@consilium/formats';

export interface RowProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** One row of a file: a case that may be sent, or what is wrong with it. */
export type ImportRow = RowPlace &
  (
    | { readonly kind: 'case'; readonly case: CaseInput }
    | { readonly kind: 'problems'; readonly externalKey?: string; readonly problems: readonly RowProblem[] }
    /** Nothing behind it can be read. */
    | { readonly kind: 'broken'; readonly problems: readonly RowProblem[] }
  );

/** What the api refuses for a whole request at once, told of the row that has it: texts that no store can keep. */
export function textProblemsOf(value: unknown, path = ''): readonly RowProblem[] {
  if (typeof value === 'string') {
    const isKept = value.isWellFormed() && !value.includes('\0');
    return isKept ? [] : [{ path, code: 'BAD_TEXT', message: 'contains a character that cannot be stored' }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => textProblemsOf(item, `${path}[${String(index)}]`));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => textProblemsOf(member, path === '' ? key : `${path}.${key}`));
}
