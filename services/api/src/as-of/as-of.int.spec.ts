import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { merkleLeafOf, payloadHashOf, streamLinkOf } from '@consilium/contracts';
import type { CaseId } from '@consilium/domain';
import { PostgresLogReader, PostgresRelayLease, PostgresSealStore } from '@consilium/event-store';
import { Database, readInteger, readText } from '@consilium/postgres';
import {
  checkpointIn,
  emptyTree,
  growTree,
  isConsistent,
  isIncluded,
  leafHashOf,
  logSigningKey,
  rootOfEdge,
  sealCheckpoint,
} from '@consilium/transparency';
import { generateKeyPairSync } from 'node:crypto';
import {
  ana,
  ApiUnderTest,
  ben,
  cara,
  type Fields,
  lena,
  list,
  type Person,
  stranger,
  text,
} from '../testing/api-under-test.spec.ts';
import {
  annotation,
  claim,
  everythingOfACase,
  mutations,
  protocol,
  sampleProject,
  type SampleProject,
  submission,
} from '../testing/sample-project.spec.ts';
import { settle } from '../testing/settle-case.spec.ts';

const auditor: Person = { name: 'alma', role: 'auditor' };
const unknown = '77777777-7777-4777-8777-777777777777';

const caseQuery = `query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) { ${everythingOfACase} } }`;
const projectQuery = `query ($id: ID!, $asOf: AsOf) { project(id: $id, asOf: $asOf) {
  name protocolVersion protocol { labels { term } readsPerCase } annotators { id }
  progress { cases reading awaitingConsensus settled disputed adjudicating withdrawn readsSubmitted } } }`;
const listQuery = `query ($id: ID!, $asOf: AsOf, $status: CaseStatus) { cases(projectId: $id, asOf: $asOf, status: $status) {
  edges { node { id status readsSubmitted } } pageInfo { hasNextPage } } }`;

const projectsQuery = `query ($asOf: AsOf) { projects(asOf: $asOf) {
  edges { cursor node { id name protocolVersion protocol { readsPerCase } annotators { id }
    progress { cases reading awaitingConsensus settled disputed withdrawn readsSubmitted } } }
  pageInfo { hasNextPage endCursor } } }`;

/** What an auditor saw at a moment when it was the present, and where the log stood. */
interface Remembered {
  readonly what: string;
  readonly sequence: number;
  readonly instant: string;
  readonly ofCase: unknown;
  readonly ofProject: unknown;
  readonly ofList: unknown;
  readonly ofSettled: unknown;
  readonly ofProjects: unknown;
}

let api: ApiUnderTest;
let sample: SampleProject;
let caseId = '';
const past: Remembered[] = [];

/** Cursors are of the point that was asked about, which is the one thing that differs. */
const withoutCursors = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (name, member: unknown) => (name === 'cursor' || name === 'endCursor' ? '' : member)),
  );

async function look(asOf?: object): Promise<Omit<Remembered, 'what' | 'sequence' | 'instant'>> {
  const ask = async (query: string, id: string, more: object = {}): Promise<unknown> => {
    const { body } = await api.ask(auditor, query, { id, ...(asOf === undefined ? {} : { asOf }), ...more });
    if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
    return withoutCursors(body.data);
  };
  return {
    ofCase: await ask(caseQuery, caseId),
    ofProject: await ask(projectQuery, sample.projectId),
    ofList: await ask(listQuery, sample.projectId),
    ofSettled: await ask(listQuery, sample.projectId, { status: 'SETTLED' }),
    ofProjects: await ask(projectsQuery, sample.projectId),
  };
}

async function remember(what: string): Promise<void> {
  await api.project();
  const [row] = await api.owner.query({
    text: `SELECT head.last_global_seq, to_char(max(event.recorded_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS instant
      FROM journal.head, journal.event GROUP BY 1`,
  });
  const sequence = row === undefined ? 0 : readInteger(row, 'last_global_seq');
  past.push({ what, sequence, instant: row === undefined ? '' : readText(row, 'instant'), ...(await look()) });
  // The next event is recorded in a later millisecond.
  const now = Date.now();
  while (Date.now() <= now + 1) await new Promise((resolve) => setImmediate(resolve));
}

