/** The server cannot answer now; the same request may work a little later. */
class TryAgain extends Error {
  override readonly name = 'TryAgain';
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

const tryAgainStatuses: readonly number[] = [429, 502, 503, 504];

export interface PostedAnswer {
  readonly status: number;
  readonly text: string;
}

export interface PostOptions {
  readonly url: string;
  readonly token: string;
  readonly body: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly fetch: typeof fetch;
}

/** One attempt. @throws TryAgain; whatever fetch throws when no answer came; the reason of `signal` */
export async function postJson(options: PostOptions): Promise<PostedAnswer> {
  const { url, token, body, timeoutMs, signal } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const response = await options.fetch(url, {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body,
    redirect: 'error',
    signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
  });
  // Read to the end in any case: only then is the connection free for the next request.
  const text = await response.text();
  if (tryAgainStatuses.includes(response.status)) throw new TryAgain(response.status);
  return { status: response.status, text };
}
