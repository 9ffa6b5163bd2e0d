import type { CaseStatus } from '../case/case-status.ts';

export interface BlindingFacts {
  /** Registered as annotator in the case's project, whatever role the token has. */
  readonly isAnnotatorOfProject: boolean;
  readonly ownRead: 'none' | 'unsubmitted' | 'submitted';
  /** Their own read may still be amended; it counts from its newest revision. */
  readonly isAmendWindowOpen: boolean;
  readonly caseStatus: CaseStatus;
  /** Their own read is an answer to gold that is served still: what they are shown would tell them what it is. */
  readonly isGoldKept: boolean;
}

/**
 * Whether a viewer must not learn anything of other people's reads of a case (DESIGN section 6): an annotator of the
 * project stays blind until their own read is submitted, its amend window is closed and the case is settled, by its reads or by
 * people; one in dispute, or before its adjudicators, is not. Who answered a gold case stays blind until it is retired.
 */
export const isBlinded = (facts: BlindingFacts): boolean =>
  facts.isAnnotatorOfProject &&
  !(
    facts.ownRead === 'submitted' &&
    !facts.isAmendWindowOpen &&
    !facts.isGoldKept &&
    settledStatuses.has(facts.caseStatus)
  );

const settledStatuses: ReadonlySet<CaseStatus> = new Set(['settled', 'adjudicated', 'finalised']);
