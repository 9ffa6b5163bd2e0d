import type { ReactNode } from 'react';
import type { AttributeValue } from '../cases/case-query.ts';
import { formatNumber } from '../layout/format.ts';
import type { AttributeDefinition } from '../projects/project-queries.ts';

interface AttributeCellProps {
  readonly value: AttributeValue | undefined;
  readonly definition: AttributeDefinition | undefined;
}

const mostGrades = 10;

/** A grade shows where it stands on its scale; other values show as they are. */
export function AttributeCell({ value, definition }: AttributeCellProps): ReactNode {
  if (value === undefined) return <span className="muted">–</span>;
  if (value.number === null) return value.term ?? <span className="muted">–</span>;
  const number = value.number;
  const grades = gradesOf(definition);
  const unit = definition?.unit ?? null;
  return (
    <span className="grade">
      <span className="figure">
        {formatNumber(number)}
        {unit === null ? '' : ` ${unit}`}
      </span>
      {grades.length === 0 ? null : (
        <span className="grade__scale" title={`on a scale from ${grades.at(0) ?? ''} to ${grades.at(-1) ?? ''}`}>
          {grades.map((grade) => (
            <span
              key={grade}
              className={`grade__step ${grade <= number ? 'grade__step--in' : ''}`}
              aria-hidden="true"
            />
          ))}
        </span>
      )}
    </span>
  );
}

function gradesOf(definition: AttributeDefinition | undefined): readonly number[] {
  if (definition?.kind !== 'ORDINAL' || definition.minimum === null || definition.maximum === null) return [];
  const { minimum, maximum } = definition;
  const count = maximum - minimum + 1;
  if (!Number.isInteger(count) || count < 2 || count > mostGrades) return [];
  return Array.from({ length: count }, (_, index) => minimum + index);
}
