import { describe, expect, it } from '@jest/globals';
import { annotatorId, instant, personId, projectId, sampleProtocol, scenario } from '@consilium/testing';
import fc from 'fast-check';
import { fold } from '../decider.ts';
import type { AlertId, EventId } from '../identifiers.ts';
import {
  annotator,
  type AnnotatorCommand,
  type AnnotatorEvent,
  assessedUpTo,
  claimObstacle,
  pauseReasons,
} from './annotator.ts';
import { missingQualifications, type Qualification, qualificationKey, qualificationsMaximum } from './qualification.ts';

const given = scenario(annotator);
const of = { annotatorId: annotatorId(1), projectId: projectId(1) };
const register: AnnotatorCommand = { type: 'registerAnnotator', ...of, personId: personId(1) };
const registered: AnnotatorEvent = { type: 'annotatorRegistered', ...of, personId: personId(1) };
const spanish: Qualification = { kind: 'language', language: 'es' };
const english: Qualification = { kind: 'language', language: 'en' };
const lung: Qualification = { kind: 'findingGroup', group: 'lung' };
const protocol = sampleProtocol({ languages: ['es', 'en'], qualificationsRequired: true });
const qualified = (qualification: Qualification, expiresAt?: number): AnnotatorEvent => ({
  type: 'annotatorQualified',
  ...of,
  qualification,
  ...(expiresAt === undefined ? {} : { expiresAt: instant(expiresAt) }),
});
const qualify = (qualification: Qualification, expiresAt?: number): AnnotatorCommand => ({
  type: 'qualifyAnnotator',
  annotatorId: of.annotatorId,
  qualification,
  ...(expiresAt === undefined ? {} : { expiresAt: instant(expiresAt) }),
  protocol,
  at: instant(100),
});
const pause: AnnotatorCommand = { type: 'pauseAnnotator', annotatorId: of.annotatorId, reason: 'leave' };
const paused: AnnotatorEvent = { type: 'annotatorPaused', ...of, reason: 'leave' };
const resume: AnnotatorCommand = { type: 'resumeAnnotator', annotatorId: of.annotatorId };
const nothing = { ok: true, events: [] };

describe('an annotator', () => {
  it('is registered', () => {
    expect(given().when(register)).toEqual({ ok: true, events: [registered] });
    expect(given(registered).state).toEqual({
      status: 'registered',
      projectId: projectId(1),
      personId: personId(1),
      paused: undefined,
      qualifications: new Map(),
      alerts: new Map(),
    });
  });

  it('is registered once: a repeat changes nothing, later neither', () => {
    expect(given(registered).when(register)).toEqual(nothing);
    expect(given(registered, qualified(spanish), paused).when(register)).toEqual(nothing);
  });

  it.each([[qualify(spanish)], [pause], [resume]])('is registered before anything is said of them: %j', (command) => {
    expect(given().when(command)).toEqual({ ok: false, refusal: { code: 'ANNOTATOR_UNKNOWN' } });
  });
});

