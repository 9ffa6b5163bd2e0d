import { useCallback, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { assertNever } from '../assert-never.ts';
import type { Failure } from '../api/failure.ts';
import { request } from '../api/graphql-request.ts';
import { connectToChanges } from '../api/live-changes.ts';
import { SessionContext } from './session-context.ts';
import type { Session } from './session-context.ts';
import { SignInPage } from './sign-in-page.tsx';
import { forgetToken, keepToken, readToken, takeTokenFromAddress } from './token-store.ts';
import { viewerQuery } from './viewer-query.ts';

type GateState =
  | { readonly status: 'signedOut'; readonly failure: Failure | undefined }
  | { readonly status: 'checking'; readonly token: string }
  | { readonly status: 'signedIn'; readonly session: Omit<Session, 'signOut' | 'reject'> };

/** Shows its children to someone whose token the server knows, and the sign-in to everyone else. */
export function SessionGate({ children }: { readonly children: ReactNode }): ReactNode {
  const [state, setState] = useState<GateState>(firstState);
  const leave = useCallback((failure: Failure | undefined) => {
    forgetToken();
    setState({ status: 'signedOut', failure });
  }, []);
  const signOut = useCallback(() => leave(undefined), [leave]);

  useEffect(() => {
    const onFragment = (): void => {
      if (takeTokenFromAddress()) setState(firstState());
    };
    window.addEventListener('hashchange', onFragment);
    return () => window.removeEventListener('hashchange', onFragment);
  }, []);

  const checked = state.status === 'checking' ? state.token : undefined;
  useEffect(() => {
    if (checked === undefined) return undefined;
    const abort = new AbortController();
    request(checked, viewerQuery, {}, abort.signal).then(
      (answer) => {
        if (abort.signal.aborted) return;
        if (!answer.ok) {
          // A server that is down says nothing about the token: keep it for the next try.
          if (answer.failure.code === 'UNREACHABLE') setState({ status: 'signedOut', failure: answer.failure });
          else leave(answer.failure);
          return;
        }
        keepToken(checked);
        setState({
          status: 'signedIn',
          session: { token: checked, viewer: answer.data.me, live: connectToChanges(checked) },
        });
      },
      () => {
        // Only an abort rejects.
      },
    );
    return () => abort.abort();
  }, [checked, leave]);

  const live = state.status === 'signedIn' ? state.session.live : undefined;
  useEffect(() => {
    return () => live?.close();
  }, [live]);

  switch (state.status) {
    case 'signedOut':
    case 'checking':
      return (
        <SignInPage
          checking={state.status === 'checking'}
          failure={state.status === 'signedOut' ? state.failure : undefined}
          onToken={(token) => setState({ status: 'checking', token })}
        />
      );
    case 'signedIn':
      return (
        <SessionContext.Provider value={{ ...state.session, signOut, reject: leave }}>
          {children}
        </SessionContext.Provider>
      );
    default:
      return assertNever(state);
  }
}

function firstState(): GateState {
  const token = readToken();
  return token === undefined ? { status: 'signedOut', failure: undefined } : { status: 'checking', token };
}
