import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { eventTopics, partitionsPerTopic, topicOf } from '@consilium/contracts';
import { eventStoreMigrations } from '@consilium/event-store';
import { connectKafka } from '@consilium/messaging';
import { Database, migrate } from '@consilium/postgres';
import { createTestDatabase } from '@consilium/postgres/testing';
import { canonicalSha256, findCase, listGenerations, newestShape, readModelMigrations } from '@consilium/read-model';
import { createLogger, pause } from '@consilium/runtime';
import {
  caseId,
  caseStream,
  organisationId,
  projectCreated,
  projectId,
  projectStream,
  PublishedLog,
  wholeCase,
} from '@consilium/testing';
import { Projector } from '../projecting/projector.ts';

const logger = createLogger({ service: 'projector-spec', level: 'silent' });
const brokers = (process.env['CONSILIUM_TEST_KAFKA_BROKERS'] ?? '').split(',');
const cases = 40;

it('an installation from before history gets it by itself, once, and no read fails meanwhile', async () => {
  const all = [...(await eventStoreMigrations()), ...(await readModelMigrations())];
  const test = await createTestDatabase({
    // Without those of the views from parking on, up to the audit, which begins at 100, and of the audit from 102 on.
    migrations: all.filter(({ name }) => !/^read-model\/000(?:0(?:0[5-9]|[1-9]\d)|10[2-9])-/.test(name)),
  });
  const log = new PublishedLog().add(projectStream(projectId(1)), ...projectCreated());
  for (let number = 1; number <= cases; number += 1) log.add(caseStream(caseId(number)), ...wholeCase(number));
  const owner = new Database({ url: test.url, applicationName: 'spec', poolSize: 2 });
  const connect = (role: 'consilium_projector' | 'consilium_api'): Database =>
    new Database({ url: test.url, role, applicationName: 'spec', poolSize: 6 });
  const [one, two, api] = [connect('consilium_projector'), connect('consilium_projector'), connect('consilium_api')];
  // It has seen something already; what, does not matter here.
  await owner.execute({ text: 'UPDATE read_model.generation SET log_id = $1', values: [log.logId] });
  await owner.execute({
    text: `INSERT INTO journal.log (global_seq, stream_id, stream_version, organisation, topic, partition, partition_seq, sequenced_at)
      VALUES (1, $1, 1, $2, 'project', 0, 1, now())`,
    values: [projectStream(projectId(1)), organisationId(1)],
  });
  await migrate({ url: test.url, migrations: all });
  expect(await listGenerations(one)).toMatchObject([{ generation: 1, status: 'active', shape: 1 }]);

  const messaging = connectKafka({ brokers, clientId: 'projector-spec', logger });
  const prefix = `spec-${randomUUID()}`;
  const topics = messaging.topics();
  await topics.ensureTopics(eventTopics(prefix).map((topic) => ({ topic, partitions: partitionsPerTopic })));
  await topics.close();
  const publisher = await messaging.publisher();
  await publisher.publish(
    log
      .batches()
      .flatMap(({ topic, partition, records }) =>
        records.map(({ key, value, headers }) => ({ topic: topicOf(prefix, topic), partition, key, value, headers })),
      ),
  );
  await publisher.close();

  const stopping = new AbortController();
  const running = [one, two].map(async (session) =>
    new Projector({ session, messaging, prefix, mostParkedStreams: 1, logger }).run(stopping.signal),
  );
  const reader = api.forOrganisation(organisationId(1));
  const isRenewed = async (): Promise<boolean> => {
    const generations = await listGenerations(one);
    return generations.length === 1 && generations[0]?.shape === (await newestShape(one));
  };
  try {
    const deadline = Date.now() + 60_000;
    let reads = 0;
    // A read that fails throws, and that is the end of it.
    while (!(await isRenewed())) {
      await findCase(reader, caseId(1));
      reads += 1;
      if (Date.now() > deadline) throw new Error('the new shape did not come about within 60 s');
      await pause(5);
    }
    expect(reads).toBeGreaterThan(0);
    expect(await findCase(reader, caseId(cases))).toMatchObject({ status: 'settled' });
    const [active] = await listGenerations(one);
    const hashes = await canonicalSha256(one, active?.generation ?? 0);
    // It has statistics when it is first shown: -1 says that there are none.
    const [statistics] = await owner.query({
      text: `SELECT reltuples::integer AS rows FROM pg_class WHERE oid = ('view_' || $1 || '.case_event')::regclass`,
      values: [active?.generation],
    });
    expect(statistics?.['rows']).toBeGreaterThan(0);
    expect(hashes.case_event.rows).toBe(cases * 7);
    expect(hashes.case_version.rows).toBe(cases * 3);
    expect(hashes.annotation_version.rows).toBeGreaterThan(0);
  } finally {
    stopping.abort();
    await Promise.allSettled(running);
    await Promise.all([owner.close(), one.close(), two.close(), api.close()]);
    await test.drop();
  }
}, 120_000);
