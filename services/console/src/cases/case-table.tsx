import type { ReactNode } from 'react';
import { formatInstant, shortId, shortKey } from '../layout/format.ts';
import { caseHref } from '../routing/route.ts';
import type { CaseStatus } from '../routing/route.ts';
import type { ListedCase } from './case-list-query.ts';
import { StatusBadge } from './status-badge.tsx';
import './case-table.css';

interface CaseTableProps {
  readonly cases: readonly ListedCase[];
  /** Of the list, to be kept in the links. */
  readonly status: CaseStatus | undefined;
}

export function CaseTable({ cases, status }: CaseTableProps): ReactNode {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Cases">
      <table className="table case-table">
        <thead>
          <tr>
            <th scope="col" className="table__number">
              No.
            </th>
            <th scope="col">Case</th>
            <th scope="col">Status</th>
            <th scope="col">Reads</th>
            <th scope="col" className="case-table__subject">
              Subject
            </th>
            <th scope="col" className="case-table__imported">
              Imported
            </th>
          </tr>
        </thead>
        <tbody>
          {cases.map((listed) => (
            <tr key={listed.id}>
              <td className="table__number muted">{listed.position}</td>
              <td>
                <a
                  className="case-table__link"
                  href={caseHref(listed.id, status)}
                  title={listed.externalKey ?? listed.id}
                >
                  {listed.externalKey === null ? shortId(listed.id) : shortKey(listed.externalKey)}
                </a>
                {listed.priority > 0 ? <span className="tag">Priority {listed.priority}</span> : null}
              </td>
              <td>
                <StatusBadge status={listed.status} />
              </td>
              <td>
                <Reads submitted={listed.readsSubmitted} wanted={listed.readsWanted} />
              </td>
              <td className="case-table__subject code muted" title={listed.subjectId}>
                {shortId(listed.subjectId)}
              </td>
              <td className="case-table__imported muted">
                <time dateTime={listed.importedAt}>{formatInstant(listed.importedAt)}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const mostPips = 8;

function Reads({
  submitted,
  wanted,
}: {
  readonly submitted: number | null;
  readonly wanted: number | null;
}): ReactNode {
  if (submitted === null || wanted === null) return <span className="muted">hidden</span>;
  const words = `${submitted} of ${wanted}`;
  if (wanted > mostPips) return <span className="figure">{words}</span>;
  return (
    <span className="reads" title={`${words} submitted`}>
      <span className="visually-hidden">{words} submitted</span>
      {Array.from({ length: wanted }, (_, index) => (
        <span key={index} className={`reads__pip ${index < submitted ? 'reads__pip--in' : ''}`} aria-hidden="true" />
      ))}
    </span>
  );
}
