import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { projectsHref } from '../routing/route.ts';
import { useSession } from '../session/session-context.ts';
import { BrandMark } from './brand-mark.tsx';
import { shortId } from './format.ts';
import './page-frame.css';

export function PageFrame({ children }: { readonly children: ReactNode }): ReactNode {
  const { viewer, signOut } = useSession();
  return (
    <>
      <a className="skip-link" href="#main" onClick={skipToMain}>
        Skip to content
      </a>
      <header className="top-bar">
        <a className="top-bar__brand" href={projectsHref}>
          <BrandMark size="small" />
          <span>Consilium</span>
        </a>
        <div className="top-bar__viewer">
          <span className="top-bar__role">{viewer.role}</span>
          <span className="top-bar__id" title={`Signed in as ${viewer.id}`}>
            {shortId(viewer.id)}
          </span>
          <button className="button button--quiet" type="button" onClick={signOut}>
            Sign out
          </button>
        </div>
      </header>
      <main id="main" className="page" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

/** The fragment is the route, so the link's own jump would leave the page. */
function skipToMain(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

interface PageHeadingProps {
  readonly title: string;
  /** What the browser's tab shows, when shorter or longer than the heading. */
  readonly tabTitle?: string;
  readonly eyebrow?: ReactNode;
  readonly children?: ReactNode;
}

/** Takes the focus when the page changes, so that a screen reader says where one is and Tab starts from here. */
export function PageHeading({ title, tabTitle = title, eyebrow, children }: PageHeadingProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${tabTitle} · Consilium`;
  }, [tabTitle]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="page-heading">
      {eyebrow === undefined ? null : <div className="page-heading__eyebrow">{eyebrow}</div>}
      <div className="page-heading__row">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </div>
    </div>
  );
}
