import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ana,
  ApiUnderTest,
  ben,
  lena,
  list,
  type Person,
  personIdOf,
  stranger,
  text,
} from '../testing/api-under-test.spec.ts';
import {
  claim,
  mutations,
  sampleCase,
  sampleProject,
  type SampleProject,
  submission,
} from '../testing/sample-project.spec.ts';
import { dispute, settle } from '../testing/settle-case.spec.ts';
import { type Message, Socket } from '../testing/socket.spec.ts';

let api: ApiUnderTest;
let sample: SampleProject;
const rita: Person = { name: 'rita', role: 'reviewer' };

beforeAll(async () => {
  api = await ApiUnderTest.start();
  sample = await sampleProject(api, { readers: [ana, ben], cases: 6, protocol: { readsPerCase: 2 } });
});

afterAll(async () => api.stop());

const caseId = (index: number): string => sample.caseIds[index] ?? '';
const queue = (id = sample.projectId): string =>
  `subscription { myQueueChanged(projectId: "${id}") { caseId type resync } }`;
const progress = (id = sample.projectId): string =>
  `subscription { projectProgressed(projectId: "${id}") { projectId progress { cases reading disputed readsSubmitted } } }`;
const disagreements = (id = sample.projectId): string =>
  `subscription { disagreementFound(projectId: "${id}") { caseId resync } }`;

async function following(person: Person, query: string): Promise<Socket> {
  const socket = await Socket.open(api, person);
  socket.subscribe('1', query);
  await socket.settled();
  return socket;
}

const frames = (socket: Socket): readonly unknown[] =>
  socket.received
    .filter(({ type }) => type === 'next')
    .map(({ payload }: Message) => (payload as { data: unknown }).data);

const completed = async (socket: Socket): Promise<void> => {
  for (let count = 1; socket.received.at(-1)?.type !== 'complete'; count += 1) await socket.frames(count);
};

async function submit(person: Person, index: number, name: string): Promise<void> {
  const held = await claim(api, person, caseId(index), `claim ${name}`);
  await api.get(person, mutations.submitAnnotation, { input: submission(`submit ${name}`, held) });
}

describe('my queue', () => {
  it('tells of my own doing and of cases that come in, and nothing of what others do', async () => {
    const [mine, theirs] = [await following(ana, queue()), await following(ben, queue())];
    await submit(ben, 0, 'ben 0');
    const left = await claim(api, ben, caseId(1), 'ben 1');
    await api.get(ben, mutations.skipRead, { input: { commandId: 'skip', ...ids(left), reason: 'OTHER' } });
    await submit(ana, 0, 'ana 0');
    await settle(api, caseId(0));
    await api.get(lena, mutations.importCases, {
      input: { commandId: 'more', projectId: sample.projectId, cases: [sampleCase(100)] },
    });
    await api.project();
    await Promise.all([mine.settled(), theirs.settled()]);
    const told = (socket: Socket): readonly unknown[] =>
      frames(socket).map(
        (frame) => (frame as { myQueueChanged: { type: string; caseId: string } }).myQueueChanged.type,
      );
    expect([...told(mine)].sort()).toEqual(['annotationSubmitted', 'caseImported', 'readClaimed']);
    expect([...told(theirs)].sort()).toEqual([
      'annotationSubmitted',
      'caseImported',
      'readClaimed',
      'readClaimed',
      'readSkipped',
    ]);
    await Promise.all([mine.close(), theirs.close()]);
  });

  it('is byte for byte the same whether others read or not', async () => {
    const during = async (others: () => Promise<unknown>, index: number, name: string): Promise<readonly string[]> => {
      const socket = await following(ana, queue());
      await others();
      const held = await claim(api, ana, caseId(index), name);
      await api.get(ana, mutations.releaseRead, { input: { commandId: `release ${name}`, ...ids(held) } });
      await api.project();
      await socket.frames(2);
      await socket.settled();
      await socket.close();
      return socket.received.map((message) => JSON.stringify(message));
    };
    const alone = await during(async () => undefined, 2, 'alone');
    const among = await during(async () => submit(ben, 2, 'among'), 2, 'among');
    expect(among).toEqual(alone);
    expect(alone).toHaveLength(2);
  });

  it('tells whose read was withdrawn, and nobody else', async () => {
    await submit(ana, 3, 'ana 3');
    await submit(ben, 3, 'ben 3');
    await api.project();
    const { annotations } = await api.get(ana, 'query ($id: ID!) { case(id: $id) { annotations { id revision } } }', {
      id: caseId(3),
    });
    const [own] = annotations as readonly { readonly id: string; readonly revision: number }[];
    const [mine, theirs] = [await following(ana, queue()), await following(ben, queue())];
    await api.get(lena, mutations.withdrawAnnotation, {
      input: { commandId: 'w', caseId: caseId(3), annotationId: own?.id, revision: own?.revision, reasonCode: 'OTHER' },
    });
    await api.project();
    await mine.frames(1);
    await theirs.settled();
    expect(frames(mine)).toEqual([
      { myQueueChanged: { caseId: caseId(3), type: 'annotationWithdrawn', resync: false } },
    ]);
    expect(frames(theirs)).toEqual([]);
    await Promise.all([mine.close(), theirs.close()]);
  });
});

