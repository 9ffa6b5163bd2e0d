/**
 * An annotator: a person in their part as reader of one project.
 *
 * Invariants
 * - Registered once; a repeat by the same person changes nothing.
 * - Nothing is said of an annotator who is not registered.
 * - Holds each qualification at most once, until the newest instant it was given to; what is taken away was held.
 * - A paused annotator claims nothing until resumed; what they hold, they may still submit.
 */
import { assertNever } from '../assert-never.ts';
import { accept, type Decider, type Decision, refuse } from '../decider.ts';
import type { AnnotatorId, Instant, PersonId, ProjectId } from '../identifiers.ts';
import type { Problem } from '../problem.ts';
import type { Protocol } from '../project/protocol.ts';
import {
  findingGroupsOf,
  type HeldQualification,
  missingQualifications,
  type Qualification,
  qualificationKey,
  qualificationsMaximum,
} from './qualification.ts';

/** Why an annotator is paused. Only those who lead see it: 'quality' would tell how their reads compare. */
export const pauseReasons = ['onRequest', 'leave', 'quality', 'training', 'other'] as const;
export type PauseReason = (typeof pauseReasons)[number];

interface OfAnnotator {
  readonly annotatorId: AnnotatorId;
  readonly projectId: ProjectId;
}

export type AnnotatorCommand =
  | {
      readonly type: 'registerAnnotator';
      readonly annotatorId: AnnotatorId;
      readonly projectId: ProjectId;
      readonly personId: PersonId;
    }
  | {
      readonly type: 'qualifyAnnotator';
      readonly annotatorId: AnnotatorId;
      readonly qualification: Qualification;
      readonly expiresAt?: Instant;
      /** The newest of the project: a finding group is one of its labels'. */
      readonly protocol: Protocol;
      readonly at: Instant;
    }
  | {
      readonly type: 'disqualifyAnnotator';
      readonly annotatorId: AnnotatorId;
      readonly qualification: Qualification;
    }
  | { readonly type: 'pauseAnnotator'; readonly annotatorId: AnnotatorId; readonly reason: PauseReason }
  | { readonly type: 'resumeAnnotator'; readonly annotatorId: AnnotatorId };

export type AnnotatorEvent =
  | ({ readonly type: 'annotatorRegistered'; readonly personId: PersonId } & OfAnnotator)
  /** Given, or given anew with another end. */
  | ({
      readonly type: 'annotatorQualified';
      readonly qualification: Qualification;
      readonly expiresAt?: Instant;
    } & OfAnnotator)
  | ({ readonly type: 'annotatorDisqualified'; readonly qualification: Qualification } & OfAnnotator)
  | ({ readonly type: 'annotatorPaused'; readonly reason: PauseReason } & OfAnnotator)
  | ({ readonly type: 'annotatorResumed' } & OfAnnotator);

export type AnnotatorRefusal =
  | { readonly code: 'ANNOTATOR_UNKNOWN' }
  | { readonly code: 'INVALID_QUALIFICATION'; readonly problems: readonly Problem[] }
  | { readonly code: 'NOT_HELD' };

export type AnnotatorState =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'registered';
      readonly projectId: ProjectId;
      readonly personId: PersonId;
      /** Undefined of whoever may claim. */
      readonly paused: PauseReason | undefined;
      /** By {@link qualificationKey}; expired ones too. */
      readonly qualifications: ReadonlyMap<string, HeldQualification>;
    };

type AnnotatorDecision = Decision<AnnotatorEvent, AnnotatorRefusal>;
type Registered = Extract<AnnotatorState, { readonly status: 'registered' }>;

export const annotator: Decider<AnnotatorCommand, AnnotatorEvent, AnnotatorState, AnnotatorRefusal> = {
  initial: { status: 'unknown' },
  decide,
  evolve,
};

