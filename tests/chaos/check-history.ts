import { decodeRecord, eventTopics, topicOf, UnreadableRecord } from '@consilium/contracts';
import { aggregateOf } from '@consilium/domain';
import type { Aggregate } from '@consilium/domain';
import type { IncomingRecord } from '@consilium/messaging';
import { Database, readInteger, readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import {
  activeGeneration,
  canonicalSha256,
  createGeneration,
  dropGeneration,
  ProjectionStore,
} from '@consilium/read-model';
import { streamKafka } from '../harness/kafka-history.ts';
import { viewProblems } from '../harness/view-problems.ts';
import type { CheckedSystem } from './checked-system.ts';
import type { CommandBook } from './command-book.ts';
import type { Findings } from './findings.ts';
import { HeadCheck, type HeadBook } from './head-check.ts';
import { journalByStream, loggedBetween, logInOrder } from './journal-pages.ts';
import { NumberCheck, PartitionCheck, StreamCheck } from './order-checks.ts';

const recordsPerBatch = 500;
const commandsPerPage = 5_000;

export interface CheckedSizes {
  readonly events: number;
  /** Records that were sent again, as consumers are told to expect. */
  readonly repeats: number;
  readonly checkpoints: number;
  readonly viewRows: number;
}

/**
 * Compares everything with everything: the workload's book with the journal, the journal with its chains and its log, the log
 * with Kafka record by record, views with the journal and with a replay of Kafka, every signed head with the events under it.
 * A page of each is in memory at a time. Nothing may be on its way while it looks.
 */
export async function checkHistory(
  checked: CheckedSystem,
  book: CommandBook,
  heads: HeadBook,
  findings: Findings,
): Promise<CheckedSizes> {
  const { database } = checked;
  const events = await checkJournal(database, book, findings);
  const checkpoints = await checkLog(checked, heads, findings);
  const replay = await openReplay(checked.system.databaseUrl);
  try {
    const repeats = await checkKafka(checked, replay, findings);
    // Tables that were just filled have no statistics, and each page of the views would be found by a scan and a sort.
    await database.execute({ text: 'ANALYZE' });
    for (const problem of await viewProblems(database)) {
      findings.add(problem.endsWith('not in the view') ? 'lost' : 'altered', `view: ${problem}`);
    }
    const viewRows = await replay.compare(findings);
    return { events, repeats, checkpoints, viewRows };
  } finally {
    await replay.close();
  }
}

async function checkJournal(database: Queryable, book: CommandBook, findings: Findings): Promise<number> {
  const streams = new StreamCheck(findings);
  let events = 0;
  for await (const event of journalByStream(database)) {
    events += 1;
    streams.take(event);
    book.takeEvent({ ...event, commandId: commandOf(event.metaBytes) }, findings);
  }
  streams.finish();
  for await (const commandId of storedAnswers(database)) book.takeAnswer(commandId);
  book.finish(findings);
  return events;
}

function commandOf(metaBytes: Uint8Array): string {
  const { commandId } = JSON.parse(Buffer.from(metaBytes).toString('utf8')) as { readonly commandId: string };
  return commandId;
}

async function* storedAnswers(database: Queryable): AsyncGenerator<string> {
  let after: readonly string[] = ['00000000-0000-0000-0000-000000000000', '', '00000000-0000-0000-0000-000000000000'];
  for (;;) {
    const rows = await database.query({
      text: `SELECT command.organisation::text AS organisation, command.actor_id, command.command_id::text AS command_id
        FROM journal.command
        WHERE (command.organisation, command.actor_id, command.command_id) > ($1, $2, $3)
        ORDER BY command.organisation, command.actor_id, command.command_id LIMIT $4`,
      values: [...after, commandsPerPage],
    });
    for (const row of rows) yield readText(row, 'command_id');
    const last = rows.at(-1);
    if (last === undefined || rows.length < commandsPerPage) return;
    after = [readText(last, 'organisation'), readText(last, 'actor_id'), readText(last, 'command_id')];
  }
}

async function checkLog(checked: CheckedSystem, heads: HeadBook, findings: Findings): Promise<number> {
  const { database, system, kafkaBrokers } = checked;
  const numbers = new NumberCheck('the log', findings);
  const partitions = new Map<string, NumberCheck>();
  const tree = await HeadCheck.open({ database, system, kafkaBrokers, heads, findings });
  for await (const { globalSeq, place, partitionSeq, streamHash } of logInOrder(database)) {
    numbers.take(globalSeq);
    const partition = partitions.get(place) ?? new NumberCheck(`the log of ${place}`, findings);
    partitions.set(place, partition);
    partition.take(partitionSeq);
    tree.take(globalSeq, streamHash);
  }
  const [head] = await database.query({ text: 'SELECT head.last_global_seq FROM journal.head' });
  numbers.finish(head === undefined ? 0 : readInteger(head, 'last_global_seq'));
  for (const { place, lastSeq } of await partitionHeads(database)) {
    (partitions.get(place) ?? new NumberCheck(`the log of ${place}`, findings)).finish(lastSeq);
  }
  return tree.finish();
}

async function partitionHeads(
  database: Queryable,
): Promise<readonly { readonly place: string; readonly lastSeq: number }[]> {
  const rows = await database.query({
    text: `SELECT partition_head.topic || ' ' || partition_head.partition AS place, partition_head.last_seq
      FROM journal.partition_head`,
  });
  return rows.map((row) => ({ place: readText(row, 'place'), lastSeq: readInteger(row, 'last_seq') }));
}

async function checkKafka(checked: CheckedSystem, replay: Replay, findings: Findings): Promise<number> {
  const { database, system, kafkaBrokers } = checked;
  const { topicPrefix } = system;
  const topics = eventTopics(topicPrefix);
  const partitions = new Map<string, PartitionCheck>();
  await streamKafka(kafkaBrokers, topicPrefix, topics, async (topic, partition, records) => {
    const aggregate = aggregateOf(records[0]?.key ?? '');
    if (aggregate === undefined || topicOf(topicPrefix, aggregate) !== topic) {
      findings.add('altered', `${topic} ${partition} holds the key ${records[0]?.key ?? ''}`);
      return;
    }
    const place = `${aggregate} ${partition}`;
    const check = partitions.get(place) ?? new PartitionCheck(place, findings);
    partitions.set(place, check);
    for (let from = 0; from < records.length; from += recordsPerBatch) {
      const batch = records.slice(from, from + recordsPerBatch);
      await compareBatch(database, check, aggregate, partition, batch, findings);
      await replay.apply(aggregate, partition, batch, findings);
    }
  });
  for (const { place, lastSeq } of await partitionHeads(database)) {
    (partitions.get(place) ?? new PartitionCheck(place, findings)).finish(lastSeq);
  }
  return [...partitions.values()].reduce((sum, { repeats }) => sum + repeats, 0);
}

async function compareBatch(
  database: Queryable,
  check: PartitionCheck,
  aggregate: Aggregate,
  partition: number,
  batch: readonly IncomingRecord[],
  findings: Findings,
): Promise<void> {
  const decoded = batch.flatMap((record) => {
    try {
      const { envelope, ...event } = decodeRecord(record);
      return [{ ...event, eventId: envelope.eventId, streamId: envelope.streamId }];
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error;
      findings.add('altered', `${record.topic} ${partition} offset ${record.offset} cannot be read`);
      return [];
    }
  });
  const numbers = decoded.map(({ partitionSeq }) => partitionSeq);
  if (numbers.length === 0) return;
  const ours = await loggedBetween(database, aggregate, partition, Math.min(...numbers), Math.max(...numbers));
  for (const record of decoded) check.take(record, ours.get(record.partitionSeq));
}

interface Replay {
  apply(topic: Aggregate, partition: number, records: readonly IncomingRecord[], findings: Findings): Promise<void>;
  /** Gives the rows of the live views. */
  compare(findings: Findings): Promise<number>;
  close(): Promise<void>;
}

/** Views made anew from what is on Kafka, beside the live ones. */
async function openReplay(databaseUrl: string): Promise<Replay> {
  const database = new Database({
    url: databaseUrl,
    role: 'consilium_projector',
    applicationName: 'consilium-tests',
    poolSize: 4,
  });
  const generation = await createGeneration(database);
  const store = new ProjectionStore(database, { generation, mostParkedStreams: 0 });
  return {
    apply: async (topic, partition, records, findings) => {
      const outcome = await store.apply({ topic, partition, records });
      if (outcome.kind === 'gap') findings.add('lost', `${topic} ${partition} has a gap before ${outcome.foundSeq}`);
    },
    compare: async (findings) => {
      const rebuilt = await canonicalSha256(database, generation);
      const live = await canonicalSha256(database, await activeGeneration(database));
      for (const [view, { rows, sha256 }] of Object.entries(live)) {
        const other = rebuilt[view as keyof typeof live];
        if (sha256 !== other.sha256)
          findings.add('altered', `view ${view}: ${rows} rows, and ${other.rows} others when it is made anew`);
      }
      return Object.values(live).reduce((sum, { rows }) => sum + rows, 0);
    },
    close: async () => {
      await dropGeneration(database, generation);
      await database.close();
    },
  };
}
