import type { ReactNode } from 'react';
import { assertNever } from './assert-never.ts';
import { CaseListsProvider } from './cases/case-lists-context.tsx';
import { CasePage } from './cases/case-page.tsx';
import { EmptyNotice } from './layout/notices.tsx';
import { PageFrame, PageHeading } from './layout/page-frame.tsx';
import { ProjectPage } from './projects/project-page.tsx';
import { ProjectsPage } from './projects/projects-page.tsx';
import { projectsHref } from './routing/route.ts';
import type { Route } from './routing/route.ts';
import { useRoute } from './routing/use-route.ts';
import { SessionGate } from './session/session-gate.tsx';

export function App(): ReactNode {
  const route = useRoute();
  return (
    <SessionGate>
      <CaseListsProvider>
        <PageFrame>{pageOf(route)}</PageFrame>
      </CaseListsProvider>
    </SessionGate>
  );
}

function pageOf(route: Route): ReactNode {
  switch (route.page) {
    case 'projects':
      return <ProjectsPage />;
    case 'project':
      return <ProjectPage key={route.projectId} projectId={route.projectId} status={route.status} />;
    case 'case':
      return <CasePage caseId={route.caseId} status={route.status} />;
    case 'unknown':
      return (
        <>
          <PageHeading title="No such page" />
          <EmptyNotice title="This address leads nowhere">
            <a href={projectsHref}>Go to your projects</a>
          </EmptyNotice>
        </>
      );
    default:
      return assertNever(route);
  }
}
