import { claimObstacle, streamIdOf } from '@consilium/domain';
import type { EventStore } from '@consilium/event-store';
import type { Viewer } from '../access/viewer.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import { annotatorState, streamOf } from '../platform/stream-state.ts';
import type { ChangeScope } from './change-scope.ts';

interface AssigneePorts {
  readonly store: EventStore;
  readonly facts: ProjectFacts;
}

/**
 * Why cases cannot be given to one of those named: a place would be kept for somebody who may not take it. By the newest version of the
 * protocol; what a case of another version asks for is asked when it is claimed. From whom cases are taken, nothing is asked.
 */
export async function assigneeProblem(
  { store, facts }: AssigneePorts,
  { organisation }: Viewer,
  { projectId, kind, annotatorIds }: ChangeScope,
): Promise<{ readonly code: string; readonly message: string } | undefined> {
  if (kind !== 'assign') return undefined;
  const protocol = await facts.newestProtocol(organisation, projectId);
  if (protocol === undefined) return undefined;
  const streams = annotatorIds.map((annotatorId) => streamIdOf('annotator', annotatorId));
  const loaded = await store.load({ organisation, streams });
  for (const streamId of streams) {
    const state = annotatorState(streamOf(loaded, streamId));
    if (state.status !== 'registered' || state.projectId !== projectId) {
      return { code: 'NOT_AN_ANNOTATOR', message: 'one of them is no annotator of this project' };
    }
    const obstacle = claimObstacle(state, protocol, loaded.now);
    if (obstacle !== undefined) {
      return {
        code: obstacle.code,
        message: 'one of them is paused, or lacks a qualification that the protocol wants',
      };
    }
  }
  return undefined;
}
