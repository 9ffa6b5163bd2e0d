/**
 * Commit to visible, at a steady 300 submissions a second: from the answer of the mutation (the commit is just before it)
 * to the frame on the subscription of the lead, and to the query that shows it. The two clocks are one process's.
 */
import { Agent } from 'node:http';
import { caseChanged, caseHistory } from '@consilium/client';
import { z } from 'zod';
import { type Figure, quantile } from './figure.ts';
import type { SystemUnderTest } from '../harness/system-under-test.ts';
import type { HeldRead, Workload } from '../harness/workload.ts';
import { postPrepared, preparedSubmission } from './prepared-submission.ts';

const perSecond = 300;
/** One in so many is also looked for by a query: polling every one would be a load of its own. */
const queriedShare = 20;

/** A refusal has no token, and ends the measurement. */
const answerSchema = z.object({ data: z.object({ submitAnnotation: z.object({ token: z.string() }) }) });

export async function benchVisible(
  system: SystemUnderTest,
  workload: Workload,
  reads: readonly HeldRead[],
  tokenOf: (read: HeldRead) => string,
): Promise<readonly Figure[]> {
  const agent = new Agent({ keepAlive: true });
  const bodies = reads.map((read, index) => preparedSubmission(read, tokenOf(read), index));
  const submittedFrames = new Map<string, number[]>();
  const frames = workload.lead.subscribe(caseChanged, { projectId: workload.projectId });
  const listening = (async () => {
    for await (const {
      caseChanged: { type, caseId },
    } of frames) {
      if (type !== 'annotationSubmitted' || caseId === null) continue;
      submittedFrames.set(caseId, [...(submittedFrames.get(caseId) ?? []), performance.now()]);
    }
  })();
  await new Promise((resolve) => setTimeout(resolve, 1_000));

  const committed = new Map<string, number[]>();
  const queried: number[] = [];
  const underWay: Promise<void>[] = [];
  const start = performance.now();
  for (const [index, read] of reads.entries()) {
    const body = bodies[index];
    if (body === undefined) break;
    const due = start + (index / perSecond) * 1_000;
    const early = due - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    underWay.push(submitOne(read, async () => postPrepared(agent, system.api.port, body), index, committed, queried));
  }
  await Promise.all(underWay);
  const rate = reads.length / ((performance.now() - start) / 1_000);
  const waitedSince = performance.now();
  const count = (map: ReadonlyMap<string, readonly number[]>): number =>
    [...map.values()].reduce((sum, { length }) => sum + length, 0);
  while (count(submittedFrames) < reads.length && performance.now() - waitedSince < 20_000) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await frames.return();
  agent.destroy();
  await listening;
  // Several reads of one case: the nth frame of a case is of its nth commit, since a stream keeps its order.
  const lags = [...committed].flatMap(([caseId, commits]) =>
    commits
      .toSorted((a, b) => a - b)
      .map((at, index) => Math.max(0, (submittedFrames.get(caseId)?.[index] ?? Number.POSITIVE_INFINITY) - at)),
  );
  const note = `${String(lags.length)} submissions at ${rate.toFixed(0)}/s`;
  return [
    {
      name: `commit to frame on the subscription, at ${String(perSecond)}/s, 99th percentile`,
      value: quantile(lags, 0.99),
      unit: 'ms',
      target: { relation: 'below', value: 400 },
      note: `${note}; median ${quantile(lags, 0.5).toFixed(0)} ms`,
    },
    {
      name: 'commit to visible in the view (history of the case, with `after`), 99th percentile',
      value: quantile(queried, 0.99),
      unit: 'ms',
      target: { relation: 'below', value: 400 },
      note: `${String(queried.length)} of them; median ${quantile(queried, 0.5).toFixed(0)} ms, the query's own time included`,
    },
  ];
}

async function submitOne(
  read: HeldRead,
  send: () => Promise<string>,
  index: number,
  committed: Map<string, number[]>,
  queried: number[],
): Promise<void> {
  const { data } = answerSchema.parse(JSON.parse(await send()));
  const at = performance.now();
  committed.set(read.caseId, [...(committed.get(read.caseId) ?? []), at]);
  if (index % queriedShare !== 0) return;
  await read.client.request(caseHistory, {
    id: read.caseId,
    after: data.submitAnnotation.token,
    first: 20,
    afterEntry: null,
  });
  queried.push(performance.now() - at);
}
