import { createClient } from 'graphql-ws/client';
import type { Client } from 'graphql-ws/client';
import { HttpFailure, NetworkFailure } from './client-errors.ts';
import { NoGraphqlAnswer, decodeAnswer } from './decode-answer.ts';
import type { Operation } from './operation.ts';
import { postJson } from './post-json.ts';
import type { PostedAnswer } from './post-json.ts';
import { subscribeOverSocket, webSocketUrl } from './subscribe-over-socket.ts';
import type { Subscription } from './subscribe-over-socket.ts';
import { Turnstile } from './turnstile.ts';

export interface ClientOptions {
  /** Of the GraphQL endpoint, such as http://127.0.0.1:4000/graphql. */
  readonly url: string;
  /** A JWT; asked for anew at every request if it is a function. */
  readonly token: string | (() => string);
  /** For each attempt. @default 30_000 */
  readonly timeoutMs?: number;
  /** Times a request is sent if no answer comes. @default 5 */
  readonly attempts?: number;
  /** Requests under way at a time; others wait. Sockets are as many, or a few more while one is given back. @default 32 */
  readonly requestsMaximum?: number;
  /** @default globalThis.fetch, which keeps connections alive */
  readonly fetch?: typeof fetch;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
}

const firstPauseMs = 100;
const longestPauseMs = 5_000;

/**
 * Speaks GraphQL over HTTP, and over WebSocket for subscriptions.
 *
 * A request that got no answer is sent again as it is: every command carries its commandId, so it happens once, and the
 * repeat gets the answer of the first. Refusals are answers, told apart by `__typename`.
 */
export class ConsiliumClient {
  readonly #options: Required<Pick<ClientOptions, 'url' | 'timeoutMs' | 'attempts' | 'fetch'>>;
  readonly #token: () => string;
  readonly #turnstile: Turnstile;
  #socket: Client | undefined;

  constructor({ url, token, timeoutMs = 30_000, attempts = 5, requestsMaximum = 32, fetch }: ClientOptions) {
    this.#options = { url, timeoutMs, attempts, fetch: fetch ?? globalThis.fetch };
    this.#token = typeof token === 'string' ? () => token : token;
    this.#turnstile = new Turnstile(requestsMaximum);
  }

  /**
   * @throws NetworkFailure, HttpFailure, GraphqlFailure; the reason of `signal`
   */
  request<Variables, Data>(
    operation: Operation<Variables, Data>,
    variables: Variables,
    { signal }: RequestOptions = {},
  ): Promise<Data> {
    const { name, document } = operation;
    const body = JSON.stringify({ operationName: name, query: document, variables });
    return this.#turnstile.pass(async () => decodePosted(operation, await this.#postUntilAnswered(name, body, signal)));
  }

  /**
   * Frames as they come, until the caller leaves the loop or the server ends. A lost connection is made again; what
   * happened in between has no frame, so query again what you show after `resync` or a pause.
   * @throws GraphqlFailure, NetworkFailure, from the iteration
   */
  subscribe<Variables extends Readonly<Record<string, unknown>>, Data>(
    operation: Operation<Variables, Data>,
    variables: Variables,
  ): Subscription<Data> {
    this.#socket ??= createClient({
      url: webSocketUrl(this.#options.url),
      connectionParams: () => ({ authorization: `Bearer ${this.#token()}` }),
      retryAttempts: this.#options.attempts,
      retryWait: (retries) => pause(pauseBefore(retries + 1), undefined),
      connectionAckWaitTimeout: this.#options.timeoutMs,
    });
    return subscribeOverSocket(this.#socket, operation, variables);
  }

  /** Ends subscriptions. Connections of requests end by themselves. */
  async close(): Promise<void> {
    await this.#socket?.dispose();
    this.#socket = undefined;
  }

  async #postUntilAnswered(name: string, body: string, signal: AbortSignal | undefined): Promise<PostedAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await postJson({ ...this.#options, token: this.#token(), body, signal });
      } catch (error) {
        signal?.throwIfAborted();
        if (attempt >= this.#options.attempts) throw new NetworkFailure(name, attempt, error);
        await pause(pauseBefore(attempt), signal);
      }
    }
  }
}

function decodePosted<Variables, Data>(operation: Operation<Variables, Data>, { status, text }: PostedAnswer): Data {
  try {
    const answer: unknown = JSON.parse(text);
    return decodeAnswer(operation, answer);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof NoGraphqlAnswer)
      throw new HttpFailure(operation.name, status, text);
    throw error;
  }
}

/** Doubles up to a limit, half of it random, so that many clients do not come back at once. */
function pauseBefore(attempt: number): number {
  const wholeMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));
  return wholeMs / 2 + (Math.random() * wholeMs) / 2;
}

function pause(durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abandoned = (): void => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abandoned);
      resolve();
    }, durationMs);
    signal?.addEventListener('abort', abandoned, { once: true });
  });
}
