import { randomUUID } from 'node:crypto';
import {
  adjudicate,
  adjudicationTask,
  claimNextAdjudication,
  myAdjudications,
  wholeCase,
  type ConsiliumClient,
} from '@consilium/client';
import { DemonstrationFailed, unexpected } from '../demonstration-failed.ts';
import type { SyntheticStudy } from '../grounded-reports/synthetic-study.ts';
import { toChoice, toDecision } from './grounded-answers.ts';

export interface AdjudicationOptions {
  readonly client: ConsiliumClient;
  readonly projectId: string;
  /** By case id. */
  readonly studies: ReadonlyMap<string, SyntheticStudy>;
  readonly onDecided: (decided: number) => void;
  readonly signal: AbortSignal;
}

/** First what an earlier run left, then what the queue has, until it has nothing. @throws DemonstrationFailed */
export async function adjudicateAll(options: AdjudicationOptions): Promise<void> {
  const { client, projectId, onDecided, signal } = options;
  const { myAdjudications: mine } = await client.request(myAdjudications, { projectId });
  const left = mine.held.map(({ caseId }) => caseId);
  for (let decided = 1; ; decided += 1) {
    signal.throwIfAborted();
    const caseId = left.pop() ?? (await claimNext(options));
    if (caseId === undefined) return;
    await decide(options, caseId);
    onDecided(decided);
  }
}

async function claimNext({ client, projectId }: AdjudicationOptions): Promise<string | undefined> {
  const input = { commandId: randomUUID(), projectId };
  const { claimNextAdjudication: answer } = await client.request(claimNextAdjudication, { input });
  if (answer.__typename === 'NothingToAdjudicate') return undefined;
  if (answer.__typename !== 'SeatClaimed') throw unexpected('Claiming an adjudication', answer);
  return answer.caseId;
}

async function decide({ client, studies }: AdjudicationOptions, caseId: string): Promise<void> {
  const { adjudicationTask: task } = await client.request(adjudicationTask, { caseId });
  const synthetic = studies.get(caseId);
  if (task === null || synthetic === undefined) throw new DemonstrationFailed(`Case ${caseId} is none to adjudicate`);
  const { case: seen } = await client.request(wholeCase, { id: caseId });
  const boxes = new Map((seen?.consensus?.regions ?? []).map(({ id, box }) => [id, box]));
  const input = {
    commandId: `adjudicate-${task.leaseToken}`,
    caseId,
    leaseToken: task.leaseToken,
    annotation: toDecision(synthetic, task.case),
    choices: task.disagreements.map((disagreement) => toChoice(disagreement, synthetic, task.case, boxes)),
  };
  const { adjudicate: answer } = await client.request(adjudicate, { input });
  if (answer.__typename !== 'Adjudicated') throw unexpected('Adjudicating', answer);
}
