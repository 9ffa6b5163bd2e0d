import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, ApiUnderTest, ben, cara, lena, list, stranger, text } from '../testing/api-under-test.spec.ts';
import {
  annotation,
  claim,
  claimOf,
  everythingOfACase,
  mutations,
  sampleCase,
  sampleProject,
  type SampleProject,
  submission,
} from '../testing/sample-project.spec.ts';

let api: ApiUnderTest;
let sample: SampleProject;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  sample = await sampleProject(api, {
    readers: [ana, ben],
    cases: 8,
    protocol: { readsPerCase: 2, openClaimsMaximum: 2 },
  });
});

afterAll(async () => api.stop());

const eventCount = async (): Promise<unknown> =>
  (await api.owner.query({ text: 'SELECT count(*) AS events FROM journal.event' }))[0]?.['events'];

const caseAt = (index: number): string => sample.caseIds[index] ?? '';

describe('reading a case', () => {
  it('goes from claim to submission, and shows afterwards', async () => {
    const held = await claim(api, ana, caseAt(0), 'first claim');
    const submitted = await api.get(ana, mutations.submitAnnotation, { input: submission('first submission', held) });
    expect(submitted).toMatchObject({ __typename: 'AnnotationSubmitted', revision: 1 });
    await api.project();
    const shown = await api.get(
      ana,
      `query ($id: ID!, $after: Token) { case(id: $id, after: $after) { ${everythingOfACase} } }`,
      {
        id: caseAt(0),
        after: submitted['token'],
      },
    );
    expect(shown).toMatchObject({
      status: 'READING',
      readsSubmitted: null,
      annotations: [
        {
          id: submitted['annotationId'],
          answer: 'FINDINGS',
          findings: [{ statement: { es: 'Nódulo.', en: 'A nodule.', erased: false }, labels: ['nodule'] }],
          regions: [{ system: 'PIXEL', x1: '10.50', y2: '80.25', pixels: { x1: 10.5, y1: 20, x2: 60, y2: 80.25 } }],
        },
      ],
    });
    const whole = await api.get(lena, `query ($id: ID!) { case(id: $id) { ${everythingOfACase} } }`, { id: caseAt(0) });
    expect(whole).toMatchObject({ externalKey: 'case 0', readsWanted: 2, readsSubmitted: 1 });
    expect(list({ ...(whole['history'] as object) }, 'edges').map(({ node }) => node)).toMatchObject([
      { type: 'caseImported', version: 1 },
      { type: 'readClaimed', version: 2 },
      { type: 'annotationSubmitted', version: 3 },
    ]);
  });

  it('answers a repeated command as before and writes nothing', async () => {
    const held = await claim(api, ana, caseAt(1), 'second claim');
    const input = submission('second submission', held);
    const first = await api.ask(ana, mutations.submitAnnotation, { input });
    const before = await eventCount();
    const again = await api.ask(ana, mutations.submitAnnotation, { input });
    const claimedAgain = await api.get(ana, mutations.claimCase, {
      input: { commandId: 'second claim', caseId: caseAt(1) },
    });
    expect(again.text).toBe(first.text);
    expect(claimOf(claimedAgain).leaseToken).toBe(held.leaseToken);
    expect(await eventCount()).toBe(before);
  });

  it('refuses another input under the same command id', async () => {
    const held = await claim(api, ana, caseAt(2), 'third claim');
    await api.get(ana, mutations.submitAnnotation, { input: submission('third submission', held) });
    const before = await eventCount();
    const other = submission('third submission', held, { annotation: annotation(held, '11') });
    expect(await api.get(ana, mutations.submitAnnotation, { input: other })).toMatchObject({
      __typename: 'CommandIdReused',
    });
    expect(await eventCount()).toBe(before);
  });

  it('is refused without a live lease, a second time, or at another revision', async () => {
    const held = await claim(api, ben, caseAt(3), 'claim to lose');
    const stale = { ...held, leaseToken: '44444444-4444-4444-8444-444444444444' };
    const submit = async (input: object): Promise<unknown> => api.get(ben, mutations.submitAnnotation, { input });
    expect(await submit(submission('stale', stale))).toMatchObject({ __typename: 'StaleLease' });
    expect(await submit(submission('revision', held, { revision: 7 }))).toMatchObject({
      __typename: 'StaleRevision',
      revision: 0,
    });
    expect(await submit(submission('good', held))).toMatchObject({ __typename: 'AnnotationSubmitted' });
    expect(await submit(submission('twice', held))).toMatchObject({ __typename: 'AlreadySubmitted', revision: 1 });
    expect(
      await api.get(ben, mutations.claimCase, { input: { commandId: 'after submission', caseId: caseAt(3) } }),
    ).toMatchObject({ __typename: 'AlreadySubmitted' });
  });

  it('can be given back, and a new claim makes the old token stale', async () => {
    const first = await claim(api, ben, caseAt(4), 'to release');
    const { caseId, leaseToken } = first;
    expect(
      await api.get(ben, mutations.releaseRead, { input: { commandId: 'release', caseId, leaseToken } }),
    ).toMatchObject({ __typename: 'ReadEnded' });
    const second = await claim(api, ben, caseAt(4), 'claim again');
    expect(second.leaseToken).not.toBe(leaseToken);
    expect(await api.get(ben, mutations.renewLease, { input: { caseId, leaseToken } })).toMatchObject({
      __typename: 'StaleLease',
    });
    expect(
      await api.get(ben, mutations.renewLease, { input: { caseId, leaseToken: second.leaseToken } }),
    ).toMatchObject({ __typename: 'LeaseRenewed' });
    const skip = { commandId: 'skip', caseId, leaseToken: second.leaseToken, reason: 'OTHER', note: 'Muy oscura.' };
    expect(await api.get(ben, mutations.skipRead, { input: skip })).toMatchObject({ __typename: 'ReadEnded' });
    expect(await api.get(ben, mutations.claimCase, { input: { commandId: 'skipped', caseId } })).toMatchObject({
      __typename: 'AlreadySkipped',
    });
    await api.project();
    const query = 'query ($id: ID!) { case(id: $id) { history { edges { node { type detail } } } } }';
    const { text: shown } = await api.ask(lena, query, { id: caseId });
    expect(shown).toContain('Muy oscura.');
  });
});

