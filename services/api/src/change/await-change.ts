import { idWithinStream } from '@consilium/domain';
import type { EventStore, StreamPosition } from '@consilium/event-store';
import { passageOf } from '@consilium/read-model';
import type { ChangeView, Passage } from '@consilium/read-model';
import type { RequestScope } from '../platform/request-scope.ts';
import { readChangeToken } from '../platform/change-token.ts';
import type { KeyedHash } from '../platform/keyed-hash.ts';
import { queryError } from '../platform/query-errors.ts';
import type { ChangeFollower } from './change-follower.ts';
import { isGiven } from '../schema/is-given.ts';

export interface AwaitPorts {
  readonly store: EventStore;
  readonly signatures: KeyedHash;
  readonly follower: ChangeFollower;
}

const longestWaitMs = 5_000;
/** The feed wakes whoever waits; this is for changes it does not carry, and for its absence. */
const lookAgainMs = 250;

/**
 * Waits until the views show what the command behind `token` changed.
 * @throws GraphQLError BAD_USER_INPUT, VIEW_BEHIND (nothing is wrong, ask again), STREAM_PARKED (ask operations)
 */
export async function awaitChange(
  ports: AwaitPorts,
  scope: RequestScope,
  token: string | null | undefined,
): Promise<void> {
  if (!isGiven(token)) return;
  const { organisation, personId } = scope.viewer;
  const commandId = readChangeToken(ports.signatures, scope.viewer, token);
  if (commandId === undefined) throw queryError('BAD_USER_INPUT', 'This token is not one of yours.');
  const { command } = await ports.store.load({ organisation, streams: [], command: { actorId: personId, commandId } });
  if (command === undefined) throw queryError('BAD_USER_INPUT', 'This token is not one of yours.');
  const passage = await passed(ports.follower, scope, command.streams);
  if (passage === 'behind') throw queryError('VIEW_BEHIND', 'Your change does not show yet: ask again.');
  if (passage === 'parked') throw queryError('STREAM_PARKED', 'Your change is stored but cannot be shown at present.');
}

async function passed(
  follower: ChangeFollower,
  { session }: RequestScope,
  positions: readonly StreamPosition[],
): Promise<Passage> {
  const first = await passageOf(session, positions);
  if (first !== 'behind') return first;
  const ids = new Set(positions.map(({ streamId }) => idWithinStream(streamId)));
  const concerns = ({ caseId, projectId, annotatorId }: ChangeView): boolean =>
    [caseId, projectId, annotatorId].some((id) => id !== undefined && ids.has(id));
  let wake = (): void => undefined;
  const stop = await follower.listen({
    changed: (change) => {
      if (concerns(change)) wake();
    },
    missed: () => {
      wake();
    },
  });
  const endsAtMs = performance.now() + longestWaitMs;
  try {
    for (;;) {
      // Armed before looking: a change that comes in between wakes.
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const passage = await passageOf(session, positions);
      if (passage !== 'behind' || performance.now() >= endsAtMs) return passage;
      await atMost(woken, lookAgainMs);
    }
  } finally {
    stop();
  }
}

async function atMost(woken: Promise<void>, longestMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, longestMs);
  });
  await Promise.race([woken, timeout]);
  clearTimeout(timer);
}
