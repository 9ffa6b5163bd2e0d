import { randomUUID } from 'node:crypto';
import { claimNextReview, type ConsiliumClient, myReviews, recordReview, reviewTask } from '@consilium/client';
import type { ReviewTaskData } from '@consilium/client';
import { DemonstrationFailed, unexpected } from '../demonstration-failed.ts';
import type { SyntheticStudy } from '../grounded-reports/synthetic-study.ts';
import { toDecision } from './grounded-answers.ts';

export interface ReviewOptions {
  readonly client: ConsiliumClient;
  readonly projectId: string;
  /** By case id. */
  readonly studies: ReadonlyMap<string, SyntheticStudy>;
  readonly onReviewed: (reviewed: number) => void;
  readonly signal: AbortSignal;
}

/** First what an earlier run left, then what is open, until nothing is. @throws DemonstrationFailed */
export async function reviewAll(options: ReviewOptions): Promise<void> {
  const { client, projectId, onReviewed, signal } = options;
  const { myReviews: mine } = await client.request(myReviews, { projectId });
  const left: Claimed[] = mine.held.map(({ caseId }) => ({ caseId, token: null }));
  for (let reviewed = 1; ; reviewed += 1) {
    signal.throwIfAborted();
    const claimed = left.pop() ?? (await claimNext(options));
    if (claimed === undefined) return;
    await review(options, claimed);
    onReviewed(reviewed);
  }
}

interface Claimed {
  readonly caseId: string;
  readonly token: string | null;
}

async function claimNext({ client, projectId }: ReviewOptions): Promise<Claimed | undefined> {
  const { claimNextReview: answer } = await client.request(claimNextReview, {
    input: { commandId: randomUUID(), projectId },
  });
  if (answer.__typename === 'NothingToReview') return undefined;
  if (answer.__typename !== 'ReviewClaimed') throw unexpected('Claiming a review', answer);
  return answer;
}

/** What is right is accepted, and what is not is put right: the reviewer's answer stands beside the read, which stays as it was. */
async function review({ client, studies }: ReviewOptions, { caseId, token }: Claimed): Promise<void> {
  const { reviewTask: task } = await client.request(reviewTask, { caseId, after: token });
  const synthetic = studies.get(caseId);
  if (task === null || synthetic === undefined) throw new DemonstrationFailed(`Case ${caseId} is none to review`);
  const { read } = task;
  if (read === null) throw new DemonstrationFailed(`The read of case ${caseId} is not there any more`);
  const verdict = isRight(read, synthetic, task.case)
    ? ({ outcome: 'ACCEPTED', reason: 'CORRECT' } as const)
    : ({ outcome: 'FIXED', reason: 'FINDING_WRONG', fix: toDecision(synthetic, task.case) } as const);
  const input = {
    commandId: `review-${task.leaseToken}`,
    caseId,
    leaseToken: task.leaseToken,
    annotationId: read.id,
    ...verdict,
  };
  const { recordReview: answer } = await client.request(recordReview, { input });
  if (answer.__typename !== 'ReviewRecorded') throw unexpected('Recording a review', answer);
}

type Task = NonNullable<ReviewTaskData['reviewTask']>;

/** As far as words and the number of boxes go. */
function isRight(
  { findings }: NonNullable<Task['read']>,
  { truth }: SyntheticStudy,
  { sentences }: Task['case'],
): boolean {
  return (
    findings.length === truth.length &&
    truth.every(({ finding, polarity, label, boxes }) => {
      const given = findings.find(({ sentenceId }) => sentenceId === sentences[finding]?.id);
      return polarity === 'negative'
        ? given?.polarity === 'NEGATIVE'
        : given?.polarity === 'POSITIVE' && given.labels[0] === label && given.regionIds.length === boxes.length;
    })
  );
}
