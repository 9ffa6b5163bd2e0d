import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Audit, serverAudits } from 'graphql-http';
import { ApiUnderTest, lena } from '../testing/api-under-test.spec.ts';

/**
 * The audits of graphql-http, of the specification GraphQL over HTTP. Those of "MAY" that the server does not follow stand in
 * ADR 15 with the reason; of "MUST" and "SHOULD" there is none.
 */
let development: ApiUnderTest;
let production: ApiUnderTest;

beforeAll(async () => {
  development = await ApiUnderTest.start({ development: true });
  production = await ApiUnderTest.start();
});

afterAll(async () => Promise.all([development.stop(), production.stop()]));

const auditsOf = (api: () => ApiUnderTest): readonly Audit[] =>
  serverAudits({
    url: () => `${api().url}/graphql`,
    fetchFn: async (url: string, init: RequestInit = {}) => {
      const headers = {
        ...(init.headers as Record<string, string>),
        authorization: `Bearer ${await api().token(lena)}`,
      };
      return fetch(url, { ...init, headers });
    },
  });

const adr = readFileSync(new URL('../../../../docs/adr/0015-graphql-over-http.md', import.meta.url), 'utf8');

/** Ids of the audits in the table under a heading of the ADR. */
const idsUnder = (heading: string): readonly string[] => {
  const section = adr.split(`### ${heading}\n`)[1]?.split('\n#')[0];
  if (section === undefined) throw new Error(`ADR 15 has no section ${heading}`);
  return [...section.matchAll(/^\| `(\w{4})` \|/gm)].map(([, id = '']) => id);
};

describe('GraphQL over HTTP', () => {
  const unfollowed = idsUnder('Audits that are not followed');

  it.each(auditsOf(() => development).map(({ id, name, fn }) => [`${id} ${name}`, id, fn] as const))(
    '%s',
    async (_title, id, run) => {
      const result = await run();
      expect(result).toEqual(
        expect.objectContaining({ id, status: unfollowed.includes(id) ? expect.not.stringMatching('^ok$') : 'ok' }),
      );
    },
  );

  it('is not followed where ADR 15 says so, and never against a MUST', () => {
    const audits = new Map(auditsOf(() => development).map(({ id, name }) => [id, name]));
    expect(unfollowed.filter((id) => audits.get(id)?.startsWith('MUST') ?? true)).toEqual([]);
  });

  it('is followed in production too, but for audits that ask by introspection', async () => {
    const failed: string[] = [];
    for (const { id, fn } of auditsOf(() => production)) if ((await fn()).status !== 'ok') failed.push(id);
    expect(failed.sort()).toEqual([...idsUnder('Audits that ask by introspection'), ...unfollowed].sort());
  });
});

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly as?: 'nobody';
}

