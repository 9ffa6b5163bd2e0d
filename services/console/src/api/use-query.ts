import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession } from '../session/session-context.ts';
import type { Failure, FailureCode } from './failure.ts';
import { request } from './graphql-request.ts';
import type { Operation } from './graphql-request.ts';

export type QueryState<Data> =
  | { readonly status: 'loading' }
  /** `stale` holds why the newest refresh failed, while the last good answer stays on the page. */
  | { readonly status: 'ready'; readonly data: Data; readonly stale: Failure | undefined }
  | { readonly status: 'failed'; readonly failure: Failure };

export interface Query<Data> {
  readonly state: QueryState<Data>;
  /** Asks again and keeps what is shown until the answer is there. */
  readonly refresh: () => void;
}

/**
 * Asks when mounted and whenever the variables change. An answer that arrives after the variables changed is dropped.
 * A refused token ends the session.
 *
 * @param variables undefined waits: nothing is asked, and the state is `loading`.
 */
export function useQuery<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables | undefined,
): Query<Data> {
  const { token, reject } = useSession();
  const key = variables === undefined ? undefined : JSON.stringify(variables);
  const [answer, setAnswer] = useState<{ readonly key: string; readonly state: QueryState<Data> }>();
  const [round, setRound] = useState(0);
  const newest = useRef(variables);
  newest.current = variables;

  useEffect(() => {
    const asked = newest.current;
    if (asked === undefined || key === undefined) return undefined;
    const abort = new AbortController();
    request(token, operation, asked, abort.signal).then(
      (result) => {
        if (abort.signal.aborted) return;
        if (!result.ok && result.failure.code === 'UNAUTHENTICATED') reject(result.failure);
        setAnswer((before) => ({
          key,
          state: result.ok
            ? { status: 'ready', data: result.data, stale: undefined }
            : afterFailure(before?.key === key ? before.state : undefined, result.failure),
        }));
      },
      () => {
        // Only an abort rejects: nobody waits for this answer any more.
      },
    );
    return () => abort.abort();
  }, [operation, key, round, token, reject]);

  const refresh = useCallback(() => setRound((last) => last + 1), []);
  const state: QueryState<Data> = answer !== undefined && answer.key === key ? answer.state : { status: 'loading' };
  return { state, refresh };
}

function afterFailure<Data>(before: QueryState<Data> | undefined, failure: Failure): QueryState<Data> {
  if (before?.status !== 'ready') return { status: 'failed', failure };
  // What may not be shown any more must not stay on the page; a passing fault may.
  return passing.includes(failure.code) ? { ...before, stale: failure } : { status: 'failed', failure };
}

const passing: readonly FailureCode[] = ['UNREACHABLE', 'UNAVAILABLE', 'VIEW_BEHIND', 'RATE_LIMITED'];
