import { text } from 'node:stream/consumers';
import { isUuid, roles } from '@consilium/domain';
import type { OrganisationId } from '@consilium/domain';
import { z } from 'zod';
import { localAudience, localIssuerName, localPersonId, openLocalIssuer } from './access/local-issuer.ts';

/*
 * A command of its own, for those who start this service: standard input names people, standard output gives each a token.
 *   echo '{"folder":"...","organisation":"<uuid>","people":[{"name":"ana","role":"annotator"}]}' | node dist/issue-token.js
 */

const request = z.strictObject({
  /** Where the key pair is, or is made. */
  folder: z.string().min(1),
  organisation: z
    .string()
    .refine(isUuid)
    .transform((id) => id as OrganisationId),
  issuer: z.string().min(1).default(localIssuerName),
  audience: z.string().min(1).default(localAudience),
  validForS: z
    .int()
    .min(1)
    .max(30 * 86_400)
    .default(30 * 86_400),
  people: z.array(z.strictObject({ name: z.string().min(1).max(200), role: z.enum(roles) })).max(1_000),
});

try {
  const { folder, organisation, issuer, audience, validForS, people } = request.parse(
    JSON.parse(await text(process.stdin)),
  );
  const local = await openLocalIssuer(folder);
  const issued = await Promise.all(
    people.map(async ({ name, role }) => {
      const personId = localPersonId(organisation, name);
      const token = await local.issue({ personId, organisation, role, issuer, audience, validForS });
      return { name, role, personId, token };
    }),
  );
  process.stdout.write(
    `${JSON.stringify({ jwksFile: local.jwksFile, issuer, audience, organisation, people: issued })}\n`,
  );
} catch (error) {
  process.stderr.write(`No token was issued: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
