import type { Action, CaseId, OrganisationId } from '@consilium/domain';
import type { Session } from '@consilium/postgres';
import { CommandFailed } from '../command-failed.ts';

/** What a command is about to show of patients' cases. */
export interface ShownAccess {
  /** Of the access policy, as the API notes it for the same. */
  readonly action: Action;
  /** Name of the command. */
  readonly command: string;
  readonly of: 'everything' | { readonly organisation: OrganisationId; readonly caseIds: readonly CaseId[] };
}

/**
 * Stores who is shown what, before it is shown, as the API does. The database itself says who that is: the user it let in.
 * @throws CommandFailed: what cannot be written down is not shown
 */
export async function recordAccess(auditor: Session, { action, command, of }: ShownAccess): Promise<void> {
  if (of !== 'everything' && of.caseIds.length === 0) return;
  const [organisation, caseIds] = of === 'everything' ? [null, []] : [of.organisation, of.caseIds];
  try {
    await auditor.execute({
      text: `INSERT INTO audit.read_access (organisation, actor_role, actions, operation, case_ids)
        VALUES ($1, 'auditor', $2, $3, $4)`,
      values: [organisation, [action], `consilium ${command}`, caseIds],
    });
  } catch (error) {
    throw new CommandFailed(
      'failed',
      'This cannot be shown: that it is shown cannot be recorded in audit.read_access.',
      {
        cause: error,
      },
    );
  }
}
