import type { CaseRefusal } from './case-commands.ts';
import type { KnownCase } from './case-state.ts';

/** Why nothing is said of this case at present, as gold neither; undefined where something may be. */
export function shutBy(state: KnownCase): CaseRefusal | undefined {
  const closed = closedBy(state);
  return closed?.code === 'CASE_FINALISED' ? undefined : closed;
}

/** Why nothing that was said in this case may change at present; undefined where it may. */
export function closedBy({ status }: KnownCase): CaseRefusal | undefined {
  if (status === 'withdrawn') return { code: 'CASE_WITHDRAWN' };
  if (status === 'finalised') return { code: 'CASE_FINALISED' };
  return status === 'excluded' ? { code: 'CASE_EXCLUDED' } : undefined;
}
