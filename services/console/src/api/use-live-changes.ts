import { useEffect, useRef, useState } from 'react';
import { useSession } from '../session/session-context.ts';
import type { LiveState, LiveSubject } from './live-changes.ts';

/**
 * Calls `onChange` after changes, at most once in `quietMs`, and once more after the last of a burst.
 *
 * @param subject undefined follows nothing.
 */
export function useLiveChanges(subject: LiveSubject | undefined, onChange: () => void, quietMs: number): LiveState {
  const { live } = useSession();
  const [state, setState] = useState<LiveState>('connecting');
  const notify = useRef(onChange);
  notify.current = onChange;
  const caseId = subject?.caseId;
  const projectId = subject?.projectId;

  useEffect(() => {
    const followed: LiveSubject | undefined =
      caseId !== undefined ? { caseId } : projectId !== undefined ? { projectId } : undefined;
    if (followed === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = live.follow(followed, {
      onState: setState,
      onChange: () => {
        timer ??= setTimeout(() => {
          timer = undefined;
          notify.current();
        }, quietMs);
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [live, caseId, projectId, quietMs]);

  return state;
}
