import { CloseCode, createClient } from 'graphql-ws';

export type LiveState = 'connecting' | 'live' | 'waiting' | 'refused';

export type LiveSubject =
  { readonly caseId: string; readonly projectId?: never } | { readonly projectId: string; readonly caseId?: never };

export interface LiveListener {
  readonly onChange: () => void;
  readonly onState: (state: LiveState) => void;
}

export interface LiveChanges {
  /**
   * Tells of each change of the subject, and once after each reconnection: what happened in between was missed.
   *
   * @returns the function that ends it; afterwards the listener hears nothing more.
   */
  readonly follow: (subject: LiveSubject, listener: LiveListener) => () => void;
  readonly close: () => void;
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

const keepAliveMs = 20_000;
/** From case to case the socket stays open. */
const idleMs = 5_000;
const firstPauseMs = 500;
const longestPauseMs = 15_000;

/** One socket for all that a session follows, opened with the first subject. */
export function connectToChanges(token: string): LiveChanges {
  const url = new URL('/graphql', window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const client = createClient({
    url: url.href,
    connectionParams: { authorization: `Bearer ${token}` },
    lazy: true,
    lazyCloseTimeout: idleMs,
    keepAlive: keepAliveMs,
    // Tries for ever, except after close codes that another try cannot mend: those graphql-ws knows.
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) => pause(Math.min(longestPauseMs, firstPauseMs * 2 ** retries)),
    shouldRetry: () => true,
  });
  let isOpen = false;
  client.on('connected', () => {
    isOpen = true;
  });
  client.on('closed', () => {
    isOpen = false;
  });

  const follow = (subject: LiveSubject, { onChange, onState }: LiveListener): (() => void) => {
    let isFollowing = true;
    let wasLost = false;
    const tell = (state: LiveState): void => {
      if (isFollowing) onState(state);
    };
    tell(isOpen ? 'live' : 'connecting');
    const stops = [
      client.on('connected', () => {
        tell('live');
        if (isFollowing && wasLost) onChange();
      }),
      client.on('closed', (event) => {
        wasLost = true;
        tell(isRefusal(event) ? 'refused' : 'waiting');
      }),
      client.subscribe(
        { query: caseChangedDocument, variables: { ...subject } },
        {
          next: ({ errors }) => {
            tell(errors === undefined ? 'live' : 'refused');
            if (isFollowing && errors === undefined) onChange();
          },
          error: () => tell('refused'),
          complete: () => tell('refused'),
        },
      ),
    ];
    return () => {
      isFollowing = false;
      for (const stop of stops) stop();
    };
  };
  return { follow, close: () => void client.dispose() };
}

function isRefusal(event: unknown): boolean {
  if (!(event instanceof CloseEvent)) return false;
  const refusals: readonly number[] = [CloseCode.Unauthorized, CloseCode.Forbidden];
  return refusals.includes(event.code);
}

/** Spread by a quarter to both sides, so that all pages do not come back in the same instant. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms * (0.75 + Math.random() / 2));
  });
}
