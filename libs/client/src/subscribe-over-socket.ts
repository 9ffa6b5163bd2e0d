import type { Client } from 'graphql-ws/client';
import { GraphqlFailure, NetworkFailure } from './client-errors.ts';
import { decodeAnswer, toProblem } from './decode-answer.ts';
import type { Operation } from './operation.ts';

/** The same address for sockets. */
export function webSocketUrl(url: string): string {
  return url.replace(/^http/, 'ws');
}

export async function* subscribeOverSocket<Variables extends Readonly<Record<string, unknown>>, Data>(
  socket: Client,
  operation: Operation<Variables, Data>,
  variables: Variables,
): AsyncIterableIterator<Data> {
  const { name, document } = operation;
  const frames = socket.iterate({ operationName: name, query: document, variables: { ...variables } });
  try {
    for await (const frame of frames) yield decodeAnswer(operation, frame);
  } catch (error) {
    throw explain(name, error);
  }
}

/** graphql-ws throws an array of GraphQL errors, the event of a closed socket, or an error. */
function explain(name: string, error: unknown): unknown {
  if (error instanceof GraphqlFailure) return error;
  if (Array.isArray(error)) return new GraphqlFailure(name, error.map(toProblem));
  if (isCloseEvent(error)) {
    return new NetworkFailure(name, 1, new Error(`socket closed with ${error.code} ${error.reason}`));
  }
  return new NetworkFailure(name, 1, error);
}

function isCloseEvent(value: unknown): value is { readonly code: number; readonly reason: string } {
  return typeof value === 'object' && value !== null && 'code' in value && 'reason' in value;
}
