import { setTimeout as pause } from 'node:timers/promises';
import { project as projectQuery } from '@consilium/client';
import type { ConsiliumClient, ProjectFields } from '@consilium/client';
import { DemonstrationFailed } from './demonstration-failed.ts';
import { demonstrationAccounts } from './demonstration-plan.ts';
import type { DemonstrationPlan } from './demonstration-plan.ts';

export type ProjectProgress = NonNullable<ProjectFields['progress']>;

const pollMs = 250;
/** Without any progress in this time something is broken. */
const patienceMs = 60_000;

/** As the views have it. */
export async function progressOf(lead: ConsiliumClient, projectId: string): Promise<ProjectProgress> {
  const { project } = await lead.request(projectQuery, { id: projectId });
  const progress = project?.progress ?? undefined;
  if (progress === undefined) throw new DemonstrationFailed('The project shows no progress to its lead');
  return progress;
}

/** The reads of the others are not complete, or their consensus is still to come; those in dispute wait for an adjudicator. */
export const withConsensus = ({ settled, disputed, adjudicating, adjudicated, finalised }: ProjectProgress): number =>
  settled + disputed + adjudicating + adjudicated + finalised;

/** Every case was read by everybody and has its consensus. */
export function isComplete(progress: ProjectProgress, plan: DemonstrationPlan): boolean {
  const { cases, readsSubmitted } = progress;
  const wanted = plan.cases.length;
  return (
    cases === wanted && withConsensus(progress) === wanted && readsSubmitted === wanted * demonstrationAccounts.length
  );
}

/**
 * Polls until it is so. `isReached` also sees every state on the way.
 * @throws DemonstrationFailed when nothing has moved for a minute; the reason of `signal`
 */
export async function untilProgress(
  lead: ConsiliumClient,
  projectId: string,
  isReached: (progress: ProjectProgress) => boolean,
  signal: AbortSignal | undefined,
): Promise<ProjectProgress> {
  let last = '';
  let movedMs = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    const progress = await progressOf(lead, projectId);
    if (isReached(progress)) return progress;
    const now = JSON.stringify(progress);
    if (now !== last) [last, movedMs] = [now, performance.now()];
    if (performance.now() - movedMs > patienceMs) {
      throw new DemonstrationFailed(`Nothing has moved for ${patienceMs / 1_000} s, at ${now}`);
    }
    await pause(pollMs);
  }
}
