import type { PersonId } from '../identifiers.ts';
import { isMemberRole, type ProjectMembers } from '../project/members.ts';
import { type Action, type ActorRole, mayDo } from './policy.ts';

export interface Actor {
  readonly role: ActorRole;
  readonly personId: PersonId;
}

/** Whether a person acts in a project in the role that they have: see {@link ProjectMembers}. */
export function actsIn({ role, personId }: Actor, members: ProjectMembers): boolean {
  if (!isMemberRole(role)) return true;
  const listed = members.get(role);
  return listed === undefined || listed.has(personId);
}

/** What a person may do at all within one project. The list of a project only ever narrows what their role may do. */
export const mayDoIn = (actor: Actor, members: ProjectMembers, action: Action): boolean =>
  mayDo(actor.role, action) && actsIn(actor, members);