describe('the queue', () => {
  it('gives the next case in order, up to the limit of the protocol, and stays put for a repeat', async () => {
    await api.project();
    const input = { commandId: 'next 1', projectId: sample.projectId };
    const first = await api.get(ben, mutations.claimNextCase, { input });
    expect(first).toMatchObject({ __typename: 'Claimed', caseId: caseAt(0) });
    const again = await api.get(ben, mutations.claimNextCase, { input });
    expect(again).toMatchObject({ caseId: caseAt(0), leaseToken: first['leaseToken'] });
    const second = await api.get(ben, mutations.claimNextCase, { input: { ...input, commandId: 'next 2' } });
    expect(second).toMatchObject({ __typename: 'Claimed', caseId: caseAt(1) });
    const third = await api.get(ben, mutations.claimNextCase, { input: { ...input, commandId: 'next 3' } });
    expect(third).toMatchObject({ __typename: 'TooManyClaims' });
    expect(list(third, 'held').map(({ caseId }) => caseId)).toEqual([caseAt(0), caseAt(1)]);
    const queue = await api.get(ben, 'query ($id: ID!) { myQueue(projectId: $id) { available held { caseId } } }', {
      id: sample.projectId,
    });
    // Of eight he holds two, submitted one and skipped one.
    expect(queue).toMatchObject({ available: 4 });
  });

  it('is closed to those who are not registered', async () => {
    expect(
      await api.get(cara, mutations.claimNextCase, { input: { commandId: 'x', projectId: sample.projectId } }),
    ).toMatchObject({ __typename: 'NotAnAnnotator' });
    expect(await api.get(cara, mutations.claimCase, { input: { commandId: 'y', caseId: caseAt(6) } })).toMatchObject({
      __typename: 'NotAnAnnotator',
    });
  });
});

