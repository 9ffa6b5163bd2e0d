import type { NormalisedBox } from '@consilium/formats';
import type { Chance } from './chance.ts';

/** Edges as fractions of the image's width (x) and height (y), from its upper left corner: 0..1, x1 < x2, y1 < y2. */
export type ImageBox = readonly [x1: number, y1: number, x2: number, y2: number];

export interface ImageSize {
  /** Of the stored image matrix, in pixels. */
  readonly rows: number;
  readonly columns: number;
}

/** A box is at least this much of the image wide and high. */
const leastSide = 0.004;

export const mirrored = ([x1, y1, x2, y2]: ImageBox): ImageBox => [1 - x2, y1, 1 - x1, y2];

/** Each edge is moved by a normal deviate. @param share its standard deviation, in sides of the box */
export function jittered([x1, y1, x2, y2]: ImageBox, share: number, chance: Chance): ImageBox {
  const [width, height] = [x2 - x1, y2 - y1];
  return within([
    x1 + chance.normal() * share * width,
    y1 + chance.normal() * share * height,
    x2 + chance.normal() * share * width,
    y2 + chance.normal() * share * height,
  ]);
}

/** About its centre. */
export function scaled([x1, y1, x2, y2]: ImageBox, factor: number): ImageBox {
  const [x, y, width, height] = [(x1 + x2) / 2, (y1 + y2) / 2, (x2 - x1) * factor, (y2 - y1) * factor];
  return within([x - width / 2, y - height / 2, x + width / 2, y + height / 2]);
}

/** A box of that size somewhere in another one. */
export function placedIn([x1, y1, x2, y2]: ImageBox, width: number, height: number, chance: Chance): ImageBox {
  const left = chance.between(x1, Math.max(x1, x2 - width));
  const top = chance.between(y1, Math.max(y1, y2 - height));
  return within([left, top, left + width, top + height]);
}

/** On whole pixels, with six digits: less than a hundredth of a pixel is lost. */
export function boxText([x1, y1, x2, y2]: ImageBox, { rows, columns }: ImageSize): NormalisedBox {
  const text = (edge: number, pixels: number): string => (Math.round(edge * pixels) / pixels).toFixed(6);
  return [text(x1, columns), text(y1, rows), text(x2, columns), text(y2, rows)];
}

export const numbersOf = ([x1, y1, x2, y2]: NormalisedBox): ImageBox => [
  Number(x1),
  Number(y1),
  Number(x2),
  Number(y2),
];

function within([x1, y1, x2, y2]: ImageBox): ImageBox {
  const [left, right] = side(x1, x2);
  const [top, bottom] = side(y1, y2);
  return [left, top, right, bottom];
}

function side(from: number, to: number): readonly [number, number] {
  const low = Math.min(Math.max(0, from), 1 - leastSide);
  return [low, Math.min(1, Math.max(to, low + leastSide))];
}
