export interface WeightedValue {
  readonly value: number;
  /** Above 0. Equal weights give the ordinary median. */
  readonly weight: number;
}

/**
 * The value at which the summed weight, in rising order of the values, passes half of the total. Where it lands exactly
 * on half, the mean of that value and the next: so two equal weights give the mean of the two, and four the mean of the
 * two in the middle.
 *
 * Source: Cormen, Leiserson, Rivest and Stein, Introduction to Algorithms, problem "weighted median", which takes the
 * lower of the two at exactly half; the mean there is the usual convention of the ordinary median.
 *
 * @throws RangeError without a value.
 */
export function weightedMedian(values: readonly WeightedValue[]): number {
  const { lower, upper } = middle(values);
  return lower === upper ? lower : (lower + upper) / 2;
}

/**
 * The same, but the lower of the two where the weight lands exactly on half. The result is always one of the values,
 * as an ordinal scale demands: between two grades there is none.
 *
 * @throws RangeError without a value.
 */
export function lowerWeightedMedian(values: readonly WeightedValue[]): number {
  return middle(values).lower;
}

function middle(values: readonly WeightedValue[]): { readonly lower: number; readonly upper: number } {
  // Sorted by weight too, so that the running sum of equal values does not depend on the order they came in.
  const ascending = values.toSorted((one, other) => one.value - other.value || one.weight - other.weight);
  const total = ascending.reduce((sum, { weight }) => sum + weight, 0);
  let passed = 0;
  for (const [index, { value, weight }] of ascending.entries()) {
    passed += weight;
    if (2 * passed > total) return { lower: value, upper: value };
    if (2 * passed === total) return { lower: value, upper: ascending[index + 1]?.value ?? value };
  }
  throw new RangeError('A median needs at least one value with a weight above 0.');
}
