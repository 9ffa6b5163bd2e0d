import { randomUUID } from 'node:crypto';
import { claimKnownCase, claimNextCase, submitAnnotation } from '@consilium/client';
import type { ClaimKnownCaseData, ConsiliumClient } from '@consilium/client';
import { DemonstrationFailed, unexpected } from './demonstration-failed.ts';
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

const attempts = 10;

/**
 * Claims and answers every case, several side by side, and then asks the queue for a next one until it has none: what
 * somebody else took from this account, or a run that was broken off left, comes back there.
 */
export async function readAsAccount(options: AccountOptions): Promise<void> {
  const waiting = [...options.cases.keys()].reverse();
  const work = async (): Promise<void> => {
    for (let caseId = waiting.pop(); caseId !== undefined; caseId = waiting.pop()) {
      options.signal.throwIfAborted();
      const leaseToken = await claim(options, caseId);
      if (leaseToken !== undefined && (await answer(options, caseId, leaseToken))) options.onSubmitted();
    }
  };
  await Promise.all(Array.from({ length: readsAtOnce }, work));
  for (let next = await claimNext(options); next !== undefined; next = await claimNext(options)) {
    if (await answer(options, next.caseId, next.leaseToken)) options.onSubmitted();
  }
}

/** Undefined when this account has submitted the case before. */
async function claim({ client, signal }: AccountOptions, caseId: string): Promise<string | undefined> {
  const input = { commandId: randomUUID(), caseId };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { claimCase: answered } = await client.request(claimKnownCase, { input }, { signal });
    if (answered.__typename === 'Claimed') return answered.leaseToken;
    if (answered.__typename === 'AlreadySubmitted') return undefined;
    // Nothing was changed, so the same command may be sent again.
    if (answered.__typename !== 'Contended') throw unexpected('Claiming a case', answered);
  }
  throw new DemonstrationFailed(`Claiming a case met others ${attempts} times`);
}

type Claimed = Extract<ClaimKnownCaseData['claimCase'], { readonly __typename: 'Claimed' }>;

async function claimNext({
  client,
  projectId,
  signal,
}: AccountOptions): Promise<Pick<Claimed, 'caseId' | 'leaseToken'> | undefined> {
  const input = { commandId: randomUUID(), projectId };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { claimNextCase: answered } = await client.request(claimNextCase, { input }, { signal });
    if (answered.__typename === 'Claimed') return answered;
    if (answered.__typename === 'NothingToClaim') return undefined;
    if (answered.__typename !== 'Contended') throw unexpected('Claiming the next case', answered);
  }
  throw new DemonstrationFailed(`Claiming the next case met others ${attempts} times`);
}

/** False when it was submitted before. */
async function answer(options: AccountOptions, caseId: string, firstLease: string): Promise<boolean> {
  let lease: string | undefined = firstLease;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const outcome = await submit(options, caseId, lease);
    if (outcome !== 'stale') return outcome === 'submitted';
    lease = await claim(options, caseId);
    if (lease === undefined) return false;
  }
  throw new DemonstrationFailed(`Case ${caseId} could not be submitted in ${attempts} attempts`);
}

async function submit(
  { client, account, cases, signal }: AccountOptions,
  caseId: string,
  leaseToken: string,
): Promise<'submitted' | 'before' | 'stale'> {
  const known = cases.get(caseId);
  const found = known?.lidcCase.answers.find((one) => one.account === account);
  if (known === undefined || found === undefined) {
    throw new DemonstrationFailed(`Case ${caseId} is none of the demonstration`);
  }
  const input = {
    commandId: `submit-${leaseToken}`,
    caseId,
    leaseToken,
    revision: 0,
    annotation: toAnnotation(found, known.imageId),
  };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { submitAnnotation: answered } = await client.request(submitAnnotation, { input }, { signal });
    switch (answered.__typename) {
      case 'AnnotationSubmitted':
        return 'submitted';
      case 'AlreadySubmitted':
      case 'StaleRevision':
        return 'before';
      // Where others have its place, it is kept for a lead to decide.
      case 'StaleLease':
      case 'LateAnnotationKept':
        return 'stale';
      case 'Contended':
        continue;
      case 'Invalid':
      case 'NotFound':
      case 'CommandIdReused':
        throw unexpected('Submitting a read', answered);
      default:
        throw unexpected('Submitting a read', answered satisfies never);
    }
  }
  throw new DemonstrationFailed(`Submitting a read met others ${attempts} times`);
}
