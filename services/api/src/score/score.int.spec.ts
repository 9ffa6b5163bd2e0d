import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AlertId, AnnotatorId, AnswerScore, EventId, ProjectId, ReadId } from '@consilium/domain';
import {
  ana,
  ApiUnderTest,
  ben,
  cara,
  type Fields,
  lena,
  list,
  makeSecrets,
  type Person,
  personIdOf,
  type SharedSecrets,
  stranger,
  text,
} from '../testing/api-under-test.spec.ts';
import {
  claim,
  everythingOfACase,
  mutations,
  sampleProject,
  type SampleProject,
  submission,
} from '../testing/sample-project.spec.ts';
import { alert, score } from '../testing/settle-case.spec.ts';

const scorecards = `query ($id: ID!) { scorecards(projectId: $id) { withheld answers hasOlder method { name version level halfLife }
  pooled { findingGroup gold } annotators { annotatorId answers performance { findingGroup gold adjudicated effective
    accuracy { value low high } weight { value } confusion { truePresent missed falselyPresent trueAbsent } }
    regions { expected given matched meanIou } medianSeconds drift { statements statistic threshold alarmAt } } } }`;
const auditor: Person = { name: 'otto', role: 'auditor' };
const operator: Person = { name: 'opal', role: 'operator' };

let secrets: SharedSecrets;
let api: ApiUnderTest;
let sample: SampleProject;
let anasId: AnnotatorId;

beforeAll(async () => {
  secrets = await makeSecrets();
  api = await ApiUnderTest.start({ secrets });
  sample = await sampleProject(api, {
    readers: [ana, ben],
    cases: 2,
    protocol: { readsPerCase: 2, goldShare: 0.5, amendWindowSeconds: 0 },
  });
  for (const caseId of sample.caseIds) {
    const input = {
      commandId: `gold ${caseId}`,
      caseId,
      annotation: { answer: 'NOTHING_THERE' },
      externalSource: 'CT',
    };
    await api.get(lena, 'mutation ($input: SetGoldInput!) { setGold(input: $input) { __typename } }', { input });
  }
  for (const [index, caseId] of sample.caseIds.entries()) {
    const held = await claim(api, ana, caseId, `claim ${String(index)}`);
    await api.get(ana, mutations.submitAnnotation, { input: submission(`submit ${String(index)}`, held) });
  }
  await api.project();
  const input = { commandId: 'once more', projectId: sample.projectId, personId: personIdOf(ana) };
  anasId = text(await api.get(lena, mutations.registerAnnotator, { input }), 'annotatorId') as AnnotatorId;
});

afterAll(async () => {
  await api.stop();
  await rm(secrets.folder, { recursive: true });
});

const wrong = (caseId: string): AnswerScore => ({
  readId: caseId as ReadId,
  annotatorId: anasId,
  annotationId: caseId as AnswerScore['annotationId'],
  activeMs: 30_000,
  items: [{ sentence: null, label: 'nodule', findingGroup: 'lung', given: 'present', truth: 'absent' }],
  regions: { expected: 0, given: 1, matched: 0, summedIou: 0 },
});

const ask = async (person: Person, id = sample.projectId): Promise<Fields> => {
  await api.project();
  return api.get(person, scorecards, { id });
};
const seenBy = async (person: Person): Promise<unknown> => {
  await api.project();
  const cases = `query ($id: ID!) { cases(projectId: $id) { edges { cursor node { ${everythingOfACase} } } } }`;
  return (await api.ask(person, cases, { id: sample.projectId })).body;
};

describe('scorecards', () => {
  it('say what the newest scores say of each annotator, and forget a truth that holds no more', async () => {
    const [first = '', second = ''] = sample.caseIds;
    const before = await seenBy(ana);
    expect(await ask(lena)).toMatchObject({ withheld: null, answers: 0, annotators: [] });
    const truth = { kind: 'gold', truthVersion: 1 } as const;
    for (const caseId of [first, second]) await score(api, caseId, { truth, scores: [wrong(caseId)] });
    const told = await ask(lena);
    expect(told).toMatchObject({
      answers: 2,
      hasOlder: false,
      method: { name: 'performance', version: '1', level: 0.95, halfLife: 200 },
      annotators: [
        {
          annotatorId: anasId,
          answers: 2,
          performance: [
            { findingGroup: null, gold: 2, adjudicated: 0, confusion: { falselyPresent: 2, truePresent: 0 } },
            { findingGroup: 'lung', gold: 2 },
          ],
          regions: { expected: 0, given: 2, matched: 0, meanIou: null },
          medianSeconds: 30,
          drift: { statements: 2, alarmAt: null },
        },
      ],
    });
    expect(await ask(auditor)).toEqual(told);
    // Nothing of it reaches whoever reads in the project.
    expect(await seenBy(ana)).toEqual(before);

    const correct = 'mutation ($input: CorrectGoldInput!) { correctGold(input: $input) { __typename } }';
    const input = {
      commandId: 'correct',
      caseId: first,
      truthVersion: 1,
      annotation: { answer: 'NOTHING_THERE' },
      externalSource: 'biopsy',
      reasonCode: 'TRUTH_WRONG',
    };
    expect(await api.get(lena, correct, { input })).toMatchObject({ __typename: 'GoldGiven' });
    expect(await ask(lena)).toMatchObject({ answers: 1 });
    const retire = 'mutation ($input: RetireGoldInput!) { retireGold(input: $input) { __typename } }';
    await api.get(lena, retire, { input: { commandId: 'retire', caseId: second, reasonCode: 'NOT_SUITABLE' } });
    expect(await ask(lena)).toMatchObject({ answers: 0, annotators: [] });
  });

  it('are for nobody who reads in the project, and for no other organisation', async () => {
    const codeOf = async (person: Person): Promise<unknown> => {
      const { body } = await api.ask(person, scorecards, { id: sample.projectId });
      return body.errors?.[0]?.extensions.code;
    };
    expect(await codeOf(ana)).toBe('FORBIDDEN');
    expect(await codeOf({ ...ben, role: 'lead' })).toBe('FORBIDDEN');
    expect(await codeOf(cara)).toBe('FORBIDDEN');
    expect(await codeOf(operator)).toBe('FORBIDDEN');
    expect(await codeOf(stranger)).toBe('NOT_FOUND');
  });

  it('show in the history of a case to whoever may know that it is gold', async () => {
    const history = `query ($id: ID!) { case(id: $id) { history(first: 100) { edges { node { type detail } } } } }`;
    const { body } = await api.ask(lena, history, { id: sample.caseIds[0] });
    const seen = JSON.stringify(body);
    expect(seen).toContain('answersScored');
    expect(JSON.stringify((await api.ask(ana, history, { id: sample.caseIds[0] })).body)).not.toContain('cored');
  });
});

