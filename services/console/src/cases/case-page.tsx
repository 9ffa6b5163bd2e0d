import { useCallback } from 'react';
import type { ReactNode } from 'react';
import { useLiveChanges } from '../api/use-live-changes.ts';
import { useQuery } from '../api/use-query.ts';
import { assertNever } from '../assert-never.ts';
import { LiveBadge } from '../layout/live-badge.tsx';
import { FailureNotice, LoadingNotice, StaleNotice } from '../layout/notices.tsx';
import { PageHeading } from '../layout/page-frame.tsx';
import { projectHref, projectsHref } from '../routing/route.ts';
import type { CaseStatus } from '../routing/route.ts';
import { projectQuery } from '../projects/project-queries.ts';
import type { Project } from '../projects/project-queries.ts';
import { useHistory } from '../timeline/use-history.ts';
import { useViewSettings } from '../viewer/use-view-settings.ts';
import { CaseSteps } from './case-steps.tsx';
import { CaseView } from './case-view.tsx';
import { caseQuery } from './case-query.ts';
import type { MedicalCase } from './case-query.ts';
import { StatusBadge } from './status-badge.tsx';
import { useNeighbours } from './use-neighbours.ts';
import { useShortcuts } from './use-shortcuts.ts';
import './case-page.css';

const quietMs = 150;

interface CasePageProps {
  readonly caseId: string;
  /** Of the list it was opened from. */
  readonly status: CaseStatus | undefined;
}

/** Stays mounted from case to case, so that settings and the place in the list are kept. */
export function CasePage({ caseId, status }: CasePageProps): ReactNode {
  const query = useQuery(caseQuery, { id: caseId });
  const history = useHistory(caseId);
  const settings = useViewSettings();
  const found = query.state.status === 'ready' ? (query.state.data.case ?? undefined) : undefined;
  const project = useProject(found?.projectId);
  const neighbours = useNeighbours(project?.id, caseId, status);
  useShortcuts({ j: neighbours.next, k: neighbours.previous, z: settings.toggleWhole });

  const refreshCase = query.refresh;
  const refreshHistory = history.query.refresh;
  const live = useLiveChanges(
    { caseId },
    useCallback(() => {
      refreshCase();
      refreshHistory();
    }, [refreshCase, refreshHistory]),
    quietMs,
  );

  return (
    <>
      <PageHeading
        title={found === undefined ? 'Case' : `Case ${found.position}`}
        eyebrow={<Trail project={project} status={status} />}
      >
        {found === undefined ? null : <StatusBadge status={found.status} />}
        <LiveBadge state={live} />
        <CaseSteps neighbours={neighbours} />
      </PageHeading>
      <CaseBody query={query} caseId={caseId}>
        {(medicalCase) => (
          <CaseView medicalCase={medicalCase} project={project} settings={settings} history={history} />
        )}
      </CaseBody>
    </>
  );
}

/** The project last shown stays while the next case loads: it is nearly always the same. */
function useProject(projectId: string | undefined): Project | undefined {
  const { state } = useQuery(projectQuery, projectId === undefined ? undefined : { id: projectId });
  return state.status === 'ready' ? (state.data.project ?? undefined) : undefined;
}

interface CaseBodyProps {
  readonly query: ReturnType<typeof useQuery<{ case: MedicalCase | null }, { readonly id: string }>>;
  readonly caseId: string;
  readonly children: (medicalCase: MedicalCase) => ReactNode;
}

function CaseBody({ query: { state, refresh }, caseId, children }: CaseBodyProps): ReactNode {
  switch (state.status) {
    case 'loading':
      return <LoadingNotice what="the case" rows={12} />;
    case 'failed':
      return <FailureNotice failure={state.failure} onRetry={refresh} />;
    case 'ready':
      if (state.data.case === null) return <FailureNotice failure={{ code: 'NOT_FOUND', message: caseId }} />;
      return (
        <>
          <StaleNotice failure={state.stale} />
          {children(state.data.case)}
        </>
      );
    default:
      return assertNever(state);
  }
}

function Trail({
  project,
  status,
}: {
  readonly project: Project | undefined;
  readonly status: CaseStatus | undefined;
}): ReactNode {
  return (
    <nav aria-label="You are here">
      <a href={projectsHref}>Projects</a>
      {project === undefined ? null : (
        <>
          <span aria-hidden="true"> / </span>
          <a href={projectHref(project.id, status)}>{project.name}</a>
        </>
      )}
    </nav>
  );
}
