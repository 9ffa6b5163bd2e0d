import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, ApiUnderTest, ben, type Fields, lena, list, type Person } from '../testing/api-under-test.spec.ts';
import { annotatorIdOf, changeCases, changePreview } from '../testing/assign-cases.spec.ts';
import { claimOf, mutations, type SampleProject, sampleProject, submission } from '../testing/sample-project.spec.ts';

let api: ApiUnderTest;
let sample: SampleProject;
let ids: { readonly ana: string; readonly ben: string };
beforeAll(async () => {
  api = await ApiUnderTest.start();
  const protocol = { readsPerCase: 1, readsMaximum: 2, openClaimsMaximum: 9 };
  sample = await sampleProject(api, { readers: [ana, ben], cases: 5, protocol });
  const { projectId } = sample;
  ids = { ana: await annotatorIdOf(api, lena, projectId, ana), ben: await annotatorIdOf(api, lena, projectId, ben) };
});
afterAll(async () => api.stop());

const caseAt = (index: number): string => sample.caseIds[index] ?? '';
const meant = (fields: Fields): Fields => ({ projectId: sample.projectId, ...fields });
const next = async (person: Person, commandId: string): Promise<Fields> => {
  await api.project();
  return api.get(person, mutations.claimNextCase, { input: { commandId, projectId: sample.projectId } });
};
const assignees = 'query ($id: ID!) { case(id: $id) { assignedTo } }';
const seen = async (person: Person, caseId: string): Promise<Fields> => api.get(person, assignees, { id: caseId });
const typesOf = async (person: Person, caseId: string): Promise<readonly unknown[]> => {
  const query = 'query ($id: ID!) { case(id: $id) { history { edges { node { type } } } } }';
  const { history } = await api.get(person, query, { id: caseId });
  return list(history as Fields, 'edges').map(({ node }) => (node as Fields)['type']);
};
const explained = async (person: Person, caseId?: string): Promise<Fields> =>
  api.get(
    person,
    `query ($id: ID!, $caseId: ID) { explainQueue(projectId: $id, caseId: $caseId) {
      rules { rule passes count limit } places { wanted taken kept } } }`,
    { id: sample.projectId, caseId },
  );

/** What the preview of giving a case to these says against it. */
const why = async (index: number, annotatorIds: readonly string[]): Promise<unknown> => {
  const of = meant({ kind: 'ASSIGN', caseIds: [caseAt(index)], annotatorIds });
  const [edge] = list(await api.get(lena, changePreview, { input: of }), 'edges');
  return (edge?.['node'] as Fields)['why'];
};

describe('cases that are given to somebody', () => {
  it('come first in their queue, and are kept for them', async () => {
    const of = meant({ kind: 'ASSIGN', caseIds: [caseAt(2), caseAt(3), caseAt(4)], annotatorIds: [ids.ana] });
    expect(await changeCases(api, lena, 'assign', of)).toMatchObject({ __typename: 'CasesChanged', done: 3 });
    expect(await seen(lena, caseAt(2))).toEqual({ assignedTo: [ids.ana] });
    expect(await next(ana, 'first of ana')).toMatchObject({ __typename: 'Claimed', caseId: caseAt(2) });
    expect(await next(ben, 'first of ben')).toMatchObject({ caseId: caseAt(0) });
    expect(await next(ben, 'second of ben')).toMatchObject({ caseId: caseAt(1) });
    expect(await next(ben, 'third of ben')).toMatchObject({ __typename: 'NothingToClaim' });
    const byName = { commandId: 'by name', caseId: caseAt(3) };
    expect(await api.get(ben, mutations.claimCase, { input: byName })).toMatchObject({
      __typename: 'CaseNotAvailable',
    });
  });

  it('are explained to those who lead, and to the annotator as their own', async () => {
    const ofLead = await explained(lena, caseAt(3));
    expect(ofLead).toMatchObject({ places: { wanted: 1, taken: 0, kept: 1 } });
    expect(list(ofLead, 'rules')).toContainEqual({ rule: 'CASE_PLACE', passes: false, count: 0, limit: 1 });
    expect(list(await explained(ana), 'rules')).toContainEqual({
      rule: 'ASSIGNED',
      passes: true,
      count: 2,
      limit: null,
    });
    expect(JSON.stringify(await explained(ben, caseAt(3)))).not.toMatch(/ASSIGNED|kept":\d/);
    const { body } = await api.ask(ana, assignees, { id: caseAt(3) });
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await typesOf(ana, caseAt(3))).toContain('caseAssigned');
    expect(await typesOf(ben, caseAt(3))).toEqual(['caseImported']);
  });

  it('are shown before, and given to nobody who may not read them', async () => {
    // Ben holds the first, and its one place with it.
    expect(await why(0, [ids.ben])).toBe(null);
    expect(await why(0, [ids.ana])).toBe('NO_PLACE');
    expect(await why(3, [ids.ana, ids.ben])).toBe('NO_PLACE');
    const held = claimOf(await next(ana, 'second of ana'));
    expect(held.caseId).toBe(caseAt(3));
    await api.get(ana, mutations.skipRead, {
      input: { commandId: 'skip', caseId: held.caseId, leaseToken: held.leaseToken, reason: 'OTHER' },
    });
    // What is asked for is so already.
    expect(await why(3, [ids.ana])).toBe(null);
    // No place is kept for who has skipped.
    expect(await next(ben, 'fourth of ben')).toMatchObject({ caseId: caseAt(3) });
    for (const [annotatorIds, kind] of [
      [[caseAt(0)], 'ASSIGN'],
      [[], 'ASSIGN'],
      [undefined, 'ASSIGN'],
      [[ids.ana], 'FINALISE'],
    ] as const) {
      const input = meant({ kind, caseIds: [caseAt(0)], annotatorIds });
      const { body } = await api.ask(lena, changePreview, { input });
      expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('are taken back by the opposite change of what was changed', async () => {
    const of = meant({ kind: 'UNASSIGN', changedBy: 'assign', annotatorIds: [ids.ana] });
    expect(await changeCases(api, lena, 'take back', of)).toMatchObject({ done: 3, refused: 0 });
    expect(await seen(lena, caseAt(4))).toEqual({ assignedTo: [] });
    expect(await why(3, [ids.ana])).toBe('HAD_A_PART');
    expect(await next(ben, 'fifth of ben')).toMatchObject({ __typename: 'Claimed', caseId: caseAt(4) });
    // What she holds stays hers.
    const again = claimOf(await api.get(ana, mutations.claimCase, { input: { commandId: 'hers', caseId: caseAt(2) } }));
    const input = submission('submit', again);
    expect(await api.get(ana, mutations.submitAnnotation, { input })).toMatchObject({
      __typename: 'AnnotationSubmitted',
    });
    expect(again.caseId).toBe(caseAt(2));
  });
});
