import type { Box } from './marks.ts';

/** A square part of the image matrix that is to be seen, in its pixels. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** What is seen through a window on screen, in image pixels. It may reach over the edges of the image. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Image pixels a screen pixel. */
  readonly unit: number;
}

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
}

/** A finding of a few pixels needs some surroundings to be a place. */
const smallestView = 40;
/** So many times the extent of the boxes: room for the surroundings and for the numbers at their corners. */
const surroundings = 2.1;

export function wholeView({ rows, columns }: Matrix): View {
  const size = Math.max(rows, columns);
  return { x: (columns - size) / 2, y: (rows - size) / 2, size };
}

/** Around all boxes and within the image as far as it goes; the whole image where there is none. */
export function viewOfBoxes(boxes: readonly Box[], matrix: Matrix): View {
  const whole = wholeView(matrix);
  if (boxes.length === 0) return whole;
  const x1 = Math.min(...boxes.map((box) => box.x1));
  const y1 = Math.min(...boxes.map((box) => box.y1));
  const x2 = Math.max(...boxes.map((box) => box.x2));
  const y2 = Math.max(...boxes.map((box) => box.y2));
  const size = Math.min(whole.size, Math.max(smallestView, surroundings * Math.max(x2 - x1, y2 - y1)));
  return {
    x: within((x1 + x2 - size) / 2, whole.x, whole.x + whole.size - size),
    y: within((y1 + y2 - size) / 2, whole.y, whole.y + whole.size - size),
    size,
  };
}

/** Shows the view whole and in the middle, and what lies beside it where the window is not square. */
export function frameOf(view: View, widthPx: number, heightPx: number): Frame {
  const unit = view.size / Math.min(widthPx, heightPx);
  const width = widthPx * unit;
  const height = heightPx * unit;
  return { x: view.x + (view.size - width) / 2, y: view.y + (view.size - height) / 2, width, height, unit };
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** Distance between grid lines in image pixels: the least of 1, 2, 5, 10, 20, ... that keeps them `apartPx` apart on screen. */
export function gridStep(unit: number, apartPx: number): number {
  const least = apartPx * unit;
  const magnitude = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * magnitude >= least) ?? 10;
  return Math.max(1, factor * magnitude);
}

/** Multiples of the step from `from` to `to`, both included. */
export function gridLines(from: number, to: number, step: number): readonly number[] {
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
}
