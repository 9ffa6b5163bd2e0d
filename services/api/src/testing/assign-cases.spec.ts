import { type ApiUnderTest, type Fields, list, type Person, personIdOf, text } from './api-under-test.spec.ts';

export const changePreview = `query ($input: CaseChangeInput!) { caseChangePreview(input: $input) {
  edges { node { caseId why } } counts { possible impossible } token } }`;
const change = `mutation ($input: ChangeCasesInput!) { changeCases(input: $input) { __typename
  ... on CasesChanged { done refused } ... on Invalid { problems { path code } } ... on Refusal { message } } }`;

/** The id of a person as annotator of a project. @param by who may list them */
export async function annotatorIdOf(api: ApiUnderTest, by: Person, projectId: string, person: Person): Promise<string> {
  const query = 'query ($id: ID!) { project(id: $id) { annotators { id personId } } }';
  const found = list(await api.get(by, query, { id: projectId }), 'annotators');
  return text(found.find(({ personId }) => personId === personIdOf(person)) ?? {}, 'id');
}

/** One change of many cases, as its preview shows it; the views know of it afterwards. */
export async function changeCases(api: ApiUnderTest, by: Person, commandId: string, of: Fields): Promise<Fields> {
  const previewToken = text(await api.get(by, changePreview, { input: of }), 'token');
  const answer = await api.get(by, change, { input: { commandId, of, previewToken, reason: 'OTHER' } });
  await api.project();
  return answer;
}
