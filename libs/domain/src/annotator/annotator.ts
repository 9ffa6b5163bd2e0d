/**
 * An annotator: a person in their part as reader of one project.
 *
 * Invariants
 * - Registered once; a repeat by the same person changes nothing.
 * - Nothing is said of an annotator who is not registered.
 * - Holds each qualification at most once, until the newest instant it was given to; what is taken away was held.
 * - A paused annotator claims nothing until resumed; what they hold, they may still submit.
 * - At most one alert is open; what was looked at raises none again.
 */
import { assertNever } from '../assert-never.ts';
import { accept, type Decider, type Decision, refuse } from '../decider.ts';
import type { AlertId, AnnotatorId, EventId, Instant, PersonId, ProjectId } from '../identifiers.ts';
import type { Problem } from '../problem.ts';
import type { Protocol } from '../project/protocol.ts';
import type { AlertCommand, AlertEvent, AlertRefusal, AlertState } from './alert.ts';
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
  | { readonly type: 'resumeAnnotator'; readonly annotatorId: AnnotatorId }
  | AlertCommand;

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
  | ({ readonly type: 'annotatorResumed' } & OfAnnotator)
  | AlertEvent;

export type AnnotatorRefusal =
  | { readonly code: 'ANNOTATOR_UNKNOWN' }
  | { readonly code: 'INVALID_QUALIFICATION'; readonly problems: readonly Problem[] }
  | { readonly code: 'NOT_HELD' }
  | AlertRefusal;

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
      readonly alerts: ReadonlyMap<AlertId, AlertState>;
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
    case 'raiseAlert':
      return raise(command, state, of);
    case 'acknowledgeAlert': {
      const { alertId } = command;
      const alert = state.alerts.get(alertId);
      if (alert === undefined) return refuse({ code: 'ALERT_UNKNOWN' });
      return alert.status === 'open' ? accept({ type: 'alertAcknowledged', ...of, alertId }) : accept();
    }
    case 'resolveAlert': {
      const { alertId, outcome } = command;
      const alert = state.alerts.get(alertId);
      if (alert === undefined) return refuse({ code: 'ALERT_UNKNOWN' });
      return alert.status === 'resolved' ? accept() : accept({ type: 'alertResolved', ...of, alertId, outcome });
    }
    default:
      return assertNever(command);
  }
}

function raise(
  command: Extract<AnnotatorCommand, { readonly type: 'raiseAlert' }>,
  state: Registered,
  of: OfAnnotator,
): AnnotatorDecision {
  const { alertId, kind, method, statements, statistic, evidence, pauses } = command;
  const isKnown = [...state.alerts.values()].some(({ status }) => status !== 'resolved');
  // Another worker found the same, or somebody has resolved one of the same evidence since.
  if (isKnown || (evidence.at(-1) ?? '') <= (assessedUpTo(state) ?? '')) return accept();
  return accept<AnnotatorEvent>(
    { type: 'alertRaised', ...of, alertId, kind, method, statements, statistic, evidence },
    ...(pauses && state.paused === undefined ? [{ type: 'annotatorPaused', ...of, reason: 'quality' } as const] : []),
  );
}

/** The event up to which all was looked at; ids of events rise with time. Undefined where nothing was. Alerts are of one kind as yet. */
export function assessedUpTo(state: AnnotatorState): EventId | undefined {
  if (state.status === 'unknown') return undefined;
  return [...state.alerts.values()]
    .flatMap((alert) => (alert.status === 'resolved' ? (alert.roseAt ?? []) : []))
    .sort()
    .at(-1);
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
    return {
      status: 'registered',
      projectId,
      personId,
      paused: undefined,
      qualifications: new Map(),
      alerts: new Map(),
    };
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
    case 'alertRaised': {
      const { alertId, kind, evidence } = event;
      return withAlert(state, alertId, { kind, status: 'open', roseAt: evidence.at(-1) });
    }
    case 'alertAcknowledged':
      return withAlert(state, event.alertId, { status: 'acknowledged' });
    case 'alertResolved':
      return withAlert(state, event.alertId, { status: 'resolved' });
    default:
      return assertNever(event);
  }
}

function withAlert(state: Registered, alertId: AlertId, change: Partial<AlertState>): Registered {
  const before = state.alerts.get(alertId) ?? { kind: 'goldDrift', status: 'open', roseAt: undefined };
  return { ...state, alerts: new Map(state.alerts).set(alertId, { ...before, ...change }) };
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
