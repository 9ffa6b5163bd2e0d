import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { GraphqlFailure } from './client-errors.ts';
import { ConsiliumClient } from './consilium-client.ts';
import { caseChanged } from './operations.generated.ts';
import { webSocketUrl } from './subscribe-over-socket.ts';

const schema = buildSchema(`
  type Query { me: ID }
  type Subscription { caseChanged(caseId: ID, projectId: ID, after: Token): CaseChange! }
  scalar Token
  type CaseChange { caseId: ID! type: String at: String! resync: Boolean! }
`);
const frame = (caseId: string) => ({
  caseChanged: { caseId, type: 'readsCompleted', at: '2026-01-01', resync: false },
});

let http: Server | undefined;
let stop: (() => void | Promise<void>) | undefined;

async function serve(frames: () => AsyncIterable<unknown>): Promise<string> {
  http = createServer();
  const { dispose } = useServer(
    {
      schema,
      onConnect: ({ connectionParams }: { readonly connectionParams?: Readonly<Record<string, unknown>> }) =>
        connectionParams?.['authorization'] === 'Bearer secret',
      subscribe: () => frames(),
    } as Parameters<typeof useServer>[0],
    new WebSocketServer({ server: http, path: '/graphql' }),
  );
  stop = dispose;
  await new Promise<void>((resolve) => http?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`;
}

afterEach(async () => {
  await stop?.();
  const server = http;
  [http, stop] = [undefined, undefined];
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
});

describe('a subscription', () => {
  it('goes to the same address by WebSocket', () => {
    expect(webSocketUrl('https://consilium.example/graphql')).toBe('wss://consilium.example/graphql');
  });

  it('carries the token and gives each frame in order, until the caller leaves', async () => {
    const url = await serve(async function* () {
      yield { data: frame('a') };
      yield { data: frame('b') };
      yield { data: frame('c') };
    });
    const client = new ConsiliumClient({ url, token: 'secret' });
    const seen: (string | null)[] = [];
    for await (const { caseChanged: change } of client.subscribe(caseChanged, { projectId: 'p' })) {
      seen.push(change.caseId);
      if (seen.length === 2) break;
    }
    await client.close();
    expect(seen).toEqual(['a', 'b']);
  });

  it('ends at once when the caller leaves while nothing happens', async () => {
    const url = await serve(async function* () {
      yield { data: frame('a') };
      await new Promise(() => undefined);
    });
    const client = new ConsiliumClient({ url, token: 'secret' });
    const frames = client.subscribe(caseChanged, { projectId: 'p' });
    await frames.next();
    const waiting = frames.next();
    expect(await frames.return()).toEqual({ done: true, value: undefined });
    expect(await waiting).toEqual({ done: true, value: undefined });
    await client.close();
  });

  it('ends with the errors of the server', async () => {
    const url = await serve(async function* () {
      yield { errors: [{ message: 'not yours', extensions: { code: 'FORBIDDEN' } }] };
    });
    const client = new ConsiliumClient({ url, token: 'secret' });
    await expect(client.subscribe(caseChanged, { projectId: 'p' }).next()).rejects.toThrow(GraphqlFailure);
    await client.close();
  });
});
