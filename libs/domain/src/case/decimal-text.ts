/** A number by the grammar of JSON (RFC 8259, section 6): files hold doubles as 5e-05, and with as many digits as their writer chose. */
const decimalPattern = /^-?(0|[1-9][0-9]{0,8})(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$/;

/** Characters of a coordinate's text. */
export const decimalTextLength = 40;

const largest = 1_000_000_000;

/**
 * The number a decimal text means, below a thousand million in absolute value, or undefined for anything else (NaN, infinity, spaces,
 * "1."). "-0" means 0: canonical JSON has no negative zero, and what is decided must be what is stored.
 */
export function parseDecimal(text: string): number | undefined {
  if (text.length > decimalTextLength || !decimalPattern.test(text)) return undefined;
  const value = Number(text) + 0;
  return Math.abs(value) < largest ? value : undefined;
}
