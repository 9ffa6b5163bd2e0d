import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { GraphqlFailure, HttpFailure, NetworkFailure } from './client-errors.ts';
import { ConsiliumClient } from './consilium-client.ts';
import { me, registerAnnotator } from './operations.generated.ts';

const servers: Server[] = [];
type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A server on a free port of this machine that answers request after request as told, the last answer for ever. */
async function serve(...answers: readonly Answer[]): Promise<{ url: string; bodies: string[]; server: Server }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      bodies.push(body);
      answers[Math.min(bodies.length, answers.length) - 1]?.(request, response, body);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/graphql`, bodies, server };
}

const json =
  (value: unknown, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
const breakOff: Answer = (request) => request.socket.destroy();
const viewer = { id: '7d1c3b8e-6a56-4d0a-9c4e-0a6c25f0f001', role: 'lead' };
const registered = { registerAnnotator: { __typename: 'AnnotatorRegistered', annotatorId: 'a', token: 't' } };

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map(async (server) => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }),
  );
});

describe('a request', () => {
  it('carries document, variables and token, and gives the data', async () => {
    let authorization: string | undefined;
    const { url, bodies } = await serve((request, response, body) => {
      ({ authorization } = request.headers);
      json({ data: { me: viewer } })(request, response, body);
    });
    const client = new ConsiliumClient({ url, token: () => 'secret' });
    expect(await client.request(me, {})).toEqual({ me: viewer });
    expect(authorization).toBe('Bearer secret');
    expect(JSON.parse(bodies[0] ?? '')).toEqual({ operationName: 'me', query: me.document, variables: {} });
  });

  it('without an answer is sent again, the same, until one comes', async () => {
    const { url, bodies } = await serve(breakOff, json({}, 503), json({ data: registered }));
    const input = { commandId: 'once', projectId: 'p', personId: 'q' };
    expect(await new ConsiliumClient({ url, token: 't' }).request(registerAnnotator, { input })).toEqual(registered);
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain('"commandId":"once"');
  });

  it('gives up after so many attempts', async () => {
    const { url, bodies } = await serve(breakOff);
    const asked = new ConsiliumClient({ url, token: 't', attempts: 2 }).request(me, {});
    await expect(asked).rejects.toThrow(NetworkFailure);
    await expect(asked).rejects.toMatchObject({ operation: 'me', attempts: 2 });
    expect(bodies).toHaveLength(2);
  });

  it('is given up when the server keeps silent', async () => {
    const { url } = await serve(() => undefined);
    const asked = new ConsiliumClient({ url, token: 't', attempts: 1, timeoutMs: 20 }).request(me, {});
    await expect(asked).rejects.toThrow(NetworkFailure);
  });

  it('ends with the reason of its signal', async () => {
    const { url } = await serve(() => undefined);
    const abort = new AbortController();
    const asked = new ConsiliumClient({ url, token: 't' }).request(me, {}, { signal: abort.signal });
    abort.abort(new Error('no longer wanted'));
    await expect(asked).rejects.toThrow('no longer wanted');
  });

  it('that the server refuses as a whole fails with its codes, and is not sent again', async () => {
    const errors = [{ message: 'who are you', extensions: { code: 'UNAUTHENTICATED' } }];
    const { url, bodies } = await serve(json({ errors }, 401));
    const failure: unknown = await new ConsiliumClient({ url, token: 't' })
      .request(me, {})
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GraphqlFailure);
    expect(failure).toMatchObject({ problems: [{ code: 'UNAUTHENTICATED', message: 'who are you', path: [] }] });
    expect(bodies).toHaveLength(1);
  });

  it('with partial data fails rather than giving half an answer', async () => {
    const { url } = await serve(json({ data: { me: null }, errors: [{ message: 'broken', path: ['me', 0] }] }));
    await expect(new ConsiliumClient({ url, token: 't' }).request(me, {})).rejects.toMatchObject({
      problems: [{ code: 'UNKNOWN', path: ['me', 0] }],
    });
  });

  it('answered by something that is not GraphQL fails with the status', async () => {
    const { url } = await serve((_request, response) => response.writeHead(413).end('too large'));
    const asked = new ConsiliumClient({ url, token: 't' }).request(me, {});
    await expect(asked).rejects.toThrow(HttpFailure);
    await expect(asked).rejects.toMatchObject({ status: 413 });
  });
});

describe('many requests at once', () => {
  it('wait for their turn, and use connections again', async () => {
    let connections = 0;
    let most = 0;
    const held: (() => void)[] = [];
    // Answers three at a time: fewer at a time would wait for ever.
    const { url, server } = await serve((request, response, body) => {
      held.push(() => json({ data: { me: viewer } })(request, response, body));
      most = Math.max(most, held.length);
      if (held.length === 3) setImmediate(() => held.splice(0).forEach((answer) => answer()));
    });
    server.on('connection', () => (connections += 1));
    const client = new ConsiliumClient({ url, token: 't', requestsMaximum: 3 });
    await Promise.all(Array.from({ length: 60 }, () => client.request(me, {})));
    expect(most).toBe(3);
    expect(connections).toBeLessThan(30);
  });
});
