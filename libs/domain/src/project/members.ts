/**
 * Who acts in a project. A role is open to everybody of the organisation who has it, until somebody is listed for it in this
 * project; from then on only those listed act in it, also when nobody is left, for whoever takes the last one off the list does
 * not mean to let everybody in. Annotators are listed by their registration, so they are no members of this kind;
 * administrators and operators belong to no project.
 */
import type { PersonId } from '../identifiers.ts';

export const memberRoles = ['lead', 'reviewer', 'adjudicator', 'auditor'] as const;
export type MemberRole = (typeof memberRoles)[number];

export const isMemberRole = (role: string): role is MemberRole => memberRoles.some((each) => each === role);

/** Of each role that is listed, who is; a role that has no entry is open. */
export type ProjectMembers = ReadonlyMap<MemberRole, ReadonlySet<PersonId>>;

/** People listed for one role of a project at a time. */
export const membersMaximum = 1_000;

export type MemberEvent =
  | { readonly type: 'memberAdded'; readonly personId: PersonId; readonly role: MemberRole }
  | { readonly type: 'memberRemoved'; readonly personId: PersonId; readonly role: MemberRole };

export function membersAfter(members: ProjectMembers, { type, personId, role }: MemberEvent): ProjectMembers {
  const listed = new Set(members.get(role));
  if (type === 'memberAdded') listed.add(personId);
  else listed.delete(personId);
  return new Map(members).set(role, listed);
}
