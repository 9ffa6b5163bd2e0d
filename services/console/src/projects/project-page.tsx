import { useCallback } from 'react';
import type { ReactNode } from 'react';
import { useLiveChanges } from '../api/use-live-changes.ts';
import { useQuery } from '../api/use-query.ts';
import type { QueryState } from '../api/use-query.ts';
import { assertNever } from '../assert-never.ts';
import { CaseTable } from '../cases/case-table.tsx';
import { statusWords } from '../cases/status-badge.tsx';
import { useCaseList } from '../cases/use-case-list.ts';
import type { CaseList } from '../cases/use-case-list.ts';
import { formatCount, plural } from '../layout/format.ts';
import { LiveBadge } from '../layout/live-badge.tsx';
import { EmptyNotice, FailureNotice, LoadingNotice, StaleNotice } from '../layout/notices.tsx';
import { PageHeading } from '../layout/page-frame.tsx';
import { caseStatuses, projectHref, projectsHref } from '../routing/route.ts';
import type { CaseStatus } from '../routing/route.ts';
import { useSession } from '../session/session-context.ts';
import { ProgressBar } from './progress-bar.tsx';
import { projectQuery } from './project-queries.ts';
import type { Project, ProjectProgress } from './project-queries.ts';
import './project-page.css';

/** While an import runs, hundreds of changes a second arrive. */
const quietMs = 1_000;

interface ProjectPageProps {
  readonly projectId: string;
  readonly status: CaseStatus | undefined;
}

export function ProjectPage({ projectId, status }: ProjectPageProps): ReactNode {
  const { state, refresh } = useQuery(projectQuery, { id: projectId });
  switch (state.status) {
    case 'loading':
      return (
        <>
          <PageHeading title="Project" eyebrow={<a href={projectsHref}>Projects</a>} />
          <LoadingNotice what="the project" rows={8} />
        </>
      );
    case 'failed':
      return (
        <>
          <PageHeading title="Project" eyebrow={<a href={projectsHref}>Projects</a>} />
          <FailureNotice failure={state.failure} onRetry={refresh} />
        </>
      );
    case 'ready':
      return state.data.project === null ? (
        <>
          <PageHeading title="Project" eyebrow={<a href={projectsHref}>Projects</a>} />
          <FailureNotice failure={{ code: 'NOT_FOUND', message: projectId }} />
        </>
      ) : (
        <Cases project={state.data.project} projectState={state} status={status} refreshProject={refresh} />
      );
    default:
      return assertNever(state);
  }
}

interface CasesProps {
  readonly project: Project;
  readonly projectState: QueryState<unknown>;
  readonly status: CaseStatus | undefined;
  readonly refreshProject: () => void;
}

function Cases({ project, projectState, status, refreshProject }: CasesProps): ReactNode {
  const { viewer } = useSession();
  const list = useCaseList(project.id, status);
  const refreshList = list.query.refresh;
  const onChange = useCallback(() => {
    refreshProject();
    refreshList();
  }, [refreshProject, refreshList]);
  // An annotator is told of single cases only: how far a project has come would tell what others do.
  const mayFollow = viewer.role !== 'annotator';
  const live = useLiveChanges(mayFollow ? { projectId: project.id } : undefined, onChange, quietMs);
  const { progress, protocol } = project;

  return (
    <>
      <PageHeading title={project.name} eyebrow={<a href={projectsHref}>Projects</a>}>
        {mayFollow ? <LiveBadge state={live} /> : null}
      </PageHeading>
      <p className="muted project-page__facts">
        {plural(protocol.readsPerCase, 'independent read')} a case · regions match from an overlap (IoU) of{' '}
        {protocol.matchingGate} · protocol version {project.protocolVersion}
        {protocol.readerIdentity === 'NOT_PUBLISHED' ? ' · the source does not publish who read what' : ''}
      </p>
      {progress === null || progress.cases === 0 ? null : <ProgressBar progress={progress} />}
      <StaleNotice failure={projectState.status === 'ready' ? projectState.stale : undefined} />
      <StatusFilter projectId={project.id} chosen={status} progress={progress} />
      <CaseListView list={list} status={status} />
    </>
  );
}

interface StatusFilterProps {
  readonly projectId: string;
  readonly chosen: CaseStatus | undefined;
  readonly progress: ProjectProgress | null;
}

function StatusFilter({ projectId, chosen, progress }: StatusFilterProps): ReactNode {
  // Nothing is excluded or withdrawn in most projects.
  const isWorthShowing = (status: CaseStatus): boolean =>
    (status !== 'EXCLUDED' && status !== 'WITHDRAWN') ||
    status === chosen ||
    (progress !== null && countOf(progress, status) > 0);
  const options = [
    { status: undefined, label: 'All', count: progress?.cases },
    ...caseStatuses.filter(isWorthShowing).map((status) => ({
      status,
      label: statusWords[status],
      count: progress === null ? undefined : countOf(progress, status),
    })),
  ];
  return (
    <nav className="filter" aria-label="Cases by status">
      {options.map(({ status, label, count }) => (
        <a
          key={label}
          className="filter__option"
          href={projectHref(projectId, status)}
          aria-current={status === chosen ? 'true' : undefined}
        >
          {label}
          {count === undefined ? null : <span className="filter__count">{formatCount(count)}</span>}
        </a>
      ))}
    </nav>
  );
}

function countOf(progress: ProjectProgress, status: CaseStatus): number {
  switch (status) {
    case 'READING':
      return progress.reading;
    case 'AWAITING_CONSENSUS':
      return progress.awaitingConsensus;
    case 'SETTLED':
      return progress.settled;
    case 'DISPUTED':
      return progress.disputed;
    case 'ADJUDICATING':
      return progress.adjudicating;
    case 'ADJUDICATED':
      return progress.adjudicated;
    case 'FINALISED':
      return progress.finalised;
    case 'EXCLUDED':
      return progress.excluded;
    case 'WITHDRAWN':
      return progress.withdrawn;
    default:
      return assertNever(status);
  }
}

function CaseListView({
  list,
  status,
}: {
  readonly list: CaseList;
  readonly status: CaseStatus | undefined;
}): ReactNode {
  const { state, refresh } = list.query;
  switch (state.status) {
    case 'loading':
      return <LoadingNotice what="cases" rows={10} />;
    case 'failed':
      return <FailureNotice failure={state.failure} onRetry={refresh} />;
    case 'ready':
      if (state.data.cases.length === 0) {
        return (
          <EmptyNotice
            title={status === undefined ? 'No cases yet' : `No case is ${statusWords[status].toLowerCase()}`}
          >
            {status === undefined
              ? 'A lead brings them in by the GraphQL mutation importCases.'
              : 'Choose another status above.'}
          </EmptyNotice>
        );
      }
      return (
        <>
          <StaleNotice failure={state.stale} />
          <CaseTable cases={state.data.cases} status={status} />
          <Pager list={list} />
        </>
      );
    default:
      return assertNever(state);
  }
}

function Pager({ list }: { readonly list: CaseList }): ReactNode {
  const { pageNumber, previousPage, nextPage } = list;
  if (previousPage === undefined && nextPage === undefined) return null;
  return (
    <nav className="pager" aria-label="Pages">
      <button className="button" type="button" disabled={previousPage === undefined} onClick={previousPage}>
        ← Previous
      </button>
      <span className="muted">Page {pageNumber}</span>
      <button className="button" type="button" disabled={nextPage === undefined} onClick={nextPage}>
        Next →
      </button>
    </nav>
  );
}
