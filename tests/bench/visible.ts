/**
 * Commit to visible, at a steady 300 submissions a second: from the answer of the mutation (the commit is just before it)
 * to the frame on the subscription of the lead, and to the query that shows it. The two clocks are one process's.
 */
import { caseChanged, caseHistory, submitAnnotation } from '@consilium/client';
import { type Figure, quantile } from './figure.ts';
import { type HeldRead, submission, type Workload } from '../harness/workload.ts';

const perSecond = 300;
/** One in so many is also looked for by a query: polling every one would be a load of its own. */
const queriedShare = 10;

export async function benchVisible(workload: Workload, reads: readonly HeldRead[]): Promise<readonly Figure[]> {
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
    const due = start + (index / perSecond) * 1_000;
    const early = due - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    underWay.push(submitOne(read, index, committed, queried));
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
  index: number,
  committed: Map<string, number[]>,
  queried: number[],
): Promise<void> {
  const answer = (await read.client.request(submitAnnotation, { input: submission(read, index) })).submitAnnotation;
  if (answer.__typename !== 'AnnotationSubmitted') throw new Error(`refused: ${answer.__typename}`);
  const at = performance.now();
  committed.set(read.caseId, [...(committed.get(read.caseId) ?? []), at]);
  if (index % queriedShare !== 0) return;
  await read.client.request(caseHistory, { id: read.caseId, after: answer.token, first: 20, afterEntry: null });
  queried.push(performance.now() - at);
}