describe('alerts', () => {
  const alerts = `query ($id: ID!, $status: AlertStatus, $first: Int, $after: Cursor) {
    alerts(projectId: $id, status: $status, first: $first, after: $after) { edges { cursor node { id annotatorId kind status statements
      statistic method { name version } evidence acknowledgedBy resolvedBy outcome } } pageInfo { hasNextPage endCursor } } }`;
  const acknowledge = `mutation ($input: AcknowledgeAlertInput!) { acknowledgeAlert(input: $input) { __typename } }`;
  const resolve = `mutation ($input: ResolveAlertInput!) { resolveAlert(input: $input) { __typename } }`;
  const idOf = (number: number): string => `0000000${String(number)}-0000-4000-8000-0000000000aa`;
  const raise = async (number: number): Promise<void> =>
    alert(api, {
      annotatorId: anasId,
      projectId: sample.projectId as ProjectId,
      alertId: idOf(number) as AlertId,
      kind: 'goldDrift',
      method: { name: 'goldCusum', version: '1', parameters: { threshold: 8 } },
      statements: 12,
      statistic: 8.5,
      evidence: [idOf(9) as EventId],
    });
  const shown = async (variables: object = {}): Promise<readonly Fields[]> => {
    await api.project();
    const answer = await api.get(lena, alerts, { id: sample.projectId, ...variables });
    return list(answer, 'edges');
  };
  const of = (number: number, commandId: string) => ({
    commandId,
    projectId: sample.projectId,
    annotatorId: anasId,
    alertId: idOf(number),
  });

  it('are listed the newest first, page by page, and followed until somebody has looked', async () => {
    await raise(1);
    await raise(2);
    expect((await shown()).map(({ node }) => (node as Fields)['id'])).toEqual([idOf(2), idOf(1)]);
    const [first] = await shown({ first: 1 });
    expect((await shown({ after: first?.['cursor'] })).map(({ node }) => (node as Fields)['id'])).toEqual([idOf(1)]);
    expect(first).toMatchObject({
      node: {
        annotatorId: anasId,
        kind: 'GOLD_DRIFT',
        status: 'OPEN',
        statements: 12,
        statistic: 8.5,
        method: { name: 'goldCusum', version: '1' },
        evidence: [idOf(9)],
        outcome: null,
      },
    });
    const done = { __typename: 'AnnotatorChanged' };
    expect(await api.get(lena, acknowledge, { input: of(1, 'look') })).toEqual(done);
    expect(await api.get(lena, resolve, { input: { ...of(2, 'done'), outcome: 'FALSE_ALARM' } })).toEqual(done);
    expect(await shown({ status: 'OPEN' })).toEqual([]);
    expect(await shown({ status: 'ACKNOWLEDGED' })).toMatchObject([{ node: { acknowledgedBy: personIdOf(lena) } }]);
    expect(await shown({ status: 'RESOLVED' })).toMatchObject([
      { node: { resolvedBy: personIdOf(lena), outcome: 'FALSE_ALARM' } },
    ]);
  });

  it('are told to and changed by nobody who reads in the project, and of no other', async () => {
    const { body } = await api.ask(ana, alerts, { id: sample.projectId });
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const asked = { input: { ...of(1, 'by ana'), outcome: 'OTHER' } };
    expect((await api.ask(ana, resolve, asked)).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await api.ask(auditor, resolve, asked)).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await api.get(stranger, resolve, asked)).toEqual({ __typename: 'NotFound' });
    expect(await api.get(lena, acknowledge, { input: of(7, 'unknown') })).toEqual({ __typename: 'NotFound' });
    const elsewhere = { ...of(1, 'elsewhere'), projectId: idOf(3) };
    expect(await api.get(lena, acknowledge, { input: elsewhere })).toEqual({ __typename: 'NotFound' });
    expect(await api.get(lena, acknowledge, { input: { ...of(1, 'no id'), alertId: 'x' } })).toEqual({
      __typename: 'NotFound',
    });
  });
});

it('nothing is said of anybody where the readers are not known', async () => {
  const other = await ApiUnderTest.start({ secrets });
  try {
    const { projectId } = await sampleProject(other, {
      readers: [ana],
      cases: 1,
      protocol: { readerIdentity: 'NOT_PUBLISHED' },
    });
    await other.project();
    expect(await other.get(lena, scorecards, { id: projectId })).toMatchObject({
      withheld: 'READERS_NOT_KNOWN',
      answers: 0,
      pooled: [],
      annotators: [],
    });
  } finally {
    await other.stop();
  }
});
