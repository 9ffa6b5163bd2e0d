import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseChanged, importCases, me, project, submitAnnotation, wholeCase } from '@consilium/client';
import { Database } from '@consilium/postgres';
import { Endings } from './harness/endings.ts';
import { refusedTokens, reissued } from './harness/forged-token.ts';
import { askOverSocket, bearer, knock, objectOf } from './harness/graphql-door.ts';
import type { DoorAnswer } from './harness/graphql-door.ts';
import { waitUntilDrained, journalSize } from './harness/stored-history.ts';
import { serversOfRun, startSystem } from './harness/system-under-test.ts';
import type { SystemUnderTest } from './harness/system-under-test.ts';
import { startWorkload } from './harness/workload.ts';
import type { HeldRead } from './harness/workload.ts';

type Json = Readonly<Record<string, unknown>>;

/** Deeper than any question the schema has an answer to. */
const nested = (levels: number): string => `{ ${'me { '.repeat(levels)} id ${'} '.repeat(levels)} }`;

/** In production mode, because introspection is open in the other. */
describe('bad input', () => {
  const endings = new Endings();
  let system: SystemUnderTest;
  let database: Database;
  let held: HeldRead;
  let projectId = '';
  let url = '';
  /** Of another organisation on the same installation: a person, a project, a case and a held read. */
  let foreign: { readonly projectId: string; readonly caseId: string; readonly leaseToken: string };

  beforeAll(async () => {
    system = await startSystem(serversOfRun(), { CONSILIUM_MODE: 'production' }, ['quality']);
    endings.add(() => system.stop());
    url = `${system.api.url}/graphql`;
    database = new Database({ url: system.databaseUrl, applicationName: 'consilium-tests', poolSize: 2 });
    endings.add(() => database.close());
    const workload = await startWorkload(system, 1);
    endings.add(() => workload.close());
    projectId = workload.projectId;
    const [read] = await workload.claimAll(await workload.importMore(2));
    if (read === undefined) throw new Error('nothing was claimed');
    held = read;
    foreign = await startForeignProject();
    await waitUntilDrained(database);
  });

  afterAll(() => endings.run());

  describe('in an annotation is named in the answer, and nothing is stored', () => {
    const inside = { x1: '10', y1: '10', x2: '20', y2: '20' };
    const boxes: Readonly<Record<string, readonly [Json, string]>> = {
      'a box that leaves the image on the right': [{ ...inside, x2: '2000.5' }, 'OUTSIDE_IMAGE'],
      'a box that leaves the image above': [{ ...inside, y1: '-0.5' }, 'OUTSIDE_IMAGE'],
      'a normalised box beyond 1': [
        { x1: '0.1', y1: '0.1', x2: '1.01', y2: '0.2', system: 'NORMALISED' },
        'OUTSIDE_IMAGE',
      ],
      'reversed corners': [{ ...inside, x1: '20', x2: '10' }, 'REVERSED_CORNERS'],
      'no area': [{ ...inside, x2: '10' }, 'ZERO_AREA'],
      NaN: [{ ...inside, x1: 'NaN' }, 'NOT_A_DECIMAL'],
      infinity: [{ ...inside, x2: 'Infinity' }, 'NOT_A_DECIMAL'],
      'an exponent without digits': [{ ...inside, x2: '1e' }, 'NOT_A_DECIMAL'],
      'a number that ends in something else': [{ ...inside, x2: '20px' }, 'NOT_A_DECIMAL'],
      'an image of another case': [{ ...inside, imageId: randomUUID() }, 'UNKNOWN_IMAGE'],
    };
    it.each(Object.entries(boxes))('%s', async (_, [box, code]) => {
      await refusedAs(code, { regions: [region(box)] });
    });

    it('a finding outside the protocol', async () => {
      await refusedAs('UNKNOWN_TERM', { findings: [{ labels: ['no such label'] }] });
      await refusedAs('UNKNOWN_ATTRIBUTE', {
        findings: [{ labels: ['nodule'], attributes: [{ name: 'colour', number: 1 }] }],
      });
      await refusedAs('OUT_OF_RANGE', {
        findings: [{ labels: ['nodule'], attributes: [{ name: 'certainty', number: 6 }] }],
      });
      await refusedAs('UNKNOWN_SENTENCE', {
        findings: [{ labels: ['nodule'], sentenceId: randomUUID(), sentenceVersion: 1 }],
      });
    });

    it('more boxes than anybody draws', async () => {
      const many = (count: number): Json => ({
        regions: Array.from({ length: count }, (_, index) => region({ ...inside, key: `${index}` })),
      });
      await refusedAs('TOO_MANY', many(5_000));
      const answer = await nothingChanges(() => submit(many(10_000)));
      expect(isRefused(answer)).toBe(true);
    });

    it('a text of a million characters, or one that no store can keep', async () => {
      await refusedAs('TOO_LONG', { findings: [{ labels: ['nodule'], statement: { en: 'x'.repeat(1_000_000) } }] });
      await refusedAs('BAD_TEXT', { findings: [{ labels: ['nodule'], statement: { en: 'half a \ud800 pair' } }] });
      await refusedAs('BAD_TEXT', { findings: [{ labels: ['nodule'], statement: { es: 'nul \0 byte' } }] });
    });

    it('a lease or revision that is not the own', async () => {
      for (const leaseToken of [randomUUID(), foreign.leaseToken, 'none', 'x'.repeat(100_000)]) {
        const answer = await nothingChanges(() => submit({}, { leaseToken }));
        expect(memberOf(answer)).toMatchObject({ __typename: 'StaleLease' });
      }
      expect(memberOf(await nothingChanges(() => submit({}, { revision: 7 })))).toMatchObject({
        __typename: 'StaleRevision',
        revision: 0,
      });
    });

    it('a command id that is empty or far too long', async () => {
      for (const commandId of ['', 'c'.repeat(201)]) {
        const answer = await nothingChanges(() => submit({}, { commandId }));
        expect(memberOf(answer)).toMatchObject({ __typename: 'Invalid', problems: [{ path: 'commandId' }] });
      }
    });
  });

  it('in a row of an import is named in its row, and leaves no event', async () => {
    const row = { externalKey: 'e', subjectKey: 's', position: 1, images: [{ key: 'i', rows: 100, columns: 100 }] };
    const rows = [
      { ...row, externalKey: 'x'.repeat(1_000) },
      { ...row, position: -1 },
      { ...row, images: [] },
      { ...row, images: [{ key: 'i', rows: 0, columns: 100 }] },
      { ...row, sentences: [{ key: 'k', es: 'x'.repeat(5_000) }] },
    ];
    const { events } = await journalSize(database);
    const input = { commandId: randomUUID(), projectId, cases: rows };
    const answer = objectOf(objectOf((await asLead(importCases.document, { input })).data)['importCases']);
    expect(answer['rows']).toEqual(
      rows.map(() => ({ outcome: 'INVALID', caseId: null, problems: expect.arrayContaining([expect.any(Object)]) })),
    );
    expect((await journalSize(database)).events).toBe(events);
  });

  describe('of another organisation is answered as what does not exist', () => {
    const operations: Readonly<
      Record<string, (ids: typeof foreign) => readonly [person: string, document: string, variables: Json]>
    > = {
      'a case': ({ caseId }) => ['lead', wholeCase.document, { id: caseId }],
      'a case, for an annotator': ({ caseId }) => ['annotator-1', wholeCase.document, { id: caseId }],
      'a project': (ids) => ['lead', project.document, { id: ids.projectId }],
      'the cases of a project': (ids) => [
        'lead',
        `query q($p: ID!) { cases(projectId: $p) { edges { node { id } } } }`,
        { p: ids.projectId },
      ],
      'the queue of a project': (ids) => [
        'annotator-1',
        `query q($p: ID!) { myQueue(projectId: $p) { available } }`,
        { p: ids.projectId },
      ],
      'the changes of a project': (ids) => [
        'lead',
        `query q($p: ID) { changes(projectId: $p) { changes { type } resync } }`,
        { p: ids.projectId },
      ],
      'a claim': ({ caseId }) => [
        'annotator-1',
        mutation('claimCase', 'ClaimCaseInput'),
        { input: { commandId: randomUUID(), caseId } },
      ],
      'a claim of the next': (ids) => [
        'annotator-1',
        mutation('claimNextCase', 'ClaimNextCaseInput'),
        { input: { commandId: randomUUID(), projectId: ids.projectId } },
      ],
      'a renewal': ({ caseId, leaseToken }) => [
        'annotator-1',
        mutation('renewLease', 'RenewLeaseInput'),
        { input: { caseId, leaseToken } },
      ],
      'a release': ({ caseId, leaseToken }) => [
        'annotator-1',
        mutation('releaseRead', 'ReleaseReadInput'),
        { input: { commandId: randomUUID(), caseId, leaseToken } },
      ],
      'a skip': ({ caseId, leaseToken }) => [
        'annotator-1',
        mutation('skipRead', 'SkipReadInput'),
        { input: { commandId: randomUUID(), caseId, leaseToken, reason: 'OTHER' } },
      ],
      'a submission': ({ caseId, leaseToken }) => [
        'annotator-1',
        submitAnnotation.document,
        { input: { commandId: randomUUID(), caseId, leaseToken, annotation: { answer: 'NOTHING_THERE' } } },
      ],
      'an import': (ids) => [
        'lead',
        importCases.document,
        {
          input: {
            commandId: randomUUID(),
            projectId: ids.projectId,
            cases: [{ externalKey: 'e', subjectKey: 's', position: 1, images: [{ key: 'i', rows: 9, columns: 9 }] }],
          },
        },
      ],
      'a registration': (ids) => [
        'lead',
        mutation('registerAnnotator', 'RegisterAnnotatorInput'),
        { input: { commandId: randomUUID(), projectId: ids.projectId, personId: randomUUID() } },
      ],
      'a protocol': (ids) => [
        'lead',
        mutation('adoptProtocol', 'AdoptProtocolInput'),
        { input: { commandId: randomUUID(), projectId: ids.projectId, protocol: { readsPerCase: 2 } } },
      ],
    };
    it.each(Object.entries(operations))('%s', async (_, operation) => {
      const unknown = { projectId: randomUUID(), caseId: randomUUID(), leaseToken: randomUUID() };
      const ask = ([person, document, variables]: ReturnType<typeof operation>): Promise<DoorAnswer> =>
        nothingChanges(() => send(person, document, variables));
      const ofOthers = await ask(operation(foreign));
      const ofNobody = await ask(operation(unknown));
      expect({ status: ofOthers.status, text: ofOthers.text }).toEqual({
        status: ofNobody.status,
        text: ofNobody.text,
      });
      expect(isRefusedOrEmpty(ofOthers)).toBe(true);
      const ofNoId = await ask(operation({ projectId: 'no id', caseId: "'; --", leaseToken: '' }));
      expect(isRefusedOrEmpty(ofNoId)).toBe(true);
    });

    it('a subscription', async () => {
      const ends = [];
      for (const id of [foreign.caseId, randomUUID()]) {
        ends.push(
          await askOverSocket(url, system.person('lead').token, {
            query: caseChanged.document,
            variables: { caseId: id },
          }),
        );
      }
      expect(ends[0]?.frames.map(withoutId)).toEqual(ends[1]?.frames.map(withoutId));
      expect(ends[0]?.frames).toMatchObject([
        { type: 'next', payload: { data: null, errors: [{ extensions: { code: 'NOT_FOUND' } }] } },
        { type: 'complete' },
      ]);
    });
  });

  describe('from somebody who may not is refused as forbidden', () => {
    const ids = (): Json => ({ caseId: held.caseId, leaseToken: held.leaseToken });
    const forbidden: readonly (readonly [string, string, () => readonly [string, Json]])[] = [
      [
        'annotator-1',
        'make a project',
        () => [
          mutation('createProject', 'CreateProjectInput'),
          { input: { commandId: randomUUID(), name: 'n', protocol: { readsPerCase: 1 } } },
        ],
      ],
      [
        'annotator-1',
        'import',
        () => [importCases.document, { input: { commandId: randomUUID(), projectId, cases: [] } }],
      ],
      [
        'annotator-1',
        'register',
        () => [
          mutation('registerAnnotator', 'RegisterAnnotatorInput'),
          { input: { commandId: randomUUID(), projectId, personId: randomUUID() } },
        ],
      ],
      ['annotator-1', 'read the changes', () => ['{ changes { resync } }', {}]],
      [
        'lead',
        'claim',
        () => [mutation('claimCase', 'ClaimCaseInput'), { input: { commandId: randomUUID(), caseId: held.caseId } }],
      ],
      [
        'lead',
        'submit',
        () => [
          submitAnnotation.document,
          { input: { commandId: randomUUID(), ...ids(), annotation: { answer: 'NOTHING_THERE' } } },
        ],
      ],
      [
        'reviewer',
        'submit',
        () => [
          submitAnnotation.document,
          { input: { commandId: randomUUID(), ...ids(), annotation: { answer: 'NOTHING_THERE' } } },
        ],
      ],
      ['auditor', 'import', () => [importCases.document, { input: { commandId: randomUUID(), projectId, cases: [] } }]],
      ['operator', 'see a case', () => [wholeCase.document, { id: held.caseId }]],
      [
        'adjudicator',
        'see who annotates',
        () => [`query q($p: ID!) { project(id: $p) { annotators { personId } } }`, { p: projectId }],
      ],
    ];
    it.each(forbidden)('%s may not %s', async (person, _, request) => {
      const answer = await nothingChanges(() => send(person, ...request()));
      expect(answer.codes).toEqual(['FORBIDDEN']);
      expect(answer.data).toBeUndefined();
    });

    it('an annotator of no project, or with the lease of another, gets no work', async () => {
      const claim = await nothingChanges(() =>
        send('annotator-2', mutation('claimCase', 'ClaimCaseInput'), {
          input: { commandId: randomUUID(), caseId: held.caseId },
        }),
      );
      expect(memberOf(claim)).toMatchObject({ __typename: 'NotAnAnnotator' });
      const input = { commandId: randomUUID(), ...ids(), annotation: { answer: 'NOTHING_THERE' } };
      const submission = await nothingChanges(() => send('annotator-2', submitAnnotation.document, { input }));
      expect(memberOf(submission)).toMatchObject({ __typename: 'StaleLease' });
    });
  });

  describe('instead of a token opens nothing', () => {
    const kinds = [
      'that has expired',
      'without an end',
      'without a signature, alg none',
      'with the signature of another key',
      'of another issuer',
      'for another audience',
      'with a role that does not exist',
      'whose claims were changed after signing',
      'that is cut off',
      'that is no token',
    ];
    it.each(kinds)('one %s', async (kind) => {
      const token = refusedTokens(system, system.person('annotator-1').token)[kind] ?? '';
      const answer = await nothingChanges(() => post(submitBody({}), bearer(token)));
      expect({ status: answer.status, codes: answer.codes }).toEqual({ status: 401, codes: ['UNAUTHENTICATED'] });
      const socket = await askOverSocket(url, token, {
        query: caseChanged.document,
        variables: { caseId: held.caseId },
      });
      expect(socket).toEqual({ frames: [], closeCode: 4401 });
    });

    it('none at all', async () => {
      const answer = await nothingChanges(() => post(submitBody({}), {}));
      expect({ status: answer.status, codes: answer.codes }).toEqual({ status: 401, codes: ['UNAUTHENTICATED'] });
    });

    it('while the one that all of these were made from is good, signed anew by the same hand too', async () => {
      const good = system.person('annotator-1').token;
      for (const token of [good, reissued(system, good, { jti: randomUUID() })]) {
        expect(await post(JSON.stringify({ query: me.document }), bearer(token))).toMatchObject({
          status: 200,
          codes: [],
        });
      }
    });
  });

  describe('in the request itself is refused before it runs', () => {
    const documents: Readonly<Record<string, string>> = {
      'a syntax error': '{ me { id ',
      'a field that does not exist': '{ me { password } }',
      'an argument of another type': '{ cases(projectId: "x", first: "many") { pageInfo { hasNextPage } } }',
      'a document nested hundreds of levels deep': nested(600),
      'a type nested hundreds of levels deep': `query q($a: ${'['.repeat(900)}ID${']'.repeat(900)}) { me { id } }`,
      'many aliases': `{ ${Array.from({ length: 200 }, (_, index) => `a${index}: me { id }`).join(' ')} }`,
      'fragments in a circle': 'query q { me { ...a } } fragment a on Viewer { ...b } fragment b on Viewer { ...a }',
      'many directives': `{ me { id ${'@include(if: true) '.repeat(100)} } }`,
      'far too many tokens': `{ me { ${'id '.repeat(20_000)} } }`,
      introspection: '{ __schema { types { name fields { name } } } }',
      'introspection of one type': '{ __type(name: "Case") { fields { name } } }',
    };
    it.each(Object.entries(documents))('%s, over HTTP and over a socket', async (_, query) => {
      const answer = await nothingChanges(() => post(JSON.stringify({ query }), bearer(system.person('lead').token)));
      expect(answer.status).toBe(400);
      expect(answer.codes.length).toBeGreaterThan(0);
      for (const code of answer.codes)
        expect(code).toMatch(
          /^(GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED|BAD_USER_INPUT|BAD_REQUEST|PERSISTED_QUERY_NOT_SUPPORTED)$/,
        );
      expect(answer.data).toBeUndefined();
      const subscription = query.replace(/^(query q )?\{/, 'subscription { caseChanged(caseId: "x") { type } ');
      const { frames, closeCode } = await askOverSocket(url, system.person('lead').token, { query: subscription });
      expect(frames.map(({ type }) => type).filter((type) => type !== 'error')).toEqual([]);
      expect(frames.length > 0 || (closeCode ?? 1000) >= 4000 || closeCode === 1009).toBe(true);
    });

    it('anything but a subscription over a socket', async () => {
      const read = {
        commandId: randomUUID(),
        caseId: held.caseId,
        leaseToken: held.leaseToken,
        annotation: { answer: 'NOTHING_THERE' },
      };
      const before = await journalSize(database);
      for (const payload of [
        { query: submitAnnotation.document, variables: { input: read } },
        { query: me.document },
        { query: wholeCase.document, variables: { id: held.caseId } },
        { query: '{ __schema { types { name } } }' },
      ]) {
        const { frames } = await askOverSocket(url, system.person('annotator-1').token, payload);
        expect(frames).toMatchObject([{ type: 'error' }]);
      }
      expect(await journalSize(database)).toEqual(before);
    });

    const bodies: Readonly<Record<string, () => string | Uint8Array<ArrayBuffer>>> = {
      'JSON that is cut off': () => submitBody({}).slice(0, -2),
      'no JSON at all': () => 'query=1',
      'NaN as a number': () => submitBody({}).replace('"revision":0', '"revision":NaN'),
      'a byte that is no UTF-8': () => {
        const bytes = Buffer.from(submitBody({ findings: [{ labels: ['nodule'], statement: { en: 'a?b' } }] }));
        bytes[bytes.indexOf('a?b') + 1] = 0xff;
        return new Uint8Array(bytes);
      },
      'a batch of requests': () => `[${submitBody({})},${submitBody({})}]`,
      'an empty body': () => '',
      null: () => 'null',
      'a number where an object is wanted': () => '7',
    };
    it.each(Object.entries(bodies))('%s', async (_, body) => {
      const answer = await nothingChanges(() => post(body(), bearer(system.person('annotator-1').token)));
      expect(answer.status).toBe(400);
      expect(answer.codes.length).toBeGreaterThan(0);
      expect(answer.codes).not.toContain('INTERNAL_SERVER_ERROR');
    });

    it('a body of more than 1 MiB', async () => {
      const body = submitBody({ findings: [{ labels: ['nodule'], statement: { en: 'x'.repeat(1_100_000) } }] });
      const answer = await nothingChanges(() => post(body, bearer(system.person('annotator-1').token)));
      expect(answer).toMatchObject({ status: 413, codes: ['PAYLOAD_TOO_LARGE'] });
    });

    it('a command by GET, or as a form that a page elsewhere could post', async () => {
      const headers = bearer(system.person('annotator-1').token);
      const before = await journalSize(database);
      const { query, variables } = submitParts({});
      const address = `${url}?${new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString()}`;
      const byGet = await fetch(address, { headers: { ...headers, 'apollo-require-preflight': '1' } });
      expect([400, 404, 405]).toContain(byGet.status);
      const form = await knock(url, submitBody({}), { ...headers, 'content-type': 'text/plain' });
      expect([400, 415]).toContain(form.status);
      expect(await journalSize(database)).toEqual(before);
    });
  });

  it('has left the system at work: the same submission without a fault is stored', async () => {
    for (const service of system.services) expect([service.name, service.isRunning]).toEqual([service.name, true]);
    const before = await journalSize(database);
    expect(memberOf(await submit({}))).toMatchObject({ __typename: 'AnnotationSubmitted', revision: 1 });
    expect((await journalSize(database)).commands).toBe(before.commands + 1);
  });

  function region(box: Json): Json {
    return { key: 'box', imageId: held.imageId, ...box };
  }

  function submitParts(annotation: Json, changes: Json = {}): { readonly query: string; readonly variables: Json } {
    const input = {
      commandId: randomUUID(),
      caseId: held.caseId,
      leaseToken: held.leaseToken,
      revision: 0,
      annotation: { answer: 'FINDINGS', findings: [{ labels: ['nodule'] }], ...annotation },
      ...changes,
    };
    return { query: submitAnnotation.document, variables: { input } };
  }

  const submitBody = (annotation: Json, changes: Json = {}): string => JSON.stringify(submitParts(annotation, changes));

  const submit = (annotation: Json, changes: Json = {}): Promise<DoorAnswer> =>
    post(submitBody(annotation, changes), bearer(system.person('annotator-1').token));

  const post = (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Readonly<Record<string, string>>,
  ): Promise<DoorAnswer> => knock(url, body, headers);

  const send = (person: string, query: string, variables: Json): Promise<DoorAnswer> =>
    post(JSON.stringify({ query, variables }), bearer(system.person(person).token));

  const asLead = (query: string, variables: Json): Promise<DoorAnswer> => send('lead', query, variables);

  async function refusedAs(code: string, annotation: Json): Promise<void> {
    const answer = await nothingChanges(() => submit(annotation));
    expect(memberOf(answer)).toMatchObject({
      __typename: 'Invalid',
      problems: expect.arrayContaining([expect.objectContaining({ code })]),
    });
  }

  /** Everything that a command writes is as it was: events, commands, claims, keys. */
  async function nothingChanges(ask: () => Promise<DoorAnswer>): Promise<DoorAnswer> {
    const before = await journalSize(database);
    const answer = await ask();
    expect(await journalSize(database)).toEqual(before);
    return answer;
  }

  async function startForeignProject(): Promise<typeof foreign> {
    const organisation = randomUUID();
    const people = await system.issueTokens(
      [
        { name: 'lead', role: 'lead' },
        { name: 'annotator-1', role: 'annotator' },
      ],
      organisation,
    );
    const elsewhere = {
      ...system,
      person: (name: string) => {
        const person = people.find((candidate) => candidate.name === name);
        if (person === undefined) throw new Error(`nobody is called ${name}`);
        return person;
      },
    };
    const workload = await startWorkload(elsewhere, 1);
    const [read] = await workload.claimAll(await workload.importMore(1));
    await workload.close();
    if (read === undefined) throw new Error('nothing was claimed');
    return { projectId: workload.projectId, caseId: read.caseId, leaseToken: read.leaseToken };
  }
});

const mutation = (field: string, input: string): string =>
  `mutation m($input: ${input}!) { ${field}(input: $input) { __typename ... on Refusal { message } } }`;

const memberOf = ({ data }: DoorAnswer): unknown => Object.values(data ?? {})[0];

const refusals = ['Invalid', 'NotFound', 'StaleLease', 'NotAnAnnotator', 'CaseNotAvailable'];

function isRefused(answer: DoorAnswer): boolean {
  const typename = String(objectOf(memberOf(answer))['__typename']);
  return refusals.includes(typename) || (answer.status < 500 && answer.codes.length > 0 && answer.data === undefined);
}

/** A query for what is not there has null or an empty list for an answer. */
function isRefusedOrEmpty(answer: DoorAnswer): boolean {
  if (isRefused(answer) || memberOf(answer) === null) return true;
  const { edges, changes } = objectOf(memberOf(answer));
  return [edges, changes].some((list) => Array.isArray(list) && list.length === 0);
}

const withoutId = ({ id: _id, ...frame }: Json): Json => frame;
