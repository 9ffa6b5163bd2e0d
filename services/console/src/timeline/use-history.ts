import { useState } from 'react';
import { useQuery } from '../api/use-query.ts';
import type { Query } from '../api/use-query.ts';
import { historyQuery } from './history-query.ts';
import type { HistoryData } from './history-query.ts';
import type { TimelineData } from './timeline.tsx';

/** The schema's largest page. */
const most = 100;
const firstPage = 50;

export interface History {
  readonly query: Query<TimelineData>;
  /** undefined once as many are asked for as one query may. */
  readonly showMore: (() => void) | undefined;
}

/** Asked for on its own, because it is what changes while one looks. */
export function useHistory(caseId: string): History {
  const [first, setFirst] = useState(firstPage);
  const { state, refresh } = useQuery(historyQuery, { id: caseId, first });
  return {
    query: { refresh, state: state.status === 'ready' ? { ...state, data: toTimeline(state.data) } : state },
    showMore: first === most ? undefined : () => setFirst(most),
  };
}

function toTimeline({ case: found }: HistoryData): TimelineData {
  if (found === null) return { entries: [], hasMore: false };
  return { entries: found.history.edges.map(({ node }) => node), hasMore: found.history.pageInfo.hasNextPage };
}
