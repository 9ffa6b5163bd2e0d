import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrganisationId, PersonId } from '@consilium/domain';
import { type LocalIssuer, openLocalIssuer, type TokenRequest } from './local-issuer.ts';
import { TokenRefused, TokenVerifier } from './token-verifier.ts';

const request: TokenRequest = {
  personId: '11111111-1111-4111-8111-111111111111' as PersonId,
  organisation: '22222222-2222-4222-8222-222222222222' as OrganisationId,
  role: 'annotator',
  issuer: 'issuer',
  audience: 'audience',
  validForS: 60,
};

let folder: string;
let issuer: LocalIssuer;
let now = Date.now();
let verifier: TokenVerifier;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'consilium-tokens-'));
  issuer = await openLocalIssuer(folder);
  verifier = await TokenVerifier.create({
    jwks: issuer.jwksFile,
    issuer: 'issuer',
    audience: 'audience',
    nowMs: () => now,
  });
});

afterAll(async () => rm(folder, { recursive: true }));

const unsigned = (header: object, payload: object): string =>
  [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');

describe('tokens', () => {
  it('say who asks', async () => {
    const token = await issuer.issue(request);
    await expect(verifier.verify(`Bearer ${token}`)).resolves.toMatchObject({
      personId: request.personId,
      organisation: request.organisation,
      role: 'annotator',
    });
  });

  it('end, also when they were verified before', async () => {
    const token = `Bearer ${await issuer.issue(request)}`;
    const { tokenEndsAtMs } = await verifier.verify(token);
    now = tokenEndsAtMs;
    await expect(verifier.verify(token)).rejects.toThrow(TokenRefused);
    now = Date.now();
  });

  it.each([
    ['another issuer', { issuer: 'other' }],
    ['another audience', { audience: 'other' }],
    ['a role nobody has', { role: 'owner' as TokenRequest['role'] }],
    ['an organisation that is none', { organisation: 'mine' as OrganisationId }],
  ])('of %s are refused', async (_name, change) => {
    const token = await issuer.issue({ ...request, ...change });
    await expect(verifier.verify(`Bearer ${token}`)).rejects.toThrow(TokenRefused);
  });

  it('that somebody else signed are refused', async () => {
    const other = await openLocalIssuer(join(folder, 'other'));
    await expect(verifier.verify(`Bearer ${await other.issue(request)}`)).rejects.toThrow(TokenRefused);
  });

  it('with a changed payload are refused', async () => {
    const [header, , signature] = (await issuer.issue(request)).split('.');
    const payload = Buffer.from(JSON.stringify({ ...request, sub: request.personId, role: 'lead' })).toString(
      'base64url',
    );
    await expect(verifier.verify(`Bearer ${[header, payload, signature].join('.')}`)).rejects.toThrow(TokenRefused);
  });

  it('without a signature, or signed with the public key as a secret, are refused', async () => {
    const payload = {
      sub: request.personId,
      org: request.organisation,
      role: 'lead',
      iss: 'issuer',
      aud: 'audience',
      exp: 4e9,
    };
    const none = `${unsigned({ alg: 'none' }, payload)}.`;
    const content = unsigned({ alg: 'HS256' }, payload);
    const signature = createHmac('sha256', await readFile(issuer.jwksFile))
      .update(content)
      .digest('base64url');
    await expect(verifier.verify(`Bearer ${none}`)).rejects.toThrow(TokenRefused);
    await expect(verifier.verify(`Bearer ${content}.${signature}`)).rejects.toThrow(TokenRefused);
  });

  it.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['a scheme alone', 'Bearer '],
    ['another scheme', 'Basic abc'],
    ['two words', 'Bearer a b'],
    ['10,000 letters', `Bearer ${'a'.repeat(10_000)}`],
    ['no text', 42],
  ])('are refused where there is %s', async (_name, authorization) => {
    await expect(verifier.verify(authorization)).rejects.toThrow(TokenRefused);
  });
});

describe('the local issuer', () => {
  it('keeps its private key to its owner and out of the public file', async () => {
    expect((await stat(join(folder, 'issuer-key.json'))).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(issuer.jwksFile, 'utf8'))).not.toHaveProperty('keys.0.d');
  });

  it('goes on with the keys it has', async () => {
    const again = await openLocalIssuer(folder);
    await expect(verifier.verify(`Bearer ${await again.issue(request)}`)).resolves.toMatchObject({ role: 'annotator' });
  });
});
