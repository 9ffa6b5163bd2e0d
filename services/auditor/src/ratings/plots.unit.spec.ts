import { describe, expect, it } from '@jest/globals';
import { drawAgreementMatrix } from './agreement-matrix.ts';
import { drawCalibration } from './calibration-plot.ts';
import { escapeText, shortened } from './svg.ts';

const matrix = (workers: readonly string[], value: number | null = 0.5) =>
  drawAgreementMatrix({
    coefficient: 'cohen',
    workers,
    overall: value,
    pairs: workers.slice(1).map((worker) => ({ workers: [workers[0] ?? '', worker], value })),
  });
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
const named = (size: number): readonly string[] =>
  Array.from({ length: size }, (_, index) => `worker-${String(index)}`);

describe('text of a drawing', () => {
  it('is escaped, and holds nothing that XML cannot', () => {
    expect(escapeText('<a href="x">&\'\u0000\ud800é😀')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39;\ufffd\ufffdé😀');
    expect(shortened('😀😀😀😀', 3)).toBe('😀😀…');
    expect(shortened('abc', 3)).toBe('abc');
  });
});

describe('the matrix of agreement', () => {
  it('has a cell for each pair both ways, its figure, a title, axes and a scale', () => {
    const svg = matrix(['a', 'b', 'c']);
    expect(svg).toContain('<title>Agreement of 3 workers, pair by pair: cohen</title>');
    expect(count(svg, /<path /g)).toBe(1);
    expect(count(svg, /M[\d.]+ [\d.]+h/g)).toBe(4);
    expect(count(svg, />\.50</g)).toBe(4);
    expect(count(svg, />worker</g)).toBe(2);
    expect(svg).toContain('overall: 0.500');
  });

  it('tells colours of agreement, of chance and of disagreement apart, and what is not defined', () => {
    const fills = [1, 0, -1, null].map((value) => /<path fill="([^"]+)"/.exec(matrix(['a', 'b'], value))?.[1]);
    expect(fills).toEqual(['#053061', '#f7f7f7', '#b35806', 'url(#undefined)']);
    expect(matrix(['a', 'b'], null)).toContain('overall: not defined');
  });

  it('names forty workers each, and of more as many as have room', () => {
    expect(count(matrix(named(40)), />worker-\d+</g)).toBe(80);
    expect(count(matrix(named(40)), />\.50</g)).toBe(0);
    const many = matrix(named(300));
    expect(count(many, />worker-\d+</g)).toBe(120);
    expect(Number(/width="(\d+)/.exec(many)?.[1])).toBeLessThan(1_200);
  });

  it('is self-contained, whatever workers are called', () => {
    const svg = matrix(['<script>alert(1)</script>', '" onload="x']);
    expect(svg).not.toMatch(/<script|href|" onload/);
    expect(svg.match(/https?:[^"]+/g)).toEqual(['http://www.w3.org/2000/svg']);
  });
});

describe('the plot of calibration', () => {
  const bin = (from: number, items: number, right: number) => ({
    from,
    items,
    right,
    meanStated: items === 0 ? null : from + 0.05,
    interval: { low: 0.5, high: 0.9 },
  });
  const calibration = (temper: number, calibrationError: number) => ({
    temper,
    logLoss: 0.4,
    calibrationError,
    items: 30,
  });
  const none = { value: null, right: 0, undecided: 0, of: 0, notAnswered: 0 };
  const svg = drawCalibration({
    weightsFrom: 60,
    calibration: { temper: 0.5, before: calibration(1, 0.1234), after: calibration(0.5, 0.0432), fittedOn: 30 },
    bins: { before: [bin(0.5, 0, 0), bin(0.9, 30, 20)], after: [bin(0.6, 10, 6), bin(0.7, 20, 14)] },
    weighted: none,
    majority: none,
  });

  it('has a mark for each bin that is not empty, with its interval and its number', () => {
    // One more of each in the legend; squares are rectangles of ten.
    expect(count(svg, /<circle /g)).toBe(2);
    expect(count(svg, /width="10" height="10"/g)).toBe(3);
    expect(count(svg, /stroke-width="1.5"/g)).toBe(3);
    for (const items of ['30', '10', '20']) expect(svg).toContain(`>${items}</text>`);
  });

  it('says both errors, the temper and what the axes are', () => {
    for (const text of [
      'calibration error 0.1234',
      'calibration error 0.0432',
      'temper 0.50',
      'stated probability of the first label',
      'share of questions with the true label',
    ]) {
      expect(svg).toContain(text);
    }
  });
});
