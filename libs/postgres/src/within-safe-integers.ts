/** 2^53 - 1: what `bigint` columns are read as. */
const largest = '9007199254740991';

/**
 * SQL that gives the value of a bigint expression, or the largest integer (by sign) that a JavaScript number tells from its
 * neighbours. For who looks for damage: a number beyond it was never written by us and must not end the reading.
 */
export const withinSafeIntegers = (expression: string): string =>
  `greatest(least(${expression}, ${largest}), -${largest})`;

/** SQL that is true while a bigint parameter can have successors that {@link withinSafeIntegers} tells from it. */
export const hasSafeSuccessor = (parameter: string): string => `${parameter} < ${largest}`;
