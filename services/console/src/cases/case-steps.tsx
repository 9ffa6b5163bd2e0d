import type { ReactNode } from 'react';
import type { Neighbours } from './use-neighbours.ts';

const unknown = 'Open the case from its list to move between cases';

export function CaseSteps({ neighbours }: { readonly neighbours: Neighbours }): ReactNode {
  const { previous, next, isInList } = neighbours;
  const title = isInList ? undefined : unknown;
  return (
    <nav className="case-steps" aria-label="Cases">
      <button
        className="button button--small"
        type="button"
        disabled={previous === undefined}
        title={title}
        onClick={previous}
      >
        ← Previous <kbd>k</kbd>
      </button>
      <button className="button button--small" type="button" disabled={next === undefined} title={title} onClick={next}>
        Next <kbd>j</kbd> →
      </button>
    </nav>
  );
}
