import { useEffect, useRef } from 'react';
import { caseHref } from '../routing/route.ts';
import type { CaseStatus } from '../routing/route.ts';
import { useCaseList } from './use-case-list.ts';

export interface Neighbours {
  /** undefined where there is none, or while the list is not known. */
  readonly next: (() => void) | undefined;
  readonly previous: (() => void) | undefined;
  /** Whether the case is on the page of the list that is remembered. */
  readonly isInList: boolean;
}

/** The cases before and after this one in the list it was opened from, over the edges of the list's pages. */
export function useNeighbours(
  projectId: string | undefined,
  caseId: string,
  status: CaseStatus | undefined,
): Neighbours {
  const { query, nextPage, previousPage } = useCaseList(projectId, status);
  const { state } = query;
  const ids = state.status === 'ready' ? state.data.cases.map(({ id }) => id) : [];
  const index = ids.indexOf(caseId);
  // Set while the page beyond the edge is being asked for: go to its nearest case once it is there.
  const crossing = useRef<'first' | 'last' | undefined>(undefined);
  const goal = crossing.current === 'first' ? ids.at(0) : crossing.current === 'last' ? ids.at(-1) : undefined;

  useEffect(() => {
    if (goal === undefined || index !== -1) return;
    crossing.current = undefined;
    window.location.hash = caseHref(goal, status);
  }, [goal, index, status]);

  const go = (id: string | undefined): (() => void) | undefined =>
    id === undefined
      ? undefined
      : () => {
          window.location.hash = caseHref(id, status);
        };
  const cross = (edge: 'first' | 'last', turn: (() => void) | undefined): (() => void) | undefined =>
    turn === undefined
      ? undefined
      : () => {
          crossing.current = edge;
          turn();
        };
  if (index === -1) return { next: undefined, previous: undefined, isInList: false };
  return {
    next: go(ids[index + 1]) ?? cross('first', nextPage),
    previous: (index === 0 ? undefined : go(ids[index - 1])) ?? cross('last', previousPage),
    isInList: true,
  };
}
