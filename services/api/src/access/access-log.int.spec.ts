import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, ApiUnderTest, lena, personIdOf } from '../testing/api-under-test.spec.ts';
import { claim, sampleProject, type SampleProject } from '../testing/sample-project.spec.ts';
import { Socket } from '../testing/socket.spec.ts';

let api: ApiUnderTest;
let sample: SampleProject;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  sample = await sampleProject(api, { readers: [ana], cases: 3 });
});

afterAll(async () => api.stop());

const entries = async (): Promise<readonly unknown[]> =>
  api.owner.query({
    text: `SELECT actor_id, actor_role, actions, operation, case_ids, organisation
      FROM audit.read_access ORDER BY number`,
  });

const newEntries = async (work: () => Promise<unknown>): Promise<readonly unknown[]> => {
  const before = await entries();
  await work();
  return (await entries()).slice(before.length);
};

describe('reads of cases', () => {
  it('are written down once a request, with all cases and kinds', async () => {
    const query = `query Overview($id: ID!) { cases(projectId: $id) {
      edges { node { id annotations { id } consensus { id } history { edges { node { type } } } } } } }`;
    const written = await newEntries(async () => api.ask(lena, query, { id: sample.projectId }));
    expect(written).toMatchObject([
      {
        actor_id: personIdOf(lena),
        actor_role: 'lead',
        operation: 'Overview',
        actions: ['annotation.read', 'case.read', 'consensus.read', 'history.read'],
      },
    ]);
    expect(JSON.stringify(written)).toContain(sample.caseIds[2]);
  });

  it('are written down for a claim that shows its case, and for a subscription', async () => {
    const [caseId = ''] = sample.caseIds;
    expect(await newEntries(async () => claim(api, ana, caseId, 'claim'))).toMatchObject([
      { actor_id: personIdOf(ana), actions: ['case.read'], case_ids: [caseId] },
    ]);
    const socket = await Socket.open(api, ana);
    const written = await newEntries(async () => {
      socket.subscribe('1', `subscription { caseChanged(caseId: "${caseId}") { type } }`);
      await socket.settled();
    });
    expect(written).toMatchObject([{ operation: 'caseChanged', case_ids: [caseId] }]);
    await socket.close();
  });

  it('leave nothing for what shows no case', async () => {
    const written = await newEntries(async () => {
      await api.ask(lena, 'query ($id: ID!) { project(id: $id) { name progress { cases } } }', {
        id: sample.projectId,
      });
      await api.ask(lena, '{ case(id: "66666666-6666-4666-8666-666666666666") { id } }');
    });
    expect(written).toEqual([]);
  });

  it('cannot be changed afterwards, by the owner neither', async () => {
    await expect(api.owner.execute({ text: 'DELETE FROM audit.read_access' })).rejects.toThrow('append-only');
  });

  it('are not answered while they cannot be written down', async () => {
    await api.owner.execute({ text: 'REVOKE USAGE ON SCHEMA audit FROM consilium_api' });
    const { body, text } = await api.ask(lena, 'query ($id: ID!) { case(id: $id) { id subjectId } }', {
      id: sample.caseIds[0],
    });
    expect(body).toMatchObject({ data: null, errors: [{ extensions: { code: 'AUDIT_UNAVAILABLE' } }] });
    expect(text).not.toContain(sample.caseIds[0]);
    const socket = await Socket.open(api, ana);
    socket.subscribe('1', `subscription { caseChanged(caseId: "${sample.caseIds[0] ?? ''}") { type } }`);
    await socket.frames(1);
    expect(JSON.stringify(socket.received)).toContain('AUDIT_UNAVAILABLE');
    await socket.close();
    await api.owner.execute({ text: 'GRANT USAGE ON SCHEMA audit TO consilium_api' });
    const again = await api.ask(lena, 'query ($id: ID!) { case(id: $id) { id } }', { id: sample.caseIds[0] });
    expect(again.body.errors).toBeUndefined();
  });
});
