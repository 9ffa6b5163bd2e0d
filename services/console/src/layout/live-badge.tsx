import type { ReactNode } from 'react';
import type { LiveState } from '../api/live-changes.ts';
import './live-badge.css';

const words: Readonly<Record<LiveState, { readonly label: string; readonly title: string }>> = {
  connecting: { label: 'Connecting', title: 'Opening the connection that tells of changes' },
  live: { label: 'Live', title: 'Changes show by themselves' },
  waiting: { label: 'Reconnecting', title: 'The connection was lost; trying again. What you see may be out of date' },
  refused: { label: 'Not live', title: 'The server does not tell of changes here. Reload to see them' },
};

export function LiveBadge({ state }: { readonly state: LiveState }): ReactNode {
  const { label, title } = words[state];
  return (
    <span className={`live-badge live-badge--${state}`} title={title} role="status">
      <span className="live-badge__dot" aria-hidden="true" />
      {label}
    </span>
  );
}
