/** A case becomes gold, its truth is corrected, or it is gold no more (docs/adr/0016). */
import { accept, type Decision, refuse } from '../decider.ts';
import type { CaseCommandOf, CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import type { KnownCase } from './case-state.ts';
import { checkAnnotation } from './check-annotation.ts';
import { shutBy } from './closed-by.ts';
import { noteOf } from './take-back.ts';

type CaseDecision = Decision<CaseEvent, CaseRefusal>;

export function setGold(command: CaseCommandOf<'setGold'>, state: KnownCase): CaseDecision {
  const shut = shutBy(state);
  if (shut !== undefined) return refuse(shut);
  if (state.gold?.isActive === true) return refuse({ code: 'ALREADY_GOLD' });
  return giveTruth('goldSet', command, state);
}

export function correctGold(command: CaseCommandOf<'correctGold'>, state: KnownCase): CaseDecision {
  const shut = shutBy(state);
  if (shut !== undefined) return refuse(shut);
  if (state.gold?.isActive !== true) return refuse({ code: 'NOT_GOLD' });
  const { truthVersion } = state.gold;
  if (command.truthVersion !== truthVersion) return refuse({ code: 'STALE_REVISION', revision: truthVersion });
  return giveTruth('goldCorrected', command, state);
}

/** Who answers at present goes on: what becomes of their claim must tell them nothing. */
export function retireGold(command: CaseCommandOf<'retireGold'>, state: KnownCase): CaseDecision {
  const shut = shutBy(state);
  if (shut !== undefined) return refuse(shut);
  if (state.gold?.isActive !== true) return refuse({ code: 'NOT_GOLD' });
  return accept<CaseEvent>({ type: 'goldRetired', ...noteOf(command) });
}

function giveTruth(
  type: 'goldSet' | 'goldCorrected',
  command: CaseCommandOf<'setGold' | 'correctGold'>,
  state: KnownCase,
): CaseDecision {
  const { annotationId, source, draft, setBy, protocol } = command;
  // A decision that was reopened since is no truth any more.
  if (source.kind === 'adjudication' && !(isDecided(state) && state.decidedBy === source.adjudicationId)) {
    return refuse({ code: 'WRONG_STATUS' });
  }
  const checked = checkAnnotation(draft, { ...state, protocol });
  if (!checked.ok) return refuse({ code: 'INVALID_TRUTH', problems: checked.problems });
  const truthVersion = (state.gold?.truthVersion ?? 0) + 1;
  const { annotation } = checked;
  return accept<CaseEvent>({ type, truthVersion, annotationId, source, annotation, setBy, ...noteOf(command) });
}

const isDecided = (state: KnownCase): boolean =>
  state.status === 'adjudicated' || (state.status === 'finalised' && state.source === 'adjudication');