describe('the progress of a project', () => {
  it('comes first as it is, then when a figure has changed', async () => {
    const socket = await following(lena, progress());
    await socket.frames(1);
    const [before] = frames(socket) as readonly { projectProgressed: { progress: Record<string, number> } }[];
    const figures = before?.projectProgressed.progress ?? {};
    await claim(api, ana, caseId(4), 'ana 4');
    await api.project();
    await socket.settled();
    expect(frames(socket)).toHaveLength(1);
    const held = await claim(api, ben, caseId(4), 'ben 4');
    await api.get(ben, mutations.submitAnnotation, { input: submission('ben submits 4', held) });
    await api.project();
    await socket.frames(2);
    expect(frames(socket)[1]).toEqual({
      projectProgressed: {
        projectId: sample.projectId,
        progress: { ...figures, readsSubmitted: (figures['readsSubmitted'] ?? 0) + 1 },
      },
    });
    await socket.close();
  });

  it('comes with the newest figures, however many events made them', async () => {
    const socket = await following(lena, progress());
    await socket.frames(1);
    const cases = Array.from({ length: 100 }, (_, index) => sampleCase(200 + index));
    await api.get(lena, mutations.importCases, { input: { commandId: 'hundred', projectId: sample.projectId, cases } });
    await api.project();
    const now = await api.get(lena, 'query ($id: ID!) { project(id: $id) { progress { cases } } }', {
      id: sample.projectId,
    });
    const { cases: count } = now['progress'] as { readonly cases: number };
    const newest = (): unknown =>
      (frames(socket).at(-1) as { projectProgressed: { progress: { cases: number } } }).projectProgressed.progress
        .cases;
    for (let seen = 2; newest() !== count; seen += 1) await socket.frames(seen);
    expect(frames(socket).length).toBeLessThan(20);
    await socket.close();
  });
});

describe('disagreements of a project', () => {
  it('are told as they are found', async () => {
    const socket = await following(rita, disagreements());
    await submit(ana, 5, 'ana 5');
    await submit(ben, 5, 'ben 5');
    await dispute(api, caseId(5), { said: { negative: [], positive: [] } });
    await api.project();
    await socket.frames(1);
    expect(frames(socket)).toEqual([{ disagreementFound: { caseId: caseId(5), resync: false } }]);
    await socket.close();
  });
});

