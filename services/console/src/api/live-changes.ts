import { CloseCode, createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';

export type LiveState = 'connecting' | 'live' | 'waiting' | 'refused';

export type LiveSubject =
  { readonly caseId: string; readonly projectId?: never } | { readonly projectId: string; readonly caseId?: never };

export interface LiveListener {
  readonly onChange: () => void;
  readonly onState: (state: LiveState) => void;
}

export const caseChangedDocument = /* GraphQL */ `
  subscription CaseChanged($caseId: ID, $projectId: ID) {
    caseChanged(caseId: $caseId, projectId: $projectId) {
      caseId
      type
      at
      resync
    }
  }
`;

const longestPauseMs = 15_000;
/** graphql-ws gives up by itself on close codes that another try cannot mend, such as 4401 and 4403. */
const attempts = Number.POSITIVE_INFINITY;

/** One socket for all of a page's subscriptions, opened with the first and closed after the last. */
export function createLiveClient(token: string): Client {
  const url = new URL('/graphql', window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return createClient({
    url: url.href,
    connectionParams: { authorization: `Bearer ${token}` },
    lazy: true,
    keepAlive: 20_000,
    retryAttempts: attempts,
    retryWait: (retries) =>
      new Promise((resolve) => {
        setTimeout(resolve, Math.min(longestPauseMs, 500 * 2 ** retries) * (0.75 + Math.random() / 2));
      }),
    shouldRetry: () => true,
  });
}

/**
 * Tells of each change, and once after each reconnection: what happened in between was missed.
 *
 * @returns the function that ends it.
 */
export function followChanges(client: Client, subject: LiveSubject, listener: LiveListener): () => void {
  let connections = 0;
  const stopListening = [
    client.on('connected', () => {
      listener.onState('live');
      connections += 1;
      if (connections > 1) listener.onChange();
    }),
    client.on('closed', (event) => listener.onState(isRefusal(event) ? 'refused' : 'waiting')),
  ];
  const unsubscribe = client.subscribe(
    { query: caseChangedDocument, variables: { ...subject } },
    {
      next: ({ errors }) => {
        listener.onState(errors === undefined ? 'live' : 'refused');
        if (errors === undefined) listener.onChange();
      },
      error: () => listener.onState('refused'),
      complete: () => listener.onState('waiting'),
    },
  );
  return () => {
    for (const stop of stopListening) stop();
    unsubscribe();
  };
}

function isRefusal(event: unknown): boolean {
  if (!(event instanceof CloseEvent)) return false;
  const refusals: readonly number[] = [CloseCode.Unauthorized, CloseCode.Forbidden];
  return refusals.includes(event.code);
}