describe('a qualification', () => {
  it('is given, given anew with another end, and taken away', () => {
    expect(given(registered).when(qualify(spanish, 200))).toEqual({ ok: true, events: [qualified(spanish, 200)] });
    const held = given(registered, qualified(spanish, 200));
    expect(held.when(qualify(spanish, 200))).toEqual(nothing);
    expect(held.when(qualify(spanish))).toEqual({ ok: true, events: [qualified(spanish)] });
    const take: AnnotatorCommand = {
      type: 'disqualifyAnnotator',
      annotatorId: of.annotatorId,
      qualification: spanish,
    };
    const taken: AnnotatorEvent = { type: 'annotatorDisqualified', ...of, qualification: spanish };
    expect(held.when(take)).toEqual({ ok: true, events: [taken] });
    const without = given(registered, qualified(spanish, 200), taken);
    expect(without.state).toEqual(given(registered).state);
    expect(without.when(take)).toEqual({ ok: false, refusal: { code: 'NOT_HELD' } });
  });

  it.each([
    ['has ended already', qualify(spanish, 100), 'expiresAt OUT_OF_RANGE'],
    [
      'is for a group that no label has',
      qualify({ kind: 'findingGroup', group: 'bone' }),
      'qualification.findingGroup UNKNOWN_TERM',
    ],
  ])('is refused where it %s', (_, command, problem) => {
    const decision = given(registered).when(command);
    expect(
      !decision.ok && decision.refusal.code === 'INVALID_QUALIFICATION' && decision.refusal.problems,
    ).toMatchObject([{ path: problem.split(' ')[0], code: problem.split(' ')[1] }]);
  });

  it('is refused beyond as many as an annotator may have', () => {
    const many = Array.from({ length: qualificationsMaximum }, (_, at) =>
      qualified({ kind: 'findingGroup', group: `group ${String(at)}` }),
    );
    expect(given(registered, ...many).when(qualify(spanish))).toMatchObject({
      ok: false,
      refusal: { problems: [{ code: 'TOO_MANY' }] },
    });
    expect(given(registered, ...many.slice(1)).when(qualify(spanish))).toMatchObject({ ok: true });
  });
});

describe('a claim', () => {
  const obstacle = (...events: readonly AnnotatorEvent[]) =>
    claimObstacle(fold(annotator, events), protocol, instant(100));

  it('needs all languages and one of the finding groups', () => {
    expect(obstacle(registered)).toEqual({ code: 'NOT_QUALIFIED', missing: [spanish, english, lung] });
    expect(obstacle(registered, qualified(spanish), qualified(lung))).toEqual({
      code: 'NOT_QUALIFIED',
      missing: [english],
    });
    expect(obstacle(registered, qualified(spanish), qualified(english))).toEqual({
      code: 'NOT_QUALIFIED',
      missing: [lung],
    });
    expect(obstacle(registered, qualified(spanish), qualified(english), qualified(lung))).toBeUndefined();
  });

  it('is not let in by what has expired at this instant', () => {
    const others = [registered, qualified(english), qualified(lung)];
    expect(obstacle(...others, qualified(spanish, 101))).toBeUndefined();
    expect(obstacle(...others, qualified(spanish, 100))).toEqual({ code: 'NOT_QUALIFIED', missing: [spanish] });
  });

  it('is refused to whoever is paused, whatever else holds, until they are resumed', () => {
    const all = [registered, qualified(spanish), qualified(english), qualified(lung)];
    expect(obstacle(...all, paused)).toEqual({ code: 'ANNOTATOR_PAUSED' });
    expect(obstacle(...all, paused, { type: 'annotatorResumed', ...of })).toBeUndefined();
    expect(obstacle()).toEqual({ code: 'NOT_REGISTERED' });
  });

  it('asks for nothing where the protocol does not', () => {
    const open = { ...protocol, qualificationsRequired: false };
    expect(claimObstacle(fold(annotator, [registered]), open, instant(100))).toBeUndefined();
  });

  it('is never kept out by one more qualification, and never let in by time', () => {
    const qualification = fc.constantFrom(spanish, english, lung);
    const held = fc.array(
      fc.record(
        { qualification, expiresAt: fc.integer({ min: 0, max: 20 }).map(instant) },
        { requiredKeys: ['qualification'] },
      ),
    );
    const missing = (all: Parameters<typeof missingQualifications>[0], at: number): ReadonlySet<string> =>
      new Set(missingQualifications(all, protocol, instant(at)).map(qualificationKey));
    const isWithin = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
      [...one].every((each) => other.has(each));
    fc.assert(
      fc.property(held, qualification, fc.nat(20), fc.nat(20), (all, more, at, later) => {
        const now = missing(all, at);
        expect(isWithin(missing([...all, { qualification: more }], at), now)).toBe(true);
        expect(isWithin(now, missing(all, at + later))).toBe(true);
      }),
    );
  });
});

