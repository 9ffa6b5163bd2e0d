import { accept, type Decision, refuse } from '../decider.ts';
import type { CaseCommandOf, CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { isLive } from './case-reads.ts';
import type { KnownCase } from './case-state.ts';
import { holdsCase, openFlagsMaximum } from './flag-reason.ts';
import { noteOf } from './take-back.ts';

type CaseDecision = Decision<CaseEvent, CaseRefusal>;

/** An annotator flags what they hold; the case goes on, unless a patient could be recognised. */
export function flagCase(command: CaseCommandOf<'flagCase'>, state: KnownCase): CaseDecision {
  const { flagId, holder, reason } = command;
  if (state.status === 'withdrawn') return refuse({ code: 'CASE_WITHDRAWN' });
  if (holder !== undefined) {
    const gold = state.goldReads.get(holder.annotatorId);
    const own = gold?.status === 'held' ? gold : state.reads.get(holder.annotatorId);
    if (own?.status !== 'held' || own.claimId !== holder.claimId || !isLive(own, command)) {
      return refuse({ code: 'STALE_LEASE' });
    }
  }
  if (state.openFlags.size >= openFlagsMaximum) return refuse({ code: 'TOO_MANY_FLAGS' });
  const by = holder === undefined ? {} : { annotatorId: holder.annotatorId };
  return accept({ type: 'caseFlagged', flagId, ...by, reason, ...noteOf(command) });
}

export function resolveFlag(command: CaseCommandOf<'resolveFlag'>, state: KnownCase): CaseDecision {
  const { flagId } = command;
  if (state.status === 'withdrawn') return refuse({ code: 'CASE_WITHDRAWN' });
  if (!state.openFlags.has(flagId)) return refuse({ code: 'FLAG_UNKNOWN' });
  return accept({ type: 'flagResolved', flagId, ...noteOf(command) });
}

/** Nobody more is given the case. */
export const isHeldBack = ({ openFlags }: KnownCase): boolean => [...openFlags.values()].some(holdsCase);
