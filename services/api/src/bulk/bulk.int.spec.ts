import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, ApiUnderTest, ben, type Fields, lena, list, type Person, text } from '../testing/api-under-test.spec.ts';
import { claim, mutations, type SampleProject, sampleProject, submission } from '../testing/sample-project.spec.ts';
import { settle } from '../testing/settle-case.spec.ts';

const preview = `query ($input: CaseChangeInput!, $first: Int, $after: Cursor) { caseChangePreview(input: $input, first: $first, after: $after) {
  edges { cursor node { caseId status why reads claimsEnded } } pageInfo { hasNextPage endCursor }
  counts { possible impossible reads claimsEnded } more token } }`;
const change = `mutation ($input: ChangeCasesInput!) { changeCases(input: $input) { __typename
  ... on CasesChanged { done refused remaining cases { caseId why } } ... on Invalid { problems { path code } } ... on Refusal { message } } }`;
const statuses = `query ($id: ID!) { cases(projectId: $id, first: 100) { edges { node { id status } } } }`;
const annotationsOf = 'query ($id: ID!) { case(id: $id) { annotations { readId } } }';
const requestReview = 'mutation ($input: RequestReviewInput!) { requestReview(input: $input) { __typename } }';
const setGold = 'mutation ($input: SetGoldInput!) { setGold(input: $input) { __typename } }';
const history = `query ($id: ID!) { case(id: $id) { status history { edges { node { type reason note } } } } }`;

let api: ApiUnderTest;
let sample: SampleProject;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  sample = await sampleProject(api, { readers: [ana, ben], cases: 6, protocol: { readsPerCase: 2, readsMaximum: 3 } });
});
afterAll(async () => api.stop());

const caseAt = (index: number): string => sample.caseIds[index] ?? '';
const meant = (fields: Fields): Fields => ({ projectId: sample.projectId, ...fields });
const look = async (of: Fields): Promise<Fields> => api.get(lena, preview, { input: of });
const send = async (commandId: string, of: Fields, rest: Fields = {}): Promise<Fields> => {
  const previewToken = text(await look(of), 'token');
  return api.get(lena, change, { input: { commandId, of, previewToken, reason: 'ERROR_FOUND', ...rest } });
};
const read = async (reader: Person, caseId: string): Promise<void> => {
  const held = await claim(api, reader, caseId, `claim ${caseId}`);
  await api.get(reader, mutations.submitAnnotation, { input: submission(`submit ${caseId}`, held) });
};
const statusOf = async (caseId: string): Promise<unknown> => {
  await api.project();
  return (await api.get(lena, history, { id: caseId }))['status'];
};

