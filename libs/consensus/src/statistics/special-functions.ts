/** Coefficients of Lanczos' approximation, g = 7 and nine terms (Godfrey 2001): 15 digits for positive arguments. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Natural logarithm of the gamma function, argument above 0. */
export function lnGamma(argument: number): number {
  if (argument < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * argument)) - lnGamma(1 - argument);
  const x = argument - 1;
  const series = lanczos.reduce((sum, term, index) => (index === 0 ? term : sum + term / (x + index)), 0);
  const base = x + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(base) - base + Math.log(series);
}

/**
 * Derivative of {@link lnGamma}, argument above 0: the recurrence up to 10, then the asymptotic series (Abramowitz and
 * Stegun 6.3.5 and 6.3.18); about 14 digits.
 */
export function digamma(argument: number): number {
  let x = argument;
  let shift = 0;
  for (; x < 10; x += 1) shift -= 1 / x;
  const square = 1 / (x * x);
  const tail = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))));
  return shift + Math.log(x) - 0.5 / x - tail;
}

/** Share of the beta distribution (a, b above 0) that lies below x: the continued fraction of DLMF 8.17.22, by Lentz. */
function betaShareBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaShareBelow(1 - x, b, a);
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  let fraction = 1;
  let numerators = 1;
  let denominators = 0;
  for (let step = 1; step <= 2_000; step += 1) {
    const half = Math.floor(step / 2);
    const even = (half * (b - half) * x) / ((a + 2 * half - 1) * (a + 2 * half));
    const odd = (-(a + half) * (a + b + half) * x) / ((a + 2 * half) * (a + 2 * half + 1));
    const term = step % 2 === 0 ? even : odd;
    denominators = 1 / awayFromZero(1 + term * denominators);
    numerators = awayFromZero(1 + term / numerators);
    fraction *= numerators * denominators;
    if (Math.abs(numerators * denominators - 1) < 1e-15) break;
  }
  return front / fraction;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}

/** The x below which that share (0..1) of the beta distribution lies, by bisection to the last digit. */
export function betaQuantile(share: number, a: number, b: number): number {
  return bisect(0, 1, (x) => betaShareBelow(x, a, b) < share);
}

/** Of the standard normal distribution; 0 < share < 1. */
export function normalQuantile(share: number): number {
  return studentQuantile(share, 1e8);
}

/** Of Student's t distribution, by its relation to the beta distribution (Abramowitz and Stegun 26.7.1). */
export function studentQuantile(share: number, degreesOfFreedom: number): number {
  if (share === 0.5) return 0;
  const tail = 2 * Math.min(share, 1 - share);
  const shareBeyond = (t: number): number =>
    1 - betaShareBelow((t * t) / (degreesOfFreedom + t * t), 0.5, degreesOfFreedom / 2);
  let high = 1;
  while (shareBeyond(high) > tail && high < 1e12) high *= 2;
  const t = bisect(0, high, (candidate) => shareBeyond(candidate) > tail);
  return share < 0.5 ? -t : t;
}

/** Of the F distribution with the degrees of freedom of numerator and denominator. */
export function fisherQuantile(share: number, numerator: number, denominator: number): number {
  const x = betaQuantile(share, numerator / 2, denominator / 2);
  return (denominator * x) / (numerator * (1 - x));
}

function bisect(from: number, to: number, isTooLow: (candidate: number) => boolean): number {
  let low = from;
  let high = to;
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (isTooLow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Chance of so many successes or more in so many trials. */
export function binomialTail(successes: number, trials: number, chance: number): number {
  if (successes <= 0) return 1;
  return successes > trials ? 0 : betaShareBelow(chance, successes, trials - successes + 1);
}

/** Chance of so great a chi-square or greater: the series of the incomplete gamma function (Abramowitz and Stegun 6.5.29). */
export function chiSquareTail(statistic: number, degreesOfFreedom: number): number {
  if (statistic <= 0) return 1;
  const [shape, x] = [degreesOfFreedom / 2, statistic / 2];
  // Beyond this the chance is below 1e-16, and the series would only lose digits.
  if (x > shape + 40 + 12 * Math.sqrt(shape)) return 0;
  let term = Math.exp(shape * Math.log(x) - x - lnGamma(shape + 1));
  let share = term;
  for (let step = 1; step < 10_000 && term > share * 1e-17; step += 1) {
    term *= x / (shape + step);
    share += term;
  }
  return Math.max(0, 1 - share);
}
