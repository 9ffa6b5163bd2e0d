/** Moving a case to another version of its project's protocol, forth or back. */
import { assertNever } from '../assert-never.ts';
import { accept, type Decision, refuse } from '../decider.ts';
import type { CaseCommandOf, CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { completedReads } from './case-reads.ts';
import { type CaseState, evolveCase, type KnownCase } from './case-state.ts';
import { releasedClaims } from './released-claims.ts';
import { reopened } from './take-back.ts';

/**
 * Annotations stay as they were given, in the words of then; whether they are as many as wanted is asked anew, and where they
 * are, a consensus is computed anew: by another gate it may be another one. More than are wanted all count.
 *
 * Claims end, whoever holds them and however many others have read: nobody reads half by one version and half by another, and
 * what happens to a claim tells its holder nothing of others.
 */
export function moveCaseProtocol(
  command: CaseCommandOf<'moveCaseProtocol'>,
  state: KnownCase,
): Decision<CaseEvent, CaseRefusal> {
  switch (state.status) {
    case 'withdrawn':
      return refuse({ code: 'CASE_WITHDRAWN' });
    case 'excluded':
      return refuse({ code: 'CASE_EXCLUDED' });
    // What people decided is not set aside for many cases at once: each is reopened first.
    case 'adjudicated':
    case 'finalised':
      return refuse({ code: 'CASE_FINALISED' });
    case 'reading':
    case 'awaitingConsensus':
    case 'settled':
    case 'disputed':
    case 'adjudicating': {
      const { protocolVersion, protocol } = command;
      if (protocolVersion === state.protocolVersion) return refuse({ code: 'PROTOCOL_UNCHANGED' });
      const changes: readonly CaseEvent[] = [
        ...releasedClaims(command, state),
        ...reopened(state),
        { type: 'caseProtocolMoved', from: state.protocolVersion, protocolVersion },
      ];
      return accept(...changes, ...completedReads(changes.reduce<CaseState>(evolveCase, state), protocol));
    }
    default:
      return assertNever(state);
  }
}