describe('many cases at once', () => {
  it('are shown before they are changed, with what it would cost, and changed only as shown', async () => {
    await claim(api, ana, caseAt(0), 'held');
    await read(ana, caseAt(1));
    await api.project();
    const of = meant({ kind: 'WITHDRAW', caseIds: [caseAt(0), caseAt(1), caseAt(2)] });
    const seen = await look(of);
    expect(seen).toMatchObject({ counts: { possible: 2, impossible: 1, reads: 0, claimsEnded: 1 }, more: false });
    expect(list(seen, 'edges').map(({ node }) => (node as Fields)['why'])).toEqual(
      expect.arrayContaining(['HAS_READS', null, null]),
    );
    const stale = { commandId: 'stale', of, previewToken: 'not this', reason: 'OTHER' };
    expect(await api.get(lena, change, { input: stale })).toMatchObject({ __typename: 'PreviewStale' });

    const input = {
      commandId: 'withdraw',
      of,
      previewToken: text(seen, 'token'),
      reason: 'ERROR_FOUND',
      note: 'The wrong folder.',
    };
    expect(await api.get(lena, change, { input: { ...input, limit: 1 } })).toMatchObject({ done: 1, remaining: 1 });
    const whole = await api.get(lena, change, { input });
    expect(whole).toMatchObject({ __typename: 'CasesChanged', done: 2, refused: 0, remaining: 0 });
    // A repeat finds its plan, and each case its answer.
    expect(await api.get(lena, change, { input })).toEqual(whole);
    expect(await statusOf(caseAt(0))).toBe('WITHDRAWN');
    const last = list((await api.get(lena, history, { id: caseAt(0) }))['history'] as Fields, 'edges').at(-1);
    expect(last).toMatchObject({ node: { type: 'caseWithdrawn', reason: 'errorFound', note: 'The wrong folder.' } });
  });

  it('are brought back by the opposite change of what that command did', async () => {
    const of = meant({ kind: 'REINSTATE', changedBy: 'withdraw' });
    expect(await look(of)).toMatchObject({ counts: { possible: 2, impossible: 0 } });
    expect(await send('undo', of)).toMatchObject({ done: 2, refused: 0 });
    expect(await statusOf(caseAt(0))).toBe('READING');
    // Once more there is nothing to bring back.
    expect(await look(of)).toMatchObject({ counts: { possible: 0, impossible: 2 } });
  });

  it('are taken by their status', async () => {
    const of = meant({ kind: 'EXCLUDE', status: 'READING' });
    const { counts } = await look(of);
    expect(counts).toMatchObject({ possible: 6, reads: 1 });
    expect(await send('exclude', of)).toMatchObject({ done: 6 });
    await api.project();
    const shown = list(await api.get(lena, statuses, { id: sample.projectId }), 'edges');
    expect(shown.map(({ node }) => (node as Fields)['status'])).toEqual(Array.from({ length: 6 }, () => 'EXCLUDED'));
    expect(await send('include', meant({ kind: 'INCLUDE', changedBy: 'exclude' }))).toMatchObject({ done: 6 });
    await api.project();
    expect(await statusOf(caseAt(1))).toBe('READING');
  });

  it('are not made final where a read is being reviewed, and that is said', async () => {
    await read(ana, caseAt(4));
    await read(ben, caseAt(4));
    await settle(api, caseAt(4));
    await api.project();
    const { annotations } = await api.get(lena, annotationsOf, { id: caseAt(4) });
    const [given] = annotations as readonly Fields[];
    const asked = { commandId: 'ask', caseId: caseAt(4), readId: given?.['readId'], reason: 'ERROR_FOUND' };
    expect(await api.get(lena, requestReview, { input: asked })).toMatchObject({ __typename: 'ReviewChanged' });
    const { edges } = await look(meant({ kind: 'FINALISE', caseIds: [caseAt(4)] }));
    expect(edges).toMatchObject([{ node: { status: 'SETTLED', why: 'REVIEW_OPEN' } }]);
  });

  it('are shown with the claims of those too who answer them as gold', async () => {
    const truth = { annotation: { answer: 'NOTHING_THERE' }, externalSource: 'CT of the same day' };
    await api.get(lena, setGold, { input: { commandId: 'gold', caseId: caseAt(5), ...truth } });
    await claim(api, ben, caseAt(5), 'held as gold');
    const { counts } = await look(meant({ kind: 'EXCLUDE', caseIds: [caseAt(5)] }));
    expect(counts).toMatchObject({ possible: 1, claimsEnded: 1 });
  });

  it('are refused in words where the step is none for them, or the input says nothing or too much', async () => {
    const { edges } = await look(meant({ kind: 'FINALISE', caseIds: [caseAt(3)] }));
    expect(edges).toMatchObject([{ node: { caseId: caseAt(3), status: 'READING', why: 'WRONG_STATUS' } }]);
    for (const fields of [{}, { status: 'READING', caseIds: [caseAt(1)] }, { caseIds: ['no uuid'] }, { caseIds: [] }]) {
      const { body } = await api.ask(lena, preview, { input: meant({ kind: 'REOPEN', ...fields }) });
      expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    const unknown = await api.ask(lena, preview, { input: meant({ kind: 'REOPEN', changedBy: 'never sent' }) });
    expect(unknown.body.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const foreign = await api.ask(ana, preview, { input: meant({ kind: 'REOPEN', caseIds: [caseAt(1)] }) });
    expect(foreign.body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
