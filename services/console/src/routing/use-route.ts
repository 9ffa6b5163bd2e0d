import { useMemo, useSyncExternalStore } from 'react';
import { parseRoute } from './route.ts';
import type { Route } from './route.ts';

export function useRoute(): Route {
  const fragment = useSyncExternalStore(onFragmentChange, () => window.location.hash);
  return useMemo(() => parseRoute(fragment), [fragment]);
}

function onFragmentChange(notify: () => void): () => void {
  window.addEventListener('hashchange', notify);
  return () => window.removeEventListener('hashchange', notify);
}
