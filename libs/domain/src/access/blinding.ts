import type { CaseStatus } from '../case/case-status.ts';

export interface BlindingFacts {
  /** Registered as annotator in the case's project, whatever role the token has. */
  readonly isAnnotatorOfProject: boolean;
  readonly ownRead: 'none' | 'unsubmitted' | 'submitted';
  /** Their own read may still be amended; it counts from its newest revision. */
  readonly isAmendWindowOpen: boolean;
  readonly caseStatus: CaseStatus;
}

/**
 * Whether a viewer must not learn anything of other people's reads of a case (DESIGN section 6): an annotator of the
 * project stays blind until their own read is submitted, its amend window is closed and the case is settled, by its reads or by
 * people; one in dispute, or before its adjudicators, is not.
 */
export const isBlinded = ({ isAnnotatorOfProject, ownRead, isAmendWindowOpen, caseStatus }: BlindingFacts): boolean =>
  isAnnotatorOfProject && !(ownRead === 'submitted' && !isAmendWindowOpen && settledStatuses.has(caseStatus));

const settledStatuses: ReadonlySet<CaseStatus> = new Set(['settled', 'adjudicated', 'finalised']);
