import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ana, ApiUnderTest, ben, lena, list } from '../testing/api-under-test.spec.ts';
import { annotation, claim, mutations, sampleProject, submission } from '../testing/sample-project.spec.ts';

let api: ApiUnderTest;
let caseIds: readonly string[] = [];

beforeAll(async () => {
  api = await ApiUnderTest.start();
  ({ caseIds } = await sampleProject(api, { readers: [ana, ben], cases: 2 }));
});

afterAll(async () => api.stop());

const look = `query ($id: ID!) { case(id: $id) { annotations { revision timeOnTask { activeSeconds wallSeconds idleGapSeconds } } } }`;
const save = `mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { __typename } }`;
const marks = async (): Promise<unknown> =>
  (await api.owner.query({ text: 'SELECT count(*)::integer AS marks FROM work.time_on_task' }))[0]?.['marks'];

it('is kept with the submission, from marks that the server sets, and shown to leads alone', async () => {
  const [id = ''] = caseIds;
  const first = await claim(api, ana, id, 'claim');
  const draft = { caseId: id, leaseToken: first.leaseToken, annotation: annotation(first) };
  await api.get(ana, save, { input: { ...draft, revision: 0 } });
  expect(await marks()).toBe(1);
  // As if two minutes of work had been marked before.
  await api.owner.execute({ text: 'UPDATE work.time_on_task SET active_ms = active_ms + 120000' });
  await api.get(ana, mutations.releaseRead, {
    input: { commandId: 'back', caseId: id, leaseToken: first.leaseToken },
  });
  const second = await claim(api, ana, id, 'claim again');
  await api.get(ana, mutations.submitAnnotation, { input: submission('submit', second) });
  expect(await marks()).toBe(0);
  await api.project();
  const [shown] = list(await api.get(lena, look, { id }), 'annotations');
  const { timeOnTask } = shown as { timeOnTask: Record<string, number> };
  expect(timeOnTask['idleGapSeconds']).toBe(300);
  expect(timeOnTask['activeSeconds']).toBeGreaterThanOrEqual(120);
  expect((timeOnTask['activeSeconds'] ?? 0) - 120).toBeLessThanOrEqual((timeOnTask['wallSeconds'] ?? 0) + 0.01);
  const { body } = await api.ask(ana, look, { id });
  expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

it('counts no gap as longer than the idle gap, and nothing from before a claim', async () => {
  const active = async (given: string): Promise<unknown> =>
    (await api.owner.query({ text: `SELECT work.active_ms_at(${given})::integer AS ms` }))[0]?.['ms'];
  const at = (minute: number): string => `timestamptz '2026-01-01 10:${String(minute)}:00Z'`;
  expect(await active(`NULL, NULL, ${at(10)}, ${at(12)}, 300000`)).toBe(120_000);
  expect(await active(`1000, ${at(12)}, ${at(10)}, ${at(13)}, 300000`)).toBe(61_000);
  expect(await active(`1000, ${at(12)}, ${at(10)}, ${at(40)}, 300000`)).toBe(301_000);
  expect(await active(`1000, ${at(12)}, ${at(30)}, ${at(31)}, 300000`)).toBe(61_000);
  expect(await active(`1000, ${at(12)}, ${at(10)}, ${at(11)}, 300000`)).toBe(1_000);
});
