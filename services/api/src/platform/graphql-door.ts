import { MIMEType } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { answerTypeFor } from './answer-type.ts';
import { RequestRefused } from './request-refused.ts';

export const graphqlPath = '/graphql';

const methods = 'GET, POST';

/**
 * What is wrong with a request beside its document is said before anything of it runs: a command whose answer the client
 * would not understand is not carried out. Answers are for one person at one time, so nobody keeps them.
 */
export function guardGraphql(server: FastifyInstance): void {
  server.addHook('onRequest', async ({ method, url, headers }, reply) => {
    if (url.split('?', 1)[0] !== graphqlPath) return;
    void reply.header('cache-control', 'no-store');
    const refused = refusalOf(method, headers['content-type'], headers.accept);
    if (refused !== undefined) throw refused;
  });
}

function refusalOf(
  method: string,
  contentType: string | undefined,
  accept: string | undefined,
): RequestRefused | undefined {
  if (method !== 'GET' && method !== 'POST') {
    return new RequestRefused(405, `Send ${methods} and nothing else.`, { allow: methods });
  }
  if (method === 'POST' && !isJsonInUtf8(contentType)) {
    return new RequestRefused(415, 'Send application/json in UTF-8.', { 'accept-post': 'application/json' });
  }
  if (answerTypeFor(accept) === undefined) {
    return new RequestRefused(406, 'Accept application/graphql-response+json or application/json.', {});
  }
  return undefined;
}

function isJsonInUtf8(contentType: string | undefined): boolean {
  try {
    const { essence, params } = new MIMEType(contentType ?? '');
    return essence === 'application/json' && /^utf-?8$/i.test(params.get('charset') ?? 'utf-8');
  } catch {
    return false;
  }
}
