import type { ChangeView } from '@consilium/read-model';
import type { RequestScope } from '../platform/request-scope.ts';
import type { ChangeFollower } from './change-follower.ts';
import { FrameQueue } from './frame-queue.ts';
import type { Standing } from './standing.ts';

/** What of the feed a subscription tells, and how. */
export interface Followed<Frame> {
  /** The root field, for the log of who looked at what. */
  readonly field: string;
  /** Of the changes of the viewer's organisation. */
  readonly concerns: (change: ChangeView) => boolean;
  /** As long as it holds. */
  readonly standing: Standing;
  /** Undefined: nothing is sent for this change. */
  readonly frameOf: (change: ChangeView) => Promise<Frame | undefined>;
  readonly resync: () => Frame;
}

/** Several looks at the feed: a transaction of the projector brings all its changes at once. They are shared, so this is cheap. */
const framesWaiting = 4_000;

/** Frames from now on, in the order in which changes become visible. */
export async function followChanges<Frame>(
  follower: ChangeFollower,
  scope: RequestScope,
  { field, concerns, standing, frameOf, resync }: Followed<Frame>,
): Promise<AsyncIterableIterator<Frame>> {
  let stop = (): void => undefined;
  const queue = new FrameQueue<ChangeView, Frame>({
    longest: framesWaiting,
    frameOf: async (change) => {
      if (await standing.holds()) return frameOf(change);
      void queue.return();
      return undefined;
    },
    resync,
    onClose: () => {
      stop();
    },
  });
  stop = await listen(follower, scope, field, {
    changed: (change) => {
      if (standing.isLostBy(change)) void queue.return();
      else if (concerns(change)) queue.push(change);
    },
    missed: () => {
      standing.doubt();
      queue.drop();
    },
  });
  return queue;
}

/** Listens for the changes of the viewer's organisation, once it is on record that they look. */
export async function listen(
  follower: ChangeFollower,
  scope: RequestScope,
  field: string,
  { changed, missed }: { readonly changed: (change: ChangeView) => void; readonly missed: () => void },
): Promise<() => void> {
  const { organisation } = scope.viewer;
  // Before anything is shown, and not with the end of a request: a subscription has none.
  await scope.accessLog.write(field);
  return follower.listen({
    changed: (change) => {
      if (change.organisation === organisation) changed(change);
    },
    missed,
  });
}
