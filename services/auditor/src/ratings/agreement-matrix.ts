import { drawing, element, escapeText, round, shortened, textAt } from './svg.ts';

export interface AgreementMatrix {
  readonly coefficient: string;
  /** In the order of rows and columns. */
  readonly workers: readonly string[];
  readonly overall: number | null;
  /** Pairs that are not here share no question; null is not defined (nothing varies). */
  readonly pairs: readonly { readonly workers: readonly [string, string]; readonly value: number | null }[];
}

/** Colours of -1, 0 and 1: orange and blue stay apart for people who do not tell red from green. */
const [against, chance, together] = [
  [179, 88, 6],
  [247, 247, 247],
  [5, 48, 97],
] as const;
/** Steps on each side of 0. */
const steps = 20;
const longestName = 16;
const characterWidth = 7.5;
const title = 64;
const nothingShared = '#cfcfcf';
/** Height of a name, which is what rows have to leave for it; with smaller ones every second or third is named. */
const lineHeight = 12;
const mostWithFigures = 16;

/** @returns a self-contained SVG, a cell for each pair both ways, at most about 1,100 pixels wide */
export function drawAgreementMatrix(matrix: AgreementMatrix): string {
  const { workers, coefficient, overall } = matrix;
  const count = workers.length;
  const cell = count <= mostWithFigures ? 34 : Math.max(2.5, Math.min(20, 800 / count));
  const side = cell * count;
  const nameWidth = Math.max(...workers.map((worker) => shortened(worker, longestName).length)) * characterWidth + 12;
  const [left, top] = [nameWidth + 32, title + nameWidth];
  const heading = `Agreement of ${String(count)} workers, pair by pair: ${coefficient}`;
  const legendAt = left + side + 28;
  const width = Math.max(legendAt + 150, heading.length * 11);
  const height = top + Math.max(side, 240) + 48;
  const said = overall === null ? 'overall: not defined' : `overall: ${overall.toFixed(3)}`;
  return drawing({ width, height, title: heading, description: `${said}; a row and a column a worker.` }, [
    textAt(16, 26, heading, { 'font-size': 16, 'font-weight': 'bold' }),
    textAt(
      16,
      46,
      `${said}; -1 … 1, where 0 is what chance gives${coefficient.startsWith('percent') ? ' (of percent: no agreement)' : ''}`,
    ),
    element('rect', { x: left, y: top, width: side, height: side, fill: nothingShared, stroke: '#999' }),
    ...cells(matrix, left, top, cell),
    ...names(workers, left, top, cell),
    textAt(left + side / 2, top + side + 28, 'worker', { 'text-anchor': 'middle' }),
    textAt(0, 0, 'worker', {
      'text-anchor': 'middle',
      transform: `translate(16 ${String(round(top + side / 2))}) rotate(-90)`,
    }),
    ...legend(legendAt, top),
  ]);
}

function cells({ workers, pairs }: AgreementMatrix, left: number, top: number, cell: number): readonly string[] {
  const placeOf = new Map(workers.map((worker, place) => [worker, place]));
  // One path a colour: a rectangle each would make a picture of 300 workers ten times as large.
  const paths = new Map<string, string[]>();
  const figures: string[] = [];
  for (const { workers: pair, value } of pairs) {
    const fill = value === null ? 'url(#undefined)' : colourOf(value);
    const path = paths.get(fill) ?? [];
    paths.set(fill, path);
    const [one, other] = pair.map((worker) => placeOf.get(worker) ?? 0) as [number, number];
    for (const [row, column] of [
      [one, other],
      [other, one],
    ] as const) {
      const [x, y] = [left + column * cell, top + row * cell];
      path.push(
        `M${String(round(x))} ${String(round(y))}h${String(round(cell))}v${String(round(cell))}h${String(round(-cell))}z`,
      );
      if (workers.length <= mostWithFigures && value !== null) {
        const fillOfText = Math.abs(value) > 0.55 ? '#fff' : '#222';
        figures.push(
          textAt(x + cell / 2, y + cell / 2 + 4, figure(value), {
            'text-anchor': 'middle',
            'font-size': 11,
            fill: fillOfText,
          }),
        );
      }
    }
  }
  const hatched = element(
    'pattern',
    { id: 'undefined', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    element('rect', { width: 6, height: 6, fill: '#fff' }) + element('rect', { width: 2, height: 6, fill: '#888' }),
  );
  return [
    element('defs', {}, hatched),
    ...[...paths].map(([fill, path]) => element('path', { fill, d: path.join('') })),
    ...figures,
  ];
}

/** Without the 0 before the point, as tables of coefficients have it. */
const figure = (value: number): string => value.toFixed(2).replace(/^(-?)0\./, '$1.');

function names(workers: readonly string[], left: number, top: number, cell: number): readonly string[] {
  const every = Math.ceil(lineHeight / cell);
  return workers.flatMap((worker, place) => {
    if (place % every !== 0) return [];
    const middle = (place + 0.5) * cell;
    const name = escapeText(shortened(worker, longestName));
    const size = { 'font-size': 11 };
    return [
      element('text', { x: left - 6, y: top + middle + 4, 'text-anchor': 'end', ...size }, name),
      element(
        'text',
        { transform: `translate(${String(round(left + middle + 4))} ${String(top - 6)}) rotate(-90)`, ...size },
        name,
      ),
    ];
  });
}

function legend(x: number, top: number): readonly string[] {
  const height = 168;
  const band = height / (2 * steps);
  const bands = Array.from({ length: 2 * steps }, (_, index) =>
    element('rect', {
      x,
      y: top + index * band,
      width: 16,
      height: band + 0.5,
      fill: colourOf(1 - (index + 0.5) / steps),
    }),
  );
  const marks = [1, 0.5, 0, -0.5, -1].map((value) =>
    textAt(x + 22, top + ((1 - value) / 2) * height + 4, value.toFixed(1)),
  );
  const boxes = [
    ['url(#undefined)', 'not defined'],
    [nothingShared, 'nothing shared'],
  ] as const;
  return [
    ...bands,
    ...marks,
    ...boxes.flatMap(([fill, text], index) => {
      const y = top + height + 20 + index * 24;
      return [element('rect', { x, y, width: 16, height: 16, fill, stroke: '#999' }), textAt(x + 22, y + 12, text)];
    }),
  ];
}

function colourOf(value: number): string {
  const step = Math.min(steps, Math.max(-steps, Math.round(value * steps)));
  const end = step < 0 ? against : together;
  const share = Math.abs(step) / steps;
  const parts = chance.map((part, channel) => Math.round(part + share * ((end[channel] ?? 0) - part)));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
