/**
 * GraphQL `submitAnnotation` with 32 clients over a whole installation: authorisation on, relay, standby, projector and
 * quality running on the same two cores. Reads are claimed before; each submission brings 8 bilingual sentences and 5 boxes.
 * Requests are sent as an HTTP client would, prepared before the clock starts, so that the client's own work is small.
 */
import { Database, readInteger } from '@consilium/postgres';
import { Agent } from 'node:http';
import { type Figure, quantile } from './figure.ts';
import type { SystemUnderTest } from '../harness/system-under-test.ts';
import { type HeldRead, inParallel, type Workload } from '../harness/workload.ts';
import { postPrepared, preparedSubmission } from './prepared-submission.ts';

const clients = 32;
const warmUp = 400;
const drainLimitMs = 60_000;
/** Annotators follow the queue some way behind one another, so that cases are completed at a steady rate. */
const casesApart = 50;

export async function benchSubmit(
  system: SystemUnderTest,
  reads: readonly HeldRead[],
  tokenOf: (read: HeldRead) => string,
): Promise<readonly Figure[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const bodies = reads.map((read, index) => preparedSubmission(read, tokenOf(read), index));
  const post = async (body: (typeof bodies)[number]): Promise<number> => {
    const start = performance.now();
    const answer = await postPrepared(agent, system.api.port, body);
    if (!answer.includes('"AnnotationSubmitted"')) throw new Error(`refused: ${answer.slice(0, 300)}`);
    return performance.now() - start;
  };
  await inParallel(clients, bodies.slice(0, warmUp), post);
  const start = performance.now();
  const durations = await inParallel(clients, bodies.slice(warmUp), post);
  const seconds = (performance.now() - start) / 1_000;
  const drainMs = await drained(system);
  agent.destroy();
  const size = Math.round(Buffer.byteLength(bodies[0]?.text ?? '') / 1_024);
  return [
    {
      name: `submitAnnotation, ${String(clients)} clients, whole pipeline running`,
      value: durations.length / seconds,
      unit: '/s',
      target: { relation: 'atLeast', value: 600 },
      note: `${String(durations.length)} submissions of ${String(size)} KiB; median ${quantile(durations, 0.5).toFixed(1)} ms`,
    },
    {
      name: 'the same, 99th percentile',
      value: quantile(durations, 0.99),
      unit: 'ms',
      target: { relation: 'below', value: 100 },
    },
    {
      name: 'backlog drained after the load (journal to views, consensus recorded)',
      value: drainMs / 1_000,
      unit: 's',
      target: { relation: 'below', value: 5 },
    },
  ];
}

/** Time until nothing waits for its number, the views have applied the whole log, and no completed case lacks a consensus. */
export async function drained(
  system: Pick<SystemUnderTest, 'databaseUrl'>,
  limitMs: number = drainLimitMs,
): Promise<number> {
  const database = new Database({ url: system.databaseUrl, applicationName: 'consilium-bench', poolSize: 1 });
  const start = performance.now();
  try {
    while (performance.now() - start < limitMs) {
      const [row] = await database.query({
        text: `SELECT (SELECT count(*) FROM journal.pending)
                 + (SELECT count(*) FROM journal.partition_head head
                      LEFT JOIN view_1.checkpoint done USING (topic, partition)
                      WHERE coalesce(done.next_seq, 1) <= head.last_seq)
                 + (SELECT count(*) FROM read_model.case_state WHERE status = 'awaitingConsensus') AS waiting`,
        values: [],
      });
      if (row !== undefined && readInteger(row, 'waiting') === 0) return performance.now() - start;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    await database.close();
  }
  throw new Error(`not drained within ${String(limitMs)} ms`);
}

export const claimedReads = async (workload: Workload, cases: number): Promise<readonly HeldRead[]> => {
  const caseIds = await workload.importMore(cases);
  const reads = await workload.claimAll(caseIds);
  const places = new Map(caseIds.map((caseId, place) => [caseId, place]));
  const order = ({ client, caseId }: HeldRead): number =>
    (places.get(caseId) ?? 0) + workload.annotators.indexOf(client) * casesApart;
  return reads.toSorted((one, other) => order(one) - order(other));
};
