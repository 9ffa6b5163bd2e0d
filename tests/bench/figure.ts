/** One measured figure, beside what it must reach. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Undefined where the figure only informs. */
  readonly target?: { readonly relation: 'atLeast' | 'below'; readonly value: number };
  /** What else was seen, for the reader of the table. */
  readonly note?: string;
}

export const isReached = ({ value, target }: Figure): boolean | undefined =>
  target === undefined ? undefined : target.relation === 'atLeast' ? value >= target.value : value < target.value;

/** A Markdown table, so that it can stand in docs/BENCHMARKS.md as it is. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${rounded(figure.value)} ${figure.unit}`,
    figure.target === undefined
      ? ''
      : `${figure.target.relation === 'atLeast' ? 'at least' : 'below'} ${rounded(figure.target.value)} ${figure.unit}`,
    { true: 'yes', false: '**no**', undefined: '' }[String(isReached(figure)) as 'true' | 'false' | 'undefined'],
    figure.note ?? '',
  ]);
  return [['figure', 'measured', 'must reach', 'reached', 'note'], ['---', '---:', '---:', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

const rounded = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2);

/** The value below which `share` (0..1) of the samples lie, by nearest rank. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}
