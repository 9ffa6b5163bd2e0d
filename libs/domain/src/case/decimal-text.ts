const decimalPattern = /^-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,18})?$/;

/** Characters of a coordinate's text. */
export const decimalTextLength = 30;

/**
 * The number a plain decimal text means, or undefined for anything else (exponents, NaN, infinity, spaces, "1."). "-0" means
 * 0: canonical JSON has no negative zero, and what is decided must be what is stored.
 */
export function parseDecimal(text: string): number | undefined {
  return text.length <= decimalTextLength && decimalPattern.test(text) ? Number(text) + 0 : undefined;
}
