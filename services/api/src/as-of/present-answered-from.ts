import type { AnsweredFrom } from '../schema/generated/schema-types.ts';
import type { Point } from './resolve-point.ts';

/** Null of the present, and for annotators. */
export function presentAnsweredFrom(point: Point | undefined, isAnnotator: boolean): AnsweredFrom | null {
  if (point === undefined || isAnnotator) return null;
  return { sequence: point.sequence, checkpoint: point.head ?? null };
}
