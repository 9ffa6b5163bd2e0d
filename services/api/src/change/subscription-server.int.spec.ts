import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, ApiUnderTest, ben, lena, type Person, stranger, text } from '../testing/api-under-test.spec.ts';
import {
  claim,
  mutations,
  protocol,
  sampleCase,
  sampleProject,
  type SampleProject,
  submission,
} from '../testing/sample-project.spec.ts';
import { Socket } from '../testing/socket.spec.ts';
import { socketLimits } from './subscription-server.ts';

let api: ApiUnderTest;
let sample: SampleProject;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  sample = await sampleProject(api, { readers: [ana, ben], cases: 3 });
});

afterAll(async () => api.stop());

const ofCase = (index: number): string =>
  `subscription { caseChanged(caseId: "${sample.caseIds[index] ?? ''}") { caseId type resync } }`;
const ofProject = (): string => `subscription { caseChanged(projectId: "${sample.projectId}") { caseId type } }`;

async function refusal(person: Person, query: string): Promise<string> {
  const socket = await Socket.open(api, person);
  socket.subscribe('1', query);
  await socket.frames(1);
  await socket.close();
  return JSON.stringify(socket.received[0]);
}

describe('subscriptions', () => {
  it('tell of what became visible, in order', async () => {
    const socket = await Socket.open(api, lena);
    socket.subscribe('1', ofProject());
    await socket.settled();
    const held = await claim(api, ana, sample.caseIds[0] ?? '', 'claim');
    await api.get(ana, mutations.submitAnnotation, { input: submission('submit', held) });
    await api.project();
    await socket.frames(2);
    const told = socket.received.map(({ payload }) => payload);
    expect(told).toEqual(
      ['readClaimed', 'annotationSubmitted'].map((type) => ({
        data: { caseChanged: { caseId: sample.caseIds[0], type } },
      })),
    );
    await socket.close();
  });

  it('tell an annotator of their own doing only', async () => {
    const socket = await Socket.open(api, ana);
    socket.subscribe('1', ofCase(1));
    await socket.settled();
    await claim(api, ben, sample.caseIds[1] ?? '', 'ben claims');
    await claim(api, ana, sample.caseIds[1] ?? '', 'ana claims');
    await api.project();
    await socket.frames(1);
    await socket.settled();
    expect(socket.received.map(({ payload }) => payload)).toEqual([
      { data: { caseChanged: { caseId: sample.caseIds[1], type: 'readClaimed', resync: false } } },
    ]);
    await socket.close();
  });

  it('let a query wait for the view', async () => {
    const held = await claim(api, ben, sample.caseIds[2] ?? '', 'to wait for');
    const submitted = await api.get(ben, mutations.submitAnnotation, { input: submission('waited for', held) });
    const query = 'query ($id: ID!, $after: Token) { case(id: $id, after: $after) { annotations { id } } }';
    const waiting = api.get(ben, query, { id: sample.caseIds[2], after: submitted['token'] });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await api.project();
    expect((await waiting)['annotations']).toHaveLength(1);
  });

  it('wait for what was just created', async () => {
    const created = await api.get(lena, mutations.createProject, {
      input: { commandId: 'to follow', name: 'Followed at once', protocol },
    });
    const [projectId, token] = [text(created, 'projectId'), text(created, 'token')];
    expect(await refusal(lena, `subscription { caseChanged(projectId: "${projectId}") { type } }`)).toContain(
      'NOT_FOUND',
    );
    const socket = await Socket.open(api, lena);
    socket.subscribe('1', `subscription { caseChanged(projectId: "${projectId}", after: "${token}") { type } }`);
    await socket.settled();
    await api.project();
    await socket.settled();
    await api.get(lena, mutations.importCases, {
      input: { commandId: 'into the followed', projectId, cases: [sampleCase(0)] },
    });
    await api.project();
    await socket.frames(1);
    expect(socket.received[0]?.payload).toEqual({ data: { caseChanged: { type: 'caseImported' } } });
    await socket.close();
    const stolen = `subscription { caseChanged(projectId: "${projectId}", after: "${token}") { type } }`;
    expect(await refusal(ana, stolen)).toContain('BAD_USER_INPUT');
  });

  it('are refused for what is not there, not theirs, or not for them', async () => {
    expect(await refusal(stranger, ofCase(0))).toContain('NOT_FOUND');
    expect(await refusal(ana, ofProject())).toContain('FORBIDDEN');
    expect(await refusal(lena, 'subscription { caseChanged { type } }')).toContain('BAD_USER_INPUT');
    expect(await refusal({ name: 'otto', role: 'operator' }, ofCase(0))).toContain('FORBIDDEN');
  });

  it('are all there is on a socket, under the limits of HTTP', async () => {
    expect(await refusal(lena, '{ me { id } }')).toContain('BAD_USER_INPUT');
    expect(
      await refusal(ana, 'mutation { renewLease(input: {caseId: "x", leaseToken: "y"}) { __typename } }'),
    ).toContain('BAD_USER_INPUT');
    expect(await refusal(lena, 'subscription { caseChanged(caseId: "x") { password } }')).toContain(
      'GRAPHQL_VALIDATION_FAILED',
    );
    expect(await refusal(lena, 'subscription { __typename }')).toContain('"errors"'.slice(1, 6));
    const aliases = Array.from({ length: 16 }, (_, index) => `a${index}: type`).join(' ');
    expect(await refusal(lena, `subscription { caseChanged(caseId: "x") { ${aliases} } }`)).toContain('liases');
    expect(await refusal(lena, `subscription { caseChanged(caseId: "x") { ${'type '.repeat(2_100)} } }`)).toContain(
      'oken',
    );
    expect(await refusal(lena, 'subscription { ')).toContain('Syntax Error');
  });
});

