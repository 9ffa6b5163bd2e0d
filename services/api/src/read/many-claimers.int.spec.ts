import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiUnderTest, type Fields, lena, type Person, personIdOf } from '../testing/api-under-test.spec.ts';
import { mutations, sampleProject } from '../testing/sample-project.spec.ts';

const readers: readonly Person[] = Array.from({ length: 200 }, (_, number) => ({
  name: `reader ${String(number)}`,
  role: 'annotator',
}));
const readsPerCase = 4;

let api: ApiUnderTest;
let projectId = '';

beforeAll(async () => {
  api = await ApiUnderTest.start();
  // Exactly as many places as there are readers.
  const protocol = { readsPerCase, openClaimsMaximum: 1 };
  ({ projectId } = await sampleProject(api, { readers: [], cases: readers.length / readsPerCase, protocol }));
  for (const reader of readers) {
    const input = { commandId: `register ${reader.name}`, projectId, personId: personIdOf(reader) };
    expect(await api.get(lena, mutations.registerAnnotator, { input })).toMatchObject({
      __typename: 'AnnotatorRegistered',
    });
    // Not while everybody claims.
    await api.token(reader);
  }
}, 120_000);

afterAll(async () => api.stop());

const claimNext = async (reader: Person): Promise<Fields> =>
  api.get(reader, mutations.claimNextCase, { input: { commandId: `next ${reader.name}`, projectId } });

it('gives each of 200 clients that ask at once a place, and no case to more than it wants', async () => {
  const answers = await Promise.all(readers.map(claimNext));
  // Nobody is told that there is nothing while there is: there is a place for each.
  expect(answers.filter(({ __typename }) => __typename !== 'Claimed')).toEqual([]);
  const perCase = await api.owner.query({
    text: `SELECT count(*)::integer AS claims FROM journal.claim WHERE status = 'held' GROUP BY case_id`,
  });
  expect(perCase.map(({ claims }) => claims)).toEqual(Array.from({ length: 50 }, () => readsPerCase));
  // By the events too, not by the table of claims alone.
  const [row] = await api.owner.query({
    text: `SELECT count(*)::integer AS events, count(DISTINCT stream_id)::integer AS cases
      FROM journal.event WHERE type = 'readClaimed'`,
  });
  expect(row).toEqual({ events: 200, cases: 50 });
}, 120_000);

it('answers each repeat as before, and one more client that there is nothing', async () => {
  const [first] = readers;
  if (first === undefined) throw new Error('there are readers');
  expect(await claimNext(first)).toEqual(await claimNext(first));
  const late: Person = { name: 'late', role: 'annotator' };
  await api.get(lena, mutations.registerAnnotator, {
    input: { commandId: 'register late', projectId, personId: personIdOf(late) },
  });
  expect(await claimNext(late)).toMatchObject({ __typename: 'NothingToClaim' });
});
