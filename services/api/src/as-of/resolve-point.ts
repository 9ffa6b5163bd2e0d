import { endOfLog, hasPassed, hasWholeHistory, headCovering, parkedUpTo, seqBefore } from '@consilium/read-model';
import type { Instant, StreamId } from '@consilium/domain';
import type { HeadView } from '@consilium/read-model';
import { pause } from '@consilium/runtime';
import type { Session } from '@consilium/postgres';
import { queryError } from '../platform/query-errors.ts';
import type { AsOf } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

/** A point of the log that an answer about the past is taken from. */
export interface Point {
  readonly sequence: number;
  /** The smallest that covers it. */
  readonly head: HeadView | undefined;
}

/** For the scope of a cursor: a page of the past goes on in that past. */
export const pointText = (point: Point | undefined): string | null =>
  point === undefined ? null : String(point.sequence);

const longestWaitMs = 5_000;
const lookAgainMs = 50;

/**
 * The point that is asked for, once the views have passed it in every partition.
 * @throws GraphQLError BAD_USER_INPUT, POINT_NOT_REACHED (nothing so late is there yet), VIEW_BEHIND (ask again),
 * HISTORY_NOT_READY (after an update the past is made anew: ask again in minutes)
 */
export async function resolvePoint({ session }: { readonly session: Session }, asOf: AsOf): Promise<Point> {
  const sequence = await sequenceOf(session, asOf);
  await demandWholeHistory(session);
  const endsAtMs = performance.now() + longestWaitMs;
  while (!(await hasPassed(session, sequence))) {
    if (performance.now() > endsAtMs) throw queryError('VIEW_BEHIND', 'That point does not show yet: ask again.');
    await pause(lookAgainMs);
  }
  return { sequence, head: await headCovering(session, sequence) };
}

/** @throws GraphQLError HISTORY_NOT_READY while the views that readers see have the past from some event on only */
export async function demandWholeHistory(session: Session): Promise<void> {
  if (await hasWholeHistory(session)) return;
  throw queryError('HISTORY_NOT_READY', 'The past is being made ready after an update: ask again in some minutes.');
}

/**
 * A stream that stands still shows less than there was.
 * @throws GraphQLError STREAM_PARKED
 */
export async function demandShown(
  { session }: { readonly session: Session },
  streamIds: readonly StreamId[],
  { sequence }: Point,
): Promise<void> {
  if ((await parkedUpTo(session, streamIds, sequence)).length === 0) return;
  throw queryError('STREAM_PARKED', 'Something of that time cannot be shown at present.');
}

/** For annotators: by instant alone. Numbers and heads would answer how far the log is, and so how much others do. */
export function demandInstant({ instant, sequence, checkpoint }: AsOf): void {
  if (!isGiven(instant) || isGiven(sequence) || isGiven(checkpoint)) {
    throw queryError('FORBIDDEN', 'An annotator names a point of the past by an instant.');
  }
}

async function sequenceOf(session: Session, { sequence, instant, checkpoint }: AsOf): Promise<number> {
  if ([sequence, instant, checkpoint].filter(isGiven).length !== 1) {
    throw queryError('BAD_USER_INPUT', '`asOf` has just one of sequence, instant and checkpoint.');
  }
  if (isGiven(instant)) {
    if (instant > Date.now()) throw queryError('POINT_NOT_REACHED', 'That instant is still to come.');
    return seqBefore(session, instant as Instant);
  }
  if (isGiven(checkpoint)) {
    const head = checkpoint < 1 ? undefined : await headCovering(session, checkpoint);
    if (head?.size !== checkpoint) throw queryError('BAD_USER_INPUT', 'There is no signed head of this size.');
    return checkpoint;
  }
  if (!isGiven(sequence) || sequence < 0) throw queryError('BAD_USER_INPUT', 'A number of the log is 0 or more.');
  if (sequence > (await endOfLog(session))) throw queryError('POINT_NOT_REACHED', 'The log has no such number yet.');
  return sequence;
}
