import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ana,
  ApiUnderTest,
  ben,
  type Fields,
  lena,
  list,
  type Person,
  personIdOf,
  text,
} from '../testing/api-under-test.spec.ts';
import { claim, claimOf, mutations, sampleCase, submission } from '../testing/sample-project.spec.ts';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(async () => api.stop());

const admin: Person = { name: 'ada', role: 'administrator' };
const otherLead: Person = { name: 'lou', role: 'lead' };
const auditor: Person = { name: 'audrey', role: 'auditor' };
const otherAuditor: Person = { name: 'aldo', role: 'auditor' };

const change = (name: string, type: string): string => `mutation ($input: ${type}!) { ${name}(input: $input) {
  __typename ... on Invalid { problems { path code } } ... on Refusal { message } } }`;
const qualify = change('qualifyAnnotator', 'QualifyAnnotatorInput');
const disqualify = change('disqualifyAnnotator', 'DisqualifyAnnotatorInput');
const pause = change('pauseAnnotator', 'PauseAnnotatorInput');
const resume = change('resumeAnnotator', 'ResumeAnnotatorInput');
const addMember = change('addMember', 'MemberInput');
const removeMember = change('removeMember', 'MemberInput');

const spanish = { language: 'ES' };
const lung = { findingGroup: 'lung' };

let projects = 0;
/** Asks for Spanish, and for the one finding group that it has. */
async function project(
  protocol: object = {},
): Promise<{ readonly projectId: string; readonly caseIds: readonly string[] }> {
  projects += 1;
  const created = await api.get(admin, mutations.createProject, {
    input: {
      commandId: `create ${projects}`,
      name: `Project ${projects}`,
      protocol: {
        readsPerCase: 2,
        labels: [{ term: 'nodule', group: 'lung' }],
        attributes: [{ kind: 'ORDINAL', name: 'malignancy', minimum: 1, maximum: 5 }],
        languages: ['ES'],
        qualificationsRequired: true,
        ...protocol,
      },
    },
  });
  const projectId = text(created, 'projectId');
  for (const reader of [ana, ben]) {
    const input = { commandId: `register ${reader.name} ${projects}`, projectId, personId: personIdOf(reader) };
    await api.get(admin, mutations.registerAnnotator, { input });
  }
  const input = { commandId: `import ${projects}`, projectId, cases: [sampleCase(0), sampleCase(1)] };
  const imported = await api.get(admin, mutations.importCases, { input });
  await api.project();
  return { projectId, caseIds: list(imported, 'rows').map((row) => text(row, 'caseId')) };
}

let commands = 0;
const input = (projectId: string, person: Person, rest: object = {}): { readonly input: object } => {
  commands += 1;
  return { input: { commandId: `change ${commands}`, projectId, personId: personIdOf(person), ...rest } };
};
const tryClaim = async (person: Person, caseId: string): Promise<Fields> => {
  commands += 1;
  const query = `mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { __typename
    ... on NotQualified { message missing { language findingGroup } } ... on Refusal { message } ... on Claimed { caseId } } }`;
  return api.get(person, query, { input: { commandId: `claim ${commands}`, caseId } });
};
const tryNext = async (person: Person, projectId: string): Promise<Fields> => {
  commands += 1;
  const query = `mutation ($input: ClaimNextCaseInput!) { claimNextCase(input: $input) { __typename
    ... on NotQualified { missing { language findingGroup } } ... on Claimed { caseId } } }`;
  return api.get(person, query, { input: { commandId: `next ${commands}`, projectId } });
};
const peopleQuery = `query ($id: ID!, $asOf: AsOf) { project(id: $id, asOf: $asOf) {
  annotators { personId status pausedFor qualifications { language findingGroup expiresAt } }
  members { personId role } closedRoles } }`;
const peopleOf = async (projectId: string, asOf?: object): Promise<Fields> => {
  await api.project();
  return api.get(admin, peopleQuery, { id: projectId, asOf: asOf ?? null });
};
const annotatorIn = (people: Fields, person: Person): Fields =>
  list(people, 'annotators').find(({ personId }) => personId === personIdOf(person)) ?? {};

