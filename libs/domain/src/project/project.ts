/**
 * A project: one body of cases read under one protocol at a time.
 *
 * Invariants
 * - It is created once; protocol versions count 1, 2, 3, ... and never change.
 * - A person is listed for a role at most once; who is taken off a list was on it.
 */
import { assertNever } from '../assert-never.ts';
import { accept, type Decider, type Decision, refuse } from '../decider.ts';
import type { PersonId, ProjectId } from '../identifiers.ts';
import type { Problem } from '../problem.ts';
import { problemsOfProtocol } from './check-protocol.ts';
import { type MemberEvent, type MemberRole, membersAfter, membersMaximum, type ProjectMembers } from './members.ts';
import type { Protocol } from './protocol.ts';

export type ProjectCommand =
  | {
      readonly type: 'createProject';
      readonly projectId: ProjectId;
      readonly name: string;
      readonly protocol: Protocol;
    }
  | { readonly type: 'adoptProtocol'; readonly protocol: Protocol }
  | { readonly type: 'addMember' | 'removeMember'; readonly personId: PersonId; readonly role: MemberRole };

export type ProjectEvent =
  | { readonly type: 'projectCreated'; readonly projectId: ProjectId; readonly name: string }
  | { readonly type: 'protocolAdopted'; readonly protocolVersion: number; readonly protocol: Protocol }
  | MemberEvent;

export type ProjectRefusal =
  | { readonly code: 'PROJECT_UNKNOWN' }
  | { readonly code: 'PROJECT_EXISTS' }
  | { readonly code: 'INVALID_PROJECT'; readonly problems: readonly Problem[] }
  | { readonly code: 'NOT_LISTED' };

export type ProjectState =
  | { readonly status: 'unknown' }
  /** Between the two events of its creation. */
  | { readonly status: 'created'; readonly projectId: ProjectId; readonly name: string }
  | {
      readonly status: 'active';
      readonly projectId: ProjectId;
      readonly name: string;
      readonly protocolVersion: number;
      readonly protocol: Protocol;
      readonly members: ProjectMembers;
    };

/** Characters in a project's name: 1 to 200. */
export const projectNameLength = 200;

export const project: Decider<ProjectCommand, ProjectEvent, ProjectState, ProjectRefusal> = {
  initial: { status: 'unknown' },
  decide,
  evolve,
};

function decide(command: ProjectCommand, state: ProjectState): Decision<ProjectEvent, ProjectRefusal> {
  switch (command.type) {
    case 'createProject': {
      if (state.status !== 'unknown') return refuse({ code: 'PROJECT_EXISTS' });
      const problems = [...problemsOfName(command.name), ...problemsOfProtocol(command.protocol)];
      if (problems.length > 0) return refuse({ code: 'INVALID_PROJECT', problems });
      return accept<ProjectEvent>(
        { type: 'projectCreated', projectId: command.projectId, name: command.name },
        { type: 'protocolAdopted', protocolVersion: 1, protocol: command.protocol },
      );
    }
    case 'adoptProtocol': {
      if (state.status !== 'active') return refuse({ code: 'PROJECT_UNKNOWN' });
      const problems = problemsOfProtocol(command.protocol);
      if (problems.length > 0) return refuse({ code: 'INVALID_PROJECT', problems });
      return accept<ProjectEvent>({
        type: 'protocolAdopted',
        protocolVersion: state.protocolVersion + 1,
        protocol: command.protocol,
      });
    }
    case 'addMember':
    case 'removeMember':
      return state.status === 'active' ? changeMember(command, state) : refuse({ code: 'PROJECT_UNKNOWN' });
    default:
      return assertNever(command);
  }
}

function changeMember(
  { type, personId, role }: Extract<ProjectCommand, { readonly type: 'addMember' | 'removeMember' }>,
  { members }: Extract<ProjectState, { readonly status: 'active' }>,
): Decision<ProjectEvent, ProjectRefusal> {
  const listed = members.get(role) ?? new Set();
  if (type === 'removeMember') {
    return listed.has(personId) ? accept({ type: 'memberRemoved', personId, role }) : refuse({ code: 'NOT_LISTED' });
  }
  if (listed.has(personId)) return accept();
  if (listed.size < membersMaximum) return accept({ type: 'memberAdded', personId, role });
  const message = `at most ${String(membersMaximum)} people are listed for a role`;
  return refuse({ code: 'INVALID_PROJECT', problems: [{ path: 'personId', code: 'TOO_MANY', message }] });
}

function evolve(state: ProjectState, event: ProjectEvent): ProjectState {
  switch (event.type) {
    case 'projectCreated':
      return { status: 'created', projectId: event.projectId, name: event.name };
    case 'protocolAdopted':
      return state.status === 'unknown'
        ? state
        : {
            status: 'active',
            projectId: state.projectId,
            name: state.name,
            protocolVersion: event.protocolVersion,
            protocol: event.protocol,
            members: state.status === 'active' ? state.members : new Map(),
          };
    case 'memberAdded':
    case 'memberRemoved':
      return state.status === 'active' ? { ...state, members: membersAfter(state.members, event) } : state;
    default:
      return assertNever(event);
  }
}

function problemsOfName(name: string): readonly Problem[] {
  return name.trim() !== '' && name.length <= projectNameLength
    ? []
    : [{ path: 'name', code: 'BAD_NAME', message: `a name has 1 to ${String(projectNameLength)} characters` }];
}
