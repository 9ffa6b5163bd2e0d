import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ana,
  ApiUnderTest,
  ben,
  cara,
  type Fields,
  lena,
  list,
  type Person,
  personIdOf,
  stranger,
  text,
} from '../testing/api-under-test.spec.ts';
import {
  claim,
  movePreview,
  mutations,
  sampleCase,
  type SampleProject,
  submission,
} from '../testing/sample-project.spec.ts';
import { settle } from '../testing/settle-case.spec.ts';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(async () => api.stop());

const rules = (readsPerCase: number, labels: readonly string[]): object => ({
  readsPerCase,
  labels: labels.map((term) => ({ term })),
  attributes: [{ kind: 'ORDINAL', name: 'malignancy', minimum: 1, maximum: 5 }],
});

let projects = 0;
/** Two reads under version 1 with the label nodule; version 2 wants `reads` and calls it a mass. */
async function project(cases: number, reads: number): Promise<SampleProject> {
  projects += 1;
  const created = await api.get(lena, mutations.createProject, {
    input: { commandId: `create ${projects}`, name: `Project ${projects}`, protocol: rules(2, ['nodule']) },
  });
  const projectId = text(created, 'projectId');
  for (const reader of [ana, ben, cara]) {
    const input = { commandId: `register ${reader.name} ${projects}`, projectId, personId: personIdOf(reader) };
    await api.get(lena, mutations.registerAnnotator, { input });
  }
  const input = {
    commandId: `import ${projects}`,
    projectId,
    cases: Array.from({ length: cases }, (_, at) => sampleCase(at)),
  };
  const imported = await api.get(lena, mutations.importCases, { input });
  const adopt = { commandId: `adopt ${projects}`, projectId, protocol: rules(reads, ['mass']) };
  await api.get(lena, mutations.adoptProtocol, { input: adopt });
  await api.project();
  return { projectId, caseIds: list(imported, 'rows').map((row) => text(row, 'caseId')) };
}

async function read(person: Person, caseId: string): Promise<void> {
  const held = await claim(api, person, caseId, `claim ${person.name} ${caseId}`);
  const input = submission(`submit ${person.name} ${caseId}`, held);
  expect(await api.get(person, mutations.submitAnnotation, { input })).toMatchObject({
    __typename: 'AnnotationSubmitted',
  });
}

const preview = async (of: object, more: object = {}, person = lena): Promise<Fields> =>
  api.get(person, movePreview, { input: of, ...more });
const move = async (commandId: string, of: object, token: string, more: object = {}): Promise<Fields> =>
  api.get(lena, mutations.moveProtocol, { input: { commandId, of, previewToken: token, ...more } });
const caseNow = async (caseId: string, person: Person = lena): Promise<Fields> => {
  await api.project();
  const query = `query ($id: ID!) { case(id: $id) { status protocolVersion readsWanted readsSubmitted
    annotations { findings { labels } } consensus { id } history(first: 100) { edges { node { type detail } } } } }`;
  return api.get(person, query, { id: caseId });
};
const typesOf = (shown: Fields): readonly unknown[] =>
  list(shown['history'] as Fields, 'edges').map((edge) => (edge['node'] as Fields)['type']);

