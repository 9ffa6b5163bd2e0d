import type { Action, CaseId } from '@consilium/domain';
import type { Session } from '@consilium/postgres';
import type { Viewer } from '../access/viewer.ts';
import { queryError } from './query-errors.ts';

const longestOperationName = 200;

/**
 * Which patients' cases a request is about to show. Written in one statement before the answer leaves; when it cannot be
 * written, the answer is not given.
 */
export class AccessLog {
  readonly #session: Session;
  readonly #viewer: Viewer;
  readonly #actions = new Set<Action>();
  readonly #cases = new Set<CaseId>();

  constructor(session: Session, viewer: Viewer) {
    this.#session = session;
    this.#viewer = viewer;
  }

  note(action: Action, caseIds: readonly CaseId[]): void {
    if (caseIds.length === 0) return;
    this.#actions.add(action);
    for (const caseId of caseIds) this.#cases.add(caseId);
  }

  /** @throws GraphQLError AUDIT_UNAVAILABLE */
  async write(operation: string | null | undefined): Promise<void> {
    if (this.#cases.size === 0) return;
    const { organisation, personId, role } = this.#viewer;
    try {
      await this.#session.execute({
        name: 'audit-read-access',
        text: `INSERT INTO audit.read_access (organisation, actor_id, actor_role, actions, operation, case_ids)
          VALUES ($1, $2, $3, $4, $5, $6)`,
        values: [
          organisation,
          personId,
          role,
          [...this.#actions].sort(),
          operation?.slice(0, longestOperationName) ?? null,
          [...this.#cases],
        ],
      });
    } catch (error) {
      throw queryError(
        'AUDIT_UNAVAILABLE',
        'What you asked for cannot be shown now: access to it cannot be recorded.',
        error,
      );
    }
    this.#cases.clear();
    this.#actions.clear();
  }
}
