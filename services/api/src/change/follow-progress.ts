import type { ProjectId } from '@consilium/domain';
import { projectProgress } from '@consilium/read-model';
import { pause } from '@consilium/runtime';
import type { ProjectFacts } from '../platform/project-facts.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { ProjectProgressed, SubscriptionProjectProgressedArguments } from '../schema/generated/schema-types.ts';
import { type AwaitPorts, awaitChange } from './await-change.ts';
import { listen } from './follow-changes.ts';
import { demandOthersWork } from '../platform/demand-project.ts';
import { FrameQueue } from './frame-queue.ts';
import { Standing } from './standing.ts';

export interface ProgressFrame {
  readonly projectProgressed: ProjectProgressed;
}

/** Figures are counted anew for each frame: an import of thousands of cases is told in a few. */
const shortestIntervalMs = 250;

/** The figures of one project as they are, and whenever they have changed. @throws GraphQLError NOT_FOUND, FORBIDDEN, and those of `awaitChange` */
export async function followProgress(
  ports: AwaitPorts & { readonly facts: ProjectFacts },
  scope: RequestScope,
  { projectId: id, after }: SubscriptionProjectProgressedArguments,
): Promise<AsyncIterableIterator<ProgressFrame>> {
  await awaitChange(ports, scope, after);
  const projectId = await demandOthersWork(scope, id);
  const standing = new Standing({ facts: ports.facts, scope, projectId, seesOthers: true });
  const ended = new AbortController();
  let stop = (): void => undefined;
  const makeFrame = progressFrames(scope, projectId, ended.signal);
  const queue = new FrameQueue<number, ProgressFrame>({
    longest: 1,
    frameOf: async (at) => {
      if (await standing.holds()) return makeFrame(at);
      void queue.return();
      return undefined;
    },
    onClose: () => {
      ended.abort();
      stop();
    },
  });
  stop = await listen(ports.follower, scope, 'projectProgressed', {
    changed: (change) => {
      if (standing.isLostBy(change)) void queue.return();
      else if (change.projectId === projectId && change.caseId !== undefined) queue.push(change.recordedAt);
    },
    missed: () => {
      standing.doubt();
      queue.push(Date.now());
    },
  });
  // Figures of before this moment may be old already.
  queue.push(Date.now());
  return queue;
}

/** Makes a frame of the present figures, where they are others than in the frame before. */
function progressFrames(
  { session }: RequestScope,
  projectId: ProjectId,
  ended: AbortSignal,
): (at: number) => Promise<ProgressFrame | undefined> {
  let mayLookAtMs = 0;
  let told = '';
  return async (at) => {
    await pause(Math.max(0, mayLookAtMs - performance.now()), ended);
    mayLookAtMs = performance.now() + shortestIntervalMs;
    const progress = await projectProgress(session, projectId);
    const figures = JSON.stringify(progress);
    if (figures === told) return undefined;
    told = figures;
    return { projectProgressed: { projectId, progress, at } };
  };
}
