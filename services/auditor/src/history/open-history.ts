import { PostgresJournalAudit, PostgresSealStore } from '@consilium/event-store';
import { connectKafka } from '@consilium/messaging';
import type { Messaging } from '@consilium/messaging';
import { Database } from '@consilium/postgres';
import { createLogger } from '@consilium/runtime';
import { CommandFailed } from '../command-failed.ts';
import { demand } from '../command/find-servers.ts';
import type { Servers } from '../command/find-servers.ts';
import type { Progress } from '../command/progress.ts';
import { FileHistory } from './file-history.ts';
import type { HistorySource } from './history-source.ts';
import { KafkaHistory } from './kafka-history.ts';
import { PostgresHistory } from './postgres-history.ts';

/** `postgres`, `kafka`, or the path of a file that `export --log` wrote. */
export function readFrom(text: string | undefined): 'postgres' | 'kafka' | { readonly file: string } {
  if (text === undefined || text === 'postgres' || text === 'kafka') return text ?? 'postgres';
  return { file: text };
}

/** @throws CommandFailed where what is needed is not there */
export async function openHistory(
  from: ReturnType<typeof readFrom>,
  servers: Servers,
  progress: Progress,
): Promise<HistorySource> {
  if (from === 'kafka') {
    const messaging = openKafka(servers);
    progress.begin('reading Kafka');
    const history = await KafkaHistory.open({
      messaging,
      prefix: servers.topicPrefix,
      onProgress: (records, of) => progress.at(records, of),
    });
    progress.end(`${String(history.expectedSize)} events`);
    return history;
  }
  if (from === 'postgres') {
    const database = openDatabase(servers);
    return openJournal(database, async () => database.close());
  }
  try {
    return await FileHistory.open(from.file);
  } catch (error) {
    throw new CommandFailed('notFound', `${from.file} cannot be read.`, { cause: error });
  }
}

export async function openJournal(
  database: ConstructorParameters<typeof PostgresJournalAudit>[0],
  close: () => Promise<void>,
): Promise<PostgresHistory> {
  const audit = new PostgresJournalAudit(database);
  return new PostgresHistory({
    audit,
    seals: new PostgresSealStore(database),
    counters: await audit.counters(),
    close,
  });
}

/** As the login user, who owns the tables or sees all of them. Scans take their time. */
export const openDatabase = ({ databaseUrl }: Pick<Servers, 'databaseUrl'>): Database =>
  new Database({
    url: demand(databaseUrl, 'DATABASE_URL'),
    applicationName: 'consilium-auditor',
    poolSize: 4,
    statementTimeoutMs: 30 * 60_000,
    idleInTransactionTimeoutMs: 30 * 60_000,
  });

export const openKafka = ({ kafkaBrokers }: Pick<Servers, 'kafkaBrokers'>): Messaging =>
  connectKafka({
    brokers: demand(kafkaBrokers, 'KAFKA_BROKERS'),
    clientId: 'consilium-auditor',
    logger: createLogger({ service: 'auditor', level: 'silent' }),
  });
