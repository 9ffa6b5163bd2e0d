import type { ReactNode } from 'react';
import { gridLines, gridStep } from './view.ts';
import type { Frame, Matrix } from './view.ts';

interface ImageGridProps {
  readonly image: Matrix;
  readonly frame: Frame;
  readonly patternId: string;
}

const linesApartPx = 64;
/** Single pixels are outlined once they are this large on screen. */
const pixelFromPx = 7;

/** The matrix as an empty field with a grid; single pixels show once they are large enough. */
export function ImageGrid({ image, frame, patternId }: ImageGridProps): ReactNode {
  const { unit } = frame;
  const { columns, rows } = linesOf(image, frame);
  const top = Math.max(0, frame.y);
  const bottom = Math.min(image.rows, frame.y + frame.height);
  const left = Math.max(0, frame.x);
  const right = Math.min(image.columns, frame.x + frame.width);
  const lines = [...columns.map((x) => `M${x} ${top}V${bottom}`), ...rows.map((y) => `M${left} ${y}H${right}`)].join(
    '',
  );
  return (
    <g aria-hidden="true">
      <defs>
        <pattern id={patternId} width="1" height="1" patternUnits="userSpaceOnUse">
          <path className="image-grid__pixel" d="M1 0H0V1" strokeWidth={unit} />
        </pattern>
      </defs>
      <rect className="image-grid__matrix" width={image.columns} height={image.rows} strokeWidth={unit} />
      {1 / unit >= pixelFromPx ? <rect width={image.columns} height={image.rows} fill={`url(#${patternId})`} /> : null}
      <path className="image-grid__lines" d={lines} strokeWidth={unit} />
    </g>
  );
}

const bandTopPx = 20;
const bandLeftPx = 40;
const letterPx = 11;

/** Image pixels along the top and left edges. Drawn over the marks, so that it can always be read. */
export function ImageScale({ image, frame }: Omit<ImageGridProps, 'patternId'>): ReactNode {
  const { unit } = frame;
  const { columns, rows } = linesOf(image, frame);
  const right = frame.x + frame.width;
  const bottom = frame.y + frame.height;
  return (
    <g aria-hidden="true" className="image-scale">
      <rect className="image-scale__band" x={frame.x} y={frame.y} width={frame.width} height={bandTopPx * unit} />
      <rect
        className="image-scale__band"
        x={frame.x}
        y={frame.y + bandTopPx * unit}
        width={bandLeftPx * unit}
        height={frame.height}
      />
      {columns
        .filter((x) => x > frame.x + (bandLeftPx + 8) * unit && x < right - 12 * unit)
        .map((x) => (
          <text key={x} x={x} y={frame.y + 14 * unit} fontSize={letterPx * unit} textAnchor="middle">
            {x}
          </text>
        ))}
      {rows
        .filter((y) => y > frame.y + (bandTopPx + 6) * unit && y < bottom - 8 * unit)
        .map((y) => (
          <text
            key={y}
            x={frame.x + (bandLeftPx - 8) * unit}
            y={y + 4 * unit}
            fontSize={letterPx * unit}
            textAnchor="end"
          >
            {y}
          </text>
        ))}
      <text x={frame.x + 10 * unit} y={frame.y + 14 * unit} fontSize={letterPx * unit}>
        px
      </text>
    </g>
  );
}

function linesOf(
  image: Matrix,
  frame: Frame,
): { readonly columns: readonly number[]; readonly rows: readonly number[] } {
  const step = gridStep(frame.unit, linesApartPx);
  return {
    columns: gridLines(Math.max(0, frame.x), Math.min(image.columns, frame.x + frame.width), step),
    rows: gridLines(Math.max(0, frame.y), Math.min(image.rows, frame.y + frame.height), step),
  };
}
