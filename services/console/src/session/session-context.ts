import { createContext, useContext } from 'react';
import type { Failure } from '../api/failure.ts';
import type { LiveChanges } from '../api/live-changes.ts';
import type { Viewer } from './viewer-query.ts';

export interface Session {
  readonly token: string;
  readonly viewer: Viewer;
  /** The one socket of this session. */
  readonly live: LiveChanges;
  readonly signOut: () => void;
  /** Ends the session because the server refuses its token, and says so. */
  readonly reject: (failure: Failure) => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('Only pages behind the sign-in have a session.');
  return session;
}