describe('a claim in a project that asks for qualifications', () => {
  it('is refused until all are there, by name and from the queue, and says which are missing', async () => {
    const { projectId, caseIds } = await project();
    const [caseId = ''] = caseIds;
    const missing = [
      { language: 'ES', findingGroup: null },
      { language: null, findingGroup: 'lung' },
    ];
    expect(await tryClaim(ana, caseId)).toMatchObject({ __typename: 'NotQualified', missing });
    expect(await tryNext(ana, projectId)).toEqual({ __typename: 'NotQualified', missing });
    const given = await api.get(lena, qualify, input(projectId, ana, { qualification: spanish }));
    expect(given).toMatchObject({ __typename: 'AnnotatorChanged' });
    expect(await tryClaim(ana, caseId)).toMatchObject({ missing: [{ language: null, findingGroup: 'lung' }] });
    await api.get(lena, qualify, input(projectId, ana, { qualification: lung }));
    // By the journal: no view was told of it.
    expect(await tryClaim(ana, caseId)).toMatchObject({ __typename: 'Claimed' });
    expect(await tryNext(ben, projectId)).toMatchObject({ __typename: 'NotQualified' });
    expect(await tryNext(ana, projectId)).toMatchObject({ __typename: 'Claimed' });
  });

  it('is refused when one has expired or was taken away, and what is held may still be submitted', async () => {
    const { projectId, caseIds } = await project();
    const [first = '', second = ''] = caseIds;
    // Long enough for one claim on a slow machine, and then waited for by the clock of the database.
    const soon = new Date(Date.now() + 5_000).toISOString();
    await api.get(lena, qualify, input(projectId, ana, { qualification: spanish, expiresAt: soon }));
    await api.get(lena, qualify, input(projectId, ana, { qualification: lung }));
    const held = await claim(api, ana, first, `claim of ${projectId}`);
    await api.owner.query({
      text: `SELECT pg_sleep(greatest(0, extract(epoch FROM $1::timestamptz - clock_timestamp())))`,
      values: [soon],
    });
    expect(await tryClaim(ana, second)).toMatchObject({
      __typename: 'NotQualified',
      missing: [{ language: 'ES', findingGroup: null }],
    });
    const submitted = await api.get(ana, mutations.submitAnnotation, {
      input: submission(`submit ${projectId}`, held),
    });
    expect(submitted).toMatchObject({ __typename: 'AnnotationSubmitted' });
    await api.get(lena, qualify, input(projectId, ana, { qualification: spanish }));
    await api.get(lena, disqualify, input(projectId, ana, { qualification: lung }));
    expect(await tryClaim(ana, second)).toMatchObject({ missing: [{ findingGroup: 'lung' }] });
  });

  it('asks for nothing where the protocol does not', async () => {
    const { caseIds } = await project({ qualificationsRequired: false });
    expect(await tryClaim(ben, caseIds[0] ?? '')).toMatchObject({ __typename: 'Claimed' });
  });
});

