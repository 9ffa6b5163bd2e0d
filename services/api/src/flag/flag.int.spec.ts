import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ana, ApiUnderTest, ben, type Fields, lena, list, type Person, text } from '../testing/api-under-test.spec.ts';
import { claim, mutations, sampleProject } from '../testing/sample-project.spec.ts';

const rita: Person = { name: 'rita', role: 'reviewer' };
const flag = `mutation ($input: FlagCaseInput!) { flagCase(input: $input) {
  __typename ... on CaseFlagged { flagId token } ... on Invalid { problems { path code } } ... on Refusal { message } } }`;
const resolve = `mutation ($input: ResolveFlagInput!) { resolveFlag(input: $input) {
  __typename ... on FlagResolved { flagId } ... on Refusal { message } } }`;
const flags = 'query ($id: ID!) { flags(projectId: $id) { caseId flagId actorRole reason note } }';
const explain = `query ($id: ID!, $caseId: ID) { explainQueue(projectId: $id, caseId: $caseId) {
  rules { rule passes count limit } counts { reading full heldBack otherwise }
  places { priority position wanted taken holders { annotatorId status } } } }`;

let api: ApiUnderTest;
let projectId = '';
let caseIds: readonly string[] = [];

beforeAll(async () => {
  api = await ApiUnderTest.start();
  const protocol = { readsPerCase: 1, openClaimsMaximum: 2 };
  ({ projectId, caseIds } = await sampleProject(api, { readers: [ana, ben], cases: 2, protocol }));
});

afterAll(async () => api.stop());

const open = async (): Promise<unknown> => {
  await api.project();
  return (await api.ask(lena, flags, { id: projectId })).body.data?.['flags'];
};
const explained = async (person: Person, caseId?: string): Promise<Fields> => {
  await api.project();
  return api.get(person, explain, { id: projectId, caseId });
};
const next = async (person: Person, commandId: string): Promise<Fields> =>
  api.get(person, mutations.claimNextCase, { input: { commandId, projectId } });

it('is set by who holds the case and by a reviewer, and nobody is stopped by it', async () => {
  const [caseId = ''] = caseIds;
  const held = await claim(api, ana, caseId, 'claim');
  const input = { caseId, reason: 'WRONG_SIDE', note: 'left is right' };
  expect(await api.get(ana, flag, { input: { ...input, commandId: 'no token' } })).toMatchObject({
    __typename: 'StaleLease',
  });
  const { leaseToken } = held;
  const flagged = await api.get(ana, flag, { input: { ...input, commandId: 'mine', leaseToken } });
  expect(flagged).toMatchObject({ __typename: 'CaseFlagged' });
  expect(await api.get(rita, flag, { input: { caseId, reason: 'DUPLICATE', commandId: 'hers' } })).toMatchObject({
    __typename: 'CaseFlagged',
  });
  expect(await open()).toMatchObject([
    { caseId, flagId: flagged['flagId'], actorRole: 'annotator', reason: 'WRONG_SIDE', note: 'left is right' },
    { caseId, actorRole: 'reviewer', reason: 'DUPLICATE', note: null },
  ]);
  expect((await api.ask(ana, flags, { id: projectId })).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  await api.get(ana, mutations.releaseRead, { input: { commandId: 'back', caseId, leaseToken } });
  expect(await next(ben, 'ben goes on')).toMatchObject({ __typename: 'Claimed', caseId });
});

it('holds a case back while a patient could be recognised, until somebody has looked', async () => {
  const caseId = caseIds[1] ?? '';
  const flagged = await api.get(lena, flag, { input: { caseId, reason: 'IDENTITY_VISIBLE', commandId: 'hold' } });
  await api.project();
  expect(await next(ana, 'nothing for ana')).toMatchObject({ __typename: 'NothingToClaim' });
  expect(await api.get(ana, mutations.claimCase, { input: { commandId: 'by name', caseId } })).toMatchObject({
    __typename: 'CaseNotAvailable',
  });
  expect(await explained(lena, caseId)).toMatchObject({
    rules: [
      { rule: 'CASE_IN_QUEUE', passes: true },
      { rule: 'CASE_READING', passes: true },
      { rule: 'CASE_NOT_HELD_BACK', passes: false, count: 1 },
      { rule: 'CASE_PLACE', passes: true, count: 0, limit: 1 },
    ],
    counts: { reading: 2, full: 1, heldBack: 1, otherwise: 0 },
  });
  const input = { commandId: 'resolve', caseId, flagId: text(flagged, 'flagId') };
  expect(await api.get(lena, resolve, { input })).toMatchObject({ __typename: 'FlagResolved' });
  expect(await api.get(lena, resolve, { input: { ...input, commandId: 'again' } })).toMatchObject({
    __typename: 'NotFound',
  });
  await api.project();
  expect(await next(ana, 'now for ana')).toMatchObject({ __typename: 'Claimed', caseId });
});

it('tells a lead who holds a case, and an annotator of their own doing alone', async () => {
  const [caseId = '', second = ''] = caseIds;
  const ofLead = await explained(lena, caseId);
  expect(ofLead).toMatchObject({ places: { wanted: 1, taken: 1, position: 0 } });
  expect(
    list({ ...(ofLead['places'] as object) }, 'holders')
      .map(({ status }) => status)
      .sort(),
  ).toEqual(['held', 'released']);
  const ofAna = await explained(ana, second);
  expect(ofAna).toEqual({
    rules: [
      { rule: 'REGISTERED', passes: true, count: null, limit: null },
      { rule: 'CLAIMS_OPEN', passes: true, count: 1, limit: 2 },
      { rule: 'SUBMITTED', passes: true, count: 0, limit: null },
      { rule: 'SKIPPED', passes: true, count: 0, limit: null },
      { rule: 'UNREAD', passes: true, count: 1, limit: null },
      { rule: 'CASE_IN_QUEUE', passes: true, count: null, limit: null },
    ],
    counts: null,
    places: null,
  });
});
