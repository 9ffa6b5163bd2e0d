import type { ReactNode } from 'react';
import type { AttributeValue, Polarity } from '../cases/case-query.ts';
import { formatNumber, inPlainWords } from '../layout/format.ts';
import type { AttributeDefinition } from '../projects/project-queries.ts';
import { AttributeCell } from './attribute-cell.tsx';
import { presenceWords } from './mark-shape.tsx';
import type { Box, Mark, Reader } from './marks.ts';
import { attributeNames, readingRows } from './reading-rows.ts';
import type { ReadingRow } from './reading-rows.ts';
import { readerColour } from './reader-colour.ts';
import './readings-table.css';

type ConsensusMark = Extract<Mark, { readonly kind: 'consensus' }>;

interface ReadingsTableProps {
  readonly readers: readonly Reader[];
  readonly marks: readonly Mark[];
  readonly definitions: readonly AttributeDefinition[];
  readonly lit: ReadonlySet<string>;
  readonly onHighlight: (markKey: string | undefined) => void;
}

/** Everything on the image in numbers, and the values the readers gave. */
export function ReadingsTable({ readers, marks, definitions, lit, onHighlight }: ReadingsTableProps): ReactNode {
  const rows = readingRows(readers);
  const consensus = marks.filter((mark): mark is ConsensusMark => mark.kind === 'consensus');
  const names = attributeNames(
    definitions.map(({ name }) => name),
    [...rows, ...consensus].map(({ attributes }) => attributes),
  );
  const props = { names, definitions, lit, onHighlight };
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Readings">
      <table className="table readings">
        <thead>
          <tr>
            <th scope="col">Read</th>
            <th scope="col">Finding</th>
            <th scope="col">Box (x, y)</th>
            <th scope="col">Size (px)</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {inPlainWords(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ReadRow key={row.key} row={row} {...props} />
          ))}
        </tbody>
        {consensus.length === 0 ? null : (
          <tbody className="readings__consensus">
            {consensus.map((mark) => (
              <ConsensusRow key={mark.key} mark={mark} {...props} />
            ))}
          </tbody>
        )}
      </table>
    </div>
  );
}

interface RowProps {
  readonly names: readonly string[];
  readonly definitions: readonly AttributeDefinition[];
  readonly lit: ReadonlySet<string>;
  readonly onHighlight: (markKey: string | undefined) => void;
}

function ReadRow({ row, names, definitions, lit, onHighlight }: RowProps & { readonly row: ReadingRow }): ReactNode {
  const { markKey } = row;
  return (
    <tr
      className={markKey !== undefined && lit.has(markKey) ? 'readings__row--lit' : undefined}
      onPointerEnter={() => onHighlight(markKey)}
      onPointerLeave={() => onHighlight(undefined)}
    >
      <th scope="row">
        <span className={`reader-chip ${readerColour(row.reader)}`}>Reader {row.reader}</span>
      </th>
      <td>
        <FindingCell row={row} />
      </td>
      <BoxCells box={row.box} />
      <AttributeCells names={names} definitions={definitions} values={row.attributes} />
    </tr>
  );
}

function ConsensusRow({
  mark,
  names,
  definitions,
  lit,
  onHighlight,
}: RowProps & { readonly mark: ConsensusMark }): ReactNode {
  return (
    <tr
      className={lit.has(mark.key) ? 'readings__row--lit' : undefined}
      onPointerEnter={() => onHighlight(mark.key)}
      onPointerLeave={() => onHighlight(undefined)}
    >
      <th scope="row">
        <span className={`reader-chip reader-chip--${mark.decision.toLowerCase()}`}>Consensus</span>
      </th>
      <td>
        {presenceWords[mark.decision]}, {mark.supporters} of {mark.supportersOf}
        {mark.label === null ? null : <span className="muted"> · {mark.label}</span>}
      </td>
      <BoxCells box={mark.box} />
      <AttributeCells names={names} definitions={definitions} values={mark.attributes} />
    </tr>
  );
}

export const polarityWords: Readonly<Record<Polarity, string>> = {
  POSITIVE: 'present',
  NEGATIVE: 'not present',
  UNCERTAIN: 'uncertain',
};

function FindingCell({ row }: { readonly row: ReadingRow }): ReactNode {
  if (row.isNothingThere) return <em>Nothing there</em>;
  const statement = row.statement?.en ?? row.statement?.es;
  const details = [...row.locations, ...(row.progression === null ? [] : [row.progression])];
  return (
    <>
      {row.labels.length > 0 ? row.labels.join(', ') : (statement ?? 'Region')}
      {row.polarity === undefined || row.polarity === 'POSITIVE' ? null : (
        <span className="tag">{polarityWords[row.polarity]}</span>
      )}
      {details.length === 0 ? null : <span className="muted"> · {details.join(' · ')}</span>}
    </>
  );
}

function BoxCells({ box }: { readonly box: Box | undefined }): ReactNode {
  if (box === undefined) {
    return (
      <>
        <td className="muted">–</td>
        <td className="muted">–</td>
      </>
    );
  }
  return (
    <>
      <td className="figure">
        {formatNumber(box.x1)}, {formatNumber(box.y1)} <span className="muted">to</span> {formatNumber(box.x2)},{' '}
        {formatNumber(box.y2)}
      </td>
      <td className="figure">
        {formatNumber(box.x2 - box.x1)} × {formatNumber(box.y2 - box.y1)}
      </td>
    </>
  );
}

interface AttributeCellsProps {
  readonly names: readonly string[];
  readonly definitions: readonly AttributeDefinition[];
  readonly values: readonly AttributeValue[];
}

function AttributeCells({ names, definitions, values }: AttributeCellsProps): ReactNode {
  return names.map((name) => (
    <td key={name}>
      <AttributeCell
        value={values.find((candidate) => candidate.name === name)}
        definition={definitions.find((candidate) => candidate.name === name)}
      />
    </td>
  ));
}
