import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ana, ApiUnderTest, ben, lena, type Person } from '../testing/api-under-test.spec.ts';
import { annotation, type Claim, claim, mutations, sampleProject, submission } from '../testing/sample-project.spec.ts';

const adam: Person = { name: 'adam', role: 'administrator' };
const save = `mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { __typename ... on DraftSaved { revision }
  ... on DraftConflict { revision saved differences { path saved yours } } ... on Invalid { problems { path code } }
  ... on StaleLease { message } } }`;
const mine = 'query ($id: ID!) { myDraft(caseId: $id) { revision annotation } }';
const erase = `mutation ($input: EraseSubjectInput!) { eraseSubject(input: $input) { __typename } }`;

let api: ApiUnderTest;
let caseIds: readonly string[] = [];

beforeAll(async () => {
  api = await ApiUnderTest.start();
  ({ caseIds } = await sampleProject(api, { readers: [ana, ben], cases: 5 }));
});

afterAll(async () => api.stop());

const saved = async (held: Claim, revision: number, x1?: string): Promise<unknown> =>
  api.get(ana, save, {
    input: { caseId: held.caseId, leaseToken: held.leaseToken, revision, annotation: annotation(held, x1) },
  });
const draftOf = async (person: Person, id: string): Promise<unknown> =>
  (await api.ask(person, mine, { id })).body.data?.['myDraft'];
const drafts = async (): Promise<unknown> =>
  (await api.owner.query({ text: 'SELECT count(*)::integer AS drafts FROM work.draft' }))[0]?.['drafts'];

it('keeps what was saved last, as it was sent, for its annotator alone', async () => {
  const held = await claim(api, ana, caseIds[0] ?? '', 'first');
  expect(await draftOf(ana, held.caseId)).toBeNull();
  expect(await saved(held, 0)).toEqual({ __typename: 'DraftSaved', revision: 1 });
  expect(await saved(held, 1, '12')).toEqual({ __typename: 'DraftSaved', revision: 2 });
  const draft = (await draftOf(ana, held.caseId)) as { readonly revision: number; readonly annotation: string };
  expect(draft.revision).toBe(2);
  expect(JSON.parse(draft.annotation)).toMatchObject(annotation(held, '12'));
  expect(await draftOf(ben, held.caseId)).toBeNull();
  const input = submission('from the draft', held, { annotation: JSON.parse(draft.annotation) as object });
  expect(await api.get(ana, mutations.submitAnnotation, { input })).toMatchObject({
    __typename: 'AnnotationSubmitted',
  });
  expect(await draftOf(ana, held.caseId)).toBeNull();
});

it('gives the second of two windows one conflict that says what differs', async () => {
  const held = await claim(api, ana, caseIds[1] ?? '', 'second');
  await saved(held, 0, '1');
  const [one, other] = await Promise.all([saved(held, 1, '2'), saved(held, 1, '3')]);
  const outcomes = [one, other] as readonly { readonly __typename: string }[];
  expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['DraftConflict', 'DraftSaved']);
  const conflict = outcomes.find(({ __typename }) => __typename === 'DraftConflict');
  const isFirst = conflict === one;
  expect(conflict).toMatchObject({
    revision: 2,
    differences: [{ path: 'regions[0].x1', saved: isFirst ? '"3"' : '"2"', yours: isFirst ? '"2"' : '"3"' }],
  });
  // What it shows of the saved draft is on record, as a look at the draft is.
  const [noted] = await api.owner.query({ text: 'SELECT actions FROM audit.read_access ORDER BY number DESC LIMIT 1' });
  expect(noted?.['actions']).toEqual(['read.work']);
  // A save that was answered nowhere is sent again and finds itself.
  expect(await saved(held, 1, isFirst ? '3' : '2')).toEqual({ __typename: 'DraftSaved', revision: 2 });
  expect(await saved(held, 2, '4')).toEqual({ __typename: 'DraftSaved', revision: 3 });
});

it('stays when the lease ends, and is taken up with the next claim', async () => {
  const held = await claim(api, ana, caseIds[2] ?? '', 'third');
  await saved(held, 0, '5');
  await api.owner.query({
    text: `UPDATE journal.claim SET lease_ends_at = clock_timestamp() - interval '1 second' WHERE claim_id = $1`,
    values: [held.leaseToken],
  });
  expect(await saved(held, 1, '6')).toMatchObject({ __typename: 'StaleLease' });
  expect(await draftOf(ana, held.caseId)).toMatchObject({ revision: 1 });
  const again = await claim(api, ana, held.caseId, 'third again');
  expect(await saved(again, 1, '6')).toEqual({ __typename: 'DraftSaved', revision: 2 });
});

it('is refused without a claim, and beyond its limits', async () => {
  const held = await claim(api, ana, caseIds[3] ?? '', 'fourth');
  const input = { caseId: held.caseId, leaseToken: held.caseId, revision: 0, annotation: annotation(held) };
  expect(await api.get(ana, save, { input })).toMatchObject({ __typename: 'StaleLease' });
  const long = { answer: 'FINDINGS', findings: [{ statement: { es: 'x'.repeat(300_000) } }] };
  expect(
    await api.get(ana, save, { input: { ...input, leaseToken: held.leaseToken, annotation: long } }),
  ).toMatchObject({ __typename: 'Invalid', problems: [{ code: 'TOO_LARGE' }] });
  expect((await api.ask(lena, save, { input })).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

it('goes with the subject, and none is written after', async () => {
  const held = await claim(api, ana, caseIds[4] ?? '', 'fifth');
  await saved(held, 0, '7');
  const before = Number(await drafts());
  expect(
    await api.get(adam, erase, { input: { commandId: 'erase', reason: 'SUBJECT_REQUEST', subjectKey: 'subject 4' } }),
  ).toMatchObject({ __typename: 'SubjectErased' });
  expect(await drafts()).toBe(before - 1);
  expect(await saved(held, 0, '8')).toMatchObject({ __typename: 'Invalid', problems: [{ code: 'SUBJECT_ERASED' }] });
});
