import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, ApiUnderTest, ben, lena, list, type Person } from '../testing/api-under-test.spec.ts';
import { countStatements } from '../testing/count-statements.spec.ts';
import {
  annotation,
  claim,
  mutations,
  protocol,
  sampleProject,
  type SampleProject,
  submission,
} from '../testing/sample-project.spec.ts';
import { settle } from '../testing/settle-case.spec.ts';

/** What a list asks of the database does not grow with the list. */
const few = 5;
const many = 50;

let api: ApiUnderTest;
let sample: SampleProject;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  sample = await sampleProject(api, {
    readers: [ana, ben],
    cases: many,
    protocol: { readsPerCase: 2, openClaimsMaximum: many },
  });
  for (const [index, caseId] of sample.caseIds.entries()) {
    for (const reader of index % 2 === 0 ? [ana, ben] : [ana]) {
      const held = await claim(api, reader, caseId, `claim ${String(index)}`);
      await api.get(reader, mutations.submitAnnotation, {
        input: submission(`submit ${String(index)}`, held, { annotation: annotation(held) }),
      });
    }
    if (index % 4 === 0) await settle(api, caseId);
  }
  await api.project();
});

afterAll(async () => api.stop());

const fields = `id externalKey status readsSubmitted images { description } sentences { text { es en } }
  annotations { id findings { statement { en } } } consensus { id }
  disagreements { id } adjudications { id votes { annotationId } }`;

/** Asked of a process that has just started: nothing of people, projects or keys is in its memory. */
async function statementsFor(person: Person, query: string, variables: object, expected: number): Promise<number> {
  await api.restart();
  let edges: readonly unknown[] = [];
  const count = await countStatements(async () => {
    edges = list(await api.get(person, query, variables), 'edges');
  });
  expect(edges).toHaveLength(expected);
  return count;
}

describe('a list of 50 cases with all their children', () => {
  it.each([
    ['for a lead', lena, ''],
    ['for an annotator, who is blinded for most of them', ana, ''],
    ['for a lead, of the past', lena, ', asOf: { sequence: 200 }'],
  ] as const)('asks as much as one of 5 %s', async (_who, person, asOf) => {
    const query = `query ($id: ID!, $first: Int!) { cases(projectId: $id, first: $first${asOf}) { edges { node { ${fields} } } } }`;
    const variables = (first: number): object => ({ id: sample.projectId, first });
    const ofFew = await statementsFor(person, query, variables(few), few);
    expect(ofFew).toBeGreaterThan(3);
    expect(await statementsFor(person, query, variables(many), many)).toBe(ofFew);
  });
});

describe('a list of projects', () => {
  it('asks who reads in them once for all', async () => {
    for (let index = 0; index < many; index += 1) {
      const input = { commandId: `create ${String(index)}`, name: `Project ${String(index)}`, protocol };
      await api.get(lena, mutations.createProject, { input });
    }
    await api.project();
    const query =
      'query ($first: Int!) { projects(first: $first) { edges { node { id protocol { labels { term } } answeredFrom { sequence } } } } }';
    const ofFew = await statementsFor(lena, query, { first: few }, few);
    expect(await statementsFor(lena, query, { first: many }, many)).toBe(ofFew);
  });
});
