import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { uuidv5 } from '@consilium/contracts';
import type { OrganisationId, PersonId, Role } from '@consilium/domain';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { z } from 'zod';

/**
 * Tokens for local use, where no identity provider is: a key pair in a folder, and tokens signed with it for people who
 * are named by the operator. Whoever can read the private key is everybody.
 */
export interface LocalIssuer {
  /** Path of the public keys: what CONSILIUM_JWKS is set to. */
  readonly jwksFile: string;
  issue(request: TokenRequest): Promise<string>;
}

export interface TokenRequest {
  readonly personId: PersonId;
  readonly organisation: OrganisationId;
  readonly role: Role;
  readonly issuer: string;
  readonly audience: string;
  /** Seconds from now; 1 to 2,592,000 (30 days). */
  readonly validForS: number;
}

export const localIssuerName = 'consilium-local';
export const localAudience = 'consilium';

/** The same name is the same person: who holds a token is not written down anywhere else. */
export const localPersonId = (organisation: OrganisationId, name: string): PersonId =>
  uuidv5(organisation, `local-person:${name}`) as PersonId;

const algorithm = 'ES256';
const ownerOnly = 0o600;
const privateKey = z.looseObject({
  kty: z.literal('EC'),
  kid: z.string(),
  d: z.string(),
  x: z.string(),
  y: z.string(),
});

/** Makes the keys where there are none; processes that start together use those of the first. */
export async function openLocalIssuer(folder: string): Promise<LocalIssuer> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const keyFile = join(folder, 'issuer-key.json');
  const jwk = (await readKey(keyFile)) ?? (await makeKey(keyFile));
  const { d: _secret, ...publicKey } = jwk;
  const jwksFile = join(folder, 'jwks.json');
  await writeWhole(jwksFile, JSON.stringify({ keys: [{ ...publicKey, use: 'sig', alg: algorithm }] }));
  const key = await importJWK({ ...jwk, alg: algorithm });
  if (key instanceof Uint8Array) throw new Error(`${keyFile} is no key pair`);
  return { jwksFile, issue: async (request) => sign(key, jwk.kid, request) };
}

async function sign(key: CryptoKey, kid: string, request: TokenRequest): Promise<string> {
  return new SignJWT({ org: request.organisation, role: request.role })
    .setProtectedHeader({ alg: algorithm, kid })
    .setSubject(request.personId)
    .setIssuer(request.issuer)
    .setAudience(request.audience)
    .setIssuedAt()
    .setExpirationTime(`${request.validForS}s`)
    .sign(key);
}

async function readKey(path: string): Promise<z.output<typeof privateKey> | undefined> {
  try {
    return privateKey.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`${path} is no key of a local issuer`, { cause: error });
  }
}

async function makeKey(path: string): Promise<z.output<typeof privateKey>> {
  const pair = await generateKeyPair(algorithm, { extractable: true });
  const jwk = privateKey.parse({ ...(await exportJWK(pair.privateKey)), kid: randomUUID() });
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', ownerOnly);
  try {
    await file.writeFile(JSON.stringify(jwk));
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // Whole or not at all, and never over another process's key.
    await link(draft, path);
    return jwk;
  } catch (error) {
    const other = await readKey(path);
    if (other === undefined) throw error;
    return other;
  } finally {
    await unlink(draft);
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, text, { mode: 0o644 });
  await rename(draft, path);
}
