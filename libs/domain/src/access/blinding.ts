export interface BlindingFacts {
  /** Registered as annotator in the case's project, whatever role the token has. */
  readonly isAnnotatorOfProject: boolean;
  readonly ownRead: 'none' | 'unsubmitted' | 'submitted';
  readonly caseStatus: 'reading' | 'awaitingConsensus' | 'settled' | 'disputed' | 'withdrawn';
}

/**
 * Whether a viewer must not learn anything of other people's reads of a case (DESIGN section 6): an annotator of the
 * project stays blind until their own read is submitted and the case is settled; a disputed case is not settled.
 */
export const isBlinded = ({ isAnnotatorOfProject, ownRead, caseStatus }: BlindingFacts): boolean =>
  isAnnotatorOfProject && !(ownRead === 'submitted' && caseStatus === 'settled');