function decide(command: AnnotatorCommand, state: AnnotatorState): AnnotatorDecision {
  if (command.type === 'registerAnnotator') {
    const { annotatorId, projectId, personId } = command;
    // The annotator id is made from project and person, so a repeat can only be the same registration.
    return state.status === 'registered'
      ? accept()
      : accept({ type: 'annotatorRegistered', annotatorId, projectId, personId });
  }
  if (state.status === 'unknown') return refuse({ code: 'ANNOTATOR_UNKNOWN' });
  const of: OfAnnotator = { annotatorId: command.annotatorId, projectId: state.projectId };
  switch (command.type) {
    case 'qualifyAnnotator':
      return qualify(command, state, of);
    case 'disqualifyAnnotator': {
      const { qualification } = command;
      return state.qualifications.has(qualificationKey(qualification))
        ? accept({ type: 'annotatorDisqualified', ...of, qualification })
        : refuse({ code: 'NOT_HELD' });
    }
    case 'pauseAnnotator':
      return state.paused === command.reason
        ? accept()
        : accept({ type: 'annotatorPaused', ...of, reason: command.reason });
    case 'resumeAnnotator':
      return state.paused === undefined ? accept() : accept({ type: 'annotatorResumed', ...of });
    default:
      return assertNever(command);
  }
}

function qualify(
  { qualification, expiresAt, protocol, at }: Extract<AnnotatorCommand, { readonly type: 'qualifyAnnotator' }>,
  { qualifications }: Registered,
  of: OfAnnotator,
): AnnotatorDecision {
  const held = qualifications.get(qualificationKey(qualification));
  if (held !== undefined && held.expiresAt === expiresAt) return accept();
  const problems: Problem[] = [];
  if (qualification.kind === 'findingGroup' && !findingGroupsOf(protocol).has(qualification.group)) {
    problems.push({
      path: 'qualification.findingGroup',
      code: 'UNKNOWN_TERM',
      message: 'no label of the newest protocol is of this finding group',
    });
  }
  if (expiresAt !== undefined && expiresAt <= at) {
    problems.push({ path: 'expiresAt', code: 'OUT_OF_RANGE', message: 'it would have expired already' });
  }
  if (held === undefined && qualifications.size >= qualificationsMaximum) {
    problems.push({
      path: 'qualification',
      code: 'TOO_MANY',
      message: `an annotator has at most ${String(qualificationsMaximum)} qualifications`,
    });
  }
  if (problems.length > 0) return refuse({ code: 'INVALID_QUALIFICATION', problems });
  return accept({
    type: 'annotatorQualified',
    ...of,
    qualification,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
}

function evolve(state: AnnotatorState, event: AnnotatorEvent): AnnotatorState {
  if (event.type === 'annotatorRegistered') {
    const { projectId, personId } = event;
    return { status: 'registered', projectId, personId, paused: undefined, qualifications: new Map() };
  }
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'annotatorQualified': {
      const { qualification, expiresAt } = event;
      const held: HeldQualification = { qualification, ...(expiresAt === undefined ? {} : { expiresAt }) };
      return {
        ...state,
        qualifications: new Map(state.qualifications).set(qualificationKey(qualification), held),
      };
    }
    case 'annotatorDisqualified': {
      const qualifications = new Map(state.qualifications);
      qualifications.delete(qualificationKey(event.qualification));
      return { ...state, qualifications };
    }
    case 'annotatorPaused':
      return { ...state, paused: event.reason };
    case 'annotatorResumed':
      return { ...state, paused: undefined };
    default:
      return assertNever(event);
  }
}

/** Why somebody may not claim a case at an instant of the store's clock. */
export type ClaimObstacle =
  | { readonly code: 'NOT_REGISTERED' }
  | { readonly code: 'ANNOTATOR_PAUSED' }
  | { readonly code: 'NOT_QUALIFIED'; readonly missing: readonly Qualification[] };

/** What keeps an annotator from claiming any case that is read under this protocol; undefined where nothing does. */
export function claimObstacle(state: AnnotatorState, protocol: Protocol, at: Instant): ClaimObstacle | undefined {
  if (state.status === 'unknown') return { code: 'NOT_REGISTERED' };
  if (state.paused !== undefined) return { code: 'ANNOTATOR_PAUSED' };
  const missing = missingQualifications(state.qualifications.values(), protocol, at);
  return missing.length === 0 ? undefined : { code: 'NOT_QUALIFIED', missing };
}
