import type { BatchOutcome } from '@consilium/read-model';

/** Told of what happens, for metrics and health. */
export interface ProjectorObserver {
  following(generation: number): void;
  handled(outcome: BatchOutcome): void;
}
