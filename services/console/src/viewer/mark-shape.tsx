import type { ReactNode } from 'react';
import { formatNumber } from '../layout/format.ts';
import type { Presence } from '../cases/case-query.ts';
import { readerColour } from './reader-colour.ts';
import type { Box, Mark } from './marks.ts';

interface MarkShapeProps {
  readonly mark: Mark;
  /** Image pixels a screen pixel. */
  readonly unit: number;
  readonly isLit: boolean;
  readonly onHighlight: (markKey: string | undefined) => void;
}

const tagPx = 17;
const pillPx = { width: 74, height: 18 };

export const presenceWords: Readonly<Record<Presence, string>> = {
  PRESENT: 'Present',
  ABSENT: 'Absent',
  DISPUTED: 'Disputed',
};

/** One box: a thin line for a reader, a broad pale one beneath for the consensus, broken where it is not present. */
export function MarkShape({ mark, unit, isLit, onHighlight }: MarkShapeProps): ReactNode {
  const { x1, y1, x2, y2 } = mark.box;
  const edges = { x: x1, y: y1, width: x2 - x1, height: y2 - y1 };
  const className = [
    'mark',
    mark.kind === 'read'
      ? `mark--read ${readerColour(mark.reader)}`
      : `mark--${mark.decision.toLowerCase()} mark--consensus`,
    isLit ? 'mark--lit' : '',
  ].join(' ');
  return (
    <g
      className={className}
      tabIndex={0}
      role="img"
      aria-label={describeMark(mark)}
      onPointerEnter={() => onHighlight(mark.key)}
      onPointerLeave={() => onHighlight(undefined)}
      onFocus={() => onHighlight(mark.key)}
      onBlur={() => onHighlight(undefined)}
    >
      <rect className="mark__reach" {...edges} />
      <rect className="mark__line" {...edges} />
      {mark.kind === 'read' ? (
        <ReaderTag number={mark.reader} box={mark.box} unit={unit} />
      ) : (
        <ConsensusTag decision={mark.decision} box={mark.box} unit={unit} />
      )}
    </g>
  );
}

/** Readers take turns at the corners, so that the numbers of boxes that nearly agree do not hide each other. */
function ReaderTag({
  number,
  box,
  unit,
}: {
  readonly number: number;
  readonly box: Box;
  readonly unit: number;
}): ReactNode {
  const side = tagPx * unit;
  const corner = (number - 1) % 4;
  const round = Math.floor((number - 1) / 4) * side;
  const isRight = corner === 1 || corner === 2;
  const isBelow = corner >= 2;
  const x = isRight ? box.x2 + round : box.x1 - side - round;
  const y = isBelow ? box.y2 : box.y1 - side;
  return (
    <g aria-hidden="true">
      <rect className="mark__tag" x={x} y={y} width={side} height={side} rx={3 * unit} />
      <text className="mark__number" x={x + side / 2} y={y + side * 0.71} fontSize={12 * unit} textAnchor="middle">
        {number}
      </text>
    </g>
  );
}

interface ConsensusTagProps {
  readonly decision: Presence;
  readonly box: Box;
  readonly unit: number;
}

function ConsensusTag({ decision, box, unit }: ConsensusTagProps): ReactNode {
  const width = pillPx.width * unit;
  const height = pillPx.height * unit;
  const middle = (box.x1 + box.x2) / 2;
  const y = box.y2 + (tagPx + 5) * unit;
  return (
    <g aria-hidden="true">
      <rect className="mark__tag" x={middle - width / 2} y={y} width={width} height={height} rx={height / 2} />
      <text className="mark__number" x={middle} y={y + height * 0.7} fontSize={11.5 * unit} textAnchor="middle">
        {presenceWords[decision]}
      </text>
    </g>
  );
}

function describeMark(mark: Mark): string {
  const box = describeBox(mark.box);
  if (mark.kind === 'read')
    return `Reader ${mark.reader}${mark.labels.length > 0 ? `, ${mark.labels.join(', ')}` : ''}: ${box}`;
  return `Consensus, ${presenceWords[mark.decision].toLowerCase()}, marked by ${mark.supporters} of ${mark.supportersOf}: ${box}`;
}

/** "x 312 to 330, y 200 to 221 (18 × 21 px)" */
function describeBox({ x1, y1, x2, y2 }: Box): string {
  const extent = `${formatNumber(x2 - x1)} × ${formatNumber(y2 - y1)} px`;
  return `x ${formatNumber(x1)} to ${formatNumber(x2)}, y ${formatNumber(y1)} to ${formatNumber(y2)} (${extent})`;
}
