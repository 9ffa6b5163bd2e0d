import type { CaseCommand, CaseRefusal } from '@consilium/domain';
import { finishObstacles } from '../adjudication/finish-case.ts';
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
  // What a step of one case is refused for, it is refused for among many.
  ...finishObstacles,
  CASE_NOT_WITHDRAWN: 'wrongStatus',
  CASE_HAS_READS: 'hasReads',
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
