/** How a case is brought to an end, or out of it again (docs/adr/0016). */
import { accept, type Decision, refuse } from '../decider.ts';
import type { CaseCommandOf, CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { releasedReads } from './case-reads.ts';
import type { KnownCase } from './case-state.ts';
import { mayBeReadAgain } from './settle.ts';
import { noteOf } from './take-back.ts';

type CaseDecision = Decision<CaseEvent, CaseRefusal>;

export function requestAdjudication(command: CaseCommandOf<'requestAdjudication'>, state: KnownCase): CaseDecision {
  const { adjudicationId, protocol } = command;
  const opened = {
    type: 'adjudicationOpened',
    adjudicationId,
    panelSize: protocol.adjudication.panelSize,
  } as const;
  switch (state.status) {
    case 'reading':
    case 'disputed':
    case 'settled':
      return accept<CaseEvent>(...releasedReads(command, state), { ...opened, cause: 'requested' });
    case 'adjudicated':
    case 'finalised':
      return accept<CaseEvent>({ type: 'caseReopened', ...noteOf(command) }, { ...opened, cause: 'reopened' });
    case 'adjudicating':
      // What is asked for is so already: a repeat changes nothing.
      return accept();
    case 'withdrawn':
      return refuse({ code: 'CASE_WITHDRAWN' });
    case 'excluded':
      return refuse({ code: 'CASE_EXCLUDED' });
    case 'awaitingConsensus':
      return refuse({ code: 'WRONG_STATUS' });
  }
}

export function finaliseCase(command: CaseCommandOf<'finaliseCase'>, state: KnownCase): CaseDecision {
  if (state.status === 'finalised') return accept();
  if (state.status !== 'settled' && state.status !== 'adjudicated') return refuse({ code: 'WRONG_STATUS' });
  if (state.reviews.size > 0) return refuse({ code: 'REVIEW_OPEN' });
  // Its two languages say different things, as was decided: whoever reads one of them would learn what is not there.
  if ([...state.unfaithfulTranslations].some((id) => state.translationQuestions.has(id))) {
    return refuse({ code: 'TRANSLATION_UNFAITHFUL' });
  }
  const source = state.status === 'settled' ? 'consensus' : 'adjudication';
  return accept<CaseEvent>({ type: 'caseFinalised', source, ...noteOf(command) });
}

/** The reads that there are stay, and one more is asked for; a case that was adjudicated before they were complete is read on. */
export function reopenForReading(command: CaseCommandOf<'reopenForReading'>, state: KnownCase): CaseDecision {
  const { status, completedAtVersion, reopenedAtVersion } = state;
  if (status !== 'settled' && status !== 'disputed' && status !== 'adjudicated' && status !== 'finalised') {
    return refuse({ code: status === 'withdrawn' ? 'CASE_WITHDRAWN' : 'WRONG_STATUS' });
  }
  const reopened: CaseEvent = { type: 'caseReopened', ...noteOf(command) };
  if (completedAtVersion <= reopenedAtVersion) {
    return command.readersLeft > 0 ? accept(reopened) : refuse({ code: 'NO_MORE_READS' });
  }
  return mayBeReadAgain(command, state)
    ? accept<CaseEvent>(reopened, { type: 'extraReadRequested' })
    : refuse({ code: 'NO_MORE_READS' });
}
