import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import type { CaseImage } from '../cases/case-query.ts';
import { ImageGrid, ImageScale } from './image-grid.tsx';
import { Locator } from './locator.tsx';
import { MarkShape } from './mark-shape.tsx';
import type { Mark } from './marks.ts';
import { frameOf } from './view.ts';
import type { View } from './view.ts';
import './image-area.css';

interface ImageAreaProps {
  readonly image: CaseImage;
  readonly view: View;
  readonly isWhole: boolean;
  /** Those of this image that are to be seen. */
  readonly marks: readonly Mark[];
  readonly lit: ReadonlySet<string>;
  readonly onHighlight: (markKey: string | undefined) => void;
}

/** The image matrix to scale, without its pixels, and the marks on it. Lines and letters keep their size on screen. */
export function ImageArea({ image, view, isWhole, marks, lit, onHighlight }: ImageAreaProps): ReactNode {
  const svg = useRef<SVGSVGElement>(null);
  const { widthPx, heightPx } = useSize(svg);
  const gridId = useId();
  const frame = frameOf(view, widthPx, heightPx);
  // What is lit is drawn last, and so on top.
  const inOrder = marks.toSorted((one, other) => layer(one, lit) - layer(other, lit));
  return (
    <svg
      ref={svg}
      className={lit.size > 0 ? 'image-area image-area--lit' : 'image-area'}
      viewBox={`${frame.x} ${frame.y} ${frame.width} ${frame.height}`}
      role="group"
      aria-label={`Marks on the image matrix of ${image.columns} by ${image.rows} pixels; the table of readings says the same in numbers`}
    >
      <ImageGrid image={image} frame={frame} patternId={gridId} />
      {inOrder.map((mark) => (
        <MarkShape key={mark.key} mark={mark} unit={frame.unit} isLit={lit.has(mark.key)} onHighlight={onHighlight} />
      ))}
      <ImageScale image={image} frame={frame} />
      {isWhole ? null : <Locator image={image} frame={frame} />}
    </svg>
  );
}

function layer(mark: Mark, lit: ReadonlySet<string>): number {
  return (lit.has(mark.key) ? 2 : 0) + (mark.kind === 'read' ? 1 : 0);
}

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

const firstSize: Size = { widthPx: 640, heightPx: 640 };

function useSize(element: RefObject<SVGSVGElement | null>): Size {
  const [size, setSize] = useState(firstSize);
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      if (width > 0 && height > 0) setSize({ widthPx: width, heightPx: height });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
