import type { RatingTable } from '../ratings/rating-table.ts';
import type { Grid } from '../statistics/grid.ts';

/**
 * What becomes of an item on which several labels stand first, within 1e-12: no label, for people to decide; or the first of them in
 * the order of the labels, as tools do that must always answer. Never chance.
 */
export type TieRule = 'undecided' | 'firstLabel';

export interface ItemLabel {
  readonly itemId: string;
  readonly label: string | null;
  /** Of each label, in the order of `labels`: shares of the votes, or posteriors; the method says which. They sum to 1. */
  readonly probabilities: readonly number[];
}

export interface LabelConsensus {
  readonly labels: readonly string[];
  /** By item id. */
  readonly items: readonly ItemLabel[];
}

const tieWidth = 1e-12;

/** @param probabilities a row an item, a column a label. */
export function toLabelConsensus(table: RatingTable<string>, probabilities: Grid, tie: TieRule): LabelConsensus {
  return {
    labels: table.values,
    items: table.items.map((itemId, item) => {
      const row = Array.from(probabilities.row(item));
      const most = Math.max(...row);
      const first = table.values.filter((_, label) => (row[label] ?? 0) >= most - tieWidth);
      const label = first.length > 1 && tie === 'undecided' ? null : (first[0] ?? null);
      return { itemId, label, probabilities: row };
    }),
  };
}

/** The number of the greatest probability of each item, the first where several are. */
export function firstLabels(probabilities: Grid): Int32Array {
  return Int32Array.from({ length: probabilities.rows }, (_, item) => {
    let best = 0;
    for (let label = 1; label < probabilities.columns; label += 1) {
      if (probabilities.at(item, label) > probabilities.at(item, best) + tieWidth) best = label;
    }
    return best;
  });
}
