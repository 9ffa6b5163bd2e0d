import type { Client } from 'graphql-ws/client';
import { GraphqlFailure, NetworkFailure } from './client-errors.ts';
import { decodeAnswer, toProblem } from './decode-answer.ts';
import type { Operation } from './operation.ts';

/** Frames in their order. `return` ends it at once, also while a frame is waited for. */
export interface Subscription<Data> extends AsyncIterableIterator<Data> {
  return(): Promise<IteratorResult<Data>>;
}

const ended = { done: true, value: undefined } as const;

/** The same address for sockets. */
export function webSocketUrl(url: string): string {
  return url.replace(/^http/, 'ws');
}

/**
 * Not a generator: one that waits for a frame answers `return()` only after that frame, so who leaves a quiet subscription
 * would wait for ever.
 */
export function subscribeOverSocket<Variables extends Readonly<Record<string, unknown>>, Data>(
  socket: Client,
  operation: Operation<Variables, Data>,
  variables: Variables,
): Subscription<Data> {
  const { name, document } = operation;
  const frames = socket.iterate({ operationName: name, query: document, variables: { ...variables } });
  const subscription: Subscription<Data> = {
    next: async () => {
      try {
        const frame = await frames.next();
        return frame.done === true ? ended : { done: false, value: decodeAnswer(operation, frame.value) };
      } catch (error) {
        await frames.return?.();
        throw explain(name, error);
      }
    },
    return: async () => {
      await frames.return?.();
      return ended;
    },
    [Symbol.asyncIterator]: () => subscription,
  };
  return subscription;
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
