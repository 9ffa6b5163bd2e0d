import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import {
  ana,
  ApiUnderTest,
  ben,
  lena,
  list,
  organisation,
  type Person,
  personIdOf,
  stranger,
} from '../testing/api-under-test.spec.ts';
import {
  annotation,
  type Claim,
  claim,
  everythingOfACase,
  mutations,
  protocol,
  sampleCase,
  sampleProject,
  type SampleProject,
  submission,
  undoPreview,
} from '../testing/sample-project.spec.ts';

/** Bad input is refused with a typed error and changes nothing. */
let api: ApiUnderTest;
let sample: SampleProject;
let held: Claim;
let before: readonly Readonly<Record<string, unknown>>[];

const unknown = '77777777-7777-4777-8777-777777777777';
const adam: Person = { name: 'adam', role: 'administrator' };

beforeAll(async () => {
  api = await ApiUnderTest.start();
  sample = await sampleProject(api, { readers: [ana, ben], cases: 2 });
  held = await claim(api, ana, sample.caseIds[0] ?? '', 'claim');
});

afterAll(async () => api.stop());

const stored = async (): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  api.owner.query({
    text: `SELECT (SELECT count(*) FROM journal.event) AS events, (SELECT count(*) FROM journal.command) AS commands,
      (SELECT count(*) FROM vault.subject_key) AS keys, (SELECT count(*) FROM journal.claim WHERE status = 'held') AS held`,
  });

beforeEach(async () => {
  before = await stored();
});

afterEach(async () => {
  expect(await stored()).toEqual(before);
});

const box = (change: object): object => {
  const whole = { ...annotation(held) } as { regions: readonly object[] };
  return { ...whole, regions: whole.regions.map((region) => ({ ...region, ...change })) };
};

const withFinding = (change: object): object => {
  const whole = { ...annotation(held) } as { findings: readonly object[] };
  return { ...whole, findings: whole.findings.map((finding) => ({ ...finding, ...change })) };
};

const submit = async (change: object, person: Person = ana): Promise<unknown> =>
  api.get(person, mutations.submitAnnotation, { input: submission('bad', held, change) });