describe('subscriptions of a project', () => {
  async function refusal(person: Person, query: string): Promise<string> {
    const socket = await Socket.open(api, person);
    socket.subscribe('1', query);
    await socket.frames(1);
    await socket.close();
    return JSON.stringify(socket.received[0]);
  }

  it('are refused where there is none for them', async () => {
    for (const query of [queue, progress, disagreements]) {
      const person = query === queue ? { ...stranger, role: 'annotator' as const } : stranger;
      expect(await refusal(person, query())).toContain('NOT_FOUND');
      expect(await refusal(lena, query('no id'))).toContain('NOT_FOUND');
    }
  });

  it('tell annotators nothing of others', async () => {
    expect(await refusal(ana, progress())).toContain('FORBIDDEN');
    expect(await refusal(ana, disagreements())).toContain('FORBIDDEN');
    expect(await refusal({ name: 'otto', role: 'operator' }, disagreements())).toContain('FORBIDDEN');
    expect(await refusal(rita, queue())).toContain('FORBIDDEN');
  });

  it('wait for what was just created', async () => {
    const created = await api.get(lena, mutations.createProject, {
      input: { commandId: 'followed', name: 'Followed', protocol: { readsPerCase: 1 } },
    });
    const [id, token] = [text(created, 'projectId'), text(created, 'token')];
    const socket = await Socket.open(api, lena);
    socket.subscribe('1', progress(id).replace(`"${id}"`, `"${id}", after: "${token}"`));
    await socket.settled();
    await api.project();
    await socket.frames(1);
    expect(JSON.stringify(frames(socket))).toContain('"cases":0');
    await socket.close();
  });

  it('end for whoever becomes an annotator of the project', async () => {
    const lead: Person = { name: 'lotte', role: 'lead' };
    const sockets = [
      await following(lead, progress()),
      await following(lead, disagreements()),
      await following(lead, `subscription { caseChanged(projectId: "${sample.projectId}") { type } }`),
    ];
    const stays = await following(lena, `subscription { caseChanged(projectId: "${sample.projectId}") { type } }`);
    await api.get(lena, mutations.registerAnnotator, {
      input: { commandId: 'lotte', projectId: sample.projectId, personId: personIdOf(lead) },
    });
    await api.project();
    await Promise.all(sockets.map(completed));
    await claim(
      api,
      ana,
      list(await cases(), 'edges')
        .map((edge) => text(edge['node'] as never, 'id'))
        .at(-1) ?? '',
      'after',
    );
    await api.project();
    await stays.frames(1);
    await Promise.all(sockets.map(async (socket) => socket.settled()));
    expect(sockets.map((socket) => frames(socket).length)).toEqual([1, 0, 0]);
    await Promise.all([...sockets, stays].map(async (socket) => socket.close()));
  });

  it('end for whoever is taken off the list of those who act in the project, with the next frame', async () => {
    const member = `mutation ($input: MemberInput!) { MUTATION(input: $input) { __typename } }`;
    const lea: Person = { name: 'lea', role: 'lead' };
    const change = async (mutation: string, person: Person): Promise<unknown> =>
      api.get({ name: 'adam', role: 'administrator' }, member.replace('MUTATION', mutation), {
        input: {
          commandId: `${mutation} ${person.name}`,
          projectId: sample.projectId,
          personId: personIdOf(person),
          role: 'LEAD',
        },
      });
    const ofCase = `subscription { caseChanged(caseId: "${caseId(0)}") { type } }`;
    await change('addMember', lea);
    await change('addMember', lena);
    await api.project();
    const sockets = [
      await following(lea, progress()),
      await following(lea, `subscription { caseChanged(projectId: "${sample.projectId}") { type } }`),
      await following(lea, ofCase),
    ];
    const stays = await following(lena, ofCase);
    await change('removeMember', lea);
    await api.project();
    for (const query of [progress(), disagreements(), ofCase]) expect(await refusal(lea, query)).toContain('NOT_FOUND');
    const { project } = (await api.ask(lea, `{ project(id: "${sample.projectId}") { id } }`)).body.data ?? {};
    expect(project).toBeNull();
    await erase(0);
    await api.project();
    await stays.frames(1);
    await Promise.all(sockets.map(completed));
    expect(sockets.map((socket) => frames(socket).length)).toEqual([1, 0, 0]);
    await Promise.all([...sockets, stays].map(async (socket) => socket.close()));
  });

  /** An event of a case that everybody is shown who may see the case. */
  const erase = async (index: number): Promise<unknown> =>
    api.get(
      { name: 'adam', role: 'administrator' },
      'mutation ($input: EraseSubjectInput!) { eraseSubject(input: $input) { __typename } }',
      { input: { commandId: `erase ${String(index)}`, subjectKey: `subject ${String(index)}`, reason: 'OTHER' } },
    );

  const cases = async (): Promise<Readonly<Record<string, unknown>>> =>
    api.get(lena, 'query ($id: ID!) { cases(projectId: $id, first: 100) { edges { node { id } } } }', {
      id: sample.projectId,
    });
});

function ids({ caseId: id, leaseToken }: { readonly caseId: string; readonly leaseToken: string }): object {
  return { caseId: id, leaseToken };
}
