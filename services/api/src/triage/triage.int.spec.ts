import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, ApiUnderTest, ben, type Fields, lena, list, type Person, text } from '../testing/api-under-test.spec.ts';
import { claim, mutations, type SampleProject, sampleProject, submission } from '../testing/sample-project.spec.ts';

const rita: Person = { name: 'rita', role: 'reviewer' };

const answer = `__typename ... on CaseFinished { caseId } ... on NotFinished { why } ... on Refusal { message }
  ... on Invalid { problems { path code } }`;
const exclude = `mutation ($input: ExcludeCaseInput!) { excludeCase(input: $input) { ${answer} } }`;
const include = `mutation ($input: FinishCaseInput!) { includeCase(input: $input) { ${answer} } }`;
const finalise = `mutation ($input: FinishCaseInput!) { finaliseCase(input: $input) { ${answer} } }`;
const shown = `query ($id: ID!) { case(id: $id) { status history { edges { node { type reason note } } } } }`;
const progress = `query ($id: ID!) { project(id: $id) { progress { cases reading excluded } } }`;

let api: ApiUnderTest;
let sample: SampleProject;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  sample = await sampleProject(api, { readers: [ana, ben], cases: 3, protocol: { readsPerCase: 2, readsMaximum: 3 } });
});
afterAll(async () => api.stop());

let commands = 0;
const commandId = (): string => `command ${String((commands += 1))}`;
const caseAt = (index: number): string => sample.caseIds[index] ?? '';
const unusable = (caseId: string, id = commandId()) => ({
  input: { commandId: id, caseId, reason: 'IMAGE_UNUSABLE', note: 'Half of it is missing.' },
});
const nodesOf = (seen: Fields): readonly Fields[] =>
  list(seen['history'] as Fields, 'edges').map(({ node }) => node as Fields);

describe('triage', () => {
  it('takes a case out of the reading, says why, and counts it', async () => {
    const caseId = caseAt(0);
    const held = await claim(api, ana, caseId, 'claim to lose');
    const given = unusable(caseId, 'exclude once');
    const done = await api.get(rita, exclude, given);
    expect(done).toMatchObject({ __typename: 'CaseFinished', caseId });
    expect(await api.get(rita, exclude, given)).toEqual(done);
    await api.project();

    const seen = await api.get(lena, shown, { id: caseId });
    expect(seen).toMatchObject({ status: 'EXCLUDED' });
    expect(nodesOf(seen).at(-1)).toMatchObject({
      type: 'caseExcluded',
      reason: 'imageUnusable',
      note: 'Half of it is missing.',
    });
    const told = (await api.get(lena, progress, { id: sample.projectId }))['progress'];
    expect(told).toEqual({ cases: 3, reading: 2, excluded: 1 });

    // Its reader is told, and no claim of it is given or used any more.
    const own = await api.get(ana, shown, { id: caseId });
    expect(own).toMatchObject({ status: 'EXCLUDED' });
    expect(nodesOf(own).map(({ type }) => type)).toContain('caseExcluded');
    const late = await api.get(ana, mutations.submitAnnotation, { input: submission('late', held) });
    expect(late).toMatchObject({ __typename: 'StaleLease' });
    const vain = await api.get(ben, mutations.claimCase, { input: { commandId: commandId(), caseId } });
    expect(vain).toMatchObject({ __typename: 'CaseNotAvailable' });
    const next = await api.get(ben, mutations.claimNextCase, {
      input: { commandId: commandId(), projectId: sample.projectId },
    });
    expect(text(next, 'caseId')).not.toBe(caseId);
  });

  it('gives it back with the reads it had', async () => {
    const caseId = caseAt(1);
    for (const reader of [ana, ben]) {
      const held = await claim(api, reader, caseId, `claim ${reader.name}`);
      await api.get(reader, mutations.submitAnnotation, { input: submission(`submit ${reader.name}`, held) });
    }
    await api.get(lena, exclude, unusable(caseId));
    const back = { input: { commandId: commandId(), caseId, reason: 'ERROR_FOUND' } };
    expect(await api.get(rita, include, back)).toMatchObject({ __typename: 'CaseFinished' });
    await api.project();
    expect(await api.get(lena, shown, { id: caseId })).toMatchObject({ status: 'AWAITING_CONSENSUS' });
  });

  it('refuses by name, and changes nothing', async () => {
    const caseId = caseAt(2);
    const back = { input: { commandId: commandId(), caseId, reason: 'OTHER' } };
    expect(await api.get(rita, include, back)).toMatchObject({ __typename: 'NotFinished', why: 'WRONG_STATUS' });
    await api.get(rita, exclude, unusable(caseId));
    const final = { input: { commandId: commandId(), caseId, reason: 'OTHER' } };
    expect(await api.get(lena, finalise, final)).toMatchObject({ why: 'WRONG_STATUS' });
    expect(await api.get(rita, exclude, unusable('no uuid'))).toMatchObject({ __typename: 'NotFound' });
    const empty = { input: { commandId: commandId(), caseId, reason: 'OTHER', note: ' ' } };
    expect(await api.get(rita, exclude, empty)).toMatchObject({ __typename: 'Invalid' });
  });

  it('is not for annotators', async () => {
    const { body } = await api.ask(ana, exclude, unusable(caseAt(2)));
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
