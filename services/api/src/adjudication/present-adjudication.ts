import type { CaseId } from '@consilium/domain';
import type { AdjudicationView, VoteView } from '@consilium/read-model';
import type { SeenCase } from '../case/case-sight.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { presentAnswer } from '../read/present-annotations.ts';
import { hasNoConsensus } from '../read/has-no-consensus.ts';
import type { Adjudication, AdjudicationVote, Disagreement } from '../schema/generated/schema-types.ts';

/** Those of the consensus that holds; null where the viewer is blinded. */
export async function presentDisagreements(
  scope: RequestScope,
  { view, sight, point }: SeenCase,
): Promise<readonly Disagreement[] | null> {
  if (sight.isBlinded) return null;
  scope.accessLog.note('consensus.read', [view.caseId]);
  if (hasNoConsensus(view.status)) return [];
  return disagreementsOf(scope, view.caseId, point?.sequence);
}

export async function disagreementsOf(
  scope: RequestScope,
  caseId: CaseId,
  sequence?: number,
): Promise<readonly Disagreement[]> {
  const loader = sequence === undefined ? scope.consensus : scope.casesThen(sequence).consensus;
  const found = (await loader.get(caseId))?.disagreements ?? [];
  return found.map(({ disagreementId, ...rest }) => ({ id: disagreementId, ...rest }));
}

/** Null where the viewer is blinded. Of a point of the past those that had been opened, with the decisions that had been made. */
export async function presentAdjudications(
  scope: RequestScope,
  seen: SeenCase,
): Promise<readonly Adjudication[] | null> {
  const { view, sight, point } = seen;
  if (sight.isBlinded) return null;
  scope.accessLog.note('adjudication.read', [view.caseId]);
  const isThen = (seq: number): boolean => point === undefined || seq <= point.sequence;
  const adjudications = ((await scope.adjudications.get(view.caseId)) ?? []).filter(({ fromSeq }) => isThen(fromSeq));
  const isDecided = adjudications.some(({ decision }) => decision !== undefined && isThen(decision.decidedSeq));
  const votes = isDecided ? ((await scope.votes.get(view.caseId)) ?? []) : [];
  return Promise.all(
    adjudications.map(async (adjudication) => {
      const { decision } = adjudication;
      const isShown = decision !== undefined && isThen(decision.decidedSeq);
      const own = votes.filter(({ adjudicationId }) => adjudicationId === adjudication.adjudicationId);
      return present(scope, seen, isShown ? adjudication : { ...adjudication, decision: undefined }, own);
    }),
  );
}

async function present(
  scope: RequestScope,
  seen: SeenCase,
  { adjudicationId, cause, panelSize, isSplit, openedAt, decision }: AdjudicationView,
  votes: readonly VoteView[],
): Promise<Adjudication> {
  return {
    id: adjudicationId,
    cause,
    panelSize,
    isSplit,
    openedAt,
    decidedAt: decision?.decidedAt ?? null,
    decisions: (decision?.decisions ?? []).map(({ followed, overruled, ...rest }) => ({
      ...rest,
      followedReadIds: followed,
      overruledReadIds: overruled,
    })),
    // A member of a panel must not know what another said while they may still be asked.
    votes:
      decision === undefined
        ? []
        : await Promise.all(votes.map(async (vote) => presentVote(scope, seen, vote, decision.annotationId))),
  };
}

async function presentVote(
  { texts }: RequestScope,
  { view: { subjectId }, sight }: SeenCase,
  { annotationId, annotatorId, eventId, votedAt, annotation, choices }: VoteView,
  adopted: string,
): Promise<AdjudicationVote> {
  const open = await texts.openerOf({ subjectId, eventId, type: 'adjudicationVoted' }, { annotation, choices });
  return {
    annotationId,
    adjudicatorId: sight.hidesReaders ? null : annotatorId,
    votedAt,
    isAdopted: annotationId === adopted,
    ...presentAnswer(open, annotation),
    choices: choices.map(({ disagreementId, option, reason, note }, index) => ({
      disagreementId,
      option,
      reason,
      note: note === undefined ? null : (open(note, `choices.${index}.note`) ?? null),
    })),
  };
}
