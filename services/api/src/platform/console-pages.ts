import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Where the console's build is, beside this service. */
const builtConsole = fileURLToPath(new URL('../../../console/dist', import.meta.url));

/** Everything from here and nothing from elsewhere; no page may frame ours. */
const policyOf = (more: string): string =>
  `default-src 'self'; connect-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; ${more}`;
const strictPolicy = policyOf("style-src 'self'; img-src 'self'");

/** GraphiQL's editor makes its styles at run time; it is there in development mode only. */
const graphiqlPolicy = policyOf(
  "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:",
);

const unbuiltPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Consilium</title>
<p>The console is not built. Run <code>npm run build</code>, then start again. The API answers at <code>/graphql</code>.</p></html>`;

export interface ConsolePagesOptions {
  readonly isDevelopment: boolean;
  /** @default the build beside this service */
  readonly consoleFolder?: string;
}

/** `/` is the console, `/graphiql/` (in development mode only) the explorer; all come with a strict content policy. */
export async function serveConsole(
  server: FastifyInstance,
  { isDevelopment, consoleFolder: folder = builtConsole }: ConsolePagesOptions,
): Promise<void> {
  server.addHook('onSend', async (request, reply) => {
    const isExplorer = isDevelopment && request.url.startsWith('/graphiql');
    void reply
      .header('content-security-policy', isExplorer ? graphiqlPolicy : strictPolicy)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header('cross-origin-opener-policy', 'same-origin');
  });
  const [site, explorer] = [join(folder, 'site'), join(folder, 'graphiql')];
  if (isDevelopment && existsSync(join(explorer, 'index.html'))) {
    await server.register(fastifyStatic, { root: explorer, prefix: '/graphiql', redirect: true, ...cached });
  }
  if (existsSync(join(site, 'index.html'))) {
    await server.register(fastifyStatic, { root: site, wildcard: false, decorateReply: false, ...cached });
  } else {
    server.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(unbuiltPage));
  }
}

/** Vite names files below assets/ by their content; pages are asked for anew. */
const cached = {
  cacheControl: false,
  setHeaders: (reply: { header(name: string, value: string): unknown }, path: string): void => {
    const isHashed = path.includes('/assets/');
    reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  },
} as const;
