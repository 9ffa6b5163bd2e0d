import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeEnvelope, decodeEvent, mapProtectedTexts, openText } from '@consilium/contracts';
import type { DataKey } from '@consilium/contracts';
import type { OrganisationId, SubjectId } from '@consilium/domain';
import { LocalKeyEncryption, readLocalKeyFile } from '@consilium/event-store';
import { readInteger, readOptionalBytes, readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import { Redis } from 'ioredis';
import { readKafka } from './kafka-history.ts';
import { readJournal } from './stored-history.ts';
import type { Servers, SystemUnderTest } from './system-under-test.ts';

/** Bytes that an installation keeps somewhere, and where. */
export interface Held {
  readonly where: string;
  readonly bytes: Buffer;
}

/** All that one installation keeps: every table, a dump, Kafka's records and its files, Redis, logs, anchor. Not the key file. */
export async function everythingHeld(
  system: SystemUnderTest,
  servers: Servers,
  database: Queryable,
): Promise<readonly Held[]> {
  return [
    ...(await tablesAsText(database)),
    ...(await dump(system.databaseUrl)),
    ...(await kafkaRecords(servers, system)),
    ...(await kafkaFiles(system)),
    ...(await redisValues(servers)),
    ...(await filesUnder(system.folder, (name) => !/keys\.json$|secrets/.test(name))),
  ];
}

/** The places that hold one of these words, as it is, in hexadecimal (as a dump writes bytes) or in base64. */
export function placesOf(held: readonly Held[], words: readonly (string | Uint8Array)[]): readonly string[] {
  const needles = words.flatMap(formsOf);
  return held.filter(({ bytes }) => needles.some((needle) => bytes.includes(needle))).map(({ where }) => where);
}

function formsOf(word: string | Uint8Array): readonly string[] {
  const bytes = Buffer.from(word);
  // Where a word stands within base64 depends on what is before it; its first and last characters depend on its neighbours.
  const inBase64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(shift === 0 ? 0 : shift + 1, -1),
  );
  const plain = typeof word === 'string' ? [word] : [];
  return [...plain, bytes.toString('hex'), ...inBase64];
}

/** What somebody reads who has all rows of the database and the key file. */
export async function readWithAllKeys(database: Queryable, keyFile: string): Promise<Held> {
  const keys = await unwrapAll(database, keyFile);
  const texts: string[] = [];
  for (const { type, eventId, metaBytes, payloadBytes } of await readJournal(database)) {
    const { type: _type, ...payload } = decodeEvent({ ...decodeEnvelope(metaBytes), payloadBytes });
    mapProtectedTexts(payload, (text, field) => {
      if (text.state === 'sealed')
        texts.push(...keys.flatMap((key) => tried(() => openText(text, key, { eventId, type, field }))));
      return text;
    });
  }
  return { where: 'opened', bytes: Buffer.from(texts.join('\n')) };
}

/** Every data key there is. */
export async function unwrapAll(database: Queryable, keyFile: string): Promise<readonly DataKey[]> {
  const encryption = new LocalKeyEncryption(await readLocalKeyFile(keyFile));
  const rows = await database.query({ text: 'SELECT * FROM vault.subject_key' });
  const keys = await Promise.all(
    rows.map(async (row) => {
      const wrapped = readOptionalBytes(row, 'wrapped_key');
      const identity = {
        subjectId: readText(row, 'subject_id') as SubjectId,
        keyVersion: readInteger(row, 'key_version'),
      };
      return wrapped === undefined
        ? []
        : [
            await encryption.unwrap(readText(row, 'organisation') as OrganisationId, identity, {
              keyEncryptionKeyId: readText(row, 'kek_id'),
              wrapped,
            }),
          ];
    }),
  );
  return keys.flat();
}

function tried(open: () => string): readonly string[] {
  try {
    return [open()];
  } catch {
    return [];
  }
}

async function tablesAsText(database: Queryable): Promise<readonly Held[]> {
  const tables = await database.query({
    text: `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  });
  const held: Held[] = [];
  for (const table of tables) {
    const name = readText(table, 'name');
    const rows = await database.query({ text: `SELECT kept::text AS line FROM ${name} AS kept` });
    held.push({ where: `table ${name}`, bytes: Buffer.from(rows.map((row) => readText(row, 'line')).join('\n')) });
  }
  return held;
}

/** Where the machine's pg_dump is not older than the server; else the tables as text are what there is. */
async function dump(url: string): Promise<readonly Held[]> {
  try {
    const { stdout } = await promisify(execFile)('pg_dump', ['--dbname', url], { maxBuffer: 512 * 1024 * 1024 });
    return [{ where: 'pg_dump', bytes: Buffer.from(stdout) }];
  } catch (error) {
    if (!/ENOENT|server version/.test(String(error))) throw error;
    process.stderr.write('erasure: no fitting pg_dump here, the tables are searched row by row\n');
    return [];
  }
}

async function kafkaRecords(servers: Servers, { topicPrefix }: SystemUnderTest): Promise<readonly Held[]> {
  const records = await readKafka(servers.kafkaBrokers, topicPrefix);
  return records.map(({ topic, partition, offset, key, value, headers }) => ({
    where: `Kafka ${topic} ${String(partition)} ${offset}`,
    bytes: Buffer.from([key, Buffer.from(value).toString('utf8'), JSON.stringify(headers)].join('\n')),
  }));
}

/** Segments as they lie on the disk of the broker that this run started; they are written without compression. */
async function kafkaFiles({ topicPrefix }: SystemUnderTest): Promise<readonly Held[]> {
  const found: Held[] = [];
  for (const stack of (await readdir(tmpdir())).filter((name) => name.startsWith('consilium-test-'))) {
    const data = join(tmpdir(), stack, 'kafka', 'data');
    const folders = await readdir(data).catch(() => []);
    for (const folder of folders.filter((name) => name.startsWith(`${topicPrefix}.`))) {
      found.push(...(await filesUnder(join(data, folder), () => true)));
    }
  }
  if (found.length === 0)
    process.stderr.write('erasure: the files of Kafka are out of reach here, its records are searched\n');
  return found;
}

async function redisValues({ redisUrl }: Servers): Promise<readonly Held[]> {
  const redis = new Redis(redisUrl);
  try {
    const held: Held[] = [];
    for (let cursor = '0', more = true; more; more = cursor !== '0') {
      const [next, keys] = await redis.scan(cursor, 'COUNT', 1_000);
      cursor = next;
      for (const key of keys) {
        held.push({
          where: `Redis ${key}`,
          bytes: Buffer.from(`${key}\n${JSON.stringify(await valueOf(redis, key))}`),
        });
      }
    }
    return held;
  } finally {
    redis.disconnect();
  }
}

async function valueOf(redis: Redis, key: string): Promise<unknown> {
  const type = await redis.type(key);
  switch (type) {
    case 'string':
      return redis.get(key);
    case 'hash':
      return redis.hgetall(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, 0, -1);
    case 'stream':
      return redis.xrange(key, '-', '+');
    case 'none':
      return null;
    default:
      throw new Error(`nobody here reads a Redis ${type}`);
  }
}

async function filesUnder(folder: string, isWanted: (name: string) => boolean): Promise<readonly Held[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files
      .filter((file) => isWanted(file))
      .map(async (file) => ({ where: `file ${file}`, bytes: await readFile(file) })),
  );
}