describe('import', () => {
  it('judges each row by itself', async () => {
    const { projectId } = sample;
    const rows = [
      sampleCase(0),
      { ...sampleCase(1), priority: 9 },
      { ...sampleCase(20), images: [] },
      sampleCase(21),
      sampleCase(21),
      { ...sampleCase(22), subjectKey: ' ' },
    ];
    const input = { commandId: 'mixed', projectId, cases: rows };
    const imported = await api.get(lena, mutations.importCases, { input });
    expect(list(imported, 'rows')).toMatchObject([
      { outcome: 'UNCHANGED', caseId: caseAt(0) },
      { outcome: 'DIFFERS', caseId: caseAt(1) },
      { outcome: 'INVALID', caseId: null, problems: [{ path: 'images', code: 'OUT_OF_RANGE' }] },
      { outcome: 'IMPORTED' },
      { outcome: 'UNCHANGED' },
      { outcome: 'INVALID', problems: [{ path: 'subjectKey' }] },
    ]);
  });

  it('keeps the protocol version that was in force', async () => {
    const { projectId } = sample;
    const adopted = await api.get(lena, mutations.adoptProtocol, {
      input: { commandId: 'adopt', projectId, protocol: { readsPerCase: 1, labels: [{ term: 'other' }] } },
    });
    expect(adopted).toMatchObject({ __typename: 'ProtocolAdopted', protocolVersion: 2 });
    const held = await claim(api, ana, caseAt(5), 'under version 1');
    expect(
      await api.get(ana, mutations.submitAnnotation, { input: submission('submitted under version 1', held) }),
    ).toMatchObject({ __typename: 'AnnotationSubmitted' });
  });
});

describe('another organisation', () => {
  const unknown = '55555555-5555-4555-8555-555555555555';

  it('gets the answers of unknown ids', async () => {
    const ask = async (query: string, id: string): Promise<string> => {
      const { text: answer } = await api.ask(stranger, query, { id });
      return answer;
    };
    for (const query of [
      `query ($id: ID!) { case(id: $id) { ${everythingOfACase} } }`,
      'query ($id: ID!) { project(id: $id) { id name } }',
      'query ($id: ID!) { cases(projectId: $id) { edges { node { id } } } }',
      'query ($id: ID!) { myQueue(projectId: $id) { available } }',
    ]) {
      const own = query.includes('case(') ? caseAt(0) : sample.projectId;
      expect(await ask(query, own)).toBe(await ask(query, unknown));
    }
  });

  it('cannot change anything', async () => {
    const before = await eventCount();
    const { projectId } = sample;
    const register = { commandId: 'r', projectId, personId: unknown };
    expect(await api.get(stranger, mutations.registerAnnotator, { input: register })).toMatchObject({
      __typename: 'NotFound',
    });
    const imports = { commandId: 'i', projectId, cases: [sampleCase(99)] };
    expect(await api.get(stranger, mutations.importCases, { input: imports })).toMatchObject({
      __typename: 'NotFound',
    });
    const reader = { ...stranger, name: 'rea', role: 'annotator' } as const;
    expect(await api.get(reader, mutations.claimCase, { input: { commandId: 'c', caseId: caseAt(7) } })).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await eventCount()).toBe(before);
  });

  it('has an empty list of changes and projects', async () => {
    const changes = await api.get(stranger, '{ changes { changes { type } } }');
    expect(changes).toEqual({ changes: [] });
    expect(await api.get(stranger, '{ projects { edges { node { id } } } }')).toEqual({ edges: [] });
  });
});

describe('lists', () => {
  it('page through all cases once', async () => {
    await api.project();
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const page: Readonly<Record<string, unknown>> = await api.get(
        lena,
        `query ($id: ID!, $after: Cursor) { cases(projectId: $id, first: 3, after: $after) {
          edges { node { id annotations { id } consensus { id } } } pageInfo { hasNextPage endCursor } } }`,
        { id: sample.projectId, after },
      );
      seen.push(...list(page, 'edges').map((edge) => text({ ...(edge['node'] as object) }, 'id')));
      const { hasNextPage, endCursor } = page['pageInfo'] as { hasNextPage: boolean; endCursor: string };
      if (!hasNextPage) break;
      after = endCursor;
    }
    expect(seen).toHaveLength(9);
    expect(new Set(seen).size).toBe(9);
    expect(seen.slice(0, 8)).toEqual(sample.caseIds);
  });

  it('take no cursor of another list', async () => {
    const page = await api.get(lena, '{ projects { pageInfo { endCursor } } }');
    const { endCursor } = page['pageInfo'] as { endCursor: string };
    const { body } = await api.ask(
      lena,
      'query ($id: ID!, $after: Cursor) { cases(projectId: $id, after: $after) { edges { node { id } } } }',
      { id: sample.projectId, after: endCursor },
    );
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
