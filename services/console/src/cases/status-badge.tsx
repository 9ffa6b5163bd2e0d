import type { ReactNode } from 'react';
import type { CaseStatus } from '../routing/route.ts';
import './status-badge.css';

export const statusWords: Readonly<Record<CaseStatus, string>> = {
  READING: 'Reading',
  AWAITING_CONSENSUS: 'Awaiting consensus',
  SETTLED: 'Settled',
  DISPUTED: 'Disputed',
  ADJUDICATING: 'In adjudication',
  ADJUDICATED: 'Adjudicated',
  FINALISED: 'Final',
  EXCLUDED: 'Excluded',
  WITHDRAWN: 'Withdrawn',
};

/** The mark differs by shape as well as by colour. */
export function StatusBadge({ status }: { readonly status: CaseStatus }): ReactNode {
  return (
    <span className={`status status--${status.toLowerCase()}`}>
      <svg className="status__mark" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        {markOf(status)}
      </svg>
      {statusWords[status]}
    </span>
  );
}

function markOf(status: CaseStatus): ReactNode {
  switch (status) {
    case 'READING':
      return <circle className="status__line" cx="5" cy="5" r="4" />;
    case 'AWAITING_CONSENSUS':
      return <path className="status__fill" d="M5 1a4 4 0 0 1 0 8z M5 1a4 4 0 0 0 0 8" />;
    case 'SETTLED':
      return <circle className="status__fill" cx="5" cy="5" r="4.5" />;
    case 'ADJUDICATED':
      return <path className="status__fill" d="M1 1h8v8h-8z" />;
    case 'FINALISED':
      return <path className="status__fill" d="M0 5l3.5 4 6.5-7-1.5-1.5-5 5.5-2-2.5z" />;
    case 'ADJUDICATING':
      return <path className="status__line" d="M5 1l4 4-4 4-4-4z" />;
    case 'DISPUTED':
      return <path className="status__fill" d="M5 0l5 5-5 5-5-5z" />;
    case 'EXCLUDED':
      return <path className="status__line" d="M1 5h8" />;
    case 'WITHDRAWN':
      return <path className="status__line" d="M1.5 1.5l7 7 M8.5 1.5l-7 7" />;
  }
}
