import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SystemUnderTest } from './system-under-test.ts';

interface Parts {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function decode(token: string): Parts {
  const [header, claims] = token
    .split('.')
    .slice(0, 2)
    .map((part): unknown => JSON.parse(Buffer.from(part, 'base64url').toString()));
  return { header: objectOf(header), claims: objectOf(claims) };
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

function assemble({ header, claims }: Parts, key: KeyObject | undefined): string {
  const signed = `${base64url(header)}.${base64url(claims)}`;
  if (key === undefined) return `${signed}.`;
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

/** Tokens that must open nothing, each made from a good one by one change. */
export function refusedTokens(system: SystemUnderTest, good: string): Readonly<Record<string, string>> {
  const { header, claims } = decode(good);
  const ours = readIssuerKey(system.folder);
  const theirs = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const now = Math.floor(Date.now() / 1_000);
  const [signedPart = '', claimPart = '', signature = ''] = good.split('.');
  return {
    'that has expired': assemble({ header, claims: { ...claims, iat: now - 7_200, exp: now - 3_600 } }, ours),
    'without an end': assemble({ header, claims: { ...claims, exp: undefined } }, ours),
    'without a signature, alg none': assemble({ header: { ...header, alg: 'none' }, claims }, undefined),
    'with the signature of another key': assemble({ header, claims }, theirs),
    'of another issuer': assemble({ header, claims: { ...claims, iss: 'https://elsewhere.example' } }, ours),
    'for another audience': assemble({ header, claims: { ...claims, aud: 'another-service' } }, ours),
    'with a role that does not exist': assemble({ header, claims: { ...claims, role: 'root' } }, ours),
    'whose claims were changed after signing': `${signedPart}.${base64url({ ...claims, role: 'administrator', sub: claims['sub'], at: 1 })}.${signature}`,
    'that is cut off': `${signedPart}.${claimPart}`,
    'that is no token': 'eyJhbGciOiJ',
  };
}

/** A good token with other claims, signed by the installation's own issuer. */
export function reissued(system: SystemUnderTest, good: string, changes: Readonly<Record<string, unknown>>): string {
  const { header, claims } = decode(good);
  const key = readIssuerKey(system.folder);
  return assemble({ header, claims: { ...claims, ...changes } }, key);
}

function readIssuerKey(folder: string): KeyObject {
  const jwk: unknown = JSON.parse(readFileSync(join(folder, 'secrets', 'issuer-key.json'), 'utf8'));
  return createPrivateKey({ key: { ...objectOf(jwk) }, format: 'jwk' });
}
