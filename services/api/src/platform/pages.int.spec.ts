import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { printedSchemaFile, printSchemaText } from '../schema/printed-schema.ts';
import { ApiUnderTest } from '../testing/api-under-test.spec.ts';

let folder: string;
let production: ApiUnderTest;
let development: ApiUnderTest;
let unbuilt: ApiUnderTest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'consilium-console-'));
  for (const part of ['site', 'graphiql']) {
    await mkdir(join(folder, part, 'assets'), { recursive: true });
    await writeFile(join(folder, part, 'index.html'), `<title>${part}</title>`);
    await writeFile(join(folder, part, 'assets', 'main-abc.js'), `// ${part}`);
  }
  production = await ApiUnderTest.start({ consoleFolder: folder });
  development = await ApiUnderTest.start({ consoleFolder: folder, development: true });
  unbuilt = await ApiUnderTest.start({ consoleFolder: join(folder, 'nowhere') });
});

afterAll(async () => {
  await Promise.all([production.stop(), development.stop(), unbuilt.stop()]);
  await rm(folder, { recursive: true });
});

describe('pages', () => {
  it('are the console, under a strict content policy', async () => {
    const page = await fetch(`${production.url}/`);
    expect(await page.text()).toContain('site');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self';(?!.*unsafe)/);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const asset = await fetch(`${production.url}/assets/main-abc.js`);
    expect(await asset.text()).toBe('// site');
    expect(asset.headers.get('cache-control')).toContain('immutable');
  });

  it('are GraphiQL in development mode only', async () => {
    const page = await fetch(`${development.url}/graphiql`);
    expect(await page.text()).toContain('graphiql');
    expect((await fetch(`${development.url}/graphiql/assets/main-abc.js`)).status).toBe(200);
    expect((await fetch(`${production.url}/graphiql`)).status).toBe(404);
    expect((await fetch(`${production.url}/graphiql/assets/main-abc.js`)).status).toBe(404);
  });

  it('say how to build the console where it is not built', async () => {
    expect(await (await fetch(`${unbuilt.url}/`)).text()).toContain('npm run build');
  });

  it('are no way out of their folder', async () => {
    for (const path of ['/..%2f..%2fpackage.json', '/assets/..%2f..%2f..%2fetc%2fpasswd', '/%2e%2e/keys.json']) {
      expect((await fetch(`${production.url}${path}`)).status).toBeGreaterThanOrEqual(400);
    }
  });
});

describe('operations', () => {
  it('are told whether it lives and is ready, and its figures', async () => {
    expect((await fetch(`${production.url}/health/live`)).status).toBe(200);
    const ready = await fetch(`${production.url}/health/ready`);
    expect(await ready.json()).toMatchObject({ status: 'ok', checks: { database: { status: 'ok' } } });
    const metrics = await (await fetch(`${production.url}/metrics`)).text();
    expect(metrics).toContain('consilium_api_operation_seconds');
    expect(metrics).toContain('consilium_api_change_listeners');
  });
});

describe('introspection', () => {
  it('is there in development mode', async () => {
    const { body } = await development.ask({ name: 'dev', role: 'lead' }, '{ __schema { queryType { name } } }');
    expect(body).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
  });

  it('tells of the very schema that is printed in docs/schema.graphql, descriptions and all', async () => {
    const query = getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true });
    const { body } = await development.ask({ name: 'dev', role: 'lead' }, query);
    const served = buildClientSchema(body.data as unknown as IntrospectionQuery);
    expect(printSchemaText(served)).toBe(await readFile(printedSchemaFile, 'utf8'));
  });
});
