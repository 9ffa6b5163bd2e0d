/** What follows from what the reads of a case say together (docs/adr/0016). */
import { accept, type Decision, refuse } from '../decider.ts';
import { isNegotiable } from '../project/disagreement-policy.ts';
import type { DisagreementAction, Protocol } from '../project/protocol.ts';
import type { CaseCommandOf, CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { countingReads, readsWanted } from './case-reads.ts';
import type { KnownCase } from './case-state.ts';
import { type Disagreement, faithful, unfaithful } from './disagreement.ts';

export function recordConsensus(
  command: CaseCommandOf<'recordConsensus'>,
  state: KnownCase,
): Decision<CaseEvent, CaseRefusal> {
  const { consensus, protocol } = command;
  const { basedOnVersion } = consensus;
  if (basedOnVersion <= state.reopenedAtVersion) return refuse({ code: 'CONSENSUS_SUPERSEDED' });
  if (basedOnVersion !== state.completedAtVersion) return refuse({ code: 'CONSENSUS_NOT_DUE' });
  // A second worker, or a job that ran twice, finds the case answered: nothing to add.
  if (state.status !== 'awaitingConsensus') return accept();
  const disagreements = [...command.disagreements, ...questionedTranslations(state)];
  const asked = new Set(disagreements.map(({ kind }) => actionOf(kind, protocol)));
  const asksAnybody = asked.has('adjudicate') || asked.has('anotherRead');
  const found: CaseEvent = {
    type: asksAnybody ? 'disagreementFound' : 'consensusReached',
    consensus,
    disagreements,
  };
  return accept<CaseEvent>(found, ...whatFollows(command, state, asked));
}

/** Pairs of languages that nobody has decided about are something that the case disagrees in, whatever its reads say. */
const questionedTranslations = ({ translationQuestions }: KnownCase): readonly Disagreement[] =>
  [...translationQuestions].map(([disagreementId, { sentenceId }]) => ({
    disagreementId,
    kind: 'translation',
    sentenceId,
    regionIds: [],
    options: [faithful, unfaithful].map((option) => ({ option, readIds: [] })),
  }));

const actionOf = (kind: Disagreement['kind'], { disagreements }: Protocol): DisagreementAction =>
  isNegotiable(kind) ? disagreements[kind] : 'adjudicate';

function whatFollows(
  command: CaseCommandOf<'recordConsensus'>,
  state: KnownCase,
  asked: ReadonlySet<DisagreementAction>,
): readonly CaseEvent[] {
  const { adjudicationId, protocol } = command;
  const { panelSize } = protocol.adjudication;
  const opened = { type: 'adjudicationOpened', adjudicationId, panelSize } as const;
  if (command.hasForcedLabel) return [{ ...opened, cause: 'forcedLabel' }];
  if (asked.has('adjudicate')) return [{ ...opened, cause: 'disagreement' }];
  if (asked.has('anotherRead')) {
    return mayBeReadAgain(command, state) ? [{ type: 'extraReadRequested' }] : [{ ...opened, cause: 'disagreement' }];
  }
  return command.isSampled ? [{ ...opened, cause: 'sampled' }] : [];
}

/**
 * One more read is allowed, and somebody is there to give it. Where more reads count than are wanted, as after a move to a protocol
 * that wants fewer, one more that is wanted is there already.
 */
export const mayBeReadAgain = (
  { protocol, readersLeft }: { readonly protocol: Protocol; readonly readersLeft: number },
  state: KnownCase,
): boolean =>
  readersLeft > 0 &&
  // Whoever is left would be given it as gold, which is no read of it.
  state.gold?.isActive !== true &&
  readsWanted(state, protocol) < protocol.readsMaximum &&
  countingReads(state) <= readsWanted(state, protocol);
