import { useId, useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { inWords } from '../api/failure.ts';
import type { Failure } from '../api/failure.ts';
import { BrandMark } from '../layout/brand-mark.tsx';
import { readToken, cleanToken } from './token-store.ts';
import './sign-in-page.css';

interface SignInPageProps {
  readonly checking: boolean;
  readonly failure: Failure | undefined;
  readonly onToken: (token: string) => void;
}

export function SignInPage({ checking, failure, onToken }: SignInPageProps): ReactNode {
  const [pasted, setPasted] = useState(() => readToken() ?? '');
  const fieldId = useId();
  const hintId = useId();
  const token = cleanToken(pasted);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (token !== '') onToken(token);
  };

  return (
    <main className="sign-in">
      <div className="sign-in__card">
        <BrandMark size="large" />
        <h1 className="sign-in__title">Consilium</h1>
        <p className="sign-in__lead">Where several doctors settle a hard case, and every step can be replayed.</p>
        {failure === undefined ? null : (
          <div className="notice notice--error" role="alert">
            <strong>{inWords(failure.code).title}</strong>
            <p>{inWords(failure.code).advice}</p>
          </div>
        )}
        <form className="sign-in__form" onSubmit={submit}>
          <label className="field__label" htmlFor={fieldId}>
            Access token
          </label>
          <input
            id={fieldId}
            className="field__input field__input--code"
            type="password"
            autoComplete="off"
            spellCheck={false}
            aria-describedby={hintId}
            value={pasted}
            onChange={(event) => setPasted(event.target.value)}
          />
          <p id={hintId} className="field__hint">
            <code>npm start</code> prints one for each person, and a link that signs in by itself. It is kept in this
            tab only.
          </p>
          <button className="button button--primary" type="submit" disabled={checking || token === ''}>
            {checking ? 'Signing in…' : 'Sign in'}
          </button>
        </form>
      </div>
    </main>
  );
}
