import type { Problem } from '../problem.ts';
import { protocolLimits } from './protocol.ts';

/** What is wrong with a list of terms: too many, one that is empty or too long, one that stands there twice. */
export function checkTerms(path: string, values: readonly string[]): readonly Problem[] {
  if (values.length > protocolLimits.terms) {
    return [{ path, code: 'TOO_MANY', message: `at most ${String(protocolLimits.terms)} ${path}` }];
  }
  const seen = new Set<string>();
  return values.flatMap((value, index): readonly Problem[] => {
    const at = `${path}[${String(index)}]`;
    const problems = termProblems(at, value);
    if (problems.length > 0) return problems;
    if (seen.has(value)) return [{ path: at, code: 'REPEATED', message: `"${value}" stands here twice` }];
    seen.add(value);
    return [];
  });
}

export const termProblems = (path: string, value: string): readonly Problem[] =>
  value.trim() !== '' && value.length <= protocolLimits.termLength
    ? []
    : [{ path, code: 'BAD_TERM', message: `a term has 1 to ${String(protocolLimits.termLength)} characters` }];
