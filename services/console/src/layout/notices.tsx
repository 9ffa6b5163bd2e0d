import type { ReactNode } from 'react';
import { inWords } from '../api/failure.ts';
import type { Failure } from '../api/failure.ts';
import './notices.css';

/** In place of what could not be had. Says what it means and what to do; the wording of the server is below it. */
export function FailureNotice({
  failure,
  onRetry,
}: {
  readonly failure: Failure;
  readonly onRetry?: () => void;
}): ReactNode {
  const { title, advice } = inWords(failure.code);
  return (
    <div className="notice notice--error" role="alert">
      <strong>{title}</strong>
      <p>{advice}</p>
      <p className="notice__detail">
        <code>{failure.code}</code> {failure.message}
      </p>
      {onRetry === undefined || !mayPass(failure) ? null : (
        <button className="button" type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Whether asking again can help. */
function mayPass({ code }: Failure): boolean {
  return code !== 'FORBIDDEN' && code !== 'NOT_FOUND' && code !== 'BAD_USER_INPUT' && code !== 'UNAUTHENTICATED';
}

/** Above what is still shown from the last good answer. */
export function StaleNotice({ failure }: { readonly failure: Failure | undefined }): ReactNode {
  if (failure === undefined) return null;
  return (
    <div className="notice notice--warning" role="status">
      <strong>{inWords(failure.code).title}.</strong> What you see may be out of date.
    </div>
  );
}

export function EmptyNotice({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactNode {
  return (
    <div className="empty">
      <strong>{title}</strong>
      {children === undefined ? null : <p>{children}</p>}
    </div>
  );
}

/** Grey bars where text will be; they show only when the answer takes its time. */
export function LoadingNotice({ what, rows = 4 }: { readonly what: string; readonly rows?: number }): ReactNode {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">Loading {what}…</span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className="skeleton__bar" aria-hidden="true" />
      ))}
    </div>
  );
}
