import type { ReactNode } from 'react';
import { useQuery } from '../api/use-query.ts';
import { assertNever } from '../assert-never.ts';
import { plural } from '../layout/format.ts';
import { EmptyNotice, FailureNotice, LoadingNotice, StaleNotice } from '../layout/notices.tsx';
import { PageHeading } from '../layout/page-frame.tsx';
import { projectHref } from '../routing/route.ts';
import { ProgressBar } from './progress-bar.tsx';
import { projectsQuery } from './project-queries.ts';
import type { Project } from './project-queries.ts';
import './projects-page.css';

/** An organisation has a handful; the list says so when there are more. */
const first = 100;
const variables = { first };

export function ProjectsPage(): ReactNode {
  return (
    <>
      <PageHeading title="Projects" />
      <Projects />
    </>
  );
}

function Projects(): ReactNode {
  const { state, refresh } = useQuery(projectsQuery, variables);
  switch (state.status) {
    case 'loading':
      return <LoadingNotice what="projects" />;
    case 'failed':
      return <FailureNotice failure={state.failure} onRetry={refresh} />;
    case 'ready': {
      const { edges, pageInfo } = state.data.projects;
      if (edges.length === 0) {
        return (
          <EmptyNotice title="No projects yet">
            A lead creates one by the GraphQL mutation <code>createProject</code>. <code>npm start</code> without{' '}
            <code>--no-demo</code> imports a demonstration.
          </EmptyNotice>
        );
      }
      return (
        <>
          <StaleNotice failure={state.stale} />
          <ul className="project-list">
            {edges.map(({ node }) => (
              <ProjectCard key={node.id} project={node} />
            ))}
          </ul>
          {pageInfo.hasNextPage ? <p className="muted">The first {first} are shown.</p> : null}
        </>
      );
    }
    default:
      return assertNever(state);
  }
}

function ProjectCard({ project }: { readonly project: Project }): ReactNode {
  const { name, protocol, progress } = project;
  return (
    <li className="project-card">
      <h2 className="project-card__name">
        <a href={projectHref(project.id)}>{name}</a>
      </h2>
      <p className="muted">
        {progress === null ? '' : `${plural(progress.cases, 'case')} · `}
        {plural(protocol.readsPerCase, 'independent read')} a case
        {protocol.readerIdentity === 'NOT_PUBLISHED' ? ' · readers not named' : ''}
      </p>
      {progress === null || progress.cases === 0 ? null : <ProgressBar progress={progress} />}
    </li>
  );
}
