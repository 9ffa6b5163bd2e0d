import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ana, ApiUnderTest, lena, list, text } from '../testing/api-under-test.spec.ts';
import { mutations, sampleCase, sampleProject } from '../testing/sample-project.spec.ts';

let api: ApiUnderTest;
let projectId = '';
let urgent = '';
let spanish = '';

beforeAll(async () => {
  api = await ApiUnderTest.start();
  ({ projectId } = await sampleProject(api, { readers: [ana], cases: 2 }));
  const sentences = [
    { key: '1', es: 'Sin hallazgos.', en: 'No findings.' },
    { key: '2', es: 'Corazón normal.' },
  ];
  const cases = [
    { ...sampleCase(7), priority: 5 },
    { ...sampleCase(8), priority: 9, sentences },
  ];
  const imported = await api.get(lena, mutations.importCases, { input: { commandId: 'more', projectId, cases } });
  [urgent = '', spanish = ''] = list(imported, 'rows').map((row) => text(row, 'caseId'));
  await api.project();
});

afterAll(async () => api.stop());

const next = async (commandId: string, wish: object): Promise<unknown> =>
  api.get(ana, mutations.claimNextCase, { input: { commandId, projectId, ...wish } });
const explained = async (wish: object): Promise<unknown> => {
  const query = `query ($id: ID!, $language: Language, $priorityAtLeast: Int) {
    explainQueue(projectId: $id, language: $language, priorityAtLeast: $priorityAtLeast) { rules { rule passes count } } }`;
  return api.get(lena, query, { id: projectId, ...wish });
};

it('gives a case whose sentences are all in the language asked for, and of the priority', async () => {
  expect(await next('one', { language: 'EN', priorityAtLeast: 5 })).toMatchObject({ caseId: urgent });
  expect(await next('two', { language: 'EN', priorityAtLeast: 5 })).toMatchObject({ __typename: 'NothingToClaim' });
  const asked = { id: projectId, language: 'EN', priorityAtLeast: 5 };
  const rules = await api.get(
    ana,
    `query ($id: ID!, $language: Language, $priorityAtLeast: Int) {
      explainQueue(projectId: $id, language: $language, priorityAtLeast: $priorityAtLeast) { rules { rule passes count } } }`,
    asked,
  );
  expect(list(rules, 'rules')).toEqual(
    expect.arrayContaining([
      { rule: 'UNREAD', passes: true, count: 3 },
      { rule: 'UNREAD_AS_ASKED', passes: false, count: 0 },
    ]),
  );
  expect(await next('three', { priorityAtLeast: 5 })).toMatchObject({ caseId: spanish });
  expect(await next('four', { language: 'ES' })).toMatchObject({ __typename: 'Claimed' });
  expect(await explained({})).toMatchObject({ rules: [] });
});