describe('a pause', () => {
  it('has a reason, which may change, and ends', () => {
    expect(given(registered).when(pause)).toEqual({ ok: true, events: [paused] });
    expect(given(registered, paused).when(pause)).toEqual(nothing);
    for (const reason of pauseReasons) {
      const decision = given(registered, paused).when({ ...pause, reason });
      expect(decision.ok && decision.events.length).toBe(reason === 'leave' ? 0 : 1);
    }
    expect(given(registered, paused).when(resume)).toEqual({
      ok: true,
      events: [{ type: 'annotatorResumed', ...of }],
    });
    expect(given(registered).when(resume)).toEqual(nothing);
  });
});

describe('alerts', () => {
  const alertId = (number: number): AlertId => `0000000${String(number)}-0000-4000-8000-0000000000aa` as AlertId;
  const event = (number: number): EventId => `0000000${String(number)}-0000-7000-8000-0000000000ee` as EventId;
  const raise = (number: number, pauses = false, evidence = [event(number)]): AnnotatorCommand => ({
    type: 'raiseAlert',
    annotatorId: annotatorId(1),
    alertId: alertId(number),
    kind: 'goldDrift',
    pauses,
    method: { name: 'goldCusum', version: '1', parameters: { threshold: 8 } },
    statements: 30,
    statistic: 8.5,
    evidence,
  });
  const about = (number: number) => ({ annotatorId: annotatorId(1), alertId: alertId(number) });
  const told = (...commands: readonly AnnotatorCommand[]): readonly AnnotatorEvent[] => {
    const events: AnnotatorEvent[] = [];
    for (const command of [
      {
        type: 'registerAnnotator',
        annotatorId: annotatorId(1),
        projectId: projectId(1),
        personId: personId(1),
      } as const,
      ...commands,
    ]) {
      const decision = annotator.decide(command, fold(annotator, events));
      if (!decision.ok) throw new Error(decision.refusal.code);
      events.push(...decision.events);
    }
    return events;
  };
  const typesOf = (...commands: readonly AnnotatorCommand[]): readonly string[] =>
    told(...commands)
      .slice(1)
      .map(({ type }) => type);

  it('rise once, and pause where the protocol says so and nobody has paused already', () => {
    expect(typesOf(raise(1))).toEqual(['alertRaised']);
    expect(typesOf(raise(1), raise(1), raise(2))).toEqual(['alertRaised']);
    expect(typesOf(raise(1, true))).toEqual(['alertRaised', 'annotatorPaused']);
    const paused: AnnotatorCommand = { type: 'pauseAnnotator', annotatorId: annotatorId(1), reason: 'leave' };
    expect(typesOf(paused, raise(1, true))).toEqual(['annotatorPaused', 'alertRaised']);
  });

  it('are acknowledged and resolved once each, in either order', () => {
    const [seen, done] = [
      { type: 'acknowledgeAlert', ...about(1) } as const,
      { type: 'resolveAlert', ...about(1), outcome: 'falseAlarm' } as const,
    ];
    expect(typesOf(raise(1), seen, seen, done, done, seen)).toEqual([
      'alertRaised',
      'alertAcknowledged',
      'alertResolved',
    ]);
    expect(typesOf(raise(1), done)).toEqual(['alertRaised', 'alertResolved']);
    const unknown = annotator.decide({ ...seen, ...about(2) }, fold(annotator, told(raise(1))));
    expect(unknown).toEqual({ ok: false, refusal: { code: 'ALERT_UNKNOWN' } });
  });

  it('rise again of what came later than what was looked at, and of nothing else', () => {
    const done: AnnotatorCommand = { type: 'resolveAlert', ...about(3), outcome: 'retrained' };
    expect(typesOf(raise(3), done, raise(2), raise(3), raise(4))).toEqual([
      'alertRaised',
      'alertResolved',
      'alertRaised',
    ]);
    expect(assessedUpTo(fold(annotator, told(raise(3), done)))).toBe(event(3));
    expect(assessedUpTo(fold(annotator, told(raise(3))))).toBeUndefined();
  });
});
