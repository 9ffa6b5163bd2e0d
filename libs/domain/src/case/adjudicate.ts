/** Seats, votes and decisions of an open adjudication (docs/adr/0016). */
import { accept, type Decision, refuse } from '../decider.ts';
import type { AnnotatorId, DisagreementId, Instant, ReadId } from '../identifiers.ts';
import type { Problem } from '../problem.ts';
import type { AdjudicatedDisagreement, Choice, OpenAdjudication, Seat } from './adjudication.ts';
import type { CaseCommandOf, CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { hasRead, isLive, type LeasesAt } from './case-reads.ts';
import { evolveCase, type KnownCase } from './case-state.ts';
import { checkAnnotation } from './check-annotation.ts';
import { type Disagreement, faithful, otherOption } from './disagreement.ts';

type CaseDecision = Decision<CaseEvent, CaseRefusal>;
type Adjudicating = Extract<KnownCase, { readonly status: 'adjudicating' }>;

export function claimSeat(command: CaseCommandOf<'claimSeat'>, state: KnownCase): CaseDecision {
  if (state.status !== 'adjudicating') return refuse({ code: 'NOT_ADJUDICATING' });
  const { annotatorId, claimId, at, protocol, role } = command;
  const { adjudication } = state;
  if (hasRead(annotatorId, state)) return refuse({ code: 'READ_BY_YOU' });
  if (state.reviewers.has(annotatorId)) return refuse({ code: 'REVIEWED_BY_YOU' });
  const own = adjudication.seats.get(annotatorId);
  if (own?.status === 'voted') return refuse({ code: 'ALREADY_VOTED' });
  // A repeated claim by the holder of the same live claim changes nothing, so a client may retry safely.
  if (own?.status === 'held' && own.claimId === claimId && isLive(own, command)) return accept();
  if (role === null || !mayAdjudicate(role, adjudication, protocol.adjudication.roles)) {
    return refuse({ code: 'ROLE_MAY_NOT' });
  }
  const expired = expiredSeats(command, adjudication);
  const gone = new Set(expired.map((event) => event.annotatorId));
  const taken = [...adjudication.seats].filter(
    ([member, seat]) => member !== annotatorId && seat.status !== 'open' && !gone.has(member),
  ).length;
  if (taken >= seatsOf(adjudication)) return refuse({ code: 'NO_SEAT' });
  const { adjudicationId } = adjudication;
  const released: readonly CaseEvent[] =
    own?.status === 'held' && isLive(own, command)
      ? [{ type: 'adjudicationReleased', adjudicationId, annotatorId, claimId: own.claimId }]
      : [];
  const leaseEndsAt = (at + protocol.leaseMs) as Instant;
  return accept<CaseEvent>(...expired, ...released, {
    type: 'adjudicationClaimed',
    adjudicationId,
    annotatorId,
    claimId,
    leaseEndsAt,
  });
}

export function releaseSeat(command: CaseCommandOf<'releaseSeat'>, state: KnownCase): CaseDecision {
  const { annotatorId, claimId } = command;
  if (state.status !== 'adjudicating') return refuse({ code: 'NOT_ADJUDICATING' });
  const own = state.adjudication.seats.get(annotatorId);
  if (own?.status === 'voted') return refuse({ code: 'ALREADY_VOTED' });
  if (own?.status !== 'held' || own.claimId !== claimId || !isLive(own, command)) {
    return refuse({ code: 'STALE_LEASE' });
  }
  const { adjudicationId } = state.adjudication;
  return accept<CaseEvent>({ type: 'adjudicationReleased', adjudicationId, annotatorId, claimId });
}

export function vote(command: CaseCommandOf<'vote'>, state: KnownCase): CaseDecision {
  const { annotatorId, claimId, annotationId, choices, protocol } = command;
  if (state.status !== 'adjudicating') return refuse({ code: 'NOT_ADJUDICATING' });
  const { adjudication } = state;
  const own = adjudication.seats.get(annotatorId);
  if (own?.status === 'voted') return refuse({ code: 'ALREADY_VOTED' });
  if (own?.status !== 'held' || own.claimId !== claimId || !isLive(own, command)) {
    return refuse({ code: 'STALE_LEASE' });
  }
  const checked = checkAnnotation(command.draft, { ...state, protocol });
  const problems = [...(checked.ok ? [] : checked.problems), ...choiceProblems(choices, adjudication.disagreements)];
  if (!checked.ok || problems.length > 0) return refuse({ code: 'INVALID_ANNOTATION', problems });
  const { adjudicationId } = adjudication;
  const { annotation } = checked;
  const given = { adjudicationId, annotatorId, claimId, annotationId, annotation, choices };
  const voted: CaseEvent = { type: 'adjudicationVoted', ...given };
  const after = evolveCase(state, voted);
  return accept<CaseEvent>(voted, ...(after.status === 'adjudicating' ? outcomeOf(after) : []));
}

/** A split panel is decided by a lead, whoever else may adjudicate. */
const mayAdjudicate = (role: string, { isSplit }: OpenAdjudication, roles: readonly string[]): boolean =>
  isSplit ? role === 'lead' : roles.includes(role);

const seatsOf = ({ panelSize, isSplit }: OpenAdjudication): number => (isSplit ? panelSize + 1 : panelSize);

type SeatExpiry = CaseEvent & { readonly type: 'adjudicationExpired'; readonly annotatorId: AnnotatorId };

const expiredSeats = (leases: LeasesAt, { adjudicationId, seats }: OpenAdjudication): readonly SeatExpiry[] =>
  [...seats].flatMap(([annotatorId, seat]) =>
    seat.status === 'held' && !isLive(seat, leases)
      ? [{ type: 'adjudicationExpired' as const, adjudicationId, annotatorId, claimId: seat.claimId }]
      : [],
  );

/** Those who hold a seat when an adjudication ends without them. */
export const seatsReleased = (state: KnownCase): readonly CaseEvent[] =>
  state.status !== 'adjudicating'
    ? []
    : [...state.adjudication.seats].flatMap(([annotatorId, seat]): readonly CaseEvent[] =>
        seat.status === 'held'
          ? [
              {
                type: 'adjudicationReleased',
                adjudicationId: state.adjudication.adjudicationId,
                annotatorId,
                claimId: seat.claimId,
              },
            ]
          : [],
      );

/** Each disagreement is answered once, by one of its options or by 'other'. */
function choiceProblems(choices: readonly Choice[], disagreements: readonly Disagreement[]): readonly Problem[] {
  const unknown = choices.flatMap(({ disagreementId, option }, index): readonly Problem[] => {
    const path = `choices[${String(index)}]`;
    const known = disagreements.find((disagreement) => disagreement.disagreementId === disagreementId);
    if (known === undefined) return [{ path, code: 'UNKNOWN_DISAGREEMENT', message: 'the case has no such one' }];
    if (choices.findIndex((choice) => choice.disagreementId === disagreementId) < index) {
      return [{ path, code: 'REPEATED', message: 'this disagreement is answered twice' }];
    }
    return option === otherOption || known.options.some((offered) => offered.option === option)
      ? []
      : [{ path: `${path}.option`, code: 'UNKNOWN_OPTION', message: 'give one of its options, or "other"' }];
  });
  const isMissing = disagreements.some(
    ({ disagreementId }) => !choices.some((choice) => choice.disagreementId === disagreementId),
  );
  return isMissing
    ? [...unknown, { path: 'choices', code: 'MISSING', message: 'answer every disagreement of the case' }]
    : unknown;
}

type Voted = Extract<Seat, { readonly status: 'voted' }>;

/** What a complete panel comes to; nothing while a member is missing. */
function outcomeOf({ adjudication, translationQuestions }: Adjudicating): readonly CaseEvent[] {
  const { adjudicationId, seats, isSplit } = adjudication;
  const votes = [...seats.values()].filter((seat): seat is Voted => seat.status === 'voted');
  if (votes.length < seatsOf(adjudication)) return [];
  const adopted = isSplit ? votes.at(-1) : agreedVote(votes, adjudication);
  if (adopted === undefined) return [{ type: 'panelSplit', adjudicationId }];
  const decisions = adopted.choices.map((choice) => decisionOf(choice, adjudication.disagreements));
  // A translation that is not faithful stays in question until somebody corrects it.
  const confirmed = decisions.flatMap(({ disagreementId, option }): readonly CaseEvent[] => {
    const pair = option === faithful ? translationQuestions.get(disagreementId) : undefined;
    return pair === undefined ? [] : [{ type: 'translationConfirmed', disagreementId, ...pair, adjudicationId }];
  });
  return [{ type: 'adjudicationDecided', adjudicationId, annotationId: adopted.annotationId, decisions }, ...confirmed];
}

/** The first vote whose option is that of more than half in every disagreement. */
const agreedVote = (votes: readonly Voted[], { disagreements }: OpenAdjudication): Voted | undefined =>
  votes.find((vote) =>
    disagreements.every(({ disagreementId }) => {
      const chosen = optionOf(vote, disagreementId);
      const alike = votes.filter((other) => optionOf(other, disagreementId) === chosen).length;
      return chosen !== undefined && alike * 2 > votes.length;
    }),
  );

const optionOf = ({ choices }: Voted, disagreementId: DisagreementId): string | undefined =>
  choices.find((choice) => choice.disagreementId === disagreementId)?.option;

function decisionOf(
  { disagreementId, option, reason }: Choice,
  disagreements: readonly Disagreement[],
): AdjudicatedDisagreement {
  const options = disagreements.find((known) => known.disagreementId === disagreementId)?.options ?? [];
  const readsOf = (isFollowed: boolean): readonly ReadId[] =>
    options.filter((offered) => (offered.option === option) === isFollowed).flatMap(({ readIds }) => readIds);
  return { disagreementId, option, reason, followed: readsOf(true), overruled: readsOf(false) };
}
