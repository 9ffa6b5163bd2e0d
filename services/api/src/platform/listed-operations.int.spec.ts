import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shippedOperations } from '../config.ts';
import { ana, type Answer, ApiUnderTest, lena, type Person } from '../testing/api-under-test.spec.ts';
import { sampleProject, type SampleProject } from '../testing/sample-project.spec.ts';
import { Socket } from '../testing/socket.spec.ts';
import { sha256 } from './listed-operations.ts';

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly body: string;
}

let listed: ApiUnderTest;
let any: ApiUnderTest;
let sample: SampleProject;
let operations: readonly Listed[];

beforeAll(async () => {
  operations = (JSON.parse(await readFile(shippedOperations, 'utf8')) as { operations: Listed[] }).operations;
  any = await ApiUnderTest.start();
  listed = await ApiUnderTest.start({ development: true, operations: { mode: 'listed' } });
  sample = await sampleProject(any, { readers: [ana], cases: 1 });
});

afterAll(async () => Promise.all([listed.stop(), any.stop()]));

const named = (name: string): Listed => {
  const found = operations.find((operation) => operation.name === name);
  if (found === undefined) throw new Error(`${name} is not listed`);
  return found;
};
const post = async (api: ApiUnderTest, body: object, person: Person = lena): Promise<Answer> =>
  api.send(JSON.stringify(body), { authorization: `Bearer ${await api.token(person)}` });
const outcomeOf = ({ status, body }: Answer): unknown => [status, body.errors?.[0]?.extensions.code ?? body.data];
const persisted = (id: string): object => ({ extensions: { persistedQuery: { version: 1, sha256Hash: id } } });

describe('operations by HTTP', () => {
  it('run by hash and to the letter in either mode', async () => {
    const { id, body } = named('me');
    for (const api of [any, listed]) {
      for (const asked of [{ documentId: `sha256:${id}` }, persisted(id), { query: body }]) {
        const answer = await post(api, { ...asked, operationName: 'me', variables: {} });
        expect(outcomeOf(answer)).toEqual([200, { me: { id: expect.any(String) as unknown, role: 'lead' } }]);
      }
    }
  });

  it('run by hash in a GET', async () => {
    const { id } = named('me');
    for (const search of [
      { documentId: `sha256:${id}` },
      { extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: id } }) },
    ]) {
      const response = await fetch(`${listed.url}/graphql?${new URLSearchParams(search).toString()}`, {
        headers: { authorization: `Bearer ${await listed.token(lena)}` },
      });
      expect([response.status, await response.json()]).toMatchObject([200, { data: { me: { role: 'lead' } } }]);
    }
  });

  it.each([
    ['a free text', { query: '{ me { id } }' }],
    ['a listed text with one blank more', () => ({ query: `${named('me').body} ` })],
    ['a text that does not even parse', { query: '{ me { ' }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ['an unknown hash', { documentId: `sha256:${sha256('{ me { id } }')}` }],
    ['an unknown hash with its text', { query: '{ me { id } }', ...persisted(sha256('{ me { id } }')) }],
  ])('are refused in the mode `listed`: %s', async (_what, asked) => {
    const answer = await post(listed, typeof asked === 'function' ? asked() : asked);
    expect(outcomeOf(answer)).toEqual([400, 'OPERATION_NOT_LISTED']);
    expect(answer.text).toContain('put on the list');
  });

  it('are refused before what was sent is carried out', async () => {
    const query = `mutation { createProject(input: { commandId: "x", name: "x", protocol: { readsPerCase: 1 } }) { __typename } }`;
    expect(outcomeOf(await post(listed, { query }))).toEqual([400, 'OPERATION_NOT_LISTED']);
    expect(await listed.owner.query({ text: 'SELECT count(*)::integer AS n FROM journal.event' })).toEqual([{ n: 0 }]);
  });

  it('are asked for by text where any may run and the hash is not known', async () => {
    const answer = await post(any, { documentId: `sha256:${sha256('{ me { id } }')}` });
    expect(outcomeOf(answer)).toEqual([400, 'OPERATION_NOT_LISTED']);
    expect(answer.text).toContain('send its text');
  });

  it('are held against the role, and their sender against the token, as any', async () => {
    const asked = { documentId: `sha256:${named('createProject').id}`, variables: {} };
    expect(outcomeOf(await post(listed, asked, ana))).toEqual([403, 'FORBIDDEN']);
    expect(outcomeOf(await listed.send(JSON.stringify(asked)))).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('operations over a socket', () => {
  const answers = async (api: ApiUnderTest, payload: object): Promise<string> => {
    const socket = await Socket.open(api, lena);
    socket.send({ id: '1', type: 'subscribe', payload });
    await socket.frames(1);
    await socket.close();
    return JSON.stringify(socket.received[0]);
  };

  it('are refused in the mode `listed` unless they are listed', async () => {
    for (const payload of [
      { query: 'subscription { caseChanged(caseId: "x") { type } }' },
      { query: '', ...persisted(sha256('subscription { caseChanged(caseId: "x") { type } }')) },
    ]) {
      expect(await answers(listed, payload)).toContain('OPERATION_NOT_LISTED');
    }
    // It is let in, and told that there is no such case.
    const { body, id } = named('caseChanged');
    const variables = { caseId: '77777777-7777-4777-8777-777777777777' };
    for (const asked of [{ query: body }, { query: '', ...persisted(id) }, { query: '', documentId: `sha256:${id}` }]) {
      expect(await answers(listed, { ...asked, variables })).toContain('NOT_FOUND');
    }
  });

  it('run by hash', async () => {
    const socket = await Socket.open(any, lena);
    const { id } = named('caseChanged');
    const variables = { projectId: sample.projectId };
    socket.send({ id: '1', type: 'subscribe', payload: { query: '', ...persisted(id), variables } });
    await socket.settled();
    await any.get(ana, 'mutation ($i: ClaimNextCaseInput!) { claimNextCase(input: $i) { __typename } }', {
      i: { commandId: 'claim', projectId: sample.projectId },
    });
    await any.project();
    await socket.frames(1);
    expect(JSON.stringify(socket.received[0])).toContain('readClaimed');
    await socket.close();
  });
});
