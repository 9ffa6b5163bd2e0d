import { useQuery } from '../api/use-query.ts';
import type { Query } from '../api/use-query.ts';
import type { CaseStatus } from '../routing/route.ts';
import { caseListQuery } from './case-list-query.ts';
import type { CaseListVariables, ListedCase } from './case-list-query.ts';
import { usePositionInList } from './case-lists-context.tsx';
import { back, currentCursor, forward, pageNumber } from './list-position.ts';

const pageSize = 50;

export interface CaseList {
  readonly query: Query<CaseListPage>;
  /** From 1. */
  readonly pageNumber: number;
  /** undefined where there is no such page. */
  readonly nextPage: (() => void) | undefined;
  readonly previousPage: (() => void) | undefined;
}

export interface CaseListPage {
  readonly cases: readonly ListedCase[];
}

/** The page of a list one was last on. @param projectId undefined waits. */
export function useCaseList(projectId: string | undefined, status: CaseStatus | undefined): CaseList {
  const { position, move } = usePositionInList(projectId ?? '', status);
  const variables: CaseListVariables | undefined =
    projectId === undefined
      ? undefined
      : { projectId, first: pageSize, after: currentCursor(position), status: status ?? null };
  const { state, refresh } = useQuery(caseListQuery, variables);
  const endCursor =
    state.status === 'ready' && state.data.cases.pageInfo.hasNextPage ? state.data.cases.pageInfo.endCursor : null;
  return {
    query: {
      refresh,
      state:
        state.status === 'ready'
          ? { ...state, data: { cases: state.data.cases.edges.map(({ node }) => node) } }
          : state,
    },
    pageNumber: pageNumber(position),
    nextPage: endCursor === null ? undefined : () => move(forward(position, endCursor)),
    previousPage: pageNumber(position) === 1 ? undefined : () => move(back(position)),
  };
}
