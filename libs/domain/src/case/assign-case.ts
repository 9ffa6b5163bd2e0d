/**
 * Cases that a lead gives to named annotators (docs/adr/0016). A place is kept for whoever is assigned and may still read: nobody else is
 * given it. Who may read is asked when they claim, as of everybody.
 */
import { accept, type Decision, refuse } from '../decider.ts';
import type { CaseCommandOf, CaseRefusal } from './case-commands.ts';
import { countingOrHeld, mayStillRead, readsWanted, reservedPlaces } from './case-reads.ts';
import type { CaseEvent } from './case-events.ts';
import type { KnownCase } from './case-state.ts';
import { closedBy } from './closed-by.ts';
import { noteOf } from './take-back.ts';

type CaseDecision = Decision<CaseEvent, CaseRefusal>;

/** All of them or none. */
export function assignCase(command: CaseCommandOf<'assignCase'>, state: KnownCase): CaseDecision {
  const { annotatorIds, protocol } = command;
  const closed = closedBy(state);
  if (closed !== undefined) return refuse(closed);
  if (state.status !== 'reading') return refuse({ code: 'WRONG_STATUS' });
  // What is claimed of it is an answer to gold, which takes no place.
  if (state.gold?.isActive === true) return refuse({ code: 'ALREADY_GOLD' });
  const added = [...new Set(annotatorIds)].filter((annotatorId) => !state.assigned.has(annotatorId));
  if (!added.every((annotatorId) => mayStillRead(annotatorId, state))) return refuse({ code: 'HAD_A_PART' });
  // Who holds it has a place already.
  const places = new Set([...countingOrHeld(command, state), ...reservedPlaces(command, state), ...added]);
  if (added.length > 0 && places.size > readsWanted(state, protocol)) return refuse({ code: 'CASE_NOT_AVAILABLE' });
  return accept(...added.map((annotatorId) => ({ type: 'caseAssigned', annotatorId, ...noteOf(command) }) as const));
}

/** What somebody holds or has read of it stays theirs; a place that was kept for them is free. */
export function unassignCase(command: CaseCommandOf<'unassignCase'>, state: KnownCase): CaseDecision {
  const closed = closedBy(state);
  if (closed !== undefined) return refuse(closed);
  const taken = [...new Set(command.annotatorIds)].filter((annotatorId) => state.assigned.has(annotatorId));
  return accept(...taken.map((annotatorId) => ({ type: 'caseUnassigned', annotatorId, ...noteOf(command) }) as const));
}