describe('what is said of annotators', () => {
  it('is shown, and was not so before', async () => {
    const { projectId } = await project();
    const before = new Date().toISOString();
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    await api.get(lena, qualify, input(projectId, ana, { qualification: lung }));
    await api.get(lena, qualify, input(projectId, ana, { qualification: spanish, expiresAt }));
    await api.get(lena, pause, input(projectId, ana, { reason: 'QUALITY' }));
    const now = annotatorIn(await peopleOf(projectId), ana);
    expect(now).toEqual({
      personId: personIdOf(ana),
      status: 'PAUSED',
      pausedFor: 'QUALITY',
      qualifications: [
        { language: 'ES', findingGroup: null, expiresAt },
        { language: null, findingGroup: 'lung', expiresAt: null },
      ],
    });
    const then = annotatorIn(await peopleOf(projectId, { instant: before }), ana);
    expect(then).toEqual({ personId: personIdOf(ana), status: 'ACTIVE', pausedFor: null, qualifications: [] });
    await api.get(lena, resume, input(projectId, ana));
    await api.get(lena, disqualify, input(projectId, ana, { qualification: spanish }));
    expect(annotatorIn(await peopleOf(projectId), ana)).toMatchObject({
      status: 'ACTIVE',
      pausedFor: null,
      qualifications: [{ findingGroup: 'lung' }],
    });
  });

  it('is refused in words where it cannot be', async () => {
    const { projectId } = await project();
    const nobody: Person = { name: 'nobody', role: 'annotator' };
    expect(await api.get(lena, pause, input(projectId, nobody, { reason: 'LEAVE' }))).toMatchObject({
      __typename: 'NotFound',
    });
    for (const [qualification, rest, code] of [
      [{ findingGroup: 'bone' }, {}, 'UNKNOWN_TERM'],
      [{}, {}, 'ONE_OF'],
      [{ ...spanish, ...lung }, {}, 'ONE_OF'],
      [spanish, { expiresAt: '2020-01-01T00:00:00.000Z' }, 'OUT_OF_RANGE'],
    ] as const) {
      const answer = await api.get(lena, qualify, input(projectId, ana, { qualification, ...rest }));
      expect(answer).toMatchObject({ __typename: 'Invalid', problems: [{ code }] });
    }
    expect(await api.get(lena, disqualify, input(projectId, ana, { qualification: spanish }))).toMatchObject({
      __typename: 'NotHeld',
    });
    const { body } = await api.ask(ana, resume, input(projectId, ana));
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('a paused annotator', () => {
  it('claims nothing, by name or from the queue, submits what they hold, and claims again when resumed', async () => {
    const { projectId, caseIds } = await project({ qualificationsRequired: false });
    const [first = '', second = ''] = caseIds;
    const held = await claim(api, ana, first, `held in ${projectId}`);
    await api.get(lena, pause, input(projectId, ana, { reason: 'ON_REQUEST' }));
    const refused = await tryClaim(ana, second);
    expect(refused).toMatchObject({ __typename: 'AnnotatorPaused' });
    // Why is between those who lead.
    expect(JSON.stringify(refused)).not.toMatch(/request/i);
    expect(await tryNext(ana, projectId)).toMatchObject({ __typename: 'AnnotatorPaused' });
    expect(await tryClaim(ben, second)).toMatchObject({ __typename: 'Claimed' });
    const submitted = await api.get(ana, mutations.submitAnnotation, { input: submission(`send ${projectId}`, held) });
    expect(submitted).toMatchObject({ __typename: 'AnnotationSubmitted' });
    await api.get(lena, resume, input(projectId, ana));
    const next = await api.get(ana, mutations.claimNextCase, { input: { commandId: `again ${projectId}`, projectId } });
    expect(claimOf(next).caseId).toBe(second);
  });
});

describe('a project with listed people', () => {
  const seen = async (person: Person, projectId: string, caseId: string) => {
    const both = `query ($id: ID!, $case: ID!) { project(id: $id) { id } case(id: $case) { id } }`;
    const { body } = await api.ask(person, both, { id: projectId, case: caseId });
    return [body.data?.['project'] !== null, body.data?.['case'] !== null];
  };

  it('is there for those of the role, and for nobody else of it; the others go on', async () => {
    const { projectId, caseIds } = await project({ qualificationsRequired: false });
    const [caseId = ''] = caseIds;
    expect(await seen(auditor, projectId, caseId)).toEqual([true, true]);
    expect(await api.get(lena, addMember, input(projectId, auditor, { role: 'AUDITOR' }))).toMatchObject({
      __typename: 'MemberChanged',
    });
    expect(await seen(auditor, projectId, caseId)).toEqual([true, true]);
    expect(await seen(otherAuditor, projectId, caseId)).toEqual([false, false]);
    expect(await seen(otherLead, projectId, caseId)).toEqual([true, true]);
    expect(await seen(ana, projectId, caseId)).toEqual([true, true]);
    const { body } = await api.ask(otherAuditor, `query ($id: ID!) { cases(projectId: $id) { edges { cursor } } }`, {
      id: projectId,
    });
    expect(body.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const listed = `query { projects(first: 100) { edges { node { id } } } }`;
    expect(JSON.stringify(await api.get(auditor, listed))).toContain(projectId);
    expect(JSON.stringify(await api.get(otherAuditor, listed))).not.toContain(projectId);
    const people = await peopleOf(projectId);
    expect(people).toMatchObject({
      members: [{ personId: personIdOf(auditor), role: 'AUDITOR' }],
      closedRoles: ['AUDITOR'],
    });
  });

  it('is led by those listed: another lead changes nothing in it, and an administrator always can', async () => {
    const { projectId, caseIds } = await project({ qualificationsRequired: false });
    const [caseId = ''] = caseIds;
    await api.get(lena, addMember, input(projectId, lena, { role: 'LEAD' }));
    const reason = { reasonCode: 'OTHER' };
    for (const [query, given] of [
      [pause, input(projectId, ana, { reason: 'LEAVE' })],
      [addMember, input(projectId, otherLead, { role: 'LEAD' })],
      [mutations.registerAnnotator, input(projectId, otherLead)],
      [mutations.importCases, { input: { commandId: `i ${projectId}`, projectId, cases: [sampleCase(5)] } }],
      [mutations.reinstateCase, { input: { commandId: `r ${projectId}`, caseId, ...reason } }],
    ] as const) {
      expect(await api.get(otherLead, query, given)).toMatchObject({ __typename: 'NotFound' });
    }
    for (const field of ['explainQueue { rules { rule } }', 'flags { flagId }', 'lateAnnotations { annotationId }']) {
      const query = `query ($id: ID!) { ${field.replace(' ', '(projectId: $id) ')} }`;
      expect((await api.ask(lena, query, { id: projectId })).body.errors).toBeUndefined();
      const { body } = await api.ask(otherLead, query, { id: projectId });
      expect(body.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
    expect(await api.get(lena, pause, input(projectId, ana, { reason: 'LEAVE' }))).toMatchObject({
      __typename: 'AnnotatorChanged',
    });
    // Nobody is left, and it is not everybody's again.
    await api.get(lena, removeMember, input(projectId, lena, { role: 'LEAD' }));
    expect(await api.get(lena, resume, input(projectId, ana))).toMatchObject({ __typename: 'NotFound' });
    expect(await api.get(otherLead, resume, input(projectId, ana))).toMatchObject({ __typename: 'NotFound' });
    expect(await peopleOf(projectId)).toMatchObject({ members: [], closedRoles: ['LEAD'] });
    await api.get(admin, addMember, input(projectId, otherLead, { role: 'LEAD' }));
    expect(await api.get(otherLead, resume, input(projectId, ana))).toMatchObject({ __typename: 'AnnotatorChanged' });
  });
});
