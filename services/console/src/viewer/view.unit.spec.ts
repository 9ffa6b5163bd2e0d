import { describe, expect, it } from '@jest/globals';
import { frameOf, gridLines, gridStep, viewOfBoxes, wholeView } from './view.ts';

const slice = { rows: 512, columns: 512 };

describe('the view of boxes', () => {
  it('has all of them within, with room around', () => {
    const view = viewOfBoxes(
      [
        { x1: 300, y1: 200, x2: 330, y2: 220 },
        { x1: 310, y1: 190, x2: 340, y2: 215 },
      ],
      slice,
    );
    expect(view.x).toBeLessThan(300);
    expect(view.y).toBeLessThan(190);
    expect(view.x + view.size).toBeGreaterThan(340);
    expect(view.y + view.size).toBeGreaterThan(220);
    expect(view.size).toBeLessThan(100);
  });

  it('does not come nearer than 40 pixels to a tiny one', () => {
    expect(viewOfBoxes([{ x1: 100, y1: 100, x2: 103, y2: 104 }], slice).size).toBe(40);
  });

  it('stays within the image at its edges', () => {
    expect(viewOfBoxes([{ x1: 0, y1: 500, x2: 10, y2: 512 }], slice)).toEqual({ x: 0, y: 472, size: 40 });
  });

  it('is the whole image where there is no box, or one as large as the image', () => {
    expect(viewOfBoxes([], slice)).toEqual(wholeView(slice));
    expect(viewOfBoxes([{ x1: 0, y1: 0, x2: 512, y2: 512 }], slice)).toEqual(wholeView(slice));
  });
});

describe('the frame', () => {
  it('shows a view whole and in the middle of a wide window', () => {
    expect(frameOf({ x: 0, y: 0, size: 100 }, 400, 200)).toEqual({ x: -50, y: 0, width: 200, height: 100, unit: 0.5 });
  });

  it('shows a tall image whole', () => {
    expect(wholeView({ rows: 2_500, columns: 2_000 })).toEqual({ x: -250, y: 0, size: 2_500 });
  });
});

describe('the grid', () => {
  it.each([
    [0.1, 10],
    [0.05, 5],
    [0.8, 100],
    [0.001, 1],
    [4, 500],
  ])('has round steps: at %d image pixels a screen pixel, %d', (unit, step) => {
    expect(gridStep(unit, 64)).toBe(step);
  });

  it('has its lines at multiples of the step, both ends included', () => {
    expect(gridLines(12, 30, 10)).toEqual([20, 30]);
    expect(gridLines(0, 20, 10)).toEqual([0, 10, 20]);
    expect(gridLines(31, 39, 10)).toEqual([]);
  });
});
