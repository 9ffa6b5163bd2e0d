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
import {
  annotation,
  type Claim,
  claim,
  mutations,
  protocol,
  sampleCase,
  sampleProject,
  type SampleProject,
  submission,
} from '../testing/sample-project.spec.ts';
import { settle } from '../testing/settle-case.spec.ts';

const auditor: Person = { name: 'audrey', role: 'auditor' };
const amend = `mutation ($input: AmendAnnotationInput!) { amendAnnotation(input: $input) {
  __typename ... on AnnotationAmended { annotationId revision token } ... on Invalid { problems { path code } }
  ... on StaleRevision { revision } ... on Refusal { message } } }`;
const shown = `query ($id: ID!) { case(id: $id) { status readsSubmitted
  annotations { id revision independence regions { id x1 } }
  history(first: 100) { edges { node { type reason note detail } } } } }`;

let api: ApiUnderTest;
let open: SampleProject;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  open = await sampleProject(api, {
    readers: [ana, ben],
    cases: 3,
    protocol: { readsPerCase: 2, amendWindowSeconds: 600 },
  });
});

afterAll(async () => api.stop());

async function submit(person: Person, caseId: string): Promise<Claim & { readonly annotationId: string }> {
  const held = await claim(api, person, caseId, `claim ${person.name} ${caseId}`);
  const submitted = await api.get(person, mutations.submitAnnotation, {
    input: submission(`submit ${person.name} ${caseId}`, held),
  });
  return { ...held, annotationId: text(submitted, 'annotationId') };
}

const amendment = (commandId: string, held: Claim, change: object = {}): object => ({
  input: {
    commandId,
    caseId: held.caseId,
    revision: 1,
    reasonCode: 'WRONG_PLACE',
    note: 'one rib higher',
    annotation: annotation(held, '11'),
    ...change,
  },
});
const look = async (person: Person, id: string): Promise<Fields> => {
  await api.project();
  return api.get(person, shown, { id });
};
const typesOf = (fields: Fields): readonly unknown[] =>
  list({ ...(fields['history'] as object) }, 'edges').map(({ node }) => (node as Fields)['type']);

describe('a read within its window', () => {
  it('is amended by its annotator, with the reason on record, and counts anew', async () => {
    const id = open.caseIds[0] ?? '';
    const held = await submit(ana, id);
    await submit(ben, id);
    const amended = await api.get(ana, amend, amendment('amend', held));
    expect(amended).toMatchObject({ __typename: 'AnnotationAmended', annotationId: held.annotationId, revision: 2 });
    expect(await api.get(ana, amend, amendment('amend', held))).toEqual(amended);
    const whole = await look(auditor, id);
    expect(whole).toMatchObject({ status: 'AWAITING_CONSENSUS', readsSubmitted: 2 });
    expect(list(whole, 'annotations').find(({ id: of }) => of === held.annotationId)).toMatchObject({
      revision: 2,
      independence: 'BLIND',
      regions: [{ x1: '11' }],
    });
    expect(typesOf(whole).slice(-4)).toEqual([
      'readsCompleted',
      'readsReopened',
      'annotationAmended',
      'readsCompleted',
    ]);
    expect(JSON.stringify(whole)).toContain('one rib higher');
  });

  it('is refused for another revision, a read that is not there, and what the protocol does not know', async () => {
    const id = open.caseIds[1] ?? '';
    const held = await claim(api, ana, id, 'unsubmitted');
    expect(await api.get(ana, amend, amendment('too early', held))).toMatchObject({ __typename: 'NotSubmitted' });
    await api.get(ana, mutations.submitAnnotation, { input: submission('now', held) });
    expect(await api.get(ana, amend, amendment('stale', held, { revision: 2 }))).toMatchObject({
      __typename: 'StaleRevision',
      revision: 1,
    });
    const unknown = { annotation: { ...annotation(held), imageQualityFlags: ['no such term'] } };
    expect(await api.get(ana, amend, amendment('bad', held, unknown))).toMatchObject({ __typename: 'Invalid' });
    expect(await api.get(ben, amend, amendment('foreign', held))).toMatchObject({ __typename: 'NotSubmitted' });
  });

  it('keeps its annotator blinded in a settled case', async () => {
    const id = open.caseIds[2] ?? '';
    await submit(ana, id);
    await submit(ben, id);
    await api.project();
    await settle(api, id);
    expect(await look(auditor, id)).toMatchObject({ status: 'SETTLED', readsSubmitted: 2 });
    const blinded = await look(ana, id);
    expect(blinded).toMatchObject({ status: 'READING', readsSubmitted: null });
    expect(list(blinded, 'annotations')).toHaveLength(1);
    expect(typesOf(blinded)).not.toContain('consensusReached');
  });
});

describe('a read whose window is over', () => {
  it('is amended no more, and its annotator is shown the settled case', async () => {
    const sample = await projectWithWindow('short', 1);
    const id = sample.caseIds[0] ?? '';
    const held = await submit(ana, id);
    await submit(ben, id);
    await api.project();
    await settle(api, id);
    await api.project();
    // The window closes without an event.
    let seen = await look(ana, id);
    for (let attempt = 0; seen['status'] !== 'SETTLED' && attempt < 200; attempt += 1) seen = await look(ana, id);
    expect(seen).toMatchObject({ status: 'SETTLED', readsSubmitted: 2 });
    expect(await api.get(ana, amend, amendment('too late', held))).toMatchObject({ __typename: 'AmendWindowClosed' });
  });
});

/** Another project of one case. */
async function projectWithWindow(name: string, amendWindowSeconds: number): Promise<SampleProject> {
  const created = await api.get(lena, mutations.createProject, {
    input: { commandId: name, name, protocol: { ...protocol, readsPerCase: 2, amendWindowSeconds } },
  });
  const projectId = text(created, 'projectId');
  for (const reader of [ana, ben]) {
    const input = { commandId: `register ${name} ${reader.name}`, projectId, personId: personIdOf(reader) };
    await api.get(lena, mutations.registerAnnotator, { input });
  }
  const imported = await api.get(lena, mutations.importCases, {
    input: { commandId: `import ${name}`, projectId, cases: [sampleCase(0)] },
  });
  await api.project();
  return { projectId, caseIds: list(imported, 'rows').map((row) => text(row, 'caseId')) };
}
