/** A thread of its own for one proof of `verify`, so that it goes on beside the reading of the journal. */
import { parentPort, workerData } from 'node:worker_threads';
import { PostgresJournalAudit } from '@consilium/event-store';
import { activeGeneration, parkedStreamsOf, placesOf } from '@consilium/read-model';
import { openDatabase, openKafka } from '../history/open-history.ts';
import type { ProofAnswer, ProofTask } from './proof-beside.ts';
import { proveKafka } from './prove-kafka.ts';
import { proveViews } from './prove-views.ts';
import { joinSnapshot } from './shared-snapshot.ts';

const task = workerData as ProofTask;
const tell = (answer: ProofAnswer): void => parentPort?.postMessage(answer);
const onProgress = (done: number, of: number): void => tell({ kind: 'progress', done, of });

const database = openDatabase(task.servers);
try {
  tell({ kind: 'proved', result: await (task.kind === 'views' ? ofViews(task.snapshotId) : ofKafka(task)) });
} finally {
  await database.close();
}

async function ofViews(snapshotId: string): ReturnType<typeof proveViews> {
  return database.transaction(async (snapshot) => {
    await joinSnapshot(snapshot, snapshotId);
    const generation = await activeGeneration(snapshot);
    if ((await parkedStreamsOf(snapshot, generation)).length > 0) return undefined;
    const places = await placesOf(snapshot, generation);
    return proveViews({ audit: new PostgresJournalAudit(snapshot), snapshot, generation, places, onProgress });
  });
}

async function ofKafka({
  servers,
  counters,
}: Extract<ProofTask, { readonly kind: 'kafka' }>): ReturnType<typeof proveKafka> {
  const [audit, messaging] = [new PostgresJournalAudit(database), openKafka(servers)];
  return proveKafka({ audit, counters, messaging, prefix: servers.topicPrefix, onProgress });
}
