/** A case whose image or report is unusable is taken out of the reading, kept and counted; and comes back where that was a mistake. */
import { accept, type Decision, refuse } from '../decider.ts';
import type { CaseCommandOf, CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { completedReads } from './case-reads.ts';
import { evolveCase, type KnownCase } from './case-state.ts';
import { releasedClaims } from './released-claims.ts';
import { noteOf, reopened } from './take-back.ts';

type CaseDecision = Decision<CaseEvent, CaseRefusal>;

/** Why a case is unusable. Travels as the reason code of the event's envelope. */
export const exclusionReasons = [
  'imageUnusable',
  'imageIncomplete',
  'wrongExamination',
  'reportUnusable',
  'reportOfAnotherCase',
  'duplicate',
  'consentMissing',
  'other',
] as const;
export type ExclusionReason = (typeof exclusionReasons)[number];

/** Who holds it loses the claim, and a consensus of it stands no longer; submitted reads stay as they are, for a return. */
export function excludeCase(command: CaseCommandOf<'excludeCase'>, state: KnownCase): CaseDecision {
  if (state.status === 'withdrawn') return refuse({ code: 'CASE_WITHDRAWN' });
  if (state.status === 'finalised') return refuse({ code: 'CASE_FINALISED' });
  if (state.status === 'excluded') return accept();
  return accept<CaseEvent>(...releasedClaims(command, state), ...reopened(state), {
    type: 'caseExcluded',
    ...noteOf(command),
  });
}

/** Where its reads are complete they are so anew: a consensus is computed again. */
export function includeCase(command: CaseCommandOf<'includeCase'>, state: KnownCase): CaseDecision {
  if (state.status === 'withdrawn') return refuse({ code: 'CASE_WITHDRAWN' });
  if (state.status !== 'excluded') return refuse({ code: 'WRONG_STATUS' });
  const included: CaseEvent = { type: 'caseIncluded', ...noteOf(command) };
  return accept(included, ...completedReads(evolveCase(state, included), command.protocol));
}