async function read(person: Person, index: number, x1: string): Promise<string> {
  const held = await claim(api, person, sample.caseIds[index] ?? '', `claim ${person.name} ${index}`);
  await remember(`${person.name} claimed`);
  const input = submission(`submit ${person.name} ${index}`, held, { annotation: annotation(held, x1) });
  const answer = await api.get(person, mutations.submitAnnotation, { input });
  await remember(`${person.name} submitted`);
  return text(answer, 'annotationId');
}

beforeAll(async () => {
  api = await ApiUnderTest.start();
  sample = await sampleProject(api, { readers: [ana, ben], cases: 3, protocol: { readsPerCase: 2 } });
  caseId = sample.caseIds[0] ?? '';
  await remember('imported');
  const annotationOfAna = await read(ana, 0, '11');
  await read(ben, 0, '12.50');
  await settle(api, caseId);
  await remember('settled');
  const taken = { caseId, annotationId: annotationOfAna, revision: 1, reasonCode: 'WRONG_CASE', note: 'a note' };
  const reasoned = async (mutation: string, input: object): Promise<void> => {
    const answer = await api.get(lena, mutation, { input });
    if (text(answer, '__typename').startsWith('Invalid')) throw new Error(JSON.stringify(answer));
  };
  await reasoned(mutations.withdrawAnnotation, { commandId: 'withdraw', ...taken });
  await remember('withdrawn');
  await reasoned(mutations.restoreAnnotation, { commandId: 'restore', ...taken });
  await remember('restored');
  await settle(api, caseId);
  await remember('settled again');
  await api.get(lena, mutations.adoptProtocol, {
    input: {
      commandId: 'adopt',
      projectId: sample.projectId,
      protocol: { ...protocol, labels: ['nodule', 'effusion', 'new'].map((term) => ({ term })) },
    },
  });
  await remember('protocol adopted');
  await api.get(lena, mutations.createProject, { input: { commandId: 'create another', name: 'Hands', protocol } });
  await remember('another project created');
  await read(ana, 1, '13');
});

afterAll(async () => api.stop());

