import { setTimeout as pause } from 'node:timers/promises';
import { defaultTopicPrefix, eventTopics, placeOfRecord } from '@consilium/contracts';
import type { EventCounts } from '@consilium/demo';
import { connectKafka } from '@consilium/messaging';
import type { EventTopics } from '@consilium/messaging';
import { Database, readInteger } from '@consilium/postgres';
import { createLogger } from '@consilium/runtime';
import type { StackUrls } from '@consilium/stack';

const polls = 20;
const pollMs = 250;

/** Counts events where they are: in the journal, on Kafka and behind the checkpoints of the views; waits a moment for the last. */
export async function countEvents(
  { databaseUrl, kafkaBrokers }: StackUrls,
  topicPrefix: string = defaultTopicPrefix,
): Promise<EventCounts> {
  const database = new Database({ url: databaseUrl, applicationName: 'consilium-start', poolSize: 1 });
  const logger = createLogger({ service: 'start', level: 'fatal' });
  const topics = connectKafka({ brokers: kafkaBrokers.split(','), clientId: 'consilium-start', logger }).topics();
  try {
    for (let poll = 1; ; poll += 1) {
      const { journal, projected } = await countInPostgres(database);
      const counts = { journal, kafka: await countOnKafka(topics, eventTopics(topicPrefix)), projected };
      const isSettled = counts.kafka === journal && projected === journal;
      if (isSettled || poll === polls) return counts;
      await pause(pollMs);
    }
  } finally {
    await Promise.all([topics.close(), database.close()]);
  }
}

async function countInPostgres(database: Database): Promise<Omit<EventCounts, 'kafka'>> {
  // A parked stream's events passed its checkpoint without being applied: at least one each.
  const [row] = await database.query({
    text: `SELECT (SELECT count(*) FROM journal.event)::bigint AS journal,
      (SELECT coalesce(sum(next_seq - 1 - parked_streams), 0) FROM read_model.checkpoint)::bigint AS projected`,
    values: [],
  });
  if (row === undefined) throw new Error('a count without a row');
  return { journal: readInteger(row, 'journal'), projected: readInteger(row, 'projected') };
}

/**
 * Different events: the relay numbers those of a partition without a gap, so the number of the last one counts them, however
 * often a relay that was killed sent some again. No more than there are records.
 */
async function countOnKafka(topics: EventTopics, names: readonly string[]): Promise<number> {
  const [ends, last] = [await topics.endsOf(names), await topics.lastRecords(names)];
  const numbered = last.reduce((sum, record) => sum + placeOfRecord(record).partitionSeq, 0);
  const records = ends.reduce((sum, { low, high }) => sum + Number(BigInt(high) - BigInt(low)), 0);
  return Math.min(numbered, records);
}
