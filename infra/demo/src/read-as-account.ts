import type { AnnotationInput, ConsiliumClient } from '@consilium/client';
import { answerCase, claimCase, claimFromQueue } from './claimed-reads.ts';
import { DemonstrationFailed } from './demonstration-failed.ts';
import { readsAtOnce, toAnnotation } from './demonstration-plan.ts';
import type { LidcCase } from './lidc-cases.ts';

/** A case as it was imported. */
export interface KnownCase {
  readonly lidcCase: LidcCase;
  readonly imageId: string;
}

export interface AccountOptions {
  readonly client: ConsiliumClient;
  /** Whose answers of the plan these are. */
  readonly account: string;
  readonly projectId: string;
  /** By case id, in the order in which this account takes them. */
  readonly cases: ReadonlyMap<string, KnownCase>;
  readonly signal: AbortSignal;
  readonly onSubmitted: () => void;
}

/**
 * Claims and answers every case, several side by side, and then asks the queue for a next one until it has none: what
 * somebody else took from this account, or a run that was broken off left, comes back there.
 */
export async function readAsAccount(options: AccountOptions): Promise<void> {
  const { projectId, cases, signal, onSubmitted } = options;
  const waiting = [...cases.keys()].reverse();
  const work = async (): Promise<void> => {
    for (let caseId = waiting.pop(); caseId !== undefined; caseId = waiting.pop()) {
      signal.throwIfAborted();
      const lease = await claimCase(options, caseId);
      if (lease !== undefined && (await answerCase(options, caseId, lease, answerOf(options, caseId)))) onSubmitted();
    }
  };
  await Promise.all(Array.from({ length: readsAtOnce }, work));
  let next = await claimFromQueue(options, projectId);
  while (next !== undefined) {
    const { caseId, leaseToken } = next;
    if (await answerCase(options, caseId, leaseToken, answerOf(options, caseId))) onSubmitted();
    next = await claimFromQueue(options, projectId);
  }
}

function answerOf({ account, cases }: AccountOptions, caseId: string): AnnotationInput {
  const known = cases.get(caseId);
  const found = known?.lidcCase.answers.find((one) => one.account === account);
  if (known === undefined || found === undefined) {
    throw new DemonstrationFailed(`Case ${caseId} is none of the demonstration`);
  }
  return toAnnotation(found, known.imageId);
}
