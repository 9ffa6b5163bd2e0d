import { z } from 'zod/mini';
import { toFailure } from './failure.ts';
import type { Failure } from './failure.ts';

// Compiled parsers use `new Function`, which the content security policy of these pages forbids.
z.config({ jitless: true });

/** A document together with the shape its answer is read by: what the page then uses has been checked. */
export interface Operation<Data, Variables> {
  readonly document: string;
  readonly data: z.ZodMiniType<Data>;
  /** Carries the type of the variables; has no value. */
  readonly variables?: Variables;
}

export type Answer<Data> =
  { readonly ok: true; readonly data: Data } | { readonly ok: false; readonly failure: Failure };

const timeoutMs = 20_000;
const endpoint = '/graphql';

const envelope = z.object({
  data: z.optional(z.nullable(z.unknown())),
  errors: z.optional(
    z.array(
      z.object({
        message: z.string(),
        extensions: z.optional(z.object({ code: z.optional(z.string()) })),
      }),
    ),
  ),
});

/** Never rejects, except where the caller's signal aborts. An answer with any error is a failure: no half pages. */
export async function request<Data, Variables>(
  token: string,
  operation: Operation<Data, Variables>,
  variables: Variables,
  signal: AbortSignal,
): Promise<Answer<Data>> {
  const fetched = await send(token, { query: operation.document, variables }, signal);
  if (!fetched.ok) return fetched;
  const parsed = envelope.safeParse(fetched.data);
  if (!parsed.success) return failed('UNREADABLE', 'The answer is no GraphQL answer.');
  const [error] = parsed.data.errors ?? [];
  if (error !== undefined) return failed(error.extensions?.code, error.message);
  const data = operation.data.safeParse(parsed.data.data);
  if (!data.success) return failed('UNREADABLE', z.prettifyError(data.error));
  return { ok: true, data: data.data };
}

async function send(token: string, body: unknown, signal: AbortSignal): Promise<Answer<unknown>> {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      cache: 'no-store',
    });
    const text = await response.text();
    const data = parseJson(text);
    if (data !== undefined) return { ok: true, data };
    return failed(codeOfStatus(response.status), `HTTP ${response.status}`);
  } catch (error) {
    signal.throwIfAborted();
    return failed('UNREACHABLE', error instanceof Error ? error.message : String(error));
  }
}

function codeOfStatus(status: number): string {
  if (status === 401) return 'UNAUTHENTICATED';
  if (status === 403) return 'FORBIDDEN';
  if (status === 429) return 'RATE_LIMITED';
  return status >= 500 ? 'UNREACHABLE' : 'UNREADABLE';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failed(code: string | undefined, message: string): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: toFailure(code, message) };
}