describe('an annotation', () => {
  it.each([
    ['a box outside the image', { x2: '300.01' }, 'OUTSIDE_IMAGE'],
    ['a box that begins before it', { x1: '-0.5' }, 'OUTSIDE_IMAGE'],
    ['reversed corners', { x1: '70' }, 'REVERSED_CORNERS'],
    ['zero area', { x1: '60' }, 'ZERO_AREA'],
    ['NaN', { x1: 'NaN' }, 'NOT_A_DECIMAL'],
    ['infinity', { x1: '1e999' }, 'NOT_A_DECIMAL'],
    ['a number that text cannot keep', { x1: 1e21 }, 'NOT_A_DECIMAL'],
    ['words', { y1: 'ten' }, 'NOT_A_DECIMAL'],
    ['an unknown image', { imageId: unknown }, 'UNKNOWN_IMAGE'],
    ['an image that is no id', { imageId: 'x' }, 'UNKNOWN_IMAGE'],
  ])('with %s', async (_name, change, code) => {
    expect(await submit({ annotation: box(change) })).toMatchObject({
      __typename: 'Invalid',
      problems: expect.arrayContaining([{ path: 'regions[0]', code }]) as unknown,
    });
  });

  it.each([
    ['an unknown label', { labels: ['dragon'] }, 'UNKNOWN_TERM'],
    ['an unknown sentence', { sentenceId: unknown }, 'UNKNOWN_SENTENCE'],
    ['another version of a sentence', { sentenceVersion: 2 }, 'OTHER_VERSION'],
    ['a sentence without version', { sentenceVersion: null }, 'MISSING'],
    ['an attribute out of range', { attributes: [{ name: 'malignancy', number: 6 }] }, 'OUT_OF_RANGE'],
    ['an attribute of 1e308', { attributes: [{ name: 'malignancy', number: 1e308 }] }, 'OUT_OF_RANGE'],
    ['an attribute without value', { attributes: [{ name: 'malignancy' }] }, 'MISSING'],
    ['a region that is not there', { regions: ['z'] }, 'UNKNOWN_REGION'],
    ['an empty statement', { statement: {} }, 'MISSING'],
    ['a statement of 100,000 letters', { statement: { es: 'a'.repeat(100_000) } }, 'TOO_LONG'],
    ['a lone surrogate', { statement: { es: 'a\ud800' } }, 'BAD_TEXT'],
    ['the character NUL', { progression: 'a\0' }, 'BAD_TEXT'],
  ])('with %s', async (_name, change, code) => {
    const answer = await submit({ annotation: withFinding(change) });
    expect(answer).toMatchObject({ __typename: 'Invalid' });
    expect(JSON.stringify(answer)).toContain(`"${code}"`);
  });

  it('with 10,000 boxes', async () => {
    const one = { imageId: held.imageId, x1: '1', y1: '1', x2: '2', y2: '2' };
    const regions = Array.from({ length: 10_000 }, (_, index) => ({ key: String(index), ...one }));
    const input = JSON.stringify({
      query: mutations.submitAnnotation,
      variables: { input: submission('boxes', held, { annotation: { answer: 'FINDINGS', regions } }) },
    });
    // With short keys it fits; whatever does not is refused as a whole.
    const short = input.replaceAll(held.imageId, 'i');
    const headers = { authorization: `Bearer ${await api.token(ana)}` };
    expect((await api.send(short, headers)).body.data?.['submitAnnotation']).toMatchObject({
      problems: [{ path: 'regions', code: 'TOO_MANY' }],
    });
  });

  it('that says both something and nothing', async () => {
    const answer = await submit({ annotation: { ...annotation(held), answer: 'NOTHING_THERE' } });
    expect(answer).toMatchObject({ problems: [{ path: 'answer', code: 'CONTRADICTION' }] });
  });

  it('of a case that is not there, or held by somebody else', async () => {
    expect(await submit({ caseId: unknown })).toMatchObject({ __typename: 'NotFound' });
    expect(await submit({ caseId: 'not an id' })).toMatchObject({ __typename: 'NotFound' });
    expect(await submit({ leaseToken: 'not an id' })).toMatchObject({ __typename: 'StaleLease' });
    expect(await submit({}, ben)).toMatchObject({ __typename: 'StaleLease' });
  });

  it.each([
    ['an empty command id', { commandId: '' }],
    ['a command id of 201 characters', { commandId: 'a'.repeat(201) }],
  ])('with %s', async (_name, change) => {
    expect(await submit(change)).toMatchObject({ __typename: 'Invalid', problems: [{ path: 'commandId' }] });
  });

  it.each([
    ['an answer nobody knows', { annotation: { answer: 'MAYBE' } }],
    ['a revision that is no integer', { revision: 1.5 }],
    ['a revision beyond 32 bits', { revision: 2 ** 31 }],
    ['a field nobody knows', { weight: 1 }],
    ['a list where a text belongs', { caseId: ['a'] }],
    ['null where something must be', { annotation: null }],
  ])('with %s', async (_name, change) => {
    const { status, body } = await api.ask(ana, mutations.submitAnnotation, { input: submission('bad', held, change) });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('a project and its cases', () => {
  const create = async (change: object): Promise<unknown> =>
    api.get(lena, mutations.createProject, {
      input: { commandId: 'p', name: 'P', protocol: { ...protocol, ...change } },
    });

  it.each([
    ['no reads', { readsPerCase: 0 }, 'protocol.readsPerCase'],
    ['a lease of 0 seconds', { leaseSeconds: 0 }, 'protocol.leaseSeconds'],
    ['a gate above 1', { matchingGate: 1.1 }, 'protocol.matchingGate'],
    ['a label twice', { labels: [{ term: 'a' }, { term: 'a' }] }, 'protocol.labels[1]'],
    ['fewer reads at most than at first', { readsPerCase: 3, readsMaximum: 2 }, 'protocol.readsMaximum'],
    ['a panel of two', { adjudication: { panelSize: 2 } }, 'protocol.adjudication.panelSize'],
    ['a kind of region that nobody can draw yet', { regionKinds: ['MASK'] }, 'protocol.regionKinds[0]'],
    ['an attribute without range', { attributes: [{ kind: 'ORDINAL', name: 'a' }] }, 'protocol.attributes[0]'],
  ])('with %s', async (_name, change, path) => {
    const answer = await create(change);
    expect(answer).toMatchObject({ __typename: 'Invalid', problems: [{ path }] });
  });

  it('with a name of blanks, or with NUL in it', async () => {
    const named = async (name: string): Promise<unknown> =>
      api.get(lena, mutations.createProject, { input: { commandId: 'p', name, protocol } });
    expect(await named('  ')).toMatchObject({ problems: [{ path: 'name' }] });
    expect(await named('a\0b')).toMatchObject({ problems: [{ path: 'name', code: 'BAD_TEXT' }] });
  });

  it('with no case, or too many', async () => {
    const { projectId } = sample;
    for (const cases of [[], Array.from({ length: 101 }, (_, index) => sampleCase(100 + index))]) {
      const input = { commandId: 'i', projectId, cases };
      expect(await api.get(lena, mutations.importCases, { input })).toMatchObject({
        __typename: 'Invalid',
        problems: [{ path: 'cases' }],
      });
    }
  });

  it('of an unknown project, or for a person who is no id', async () => {
    const input = { commandId: 'i', projectId: unknown, cases: [sampleCase(0)] };
    expect(await api.get(lena, mutations.importCases, { input })).toMatchObject({ __typename: 'NotFound' });
    const register = { commandId: 'r', projectId: sample.projectId, personId: 'ana' };
    expect(await api.get(lena, mutations.registerAnnotator, { input: register })).toMatchObject({
      problems: [{ path: 'personId' }],
    });
  });
});

describe('a request', () => {
  const authorised = async (person: Person = lena): Promise<Readonly<Record<string, string>>> => ({
    authorization: `Bearer ${await api.token(person)}`,
  });

  it.each([
    ['malformed JSON', '{"query": ', 400, 'BAD_REQUEST'],
    ['no JSON object', '"text"', 400, 'BAD_REQUEST'],
    ['nothing', '', 400, 'BAD_REQUEST'],
    ['a batch', '[{"query":"{me{id}}"},{"query":"{me{id}}"}]', 400, 'BAD_REQUEST'],
    ['a document that does not parse', '{"query":"{ me { "}', 400, 'GRAPHQL_PARSE_FAILED'],
    ['a field that is not there', '{"query":"{ me { password } }"}', 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['introspection', '{"query":"{ __schema { types { name } } }"}', 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a subscription', '{"query":"subscription { caseChanged(caseId: \\"x\\") { type } }"}', 400, 'BAD_USER_INPUT'],
    ['more than 1 MiB', `{"query":"${'a'.repeat(1_100_000)}"}`, 413, 'PAYLOAD_TOO_LARGE'],
    ['a string of 1 MB as id', `{"query":"{ case(id: \\"${'a'.repeat(1_000_000)}\\") { id } }"}`, 200, undefined],
  ])('with %s', async (_name, body, status, code) => {
    const answer = await api.send(body, await authorised());
    expect({ status: answer.status, code: answer.body.errors?.[0]?.extensions.code }).toEqual({ status, code });
    expect(answer.text).not.toMatch(/node_modules|stacktrace|SELECT/);
  });

  it('that is no UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"query":"{ me { id } } # '),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ]);
    const answer = await api.send(new Uint8Array(bytes), await authorised());
    expect({ status: answer.status, code: answer.body.errors?.[0]?.extensions.code }).toEqual({
      status: 400,
      code: 'BAD_REQUEST',
    });
  });

  it('that a form could have sent', async () => {
    const answer = await api.send('{"query":"{ me { id } }"}', {
      ...(await authorised()),
      'content-type': 'text/plain',
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body.data).toBeUndefined();
  });

  const nested = (depth: number): string => (depth === 0 ? 'id' : `... on Case { ...f${depth} }`);

  it.each([
    ['aliases', `{ ${Array.from({ length: 16 }, (_, index) => `a${index}: me { id }`).join(' ')} }`],
    ['directives', `{ me { id ${'@include(if: true) '.repeat(21)} } }`],
    ['tokens', `{ ${'me { id } '.repeat(700)} }`],
    ['costs', `{ ${[1, 2, 3].map((index) => `a${index}: case(id: "x") { ${everythingOfACase} }`).join(' ')} }`],
  ])('with too many %s', async (_name, query) => {
    const { body } = await api.ask(lena, query);
    expect(body.data).toBeUndefined();
    expect(body.errors?.[0]?.extensions.code).toMatch(/^GRAPHQL_(VALIDATION|PARSE)_FAILED$/);
  });

  it('that goes round in fragments', async () => {
    const { body } = await api.ask(lena, `{ case(id: "x") { ...f1 } } fragment f1 on Case { ${nested(1)} }`);
    expect(body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it.each([
    ['no page', 0],
    ['a negative page', -1],
    ['a page of 101', 101],
  ])('for %s', async (_name, first) => {
    const { body } = await api.ask(lena, 'query ($first: Int) { projects(first: $first) { edges { cursor } } }', {
      first,
    });
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it.each(['x', '', 'AAAA', 'a'.repeat(43)])('with the forged cursor and token "%s"', async (forged) => {
    const cursor = await api.ask(lena, 'query ($c: Cursor) { changes(after: $c) { cursor } }', { c: forged });
    expect(cursor.body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const token = await api.ask(lena, 'query ($t: Token, $id: ID!) { project(id: $id, after: $t) { id } }', {
      t: forged,
      id: sample.projectId,
    });
    expect(token.body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('a person', () => {
  it.each([
    ['without a token', undefined],
    ['with a forged token', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
    ['with a scheme of another kind', 'Basic bGVuYTpsZW5h'],
  ])('%s', async (_name, authorization) => {
    const answer = await api.send('{"query":"{ me { id } }"}', authorization === undefined ? {} : { authorization });
    expect(answer.status).toBe(401);
    expect(answer.body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('whose token has ended', async () => {
    const token = await api.token(lena, -10);
    const answer = await api.send('{"query":"{ me { id } }"}', { authorization: `Bearer ${token}` });
    expect(answer.body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['annotator', mutations.createProject, { commandId: 'x', name: 'x', protocol }],
    ['annotator', mutations.importCases, { commandId: 'x', projectId: unknown, cases: [] }],
    ['reviewer', mutations.adoptProtocol, { commandId: 'x', projectId: unknown, protocol }],
    ['lead', mutations.claimCase, { commandId: 'x', caseId: unknown }],
    ['administrator', mutations.renewLease, { caseId: unknown, leaseToken: unknown }],
    ['operator', mutations.releaseRead, { commandId: 'x', caseId: unknown, leaseToken: unknown }],
  ] as const)('with the role %s, for what it may not do', async (role, query, input) => {
    const { status, body } = await api.ask({ name: 'someone', role, organisation }, query, { input });
    expect(status).toBe(403);
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('an undo', () => {
  const refusals: readonly (readonly [string, keyof typeof mutations, object, object])[] = [
    ['of an unknown case', 'withdrawAnnotation', { annotationId: unknown, revision: 1 }, { __typename: 'NotFound' }],
    ['of a case id that is none', 'reinstateCase', { caseId: "x' OR 1=1" }, { __typename: 'NotFound' }],
    [
      'to a revision below all',
      'restoreAnnotation',
      { annotationId: unknown, revision: -1, own: true },
      { why: 'REVISION_UNKNOWN' },
    ],
    [
      'of what nobody gave',
      'withdrawAnnotation',
      { annotationId: 'x', revision: 1, own: true },
      { why: 'NOTHING_COUNTS' },
    ],
    ['with an empty note', 'reinstateCase', { note: ' ' }, { problems: [{ path: 'note', code: 'BAD_LENGTH' }] }],
    [
      'with a note too long',
      'reinstateCase',
      { note: 'x'.repeat(4_001) },
      { problems: [{ path: 'note', code: 'BAD_LENGTH' }] },
    ],
    [
      'with a note that cannot be stored',
      'reinstateCase',
      { note: 'a\u0000' },
      { problems: [{ path: 'note', code: 'BAD_TEXT' }] },
    ],
  ];

  it.each(refusals)('%s', async (name, mutation, { own, ...change }: { own?: boolean }, expected) => {
    const caseId = own === true ? sample.caseIds[0] : unknown;
    const input = { commandId: name, caseId, reasonCode: 'OTHER', ...change };
    expect(await api.get(adam, mutations[mutation], { input })).toMatchObject(expected);
  });

  const scopes: readonly (readonly [string, object, string])[] = [
    ['of nothing', {}, 'of.personId'],
    ['of both', { personId: unknown, importCommandId: 'import' }, 'of.personId'],
    ['of a person that is none', { personId: 'ana' }, 'of.personId'],
    [
      'of an interval that ends before it begins',
      { personId: unknown, from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' },
      'of.to',
    ],
    ['of an import in an interval', { importCommandId: 'import', from: '2026-01-02T00:00:00Z' }, 'of.from'],
    ['of an import by nobody', { importCommandId: 'import', importedBy: 'lena' }, 'of.importedBy'],
    ['of a person, with reads', { personId: unknown, withReads: true }, 'of.importedBy'],
    ['of a project id that is none', { personId: unknown, projectId: 'x' }, 'of.projectId'],
  ];

  it.each(scopes)('%s', async (name, change, path) => {
    const of = { projectId: sample.projectId, ...change };
    const input = { commandId: name, of, previewToken: 'x', reasonCode: 'OTHER' };
    const answer = await api.get(adam, mutations.undoChanges, { input });
    expect(answer).toMatchObject({ __typename: 'Invalid', problems: [{ path }] });
    const { body } = await api.ask(adam, undoPreview, { input: of });
    expect(body.errors?.[0]?.extensions.code).toBe(path === 'of.projectId' ? 'NOT_FOUND' : 'BAD_USER_INPUT');
  });

  it.each([0, -1, 1_001])('with a limit of %s', async (limit) => {
    const of = { projectId: sample.projectId, personId: unknown };
    const input = { commandId: 'limit', of, previewToken: 'x', reasonCode: 'OTHER', limit };
    expect(await api.get(adam, mutations.undoChanges, { input })).toMatchObject({ problems: [{ path: 'limit' }] });
  });

  it.each(['2026-02-30T00:00:00Z', '2026-01-01', '1767225600000', '2026-01-01T00:00:00+01:00', 7])(
    'from the instant %s',
    async (from) => {
      const input = { projectId: sample.projectId, personId: unknown, from };
      const { body } = await api.ask(adam, undoPreview, { input });
      expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    },
  );

  it('of another organisation’s project and import', async () => {
    for (const scope of [{ personId: unknown }, { importCommandId: 'import' }]) {
      const { body } = await api.ask(stranger, undoPreview, { input: { projectId: sample.projectId, ...scope } });
      expect(body.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
  });

  it('with a cursor of another preview', async () => {
    const { token, edges } = await api.get(adam, undoPreview, {
      input: { projectId: sample.projectId, importCommandId: 'import', importedBy: personIdOf(lena) },
    });
    expect(typeof token).toBe('string');
    const [edge] = edges as readonly { readonly cursor: string }[];
    const input = { projectId: sample.projectId, personId: unknown };
    const { body } = await api.ask(adam, undoPreview, { input, after: edge?.cursor });
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('what administrators erase and export', () => {
  const adam: Person = { name: 'adam', role: 'administrator' };
  const erase = `mutation ($input: EraseSubjectInput!) { eraseSubject(input: $input) {
    __typename ... on Invalid { problems { path code } } } }`;
  const begin = `mutation ($input: BeginExportInput!) { beginExport(input: $input) {
    __typename ... on Invalid { problems { path code } } } }`;

  it.each([
    ['nobody', {}, 'subjectId', 'ONE_OF'],
    ['somebody twice', { subjectId: unknown, subjectKey: 'subject 0' }, 'subjectId', 'ONE_OF'],
    ['an id in another form', { subjectId: unknown.replaceAll('-', '') }, 'subjectId', 'NOT_A_UUID'],
    ['a key that cannot be stored', { subjectKey: 'a\u0000b' }, 'subjectKey', 'BAD_TEXT'],
    ['a command without id', { commandId: '', subjectKey: 'subject 0' }, 'commandId', 'BAD_LENGTH'],
  ])('does not erase %s', async (_what, change, path, code) => {
    const input = { commandId: 'bad', reason: 'OTHER', ...change };
    expect(await api.get(adam, erase, { input })).toMatchObject({ __typename: 'Invalid', problems: [{ path, code }] });
  });

  it('takes no reason but those it knows, as a reason is kept in the clear for ever', async () => {
    const input = { commandId: 'bad', reason: 'Because Ana said so', subjectKey: 'subject 0' };
    const { body } = await api.ask(adam, erase, { input });
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['to nobody', { recipient: '' }, 'recipient'],
    ['to a very long name', { recipient: 'x'.repeat(201) }, 'recipient'],
    ['for nothing', { purpose: ' ' }, 'purpose'],
  ])('puts no export on record %s', async (_what, change, path) => {
    const input = { commandId: 'bad', projectId: sample.projectId, recipient: 'r', purpose: 'p', ...change };
    expect(await api.get(adam, begin, { input })).toMatchObject({ __typename: 'Invalid', problems: [{ path }] });
    expect(await api.owner.query({ text: 'SELECT count(*)::integer AS n FROM audit.export' })).toEqual([{ n: 0 }]);
  });
});

describe('a long list of faulty rows', () => {
  it('is answered with a few problems a row, and no key is made for its subjects', async () => {
    const sentences = Array.from({ length: 100 }, (_, index) => ({ key: `${'k'.repeat(9)}${index}` }));
    const cases = Array.from({ length: 100 }, (_, index) => ({ ...sampleCase(index + 500), images: [], sentences }));
    const input = { commandId: `faulty`, projectId: sample.projectId, cases };
    const answer = await api.get(lena, mutations.importCases, { input });
    expect(answer).toMatchObject({ __typename: 'CasesImported' });
    expect(list(answer, 'rows')).toHaveLength(100);
    // The answer of a command that was accepted is kept.
    const after = await stored();
    expect(after).toMatchObject([{ ...before[0], commands: expect.any(Number) as unknown }]);
    before = after;
  });

  it('leaves the good rows their way when one is too large for an event', async () => {
    const long = { es: 'á'.repeat(4_000), en: 'ñ'.repeat(4_000) };
    const sentences = Array.from({ length: 20 }, (_, index) => ({ key: String(index), ...long }));
    const tooLarge = { ...sampleCase(900), sentences };
    const cases = [tooLarge, sampleCase(901), tooLarge];
    const answer = await api.get(lena, mutations.importCases, {
      input: { commandId: 'too large', projectId: sample.projectId, cases },
    });
    expect(list(answer, 'rows')).toMatchObject([
      { outcome: 'INVALID', problems: [{ code: 'TOO_LARGE' }] },
      { outcome: 'IMPORTED' },
      { outcome: 'INVALID', problems: [{ code: 'TOO_LARGE' }] },
    ]);
    before = await stored();
  });
});
