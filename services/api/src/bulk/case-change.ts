import type { CaseCommand, CaseRefusal } from '@consilium/domain';
import type { ReadContext } from '../read/run-read-command.ts';
import type { CaseChangeObstacle } from '../schema/generated/schema-types.ts';
import type { ChangeScope } from './change-scope.ts';

/** What a change decides from, of one case. */
export interface ChangeContext extends Pick<ReadContext, 'at' | 'leases' | 'protocol'> {
  /** Annotators of the project who have had no part in the case: asked for a reopening only. */
  readonly readersLeft: number;
}

/** The command that changes one case; a note of the whole change goes with each. */
export function changeCommand(
  { kind, withReads, annotatorIds }: Pick<ChangeScope, 'kind' | 'withReads' | 'annotatorIds'>,
  { at, leases, protocol, readersLeft }: ChangeContext,
): CaseCommand {
  switch (kind) {
    case 'finalise':
      return { type: 'finaliseCase' };
    case 'reopen':
      return { type: 'reopenForReading', readersLeft, protocol };
    case 'withdraw':
      return { type: 'withdrawCase', withReads, at, leases };
    case 'reinstate':
      return { type: 'reinstateCase', protocol };
    case 'exclude':
      return { type: 'excludeCase', at, leases };
    case 'include':
      return { type: 'includeCase', protocol };
    case 'assign':
      return { type: 'assignCase', annotatorIds, protocol, at, leases };
    case 'unassign':
      return { type: 'unassignCase', annotatorIds };
  }
}

const obstacles: Partial<Record<CaseRefusal['code'], CaseChangeObstacle>> = {
  WRONG_STATUS: 'wrongStatus',
  NO_MORE_READS: 'noMoreReads',
  CASE_WITHDRAWN: 'caseWithdrawn',
  CASE_NOT_WITHDRAWN: 'wrongStatus',
  CASE_HAS_READS: 'hasReads',
  CASE_FINALISED: 'caseFinalised',
  CASE_EXCLUDED: 'caseExcluded',
  HAD_A_PART: 'hadAPart',
  CASE_NOT_AVAILABLE: 'noPlace',
  ALREADY_GOLD: 'isGold',
};

/** @throws of a refusal that no such change gets */
export function changeObstacle({ code }: CaseRefusal): CaseChangeObstacle {
  const why = obstacles[code];
  if (why === undefined) throw new Error(`a change of many cases was refused as ${code}`);
  return why;
}
