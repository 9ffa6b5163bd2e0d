import type { ReactNode } from 'react';
import type { Frame, Matrix } from './view.ts';

interface LocatorProps {
  readonly image: Matrix;
  readonly frame: Frame;
}

const longestSidePx = 76;
const marginPx = 12;
const leastWindowPx = 5;
const mostShown = 0.6;

/** The whole image in a corner, with the part that is shown. */
export function Locator({ image, frame }: LocatorProps): ReactNode {
  const { unit } = frame;
  const scale = (longestSidePx * unit) / Math.max(image.rows, image.columns);
  const imageWidth = image.columns * scale;
  const imageHeight = image.rows * scale;
  const x = frame.x + frame.width - marginPx * unit - imageWidth;
  const y = frame.y + frame.height - marginPx * unit - imageHeight;
  const left = Math.max(0, frame.x);
  const top = Math.max(0, frame.y);
  const shownWidth = Math.min(image.columns, frame.x + frame.width) - left;
  const shownHeight = Math.min(image.rows, frame.y + frame.height) - top;
  // Where nearly all is shown there is nothing to find.
  if (shownWidth * shownHeight > mostShown * image.columns * image.rows) return null;
  const width = Math.max(shownWidth * scale, leastWindowPx * unit);
  const height = Math.max(shownHeight * scale, leastWindowPx * unit);
  return (
    <g aria-hidden="true">
      <rect className="locator__image" x={x} y={y} width={imageWidth} height={imageHeight} strokeWidth={unit} />
      <rect
        className="locator__window"
        x={x + (left + shownWidth / 2) * scale - width / 2}
        y={y + (top + shownHeight / 2) * scale - height / 2}
        width={width}
        height={height}
        strokeWidth={1.5 * unit}
      />
    </g>
  );
}
