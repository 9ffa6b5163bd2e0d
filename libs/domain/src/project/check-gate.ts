import type { Problem } from '../problem.ts';

/** An intersection over union: above 0, at most 1. */
export const checkGate = (path: string, gate: number): readonly Problem[] =>
  gate > 0 && gate <= 1 ? [] : [{ path, code: 'OUT_OF_RANGE', message: `${path} must be above 0 and at most 1` }];