describe('the past', () => {
  it('has changed from step to step, or comparing it would say nothing', () => {
    expect(past.length).toBeGreaterThan(10);
    const different = new Set(
      past.map(({ ofCase, ofProject, ofList, ofProjects }) => JSON.stringify([ofCase, ofProject, ofList, ofProjects])),
    );
    // A claim of another case shows in none of these.
    expect(different.size).toBe(past.length - 1);
  });

  it('is what it was when it was the present, by number and by instant', async () => {
    for (const { what, sequence, instant, ...seen } of past) {
      expect({ what, ...(await look({ sequence })) }).toEqual({ what, ...seen });
      expect({ what, ...(await look({ instant })) }).toEqual({ what, ...seen });
    }
  });

  it('says which point it is', async () => {
    const [point] = past.slice(3);
    const query = `query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) { answeredFrom { sequence checkpoint { size } } } }`;
    expect(await api.get(auditor, query, { id: caseId, asOf: { instant: point?.instant } })).toEqual({
      answeredFrom: { sequence: point?.sequence, checkpoint: null },
    });
    expect(await api.get(auditor, query, { id: caseId })).toEqual({ answeredFrom: null });
    const ofProjects = `query ($asOf: AsOf) { projects(asOf: $asOf) {
      answeredFrom { sequence } edges { node { answeredFrom { sequence } } } } }`;
    const from = { sequence: point?.sequence };
    expect(await api.get(auditor, ofProjects, { asOf: { instant: point?.instant } })).toEqual({
      answeredFrom: from,
      edges: [{ node: { answeredFrom: from } }],
    });
    expect(await api.get(auditor, ofProjects, {})).toEqual({
      answeredFrom: null,
      edges: [{ node: { answeredFrom: null } }, { node: { answeredFrom: null } }],
    });
  });

  it('had no case, and no project, before they came', async () => {
    for (const query of [caseQuery, projectQuery]) {
      const id = query === caseQuery ? caseId : sample.projectId;
      expect((await api.ask(auditor, query, { id, asOf: { sequence: 0 } })).body.data).toMatchObject(
        query === caseQuery ? { case: null } : { project: null },
      );
    }
    expect(await api.get(auditor, projectsQuery, { asOf: { sequence: 0 } })).toMatchObject({ edges: [] });
  });

  it('goes on page by page in the same past', async () => {
    const [first] = past;
    const asOf = { sequence: first?.sequence };
    const query = `query ($id: ID!, $asOf: AsOf, $after: Cursor) { cases(projectId: $id, first: 2, after: $after, asOf: $asOf) {
      edges { node { id status } } pageInfo { hasNextPage endCursor } } }`;
    const page = await api.get(auditor, query, { id: sample.projectId, asOf });
    const { endCursor } = page['pageInfo'] as { readonly endCursor: string };
    const next = await api.get(auditor, query, { id: sample.projectId, asOf, after: endCursor });
    expect([...list(page, 'edges'), ...list(next, 'edges')]).toHaveLength(3);
    const elsewhen = await api.ask(auditor, query, { id: sample.projectId, after: endCursor });
    expect(elsewhen.body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('goes on page by page through projects in the same past', async () => {
    const query = `query ($asOf: AsOf, $after: Cursor) { projects(first: 1, after: $after, asOf: $asOf) {
      edges { node { name } } pageInfo { hasNextPage endCursor } } }`;
    const asOf = { sequence: past.at(-1)?.sequence };
    const page = await api.get(auditor, query, { asOf });
    expect(page).toMatchObject({ edges: [{ node: { name: 'Chest' } }], pageInfo: { hasNextPage: true } });
    const { endCursor } = page['pageInfo'] as { readonly endCursor: string };
    const next = await api.get(auditor, query, { asOf, after: endCursor });
    expect(next).toMatchObject({ edges: [{ node: { name: 'Hands' } }], pageInfo: { hasNextPage: false } });
    for (const elsewhen of [{}, { asOf: { sequence: past[0]?.sequence } }]) {
      const { body } = await api.ask(auditor, query, { ...elsewhen, after: endCursor });
      expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('of projects is listed for nobody who annotates, by token or by registration, at any point', async () => {
    const query = 'query ($asOf: AsOf) { projects(asOf: $asOf) { edges { node { id } } } }';
    for (const person of [ana, cara, { name: 'ben', role: 'reviewer' }] satisfies readonly Person[]) {
      for (const asOf of [{ sequence: 1 }, { sequence: 1_000_000 }, { instant: past[0]?.instant }, {}]) {
        const { body } = await api.ask(person, query, { asOf });
        expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
      }
      expect((await api.ask(person, query, {})).body.errors).toBeUndefined();
    }
  });

  it('of a stream that stands still is not shown from there on', async () => {
    const [place] = await api.owner.query({
      text: `SELECT log.topic, log.partition, log.partition_seq, log.global_seq FROM journal.log
        WHERE log.stream_id = 'project-' || $1 ORDER BY log.global_seq DESC LIMIT 1`,
      values: [sample.projectId],
    });
    if (place === undefined) throw new Error('the project is not in the log');
    await api.owner.execute({
      text: `INSERT INTO view_1.parked_stream (topic, partition, stream_id, first_seq, error_class)
        VALUES ($1, $2, 'project-' || $3, $4, 'tried')`,
      values: [place['topic'], place['partition'], sample.projectId, place['partition_seq']],
    });
    const sequence = readInteger(place, 'global_seq');
    for (const query of [projectQuery, projectsQuery]) {
      const ask = async (asOf: object) => api.ask(auditor, query, { id: sample.projectId, asOf });
      expect((await ask({ sequence })).body.errors?.[0]?.extensions.code).toBe('STREAM_PARKED');
      expect((await ask({ sequence: sequence - 1 })).body.errors).toBeUndefined();
    }
    await api.owner.execute({ text: 'DELETE FROM view_1.parked_stream' });
  });

  it.each([
    ['two points at once', { sequence: 1, checkpoint: 1 }, 'BAD_USER_INPUT'],
    ['no point', {}, 'BAD_USER_INPUT'],
    ['a number below nothing', { sequence: -1 }, 'BAD_USER_INPUT'],
    ['a number that is not there yet', { sequence: 1_000_000 }, 'POINT_NOT_REACHED'],
    ['an instant to come', { instant: '2999-01-01T00:00:00.000Z' }, 'POINT_NOT_REACHED'],
    ['a head that was never signed', { checkpoint: 3 }, 'BAD_USER_INPUT'],
    ['a head of nothing', { checkpoint: 0 }, 'BAD_USER_INPUT'],
    ['no instant', { instant: 'yesterday' }, 'BAD_USER_INPUT'],
  ])('is refused at %s', async (_what, asOf, code) => {
    for (const [query, id] of [
      [caseQuery, caseId],
      [listQuery, sample.projectId],
      [projectQuery, sample.projectId],
      [projectsQuery, ''],
    ]) {
      const { body } = await api.ask(auditor, query ?? '', { id, asOf });
      expect([code]).toContain(body.errors?.[0]?.extensions.code);
    }
  });

  it('of another organisation is not there', async () => {
    const asOf = { sequence: past.at(-1)?.sequence };
    expect((await api.ask(stranger, caseQuery, { id: caseId, asOf })).body.data).toEqual({ case: null });
    expect((await api.ask(stranger, projectQuery, { id: sample.projectId, asOf })).body.data).toEqual({
      project: null,
    });
    expect(await api.get(stranger, projectsQuery, { asOf })).toMatchObject({ edges: [] });
  });

  it('waits for what is not shown yet, and says so', async () => {
    await api.get(lena, mutations.adoptProtocol, {
      input: { commandId: 'unseen', projectId: sample.projectId, protocol },
    });
    // Sequenced, and not projected.
    await api.owner.query({ text: 'SELECT journal.sequence((SELECT epoch FROM journal.head), 100)' });
    const [row] = await api.owner.query({ text: 'SELECT last_global_seq FROM journal.head' });
    const asOf = { sequence: row === undefined ? 0 : readInteger(row, 'last_global_seq') };
    const { body } = await api.ask(auditor, caseQuery, { id: caseId, asOf });
    expect(body.errors?.[0]?.extensions.code).toBe('VIEW_BEHIND');
    await api.project();
    expect((await api.ask(auditor, caseQuery, { id: caseId, asOf })).body.errors).toBeUndefined();
  });

  it('is not answered from views that have it in part only', async () => {
    await api.owner.query({ text: "UPDATE read_model.generation SET shape = 1 WHERE status = 'active'" });
    const { body } = await api.ask(auditor, caseQuery, { id: caseId, asOf: { sequence: 1 } });
    expect(body.errors?.[0]?.extensions.code).toBe('HISTORY_NOT_READY');
    expect((await api.ask(auditor, caseQuery, { id: caseId })).body.errors).toBeUndefined();
    await api.owner.query({
      text: "UPDATE read_model.generation SET shape = read_model.newest_shape() WHERE status = 'active'",
    });
  });
});

describe('the history of a thing', () => {
  const annotationHistory = `query ($id: ID!) { annotationHistory(id: $id) { caseId revision eventType actorRole reason note
    fromSequence annotation { regions { id x1 } } } }`;
  const regionHistory = `query ($id: ID!) { regionHistory(id: $id) { revision eventType region { id x1 } } }`;

  const annotations = async (person: Person = auditor): Promise<readonly Fields[]> =>
    list(
      await api.get(person, `query ($id: ID!) { case(id: $id) { annotations { id regions { id } } } }`, { id: caseId }),
      'annotations',
    );

  it('of an annotation is every state it had, with who and why', async () => {
    const versions = await Promise.all(
      (await annotations()).map(
        async ({ id }) => (await api.ask(auditor, annotationHistory, { id })).body.data?.['annotationHistory'],
      ),
    );
    const restored = versions.find((one) => Array.isArray(one) && one.length === 3) as readonly Fields[];
    expect(restored).toMatchObject([
      {
        revision: 1,
        eventType: 'annotationSubmitted',
        actorRole: 'annotator',
        reason: null,
        annotation: { regions: [{ x1: '11' }] },
      },
      { revision: 1, eventType: 'annotationWithdrawn', actorRole: 'lead', note: 'a note', annotation: null },
      {
        revision: 2,
        eventType: 'annotationAmended',
        actorRole: 'lead',
        note: 'a note',
        annotation: { regions: [{ x1: '11' }] },
      },
    ]);
    expect(restored[1]?.['reason']).toBe('wrongCase');
  });

  it('of a region says when it came, went and came back', async () => {
    const regionIds = (await annotations()).flatMap((one) => list(one, 'regions').map(({ id }) => id));
    const histories = await Promise.all(
      regionIds.map(
        async (id) => (await api.ask(auditor, regionHistory, { id })).body.data?.['regionHistory'] as readonly Fields[],
      ),
    );
    expect(histories.map(({ length }) => length).sort()).toEqual([1, 3]);
    expect(histories.find(({ length }) => length === 3)?.map(({ region }) => region !== null)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('of a project is its protocols and who adopted them', async () => {
    const { protocols } = await api.get(
      auditor,
      'query ($id: ID!) { project(id: $id) { protocols { version actorRole protocol { labels { term } } } } }',
      { id: sample.projectId },
    );
    expect(protocols).toMatchObject([
      { version: 1, actorRole: 'lead' },
      { version: 2, protocol: { labels: ['nodule', 'effusion', 'new'].map((term) => ({ term })) } },
      { version: 3 },
    ]);
  });

  it('of what is not there, or another organisation’s, is empty', async () => {
    const [first] = await annotations();
    for (const [person, id] of [
      [auditor, unknown],
      [auditor, 'x'],
      [stranger, first?.['id']],
    ] as const) {
      expect((await api.ask(person, annotationHistory, { id })).body.data).toEqual({ annotationHistory: [] });
      expect((await api.ask(person, regionHistory, { id })).body.data).toEqual({ regionHistory: [] });
    }
  });
});

describe('a proof', () => {
  const proofQuery = `query ($id: ID!, $since: Int) { eventProof(eventId: $id, since: $since) { __typename
    ... on EventProof { sequence meta payload salt previousStreamHash streamHash inclusion consistency head { size note } }
    ... on Invalid { problems { path code } } ... on Refusal { message } } }`;
  const bytes = (value: unknown): Buffer => Buffer.from(String(value), 'base64');
  let eventId = '';

  beforeAll(async () => {
    const [row] = await api.owner.query({
      text: `SELECT event_id::text FROM journal.event WHERE type = 'annotationSubmitted' AND stream_id = $1 LIMIT 1`,
      values: [`case-${caseId}`],
    });
    eventId = row === undefined ? '' : readText(row, 'event_id');
  });

  it('is not there before a head covers the event', async () => {
    expect(await api.get(auditor, proofQuery, { id: eventId })).toMatchObject({ __typename: 'NotSealedYet' });
  });

  it('verifies by the published rules alone', async () => {
    const sizes = await sealAll();
    const proof = await api.get(auditor, proofQuery, { id: eventId, since: sizes[0] });
    const [meta, payload, salt] = [bytes(proof['meta']), bytes(proof['payload']), bytes(proof['salt'])];
    const streamHash = streamLinkOf(bytes(proof['previousStreamHash']), payloadHashOf(salt, payload), meta);
    expect(Buffer.from(streamHash)).toEqual(bytes(proof['streamHash']));
    expect(JSON.parse(meta.toString())).toMatchObject({ eventId, type: 'annotationSubmitted' });
    const { size, note } = proof['head'] as { readonly size: number; readonly note: string };
    const root = rootIn(note);
    const sequence = Number(proof['sequence']);
    const inclusion = { index: sequence - 1, size, leafHash: leafHashOf(merkleLeafOf(sequence, streamHash)), root };
    expect(isIncluded({ ...inclusion, proof: (proof['inclusion'] as readonly string[]).map(bytes) })).toBe(true);
    expect(
      isConsistent({
        oldSize: sizes[0] ?? 0,
        oldRoot: rootIn(notes.get(sizes[0] ?? 0) ?? ''),
        size,
        root,
        proof: (proof['consistency'] as readonly string[]).map(bytes),
      }),
    ).toBe(true);
    const [row] = await api.owner.query({ text: 'SELECT actions FROM audit.read_access ORDER BY number DESC LIMIT 1' });
    expect(row?.['actions']).toEqual(['proof.read']);
  });

  it('comes with the head that covers the point of an answer', async () => {
    const query = `query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) { answeredFrom { sequence checkpoint { size } } } }`;
    const [smaller = 0] = [...notes.keys()];
    expect(await api.get(auditor, query, { id: caseId, asOf: { sequence: smaller - 1 } })).toEqual({
      answeredFrom: { sequence: smaller - 1, checkpoint: { size: smaller } },
    });
    expect(await api.get(auditor, query, { id: caseId, asOf: { checkpoint: smaller } })).toEqual({
      answeredFrom: { sequence: smaller, checkpoint: { size: smaller } },
    });
  });

  it('is refused for what is not there, and to whom it is not for', async () => {
    for (const id of [unknown, 'x'])
      expect(await api.get(auditor, proofQuery, { id })).toMatchObject({ __typename: 'NotFound' });
    const strange: Person = {
      ...auditor,
      ...(stranger.organisation === undefined ? {} : { organisation: stranger.organisation }),
    };
    expect(await api.get(strange, proofQuery, { id: eventId })).toMatchObject({ __typename: 'NotFound' });
    expect((await api.ask(ana, proofQuery, { id: eventId })).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    for (const since of [0, -1, 10_000]) {
      expect(await api.get(auditor, proofQuery, { id: eventId, since })).toMatchObject({
        __typename: 'Invalid',
        problems: [{ path: 'since', code: 'NO_SUCH_SIZE' }],
      });
    }
  });
});

const notes = new Map<number, string>();

const rootIn = (note: string): Uint8Array => checkpointIn(note)?.root ?? createHash('sha256').digest();

/** What the relay does: two heads over what there is. */
async function sealAll(): Promise<readonly number[]> {
  const database = new Database({ url: api.databaseUrl, role: 'consilium_relay', applicationName: 'spec' });
  const [log, seals] = [new PostgresLogReader(database), new PostgresSealStore(database)];
  const keys = [logSigningKey('consilium.example/spec', generateKeyPairSync('ed25519').privateKey)];
  const lease = await new PostgresRelayLease(database).acquire('sealer', 0);
  const leaves = (await log.leavesAfter(0, 10_000)).map(({ globalSeq, streamHash }) =>
    leafHashOf(merkleLeafOf(globalSeq, streamHash)),
  );
  let edge = emptyTree;
  for (const size of [leaves.length - 3, leaves.length]) {
    const sizeBefore = edge.size;
    const grown = growTree(edge, leaves.slice(sizeBefore, size));
    ({ edge } = grown);
    const head = { origin: 'consilium.example/spec', size, root: rootOfEdge(edge) };
    const note = sealCheckpoint(undefined, head, [], keys);
    notes.set(size, note);
    await seals.seal(lease?.epoch ?? 1, { sizeBefore, checkpoint: { size, note }, tiles: grown.written });
  }
  await database.close();
  return [...notes.keys()];
}

describe('an annotator', () => {
  it('who is not blinded sees the past of that case by instant, without numbers', async () => {
    const settledAgain = past.find(({ what }) => what === 'settled');
    const query = `query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) { status annotations { revision } answeredFrom { sequence } } }`;
    const ask = async (asOf: object) => (await api.ask(ana, query, { id: caseId, asOf })).body;
    expect((await ask({ instant: settledAgain?.instant })).data).toEqual({
      case: { status: 'SETTLED', annotations: [{ revision: 1 }, { revision: 1 }], answeredFrom: null },
    });
    for (const asOf of [{ sequence: 1 }, { checkpoint: 1 }, { sequence: 1_000_000 }]) {
      expect((await ask(asOf)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });

  it('who is blinded sees no past at all, and lists none', async () => {
    const [, blindedFor] = sample.caseIds as readonly CaseId[];
    for (const person of [ana, ben]) {
      const { body } = await api.ask(person, caseQuery, { id: blindedFor, asOf: { instant: past[0]?.instant } });
      expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
      const all = await api.ask(person, listQuery, { id: sample.projectId, asOf: { instant: past[0]?.instant } });
      expect(all.body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    const [own] = list(
      await api.get(ana, 'query ($id: ID!) { case(id: $id) { annotations { id } } }', { id: blindedFor }),
      'annotations',
    );
    const history = 'query ($id: ID!) { annotationHistory(id: $id) { revision fromSequence eventId } }';
    expect((await api.ask(ana, history, { id: own?.['id'] })).body.data).toEqual({
      annotationHistory: [{ revision: 1, fromSequence: null, eventId: null }],
    });
    expect((await api.ask(ben, history, { id: own?.['id'] })).body.data).toEqual({ annotationHistory: [] });
  });
});