describe('a socket', () => {
  it('needs a token, soon', async () => {
    const socket = await Socket.connect(api);
    socket.send({ type: 'connection_init', payload: {} });
    expect(await socket.closed).toBe(4401);
    const forged = await Socket.connect(api);
    forged.send({ type: 'connection_init', payload: { authorization: 'Bearer e30.e30.e30' } });
    expect(await forged.closed).toBe(4401);
    const early = await Socket.connect(api);
    early.subscribe('1', ofCase(0));
    expect(await early.closed).toBe(4401);
    const silent = await Socket.connect(api);
    expect(await silent.closed).toBe(4408);
  });

  it('is closed when its token ends', async () => {
    const socket = await Socket.open(api, lena, 2);
    expect(await socket.closed).toBe(4401);
  });

  it('is closed for a message that is too large, or none', async () => {
    const large = await Socket.open(api, lena);
    large.subscribe('1', 'x'.repeat(socketLimits.payloadBytes));
    expect(await large.closed).toBe(1009);
    const garbled = await Socket.open(api, lena);
    garbled.socket.send('{');
    expect(await garbled.closed).toBe(4400);
  });

  it('is one of a few a person', async () => {
    const busy: Person = { name: 'busy', role: 'auditor' };
    const sockets = await Promise.all(
      Array.from({ length: socketLimits.connectionsPerPerson }, async () => Socket.open(api, busy)),
    );
    const extra = await Socket.connect(api);
    extra.send({ type: 'connection_init', payload: { authorization: `Bearer ${await api.token(busy)}` } });
    expect(await extra.closed).toBe(4429);
    await Promise.all(sockets.map(async (socket) => socket.close()));
    await (await Socket.open(api, busy)).close();
  });

  it('leaves nothing behind', async () => {
    const { follower, subscriptions } = api.running;
    for (let round = 0; round < 20; round += 1) {
      const sockets = await Promise.all(
        Array.from({ length: 10 }, async (_, index) => {
          const socket = await Socket.open(api, index % 2 === 0 ? lena : ana);
          socket.subscribe('1', ofCase(0));
          socket.subscribe('2', ofCase(1));
          return socket;
        }),
      );
      const [first, second, ...others] = sockets;
      first?.send({ id: '1', type: 'complete' });
      // Some end politely, some are cut off.
      second?.socket.terminate();
      await Promise.all([first, ...others].map(async (socket) => socket?.close()));
      await second?.closed;
    }
    const deadline = Date.now() + 10_000;
    while ((follower.listenerCount > 0 || subscriptions.connectionCount > 0) && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect({ listeners: follower.listenerCount, connections: subscriptions.connectionCount }).toEqual({
      listeners: 0,
      connections: 0,
    });
  });
});
