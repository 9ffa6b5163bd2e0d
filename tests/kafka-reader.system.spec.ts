import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { submitAnnotation } from '@consilium/client';
import { payloadHashOf, streamLinkOf, streamStartOf, topicOf } from '@consilium/contracts';
import { streamIdOf } from '@consilium/domain';
import { Database } from '@consilium/postgres';
import { findKafkaTools } from '@consilium/stack';
import type { KafkaTools } from '@consilium/stack';
import { Endings } from './harness/endings.ts';
import { waitUntilDrained, readJournal } from './harness/stored-history.ts';
import type { StoredEvent } from './harness/stored-history.ts';
import { serversOfRun, startSystem } from './harness/system-under-test.ts';
import type { SystemUnderTest } from './harness/system-under-test.ts';
import { inParallel, startWorkload, submission } from './harness/workload.ts';

const readLimitMs = 90_000;
const separators = { header: ' ;;; ', field: ' ||| ' } as const;

interface PrintedRecord {
  readonly partition: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly key: string;
  readonly value: string;
}

/** Others must be able to read the topics with what they have: here with the console consumer that comes with Kafka. */
describe('a consumer that we did not write', () => {
  const endings = new Endings();
  let tools: KafkaTools | undefined;
  let reasonForNone = '';
  let system: SystemUnderTest;
  let stored: readonly StoredEvent[] = [];

  beforeAll(async () => {
    try {
      tools = await findKafkaTools(process.env);
    } catch (error) {
      reasonForNone = error instanceof Error ? error.message : String(error);
      process.stderr.write(`The console consumer of Kafka is not tried: ${reasonForNone}\n`);
      return;
    }
    system = await startSystem(serversOfRun());
    endings.add(() => system.stop());
    const workload = await startWorkload(system, 2);
    const reads = await workload.claimAll(await workload.importMore(5));
    await inParallel(4, reads, (read, index) =>
      read.client.request(submitAnnotation, { input: submission(read, index) }),
    );
    await workload.close();
    const database = new Database({ url: system.databaseUrl, applicationName: 'consilium-tests', poolSize: 1 });
    await waitUntilDrained(database);
    stored = (await readJournal(database)).filter(({ topic }) => topic === 'case');
    await database.close();
  });

  afterAll(() => endings.run());

  it('gets every event of the cases with CloudEvents headers and a JSON value, and can check their history', async () => {
    if (tools === undefined) {
      expect(reasonForNone).not.toBe('');
      return;
    }
    const records = await consume(tools, topicOf(system.topicPrefix, 'case'), stored.length);
    expect(stored.length).toBeGreaterThan(25);
    expect(records.map(({ headers }) => headers['ce_id']).sort()).toEqual(stored.map(({ eventId }) => eventId).sort());
    for (const { headers, key, value } of records) {
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        ce_specversion: '1.0',
        ce_source: expect.stringMatching(/^\/consilium\/[0-9a-f-]{36}$/),
        ce_type: expect.stringMatching(/^consilium\.case\.[a-zA-Z]+\.v[0-9]+$/),
        ce_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        ce_subject: key,
        ce_partitionkey: key,
        ce_globalseq: expect.stringMatching(/^[1-9][0-9]*$/),
        ce_partitionseq: expect.stringMatching(/^[1-9][0-9]*$/),
        ce_logid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        ce_traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
      });
      expect(JSON.parse(value)).toEqual(expect.any(Object));
    }
    expect(chainsOf(records)).toEqual([...new Set(stored.map(({ streamId }) => streamId))].sort());
  });

  /** With nothing of ours but the three hash functions that the documentation gives. @returns the streams that check out */
  function chainsOf(records: readonly PrintedRecord[]): readonly string[] {
    const streams = Map.groupBy(records, ({ key }) => key);
    return [...streams.entries()]
      .flatMap(([key, ofStream]) => {
        let hash = streamStartOf(streamIdOf('case', key.slice('case-'.length)));
        // The console consumer prints each partition in its order.
        const checks = ofStream.map(({ headers, value }) => {
          const salt = Buffer.from(headers['ce_salt'] ?? '', 'base64');
          hash = streamLinkOf(hash, payloadHashOf(salt, Buffer.from(value)), Buffer.from(headers['ce_meta'] ?? ''));
          return Buffer.from(hash).toString('base64') === headers['ce_streamhash'];
        });
        return checks.every(Boolean) ? [key] : [];
      })
      .sort();
  }

  async function consume(
    { java, classPath }: KafkaTools,
    topic: string,
    count: number,
  ): Promise<readonly PrintedRecord[]> {
    const formatting = {
      'print.partition': 'true',
      'print.headers': 'true',
      'print.key': 'true',
      'headers.separator': separators.header,
      'key.separator': separators.field,
    };
    const { stdout } = await promisify(execFile)(
      java,
      [
        '-Dfile.encoding=UTF-8',
        '-Dstdout.encoding=UTF-8',
        ...['-cp', classPath, 'org.apache.kafka.tools.consumer.ConsoleConsumer'],
        ...['--bootstrap-server', serversOfRun().kafkaBrokers, '--topic', topic, '--from-beginning'],
        ...['--max-messages', `${count}`, '--timeout-ms', `${readLimitMs / 2}`],
        ...Object.entries(formatting).flatMap(([name, value]) => ['--formatter-property', `${name}=${value}`]),
      ],
      { timeout: readLimitMs, maxBuffer: 64 * 1_024 * 1_024 },
    );
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map(readLine);
  }
});

function readLine(line: string): PrintedRecord {
  const [partition = '', headers = '', key = '', value = ''] = line.split(separators.field);
  return {
    partition: Number(partition.replace('Partition:', '')),
    headers: Object.fromEntries(
      headers.split(separators.header).map((header) => {
        const colon = header.indexOf(':');
        return [header.slice(0, colon), header.slice(colon + 1)];
      }),
    ),
    key,
    value,
  };
}
