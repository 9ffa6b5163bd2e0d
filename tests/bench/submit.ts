/**
 * GraphQL `submitAnnotation` with 32 clients over a whole installation: authorisation on, relay, standby, projector and
 * quality running on the same two cores. Reads are claimed before; each submission brings 8 bilingual sentences and 5 boxes.
 * Requests are sent as an HTTP client would, prepared before the clock starts, so that the client's own work is small.
 */
import { randomUUID } from 'node:crypto';
import { submitAnnotation } from '@consilium/client';
import { Database, readInteger } from '@consilium/postgres';
import { Agent, request } from 'node:http';
import { type Figure, quantile } from './figure.ts';
import type { SystemUnderTest } from '../harness/system-under-test.ts';
import { type HeldRead, inParallel, reportedAnnotation, type Workload } from '../harness/workload.ts';

const clients = 32;
const warmUp = 400;
const drainLimitMs = 60_000;

export async function benchSubmit(
  system: SystemUnderTest,
  reads: readonly HeldRead[],
  tokenOf: (read: HeldRead) => string,
): Promise<readonly Figure[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const bodies = reads.map((read, index) => ({
    token: tokenOf(read),
    text: JSON.stringify({
      operationName: submitAnnotation.name,
      query: submitAnnotation.document,
      variables: {
        input: {
          commandId: randomUUID(),
          caseId: read.caseId,
          leaseToken: read.leaseToken,
          revision: 0,
          annotation: reportedAnnotation(read.imageId, index),
        },
      },
    }),
  }));
  const post = async (body: (typeof bodies)[number]): Promise<number> => {
    const start = performance.now();
    const answer = await send(agent, system.api.port, body);
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
export async function drained(system: Pick<SystemUnderTest, 'databaseUrl'>): Promise<number> {
  const database = new Database({ url: system.databaseUrl, applicationName: 'consilium-bench', poolSize: 1 });
  const start = performance.now();
  try {
    while (performance.now() - start < drainLimitMs) {
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
  throw new Error(`not drained within ${String(drainLimitMs)} ms`);
}

export const claimedReads = async (workload: Workload, cases: number): Promise<readonly HeldRead[]> => {
  const caseIds = await workload.importMore(cases);
  const reads = await workload.claimAll(caseIds);
  // Everybody works through the cases from a place of their own, as annotators do who begin and pause when they like.
  const own = workload.annotators.map((client, index) => {
    const place = Math.floor((index * caseIds.length) / workload.annotators.length);
    const byCase = new Map(reads.filter((read) => read.client === client).map((read) => [read.caseId, read]));
    return [...caseIds.slice(place), ...caseIds.slice(0, place)].flatMap((caseId) => byCase.get(caseId) ?? []);
  });
  return caseIds.flatMap((_, index) => own.flatMap((line) => line[index] ?? []));
};

const send = (agent: Agent, port: number, body: { readonly token: string; readonly text: string }): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        path: '/graphql',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body.text),
          authorization: `Bearer ${body.token}`,
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          resolve(Buffer.concat(parts).toString('utf8'));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body.text);
  });