async function ask({ method = 'POST', headers = {}, body, search = {}, as }: Asked): Promise<Response> {
  const authorization = as === undefined ? { authorization: `Bearer ${await production.token(lena)}` } : {};
  return fetch(`${production.url}/graphql?${new URLSearchParams(search).toString()}`, {
    method,
    headers: { ...authorization, ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

const json = { 'content-type': 'application/json' };
const modern = { ...json, accept: 'application/graphql-response+json' };
const codeOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { errors?: readonly { extensions: { code: string } }[] }).errors?.[0]?.extensions.code;

describe('a request', () => {
  it('may be a query by GET, with variables, in any letters', async () => {
    const search = {
      query: 'query Named($name: ID!, $with: Boolean!) { project(id: $name) { id } me { role @include(if: $with) } }',
      variables: JSON.stringify({ name: 'Run🏃Swim🏊', with: true }),
      operationName: 'Named',
    };
    const response = await ask({ method: 'GET', search });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ data: { project: null, me: { role: 'lead' } } });
    const posted = await ask({
      headers: { 'content-type': 'application/json; charset=UTF-8' },
      body: JSON.stringify({ query: '{ me { role } } # Nódulo 🫁', extensions: { some: 'value' } }),
    });
    expect(await posted.json()).toEqual({ data: { me: { role: 'lead' } } });
  });

  it('by GET is no command', async () => {
    const response = await ask({ method: 'GET', search: { query: 'mutation { __typename }' } });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  it('by GET needs what another site cannot send', async () => {
    const response = await ask({ method: 'GET', as: 'nobody', search: { query: '{ me { id } }' } });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('CSRF');
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'])('by %s is told what would do', async (method) => {
    const response = await ask({ method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST');
    expect(await response.text()).toContain(method === 'HEAD' ? '' : 'METHOD_NOT_ALLOWED');
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded'],
    ['a form with files', 'multipart/form-data; boundary=x'],
    ['text', 'text/plain'],
    ['a bare document', 'application/graphql'],
    ['JSON in another charset', 'application/json; charset=iso-8859-1'],
    ['no type at all', 'json'],
  ])('with %s is told what would do', async (_what, type) => {
    const response = await ask({ headers: { 'content-type': type }, body: '{"query":"{ me { id } }"}' });
    expect(response.status).toBe(415);
    expect(response.headers.get('accept-post')).toBe('application/json');
    expect(await codeOf(response)).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  it.each(['text/html', 'application/xml;q=0.9', 'application/json;q=0'])(
    'that accepts %s alone is not carried out',
    async (accept) => {
      const input = { commandId: accept, name: 'Not to be', protocol: { readsPerCase: 1 } };
      const query = 'mutation ($input: CreateProjectInput!) { createProject(input: $input) { __typename } }';
      const response = await ask({
        headers: { ...json, accept },
        body: JSON.stringify({ query, variables: { input } }),
      });
      expect(response.status).toBe(406);
      expect(await codeOf(response)).toBe('NOT_ACCEPTABLE');
      expect(await production.owner.query({ text: 'SELECT count(*)::integer AS n FROM journal.event' })).toEqual([
        { n: 0 },
      ]);
    },
  );

  it.each([
    ['application/json;q=0.5, application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['application/graphql-response+json;q=0.5, application/json', 'application/json; charset=utf-8'],
    ['application/graphql-response+json, application/json', 'application/graphql-response+json; charset=utf-8'],
    ['text/html, */*;q=0.1', 'application/json; charset=utf-8'],
    ['application/*', 'application/json; charset=utf-8'],
  ])('that accepts %s is answered so, whatever is wrong with it', async (accept, type) => {
    for (const body of ['{"query":"{ me { id } }"}', '{"query":"{ nothing }"}', '{', '[]', '{}']) {
      const response = await ask({ headers: { ...json, accept }, body });
      expect(response.headers.get('content-type')).toBe(type);
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });

  const broken: readonly (readonly [string, object])[] = [
    ['does not parse', { query: '{' }],
    ['is not valid', { query: '{ nothing }' }],
    ['lacks a variable', { query: 'query ($id: ID!) { project(id: $id) { id } }' }],
    ['has no operation of this name', { query: '{ me { id } }', operationName: 'Other' }],
    ['is a subscription', { query: 'subscription { caseChanged(caseId: "x") { type } }' }],
  ];

  it.each(broken)('whose document %s is 400, or 200 as plain JSON', async (_what, body) => {
    const said = await ask({ headers: modern, body: JSON.stringify(body) });
    const unsaid = await ask({ headers: json, body: JSON.stringify(body) });
    expect([said.status, unsaid.status]).toEqual([400, 200]);
    expect(await said.json()).toEqual(await unsaid.json());
  });

  it.each([
    ['without token', { as: 'nobody' } as const, '{ me { id } }', 401],
    [
      'for what a lead may not',
      {},
      'mutation { renewLease(input: { caseId: "x", leaseToken: "y" }) { __typename } }',
      403,
    ],
  ])('%s says so by its status, as either type', async (_what, who, query, status) => {
    for (const headers of [json, modern]) {
      const response = await ask({ ...who, headers, body: JSON.stringify({ query }) });
      expect(response.status).toBe(status);
      expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
    }
  });
});
