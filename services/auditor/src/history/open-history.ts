import { PostgresJournalAudit, PostgresSealStore } from '@consilium/event-store';
import { connectKafka } from '@consilium/messaging';
import type { Messaging } from '@consilium/messaging';
import { Database, hasSqlState, sqlState } from '@consilium/postgres';
import type { DatabaseRole } from '@consilium/postgres';
import { createLogger } from '@consilium/runtime';
import { CommandFailed } from '../command-failed.ts';
import { demand } from '../command/find-servers.ts';
import type { Servers } from '../command/find-servers.ts';
import type { Progress } from '../command/progress.ts';
import { FileHistory } from './file-history.ts';
import type { HistorySource } from './history-source.ts';
import { KafkaHistory } from './kafka-history.ts';
import { PostgresHistory } from './postgres-history.ts';
import { recordAccess } from './record-access.ts';
import type { ShownAccess } from './record-access.ts';

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
    try {
      return await openJournal(
        database,
        async () => database.close(),
        async (access) => recordAccess(database, access),
      );
    } catch (error) {
      await database.close();
      throw explained(error);
    }
  }
  try {
    return await FileHistory.open(from.file);
  } catch (error) {
    throw new CommandFailed('notFound', `${from.file} cannot be read.`, { cause: error });
  }
}

/** Without a place to record access nothing of it can be shown: it is to be checked, or replayed, alone. */
export async function openJournal(
  database: ConstructorParameters<typeof PostgresJournalAudit>[0],
  close: () => Promise<void>,
  record: (access: ShownAccess) => Promise<void> = refuseToShow,
): Promise<PostgresHistory> {
  const audit = new PostgresJournalAudit(database);
  return new PostgresHistory({
    audit,
    seals: new PostgresSealStore(database),
    counters: await audit.counters(),
    recordAccess: record,
    close,
  });
}

const refuseToShow = async (): Promise<never> => {
  throw new CommandFailed('failed', 'This history was opened for checks alone.');
};

/** With the rights of the auditor's role, whoever the login user is. Scans take their time. */
export const openDatabase = (
  { databaseUrl }: Pick<Servers, 'databaseUrl'>,
  role: DatabaseRole = 'consilium_auditor',
): Database =>
  new Database({
    url: demand(databaseUrl, 'DATABASE_URL'),
    role,
    applicationName: 'consilium-auditor',
    poolSize: 4,
    statementTimeoutMs: 30 * 60_000,
    idleInTransactionTimeoutMs: 30 * 60_000,
  });

/** The server says it of each connection: the role is not there, or the login user may not take it on. */
const roleStates: readonly string[] = [sqlState.invalidParameterValue, sqlState.insufficientPrivilege];

function explained(error: unknown): unknown {
  if (!roleStates.some((state) => hasSqlState(error, state))) return error;
  return new CommandFailed(
    'notAllowed',
    'This database user may not read as consilium_auditor: migrate the database, and grant them the role (docs/AUDIT.md).',
    { cause: error },
  );
}

export const openKafka = ({ kafkaBrokers }: Pick<Servers, 'kafkaBrokers'>): Messaging =>
  connectKafka({
    brokers: demand(kafkaBrokers, 'KAFKA_BROKERS'),
    clientId: 'consilium-auditor',
    logger: createLogger({ service: 'auditor', level: 'silent' }),
  });
