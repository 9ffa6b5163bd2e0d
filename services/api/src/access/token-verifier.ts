import { readFile } from 'node:fs/promises';
import { isUuid, roles } from '@consilium/domain';
import type { OrganisationId, PersonId } from '@consilium/domain';
import { createLocalJWKSet, createRemoteJWKSet, jwtVerify } from 'jose';
import type { JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Viewer } from './viewer.ts';

export interface TokenVerifierOptions {
  /** Public keys: https URL, or the path of a file. */
  readonly jwks: string;
  readonly issuer: string;
  readonly audience: string;
  /** @default Date.now */
  readonly nowMs?: () => number;
}

/** Missing, forged, expired, or not for us. Why is not told to whoever sent it. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

const uuid = z.string().refine(isUuid);
const claims = z.object({
  sub: uuid.transform((text) => text as PersonId),
  org: uuid.transform((text) => text as OrganisationId),
  role: z.enum(roles),
  exp: z.number(),
});

const longestTokenLength = 4_096;
const cachedTokens = 10_000;

/** The file has at least one public key and no private one. */
const keySet = z.object({
  keys: z.array(z.looseObject({ kty: z.string() }).refine((key) => !('d' in key))).min(1),
});

/**
 * Verifies signatures once a token and remembers whom it stands for until it ends: a client sends the same token with
 * every request, and checking a signature costs more than all else at this door.
 */
export class TokenVerifier {
  readonly #keys: JWTVerifyGetKey;
  readonly #options: TokenVerifierOptions;
  readonly #nowMs: () => number;
  readonly #verified = new Map<string, Viewer>();

  private constructor(keys: JWTVerifyGetKey, options: TokenVerifierOptions) {
    this.#keys = keys;
    this.#options = options;
    this.#nowMs = options.nowMs ?? Date.now;
  }

  static async create(options: TokenVerifierOptions): Promise<TokenVerifier> {
    const { jwks } = options;
    const keys = jwks.startsWith('https:')
      ? createRemoteJWKSet(new URL(jwks), { timeoutDuration: 5_000, cooldownDuration: 30_000 })
      : createLocalJWKSet(keySet.parse(JSON.parse(await readFile(jwks, 'utf8'))));
    return new TokenVerifier(keys, options);
  }

  /** @param authorization the whole header, `Bearer <token>`. @throws TokenRefused */
  async verify(authorization: unknown): Promise<Viewer> {
    const token = typeof authorization === 'string' ? /^Bearer ([\w.-]+)$/i.exec(authorization)?.[1] : undefined;
    if (token === undefined || token.length > longestTokenLength) throw new TokenRefused('there is no bearer token');
    const known = this.#verified.get(token);
    if (known !== undefined && this.#nowMs() < known.tokenEndsAtMs) return known;
    const viewer = await this.#read(token);
    // The oldest goes first: a Map keeps the order in which its keys came.
    for (const oldest of this.#verified.keys()) {
      if (this.#verified.size < cachedTokens) break;
      this.#verified.delete(oldest);
    }
    this.#verified.set(token, viewer);
    return viewer;
  }

  async #read(token: string): Promise<Viewer> {
    const { issuer, audience } = this.#options;
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        issuer,
        audience,
        algorithms: ['ES256', 'EdDSA', 'RS256'],
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(this.#nowMs()),
      });
      const { sub, org, role, exp } = claims.parse(payload);
      return { personId: sub, organisation: org, role, tokenEndsAtMs: exp * 1_000 };
    } catch (error) {
      throw new TokenRefused('the token was refused', { cause: error });
    }
  }
}
