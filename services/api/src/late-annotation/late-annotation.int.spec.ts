import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ana, ApiUnderTest, ben, lena, text } from '../testing/api-under-test.spec.ts';
import { type Claim, claim, mutations, sampleProject, submission } from '../testing/sample-project.spec.ts';

const list = `query ($id: ID!) { lateAnnotations(projectId: $id) {
  caseId annotationId annotatorId answer findings { statement { es } } regions { x1 } } }`;
const accept = `mutation ($input: AcceptLateAnnotationInput!) { acceptLateAnnotation(input: $input) {
  __typename ... on LateAnnotationDecided { annotationId token } ... on Refusal { message } } }`;
const decline = `mutation ($input: DeclineLateAnnotationInput!) { declineLateAnnotation(input: $input) {
  __typename ... on LateAnnotationDecided { annotationId token } ... on Refusal { message } } }`;

let api: ApiUnderTest;
let projectId = '';
let caseIds: readonly string[] = [];

beforeAll(async () => {
  api = await ApiUnderTest.start();
  const protocol = { readsPerCase: 1 };
  ({ projectId, caseIds } = await sampleProject(api, { readers: [ana, ben], cases: 3, protocol }));
});

afterAll(async () => api.stop());

/** As if its time had passed. */
const expire = async ({ leaseToken }: Claim): Promise<unknown> =>
  api.owner.query({
    text: `UPDATE journal.claim SET lease_ends_at = clock_timestamp() - interval '1 second' WHERE claim_id = $1`,
    values: [leaseToken],
  });

const waiting = async (): Promise<unknown> => {
  await api.project();
  const { body } = await api.ask(lena, list, { id: projectId });
  return body.data?.['lateAnnotations'];
};

const counting = async (id: string): Promise<unknown> => {
  await api.project();
  return api.get(lena, 'query ($id: ID!) { case(id: $id) { status readsSubmitted } }', { id });
};

/** Ana's lease ran out, ben claimed the only place, and then she sends what she has made. */
async function keepOne(id: string): Promise<{ readonly held: Claim; readonly annotationId: string }> {
  const late = await claim(api, ana, id, `ana claims ${id}`);
  await expire(late);
  const held = await claim(api, ben, id, `ben claims ${id}`);
  const kept = await api.get(
    ana,
    mutations.submitAnnotation.replace(
      '... on Refusal',
      '... on LateAnnotationKept { annotationId token message } ... on Refusal',
    ),
    {
      input: submission(`ana submits ${id}`, late),
    },
  );
  expect(kept).toMatchObject({ __typename: 'LateAnnotationKept' });
  return { held, annotationId: text(kept, 'annotationId') };
}

it('is taken while nobody has claimed the place', async () => {
  const [id = ''] = caseIds;
  const held = await claim(api, ana, id, 'claim in time');
  await expire(held);
  expect(await api.get(ana, mutations.submitAnnotation, { input: submission('late', held) })).toMatchObject({
    __typename: 'AnnotationSubmitted',
    revision: 1,
  });
  expect(await counting(id)).toEqual({ status: 'AWAITING_CONSENSUS', readsSubmitted: 1 });
});

it('is kept and shown to a lead, who takes it once there is a place', async () => {
  const id = caseIds[1] ?? '';
  const { held, annotationId } = await keepOne(id);
  expect(await counting(id)).toEqual({ status: 'READING', readsSubmitted: 0 });
  expect(await waiting()).toMatchObject([
    {
      caseId: id,
      annotationId,
      answer: 'FINDINGS',
      findings: [{ statement: { es: 'Nódulo.' } }],
      regions: [{ x1: '10.50' }],
    },
  ]);
  const input = { commandId: 'accept', caseId: id, annotationId };
  expect(await api.get(lena, accept, { input })).toMatchObject({ __typename: 'CaseNotAvailable' });
  const { leaseToken } = held;
  await api.get(ben, mutations.releaseRead, {
    input: { commandId: 'back', caseId: id, leaseToken, reason: 'NO_TIME' },
  });
  expect(await api.get(lena, accept, { input })).toMatchObject({ __typename: 'LateAnnotationDecided', annotationId });
  expect(await counting(id)).toEqual({ status: 'AWAITING_CONSENSUS', readsSubmitted: 1 });
  expect(await waiting()).toEqual([]);
  const own = await api.get(
    ana,
    'query ($id: ID!) { case(id: $id) { annotations { id findings { statement { es } } } } }',
    {
      id,
    },
  );
  expect(own).toMatchObject({ annotations: [{ id: annotationId, findings: [{ statement: { es: 'Nódulo.' } }] }] });
});

it('is declined with a reason, once, and is for leads alone', async () => {
  const id = caseIds[2] ?? '';
  const { annotationId } = await keepOne(id);
  const input = { commandId: 'decline', caseId: id, annotationId, reasonCode: 'ENOUGH_READS', note: 'one is enough' };
  for (const query of [decline, accept]) {
    const { body } = await api.ask(ana, query, { input });
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }
  expect((await api.ask(ana, list, { id: projectId })).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  expect(await api.get(lena, decline, { input })).toMatchObject({ __typename: 'LateAnnotationDecided' });
  expect(await api.get(lena, decline, { input: { ...input, commandId: 'again' } })).toMatchObject({
    __typename: 'NotFound',
  });
  expect(await waiting()).toEqual([]);
  expect(await counting(id)).toEqual({ status: 'READING', readsSubmitted: 0 });
});
