import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { CaseStatus } from '../routing/route.ts';
import { listStart } from './list-position.ts';
import type { ListPosition } from './list-position.ts';

interface CaseLists {
  readonly positions: ReadonlyMap<string, ListPosition>;
  readonly move: (list: string, position: ListPosition) => void;
}

const CaseListsContext = createContext<CaseLists | undefined>(undefined);

/** Remembers the page of every list one has looked at, for the way back from a case. Ends with the session. */
export function CaseListsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [positions, setPositions] = useState<ReadonlyMap<string, ListPosition>>(new Map());
  const move = useCallback((list: string, position: ListPosition) => {
    setPositions((before) => new Map(before).set(list, position));
  }, []);
  const lists = useMemo(() => ({ positions, move }), [positions, move]);
  return <CaseListsContext.Provider value={lists}>{children}</CaseListsContext.Provider>;
}

export interface PositionInList {
  readonly position: ListPosition;
  readonly move: (position: ListPosition) => void;
}

export function usePositionInList(projectId: string, status: CaseStatus | undefined): PositionInList {
  const lists = useContext(CaseListsContext);
  if (lists === undefined) throw new Error('Lists are remembered behind the sign-in only.');
  const list = `${projectId} ${status ?? 'all'}`;
  const { move } = lists;
  return {
    position: lists.positions.get(list) ?? listStart,
    move: useCallback((position: ListPosition) => move(list, position), [move, list]),
  };
}
