/**
 * The Wilson score interval of a share, 95 %: Wilson 1927, "Probable inference, the law of succession, and statistical
 * inference". Unlike the normal interval it keeps to [0, 1], and says something at 0 and at all. Of no cases nothing is
 * known: [0, 1].
 */
export const wilsonInterval = (successes: number, cases: number): readonly [low: number, high: number] => {
  if (cases === 0) return [0, 1];
  const z = 1.959964;
  const share = successes / cases;
  const scale = 1 + z ** 2 / cases;
  const middle = (share + z ** 2 / (2 * cases)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / cases + z ** 2 / (4 * cases ** 2));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
};
