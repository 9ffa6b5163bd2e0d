import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { streamIdOf } from '@consilium/domain';
import { Database, readInteger } from '@consilium/postgres';
import { testServerUrl, urlOfDatabase } from '@consilium/postgres/testing';
import {
  appendNext,
  newAppend,
  newCaseId,
  newCaseStream,
  newClaim,
  newCommandId,
  newEvent,
  newId,
  newOrganisation,
  sequenceAll,
} from '../../contract/journal-fixture.spec.ts';
import type { Journal } from '../../contract/journal-fixture.spec.ts';
import { openPostgresJournal } from '../postgres-journal-fixture.spec.ts';
import type { PostgresJournal } from '../postgres-journal-fixture.spec.ts';
import { PostgresEventStore } from '../postgres-event-store.ts';
import { PostgresLogReader } from '../postgres-log-reader.ts';
import { PostgresRelayLease } from '../postgres-relay-lease.ts';
import { PostgresSealStore } from '../postgres-seal-store.ts';
import { PostgresSequencer } from '../postgres-sequencer.ts';
import { dumpAndRestore } from './dump-and-restore.spec.ts';
import { startYoungerCluster } from './younger-cluster.spec.ts';
import type { Cluster } from './younger-cluster.spec.ts';

/**
 * A store that keeps transaction ids loses its history here: in a younger cluster they lie in the future, so that old events
 * read as not yet there and new ones are sorted before them.
 */
const organisation = newOrganisation();
const caseId = newCaseId();
const streamId = streamIdOf('case', caseId);
const claim = newClaim(caseId);
const name = `consilium_restored_${newId().replaceAll('-', '')}`;
const command = { organisation, commandId: newCommandId(), answer: '"given before the dump"' };

let original: PostgresJournal;
let server: Database;
let younger: Cluster | undefined;
let target: Database;
let restored: Journal;

beforeAll(async () => {
  original = await openPostgresJournal();
  server = new Database({ url: testServerUrl(), applicationName: 'consilium-test' });
  younger = await startYoungerCluster(server);
  const targetServer = younger?.url ?? testServerUrl();
  target = new Database({ url: targetServer, applicationName: 'consilium-test' });
  await target.execute({ text: `CREATE DATABASE ${name}` });

  const write = { streamId, expectedVersion: 0, events: [newEvent(), newEvent()] };
  await original.store.append(newAppend({ ...command, writes: [write], claims: [claim] }));
  await sequenceAll(original);
  // Not yet sequenced when the dump is made.
  await appendNext(original.store, organisation, streamId, newCaseStream());
  await original.log.logId();
  await server.query({
    text: 'DO $$ BEGIN FOR i IN 1..5000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$',
  });

  const url = urlOfDatabase(targetServer, name);
  const method = await dumpAndRestore(original.url, url);
  const where = younger === undefined ? 'the same server, as its programs are out of reach here' : 'a new cluster';
  process.stderr.write(`restore: carried over by ${method} into ${where}\n`);

  const connect = (role: 'consilium_api' | 'consilium_relay') =>
    new Database({ url, role, applicationName: 'consilium-test' });
  api = connect('consilium_api');
  relay = connect('consilium_relay');
  restored = {
    store: new PostgresEventStore(api),
    sequencer: new PostgresSequencer(relay),
    log: new PostgresLogReader(relay),
    lease: new PostgresRelayLease(relay),
    seals: new PostgresSealStore(relay),
  };
});

let api: Database;
let relay: Database;

afterAll(async () => {
  await Promise.all([api.close(), relay.close(), original.close(), server.close()]);
  await target.execute({ text: `DROP DATABASE ${name} WITH (FORCE)` });
  await target.close();
  await younger?.stop();
});

const transactionId = async (database: Database): Promise<number> => {
  const [row] = await database.query({ text: 'SELECT pg_current_xact_id()::text::bigint AS id' });
  return row === undefined ? NaN : readInteger(row, 'id');
};

describe('a dump restored into a younger cluster', () => {
  it('is one where transaction ids are smaller than those of the history', async () => {
    const before = await transactionId(server);
    await (younger === undefined
      ? expect(transactionId(target)).resolves.toBeGreaterThan(before)
      : expect(transactionId(target)).resolves.toBeLessThan(before));
  });

  it('holds the same streams, claims and log', async () => {
    const request = { organisation, streams: [streamId] };
    const [then, now] = [await original.store.load(request), await restored.store.load(request)];
    expect(now.streams).toEqual(then.streams);
    expect(now.streams.get(streamId)).toMatchObject({ version: 3, claims: [claim] });
    expect(await restored.log.readAfter(0, 100)).toEqual(await original.log.readAfter(0, 100));
    expect(await restored.log.logId()).toBe(await original.log.logId());
  });

  it('gives the answers of commands it was told before', async () => {
    const write = { streamId, expectedVersion: 3, events: [newEvent()] };
    await expect(restored.store.append(newAppend({ ...command, writes: [write] }))).resolves.toEqual({
      kind: 'repeated',
      answer: command.answer,
    });
  });

  it('goes on: what was pending is sequenced, what is new comes after it, nothing is lost or turned round', async () => {
    await appendNext(restored.store, organisation, streamId);
    await sequenceAll(restored);
    const log = await restored.log.readAfter(0, 100);
    expect(log.map(({ globalSeq }) => globalSeq)).toEqual([1, 2, 3, 4, 5]);
    const versions = log.filter((event) => event.streamId === streamId).map(({ streamVersion }) => streamVersion);
    expect(versions).toEqual([1, 2, 3, 4]);
    expect(log.at(-1)).toMatchObject({ streamId, streamVersion: 4 });
  });
});
