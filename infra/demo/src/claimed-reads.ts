import { randomUUID } from 'node:crypto';
import { claimKnownCase, claimNextCase, submitAnnotation } from '@consilium/client';
import type { AnnotationInput, ClaimKnownCaseData, ConsiliumClient } from '@consilium/client';
import { DemonstrationFailed, unexpected } from './demonstration-failed.ts';

/** Who reads, and until when. */
export interface Reader {
  readonly client: ConsiliumClient;
  readonly signal: AbortSignal;
}

type Claimed = Extract<ClaimKnownCaseData['claimCase'], { readonly __typename: 'Claimed' }>;

const attempts = 10;

/** The lease; undefined where this reader has submitted the case before. @throws DemonstrationFailed */
export async function claimCase({ client, signal }: Reader, caseId: string): Promise<string | undefined> {
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

/** The first case that the queue has for this reader. @throws DemonstrationFailed */
export async function claimFromQueue(
  { client, signal }: Reader,
  projectId: string,
): Promise<Pick<Claimed, 'caseId' | 'leaseToken'> | undefined> {
  const input = { commandId: randomUUID(), projectId };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { claimNextCase: answered } = await client.request(claimNextCase, { input }, { signal });
    if (answered.__typename === 'Claimed') return answered;
    if (answered.__typename === 'NothingToClaim') return undefined;
    if (answered.__typename !== 'Contended') throw unexpected('Claiming the next case', answered);
  }
  throw new DemonstrationFailed(`Claiming the next case met others ${attempts} times`);
}

/** False where it was submitted before; a lease that ran out meanwhile is claimed anew. @throws DemonstrationFailed */
export async function answerCase(
  reader: Reader,
  caseId: string,
  firstLease: string,
  annotation: AnnotationInput,
): Promise<boolean> {
  let lease: string | undefined = firstLease;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const outcome = await submit(reader, caseId, lease, annotation);
    if (outcome !== 'stale') return outcome === 'submitted';
    lease = await claimCase(reader, caseId);
    if (lease === undefined) return false;
  }
  throw new DemonstrationFailed(`Case ${caseId} could not be submitted in ${attempts} attempts`);
}

async function submit(
  { client, signal }: Reader,
  caseId: string,
  leaseToken: string,
  annotation: AnnotationInput,
): Promise<'submitted' | 'before' | 'stale'> {
  const input = { commandId: `submit-${leaseToken}`, caseId, leaseToken, revision: 0, annotation };
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
      case 'SentencesChanged':
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
