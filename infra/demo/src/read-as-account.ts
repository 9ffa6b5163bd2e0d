import { randomUUID } from 'node:crypto';
import { claimCase, claimNextCase, myQueue, submitAnnotation } from '@consilium/client';
import type { ConsiliumClient } from '@consilium/client';
import { DemonstrationFailed, unexpected } from './demonstration-failed.ts';
import { readsAtOnce, toAnnotation } from './demonstration-plan.ts';
import type { LidcCase } from './lidc-cases.ts';

export interface AccountOptions {
  readonly client: ConsiliumClient;
  /** Whose answers of the plan these are. */
  readonly account: string;
  readonly projectId: string;
  readonly caseIds: ReadonlyMap<string, LidcCase>;
  readonly signal: AbortSignal;
  readonly onSubmitted: () => void;
}

interface Claim {
  readonly caseId: string;
  readonly leaseToken: string;
  readonly imageId: string;
}

const attempts = 10;

/**
 * Claims and answers cases until the queue has none for this account. Claims go one after the other, so that no two get
 * the same case; answers go side by side. First come the claims that an earlier run left.
 */
export async function readAsAccount(options: AccountOptions): Promise<void> {
  const left = [...(await leftClaims(options))];
  let claiming = Promise.resolve<Claim | undefined>(undefined);
  const nextClaim = (): Promise<Claim | undefined> => {
    claiming = claiming.then(async () => left.shift() ?? (await claimNext(options)));
    return claiming;
  };
  const work = async (): Promise<void> => {
    for (let claim = await nextClaim(); claim !== undefined; claim = await nextClaim()) {
      options.signal.throwIfAborted();
      if (await answer(options, claim)) options.onSubmitted();
    }
  };
  await Promise.all(Array.from({ length: readsAtOnce }, work));
}

async function leftClaims(options: AccountOptions): Promise<readonly Claim[]> {
  const { client, projectId } = options;
  const { myQueue: queue } = await client.request(myQueue, { projectId });
  const claims = await Promise.all(queue.held.map(({ caseId }) => claimAgain(options, caseId)));
  return claims.filter((claim) => claim !== undefined);
}

async function claimNext({ client, projectId, signal }: AccountOptions): Promise<Claim | undefined> {
  const input = { commandId: randomUUID(), projectId };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { claimNextCase: answer } = await client.request(claimNextCase, { input }, { signal });
    if (answer.__typename === 'Claimed') return toClaim(answer);
    if (answer.__typename === 'NothingToClaim') return undefined;
    // Nothing was changed, so the same command may be sent again.
    if (answer.__typename !== 'Contended') throw unexpected('Claiming the next case', answer);
  }
  throw new DemonstrationFailed(`Claiming the next case met others ${attempts} times`);
}

/** Undefined when there is nothing left to answer: this account has submitted the case. */
async function claimAgain({ client, signal }: AccountOptions, caseId: string): Promise<Claim | undefined> {
  const input = { commandId: randomUUID(), caseId };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { claimCase: answer } = await client.request(claimCase, { input }, { signal });
    if (answer.__typename === 'Claimed') return toClaim(answer);
    if (answer.__typename === 'AlreadySubmitted') return undefined;
    if (answer.__typename !== 'Contended') throw unexpected('Claiming a case again', answer);
  }
  throw new DemonstrationFailed(`Claiming a case again met others ${attempts} times`);
}

function toClaim(claimed: {
  readonly caseId: string;
  readonly leaseToken: string;
  readonly case: { readonly images: readonly { readonly id: string }[] };
}): Claim {
  const [image] = claimed.case.images;
  if (image === undefined) throw new DemonstrationFailed(`Case ${claimed.caseId} shows no image`);
  return { caseId: claimed.caseId, leaseToken: claimed.leaseToken, imageId: image.id };
}

/** False when it was submitted before. */
async function answer(options: AccountOptions, first: Claim): Promise<boolean> {
  let claim: Claim | undefined = first;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const outcome = await submit(options, claim);
    if (outcome !== 'stale') return outcome === 'submitted';
    claim = await claimAgain(options, claim.caseId);
    if (claim === undefined) return false;
  }
  throw new DemonstrationFailed(`Case ${first.caseId} could not be submitted in ${attempts} attempts`);
}

async function submit(
  { client, account, caseIds, signal }: AccountOptions,
  { caseId, leaseToken, imageId }: Claim,
): Promise<'submitted' | 'before' | 'stale'> {
  const found = caseIds.get(caseId)?.answers.find((one) => one.account === account);
  if (found === undefined) throw new DemonstrationFailed(`Case ${caseId} is none of the demonstration`);
  const input = {
    commandId: `submit-${leaseToken}`,
    caseId,
    leaseToken,
    revision: 0,
    annotation: toAnnotation(found, imageId),
  };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { submitAnnotation: answered } = await client.request(submitAnnotation, { input }, { signal });
    switch (answered.__typename) {
      case 'AnnotationSubmitted':
        return 'submitted';
      case 'AlreadySubmitted':
      case 'StaleRevision':
        return 'before';
      case 'StaleLease':
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