describe('cases that are moved to another version of the protocol', () => {
  it('are previewed one by one, and moved as previewed: what was read stays, in the words of then', async () => {
    const { projectId, caseIds } = await project(4, 1);
    const [unread = '', readOnce = '', settled = '', held = ''] = caseIds;
    await read(ana, readOnce);
    await read(ana, settled);
    await read(ben, settled);
    await api.project();
    await settle(api, settled);
    await claim(api, cara, held, `hold ${held}`);
    await api.project();
    const of = { projectId, protocolVersion: 2 };
    const seen = await preview(of);
    expect(seen).toMatchObject({
      counts: { possible: 4, impossible: 0, reopened: 1, completed: 2, claimsEnded: 1 },
      more: false,
    });
    const items = new Map(list(seen, 'edges').map((edge) => [text(edge['node'] as Fields, 'caseId'), edge['node']]));
    const plain = { from: 1, why: null, reads: 0, reopens: false, completes: false, claimsEnded: 0 };
    expect(items.get(unread)).toMatchObject(plain);
    expect(items.get(readOnce)).toMatchObject({ ...plain, reads: 1, completes: true });
    expect(items.get(settled)).toMatchObject({ ...plain, reads: 2, completes: true, reopens: true });
    expect(items.get(held)).toMatchObject({ ...plain, claimsEnded: 1 });

    const moved = await move('move 1', of, text(seen, 'token'));
    expect(moved).toMatchObject({ __typename: 'ProtocolMoved', done: 4, refused: 0, remaining: 0 });
    expect(await caseNow(unread)).toMatchObject({ status: 'READING', protocolVersion: 2, readsWanted: 1 });
    expect(await caseNow(readOnce)).toMatchObject({
      status: 'AWAITING_CONSENSUS',
      annotations: [{ findings: [{ labels: ['nodule'] }] }],
    });
    const after = await caseNow(settled);
    expect(after).toMatchObject({ status: 'AWAITING_CONSENSUS', readsSubmitted: 2, consensus: null });
    expect(typesOf(after).slice(-3)).toEqual(['readsReopened', 'caseProtocolMoved', 'readsCompleted']);
    // Whoever reads the case next does so in the words of the new version.
    const again = await claim(api, cara, held, `again ${held}`);
    const old = await api.get(cara, mutations.submitAnnotation, { input: submission(`old ${held}`, again) });
    expect(old).toMatchObject({ __typename: 'Invalid' });
    expect(await preview(of)).toMatchObject({ edges: [], counts: { possible: 0 } });
  });

  it('are moved once by a repeated command, in parts where it has a limit, and not under another input', async () => {
    const { projectId } = await project(5, 2);
    const of = { projectId, protocolVersion: 2 };
    const token = text(await preview(of), 'token');
    expect(await move('parts', of, token, { limit: 2 })).toMatchObject({ done: 2, remaining: 3 });
    expect(await move('parts', of, token, { limit: 2 })).toMatchObject({ done: 4, remaining: 1 });
    const whole = await move('parts', of, token);
    expect(whole).toMatchObject({ done: 5, refused: 0, remaining: 0 });
    const events = `SELECT count(*) AS n FROM journal.event WHERE type = 'caseProtocolMoved'`;
    const before = await api.owner.query({ text: events });
    expect(await move('parts', of, token)).toEqual(whole);
    expect(await api.owner.query({ text: events })).toEqual(before);
    expect(await move('parts', { ...of, from: 1 }, token)).toMatchObject({ __typename: 'CommandIdReused' });
  });

  it('are moved back, and named one by one', async () => {
    const { projectId, caseIds } = await project(3, 3);
    const [first = '', second = ''] = caseIds;
    await read(ana, first);
    await read(ben, first);
    await api.project();
    const of = { projectId, protocolVersion: 2, caseIds: [first] };
    const seen = await preview(of);
    expect(seen).toMatchObject({ counts: { possible: 1, reopened: 1, completed: 0 } });
    await move('there', of, text(seen, 'token'));
    expect(await caseNow(first)).toMatchObject({ status: 'READING', protocolVersion: 2, readsWanted: 3 });
    expect(await caseNow(second)).toMatchObject({ protocolVersion: 1 });
    await api.project();
    const back = { projectId, protocolVersion: 1, from: 2 };
    await move('back', back, text(await preview(back), 'token'));
    expect(await caseNow(first)).toMatchObject({ status: 'AWAITING_CONSENSUS', protocolVersion: 1, readsSubmitted: 2 });
  });

  it('are not moved when something else is meant by then, from an unknown version, or by somebody who may not', async () => {
    const { projectId, caseIds } = await project(2, 1);
    const [caseId = ''] = caseIds;
    const of = { projectId, protocolVersion: 2 };
    const token = text(await preview(of), 'token');
    await read(ana, caseId);
    await read(ben, caseId);
    await api.project();
    expect(await move('stale', of, token)).toMatchObject({ __typename: 'PreviewStale' });
    expect(await caseNow(caseId)).toMatchObject({ protocolVersion: 1 });
    const unknown = await move('unknown', { ...of, protocolVersion: 3 }, token);
    expect(unknown).toMatchObject({ __typename: 'Invalid', problems: [{ code: 'UNKNOWN_VERSION' }] });
    const wrong = await move('wrong', { ...of, from: 2 }, token);
    expect(wrong).toMatchObject({ __typename: 'Invalid', problems: [{ path: 'of.from', code: 'OUT_OF_RANGE' }] });
    for (const [person, code] of [
      [ana, 'FORBIDDEN'],
      [stranger, 'NOT_FOUND'],
    ] as const) {
      const { body } = await api.ask(person, movePreview, { input: of });
      expect(body.errors?.[0]?.extensions.code).toBe(code);
    }
    // Who reads there, too, would learn of others' reads by it.
    const register = { commandId: `self ${projectId}`, projectId, personId: personIdOf(lena) };
    await api.get(lena, mutations.registerAnnotator, { input: register });
    const { body } = await api.ask(lena, movePreview, { input: of });
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('were under their earlier version before, as of an instant', async () => {
    const { projectId, caseIds } = await project(1, 1);
    const [caseId = ''] = caseIds;
    const before = new Date().toISOString();
    const of = { projectId, protocolVersion: 2 };
    await move('as of', of, text(await preview(of), 'token'));
    await api.project();
    const query = `query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) { protocolVersion readsWanted } }`;
    expect(await api.get(lena, query, { id: caseId })).toEqual({ protocolVersion: 2, readsWanted: 1 });
    expect(await api.get(lena, query, { id: caseId, asOf: { instant: before } })).toEqual({
      protocolVersion: 1,
      readsWanted: 2,
    });
  });

  it('tell their annotators that they were moved, and nothing of others by it', async () => {
    const { projectId, caseIds } = await project(2, 1);
    const [readByOther = '', unread = ''] = caseIds;
    await read(ben, readByOther);
    await claim(api, ana, readByOther, `one ${readByOther}`);
    await claim(api, ana, unread, `two ${unread}`);
    await api.project();
    const of = { projectId, protocolVersion: 2 };
    await move('told', of, text(await preview(of), 'token'));
    const [one, other] = [await caseNow(readByOther, ana), await caseNow(unread, ana)];
    expect(typesOf(one)).toEqual(['caseImported', 'readClaimed', 'readReleased', 'caseProtocolMoved']);
    expect(one).toEqual(other);
  });
});
