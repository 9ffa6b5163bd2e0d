import type { ReactNode } from 'react';
import { formatCount } from '../layout/format.ts';
import type { ProjectProgress } from './project-queries.ts';
import './progress-bar.css';

/** Shares of the cases by status, as a bar that a caption says in words. */
export function ProgressBar({ progress }: { readonly progress: ProjectProgress }): ReactNode {
  const shares = [
    {
      status: 'settled',
      label: 'settled',
      count: progress.settled + progress.adjudicated + progress.finalised,
    },
    { status: 'disputed', label: 'in dispute', count: progress.disputed + progress.adjudicating },
    { status: 'awaiting', label: 'awaiting consensus', count: progress.awaitingConsensus },
    { status: 'reading', label: 'reading', count: progress.reading },
  ] as const;
  const total = Math.max(1, progress.cases);
  const offsets = shares.map((_, index) => shares.slice(0, index).reduce((sum, { count }) => sum + count, 0));
  return (
    <div className="progress">
      <svg className="progress__bar" width="100%" height="8" aria-hidden="true">
        {shares.map(({ status, count }, index) =>
          count === 0 ? null : (
            <rect
              key={status}
              className={`progress__share progress__share--${status}`}
              x={`${(100 * (offsets[index] ?? 0)) / total}%`}
              width={`${(100 * count) / total}%`}
              height="8"
            />
          ),
        )}
      </svg>
      <ul className="progress__legend">
        {shares.map(({ status, label, count }) => (
          <li key={status}>
            <span className={`progress__key progress__key--${status}`} aria-hidden="true" />
            <span className="figure">{formatCount(count)}</span> {label}
          </li>
        ))}
      </ul>
    </div>
  );
}
