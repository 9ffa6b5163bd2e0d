import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Anchor, AnchorConflict, AnchorUnavailable, FolderAnchor } from '@consilium/anchor';
import { checkpointTopic, merkleLeafOf } from '@consilium/contracts';
import { PostgresLogReader, PostgresRelayLease, PostgresSealStore } from '@consilium/event-store';
import { type IncomingRecord, MessagingUnavailable } from '@consilium/messaging';
import {
  emptyTree,
  growTree,
  leafHashOf,
  logSigningKey,
  rootOfEdge,
  verifyCheckpoint,
  type Checkpoint,
} from '@consilium/transparency';
import {
  hasAllOf,
  logger,
  newStream,
  openBench,
  silentObserver,
  whileRunning,
} from '../publishing/relay-fixture.spec.ts';
import type { Bench } from '../publishing/relay-fixture.spec.ts';
import { sizeOfCheckpointRecord } from './checkpoint-record.ts';
import type { SealKeys } from './seal-key-file.ts';
import { Sealer, type SealerOptions } from './sealer.ts';

const origin = 'consilium.example/sealing';
const newKeys = (count = 1): SealKeys['keys'] =>
  Array.from({ length: count }, () => logSigningKey(origin, generateKeyPairSync('ed25519').privateKey));

let bench: Bench;
let folder: string;
let keys: SealKeys;
let broken: string[];
let unavailable: number;

beforeAll(() => {
  keys = { origin, keys: newKeys() };
});

beforeEach(async () => {
  bench = await openBench();
  folder = await mkdtemp(join(tmpdir(), 'consilium-anchor-'));
  [broken, unavailable] = [[], 0];
});

afterEach(async () => {
  await bench.close();
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

const sealer = (changes: Partial<SealerOptions> = {}): Sealer =>
  new Sealer({
    seals: new PostgresSealStore(bench.database),
    log: new PostgresLogReader(bench.database),
    messaging: bench.messaging,
    prefix: bench.prefix,
    durability: {},
    keys,
    anchor: new FolderAnchor(folder),
    observer: {
      sealed: () => undefined,
      sealBroken: (reason) => {
        broken.push(String(reason));
      },
      anchorUnavailable: () => {
        unavailable += 1;
      },
    },
    logger,
    limits: { events: 100, everyMs: 50, anchorPauseMs: 50 },
    monotonicMs: () => performance.now(),
    ...changes,
  });

const relay = (sealing: Sealer = sealer()) => bench.relay({ sealer: sealing, observer: silentObserver });
const seals = (): PostgresSealStore => new PostgresSealStore(bench.database);
const sealedSize = async (): Promise<number> => (await seals().lastCheckpoint())?.size ?? 0;

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('still not so');
}

/** Runs a relay until so many events are sealed, published and anchored. */
async function sealTo(size: number, sealing?: Sealer): Promise<void> {
  await whileRunning(relay(sealing), async () => {
    await until(async () => (await sealedSize()) === size && (await anchoredSizes()).at(-1) === size);
  });
}

const anchoredSizes = async (): Promise<readonly number[]> =>
  (await readdir(folder)).sort().map((name) => Number(/[0-9]+/.exec(name)?.[0]));

function opened(note: string, trusted: SealKeys = keys): Checkpoint {
  const verdict = verifyCheckpoint(Buffer.from(note, 'utf8'), {
    origin,
    logKeys: trusted.keys.map(({ key }) => ({ key, firstSize: 0, lastSize: undefined })),
    witnessKeys: [],
    witnessesNeeded: 0,
  });
  if (verdict.kind !== 'verified') throw new Error(verdict.kind);
  return verdict.checkpoint;
}

/** From the log itself, leaf by leaf. */
async function rootOfLog(size: number): Promise<string> {
  const leaves = (await new PostgresLogReader(bench.database).readAfter(0, 10_000)).slice(0, size);
  const hashes = leaves.map(({ globalSeq, streamHash }) => leafHashOf(merkleLeafOf(globalSeq, streamHash)));
  return Buffer.from(rootOfEdge(growTree(emptyTree, hashes).edge)).toString('hex');
}

async function onKafka(
  enough: (sizes: readonly (number | undefined)[]) => boolean,
): Promise<readonly IncomingRecord[]> {
  const subscription = bench.messaging.subscription();
  const got: IncomingRecord[] = [];
  try {
    return await new Promise((resolve, reject) => {
      void subscription
        .start({
          groupId: `${bench.prefix}-${String(Math.random())}`,
          topics: [checkpointTopic(bench.prefix)],
          fromBeginning: true,
          concurrency: 1,
          onFatal: reject,
          onBatch: async (_topic, _partition, records) => {
            got.push(...records);
            if (enough(got.map(sizeOfCheckpointRecord))) resolve([...got]);
            return Promise.resolve({ nextOffset: String(BigInt(records.at(-1)?.offset ?? '-1') + 1n) });
          },
        })
        .catch(reject);
    });
  } finally {
    await subscription.stop();
  }
}

describe('a relay that seals', () => {
  it('signs heads of what it has published, in the journal, on Kafka and in the anchor, and goes on after a restart', async () => {
    await bench.append(newStream(), 250);
    await sealTo(250);
    await bench.append(newStream(), 30);
    await sealTo(280);
    const stored = await seals().checkpointsAfter(0, 100);
    expect(stored.map(({ size }) => size)).toEqual(expect.arrayContaining([100, 200, 250, 280]));
    for (const { size, note } of stored) {
      const { root, ...rest } = opened(note);
      expect({ ...rest, root: Buffer.from(root).toString('hex') }).toEqual({
        origin,
        size,
        root: await rootOfLog(size),
      });
      const name = `checkpoint-${String(size).padStart(16, '0')}.txt`;
      expect(await readFile(join(folder, name), 'utf8')).toBe(note);
      expect((await stat(join(folder, name))).mode & 0o222).toBe(0);
    }
    const records = await onKafka((sizes) => sizes.includes(280));
    expect(records.map(({ value }) => Buffer.from(value).toString('utf8'))).toEqual(stored.map(({ note }) => note));
    expect(records[0]).toMatchObject({
      key: origin,
      headers: { ce_type: 'consilium.checkpoint.v1', ce_size: String(stored[0]?.size) },
    });
    expect(broken).toEqual([]);
  });

  it('seals fewer than a whole head only after a while', async () => {
    let nowMs = 0;
    const patient = sealer({ limits: { events: 100, everyMs: 60_000, anchorPauseMs: 50 }, monotonicMs: () => nowMs });
    await bench.append(newStream(), 110);
    await whileRunning(relay(patient), async () => {
      await until(async () => (await sealedSize()) === 100);
      nowMs = 59_999;
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await sealedSize()).toBe(100);
      nowMs = 60_000;
      await until(async () => (await sealedSize()) === 110);
    });
  });

  it('puts on Kafka and into the anchor what a crash left out', async () => {
    await bench.append(newStream(), 120);
    await whileRunning(bench.relay(), async () => {
      await bench.recordsWhen(hasAllOf(120));
    });
    const held = await new PostgresRelayLease(bench.database).acquire('crashing', 0);
    const crashing = sealer();
    await crashing.begin(held?.epoch ?? 0, {
      publish: async () => Promise.reject(new MessagingUnavailable('gone')),
      close: async () => Promise.resolve(),
    });
    await expect(crashing.turn(120)).rejects.toBeInstanceOf(MessagingUnavailable);
    expect([await sealedSize(), await anchoredSizes()]).toEqual([100, []]);
    await sealTo(120);
    expect(await anchoredSizes()).toEqual([100, 120]);
    expect((await onKafka((sizes) => sizes.includes(120))).map(sizeOfCheckpointRecord)).toEqual([100, 120]);
    expect(broken).toEqual([]);
  });

  it('keeps heads for an anchor that is away', async () => {
    await bench.append(newStream(), 10);
    let isAway = true;
    const anchor = new FolderAnchor(folder);
    const sometimes = {
      newest: async () => (isAway ? Promise.reject(new AnchorUnavailable('away')) : anchor.newest()),
      put: async (head: Parameters<Anchor['put']>[0]) => anchor.put(head),
      heads: (onStranger: (name: string) => void) => anchor.heads(onStranger),
    };
    await whileRunning(relay(sealer({ anchor: sometimes })), async () => {
      await until(async () => (await sealedSize()) === 10 && unavailable > 1);
      expect(await anchoredSizes()).toEqual([]);
      isAway = false;
      await until(async () => (await anchoredSizes()).includes(10));
    });
    expect(broken).toEqual([]);
  });

  it('lets a second key sign beside the first, and then alone', async () => {
    const [first, second] = newKeys(2);
    if (first === undefined || second === undefined) throw new Error('two keys');
    const sealedBy = async (size: number, ...used: SealKeys['keys']): Promise<string> => {
      await bench.append(newStream(), size - (await sealedSize()));
      await sealTo(size, sealer({ keys: { origin, keys: used } }));
      return (await seals().lastCheckpoint())?.note ?? '';
    };
    expect(opened(await sealedBy(10, first), { origin, keys: [first] }).size).toBe(10);
    const overlap = await sealedBy(20, first, second);
    for (const key of [first, second]) expect(opened(overlap, { origin, keys: [key] }).size).toBe(20);
    expect(opened(await sealedBy(30, second), { origin, keys: [second] }).size).toBe(30);
    expect(broken).toEqual([]);
  });
});

describe('sealing ends with an alarm, and publishing goes on,', () => {
  const refuses = async (why: RegExp, sealing: Sealer = sealer()): Promise<void> => {
    const before = await sealedSize();
    await bench.append(newStream(), 20);
    const events = await new PostgresLogReader(bench.database).lastGlobalSeq();
    await whileRunning(relay(sealing), async () => {
      await until(async () => broken.length > 0 && (await publishedSize()) === events + 20);
    });
    expect(await sealedSize()).toBe(before);
    expect(broken).toEqual([expect.stringMatching(why)]);
  };
  const publishedSize = async (): Promise<unknown> =>
    (await bench.owner.query({ text: 'SELECT published_global_seq::int AS size FROM journal.relay' }))[0]?.['size'];

  beforeEach(async () => {
    await bench.append(newStream(), 300);
    await sealTo(300);
  });

  it('where a tile is not what was signed', async () => {
    await bench.owner.execute({ text: 'ALTER TABLE journal.merkle_tile DISABLE TRIGGER USER' });
    await bench.owner.execute({
      text: 'UPDATE journal.merkle_tile SET hashes = set_byte(hashes, 5, get_byte(hashes, 5) # 1) WHERE level = 0 AND index = 1',
    });
    await refuses(/the tiles do not give the root that was signed at size 300/);
  });

  it('where a tile is gone', async () => {
    await bench.owner.execute({ text: 'ALTER TABLE journal.merkle_tile DISABLE TRIGGER USER' });
    await bench.owner.execute({ text: 'DELETE FROM journal.merkle_tile WHERE level = 1' });
    await refuses(/BrokenTile: tile 1\/0 is too short/);
  });

  it('where the newest head is signed by nobody we know', async () => {
    await refuses(/the head of 300 is not ours: notSigned/, sealer({ keys: { origin, keys: newKeys() } }));
  });

  it.each([
    ['Kafka', () => sealer()],
    ['the anchor', () => sealer({ prefix: `${bench.prefix}-new` })],
  ])('where %s knows more than the database', async (where, sealing) => {
    await bench.owner.execute({ text: 'ALTER TABLE journal.checkpoint DISABLE TRIGGER USER' });
    const last = (await seals().checkpointsAfter(0, 100)).at(-2);
    await bench.owner.execute({ text: 'DELETE FROM journal.checkpoint WHERE size = 300' });
    await bench.owner.execute({ text: 'ALTER TABLE journal.merkle_tile DISABLE TRIGGER USER' });
    await bench.owner.execute({
      text: `UPDATE journal.merkle_tile SET hashes = substr(hashes, 1, 32 * $1) WHERE level = 0 AND index = $2`,
      values: [(last?.size ?? 0) % 256, Math.floor((last?.size ?? 0) / 256)],
    });
    await refuses(new RegExp(`${where} has a head of 300, the database none so large`), sealing());
  });

  it('where the anchor has another head of this log', async () => {
    const [name = ''] = (await readdir(folder)).sort().slice(-1);
    const other = (await seals().checkpointsAfter(0, 1))[0]?.note ?? '';
    await chmod(join(folder, name), 0o600);
    await writeFile(join(folder, name), other);
    await refuses(/the head of 300 names another size/);
  });
});

describe('the anchor folder', () => {
  it('takes a head once, and keeps it', async () => {
    const anchor = new FolderAnchor(join(folder, 'made', 'when needed'));
    expect(await anchor.newest()).toBeUndefined();
    await Promise.all([9, 10, 100].map(async (size) => anchor.put({ size, note: `${String(size)}\n` })));
    await anchor.put({ size: 10, note: '10\n' });
    await expect(anchor.put({ size: 10, note: 'ten\n' })).rejects.toBeInstanceOf(AnchorConflict);
    expect(await anchor.newest()).toEqual({ size: 100, note: '100\n' });
    expect(await readdir(join(folder, 'made', 'when needed'))).toHaveLength(3);
  });

  it('says when it cannot be used', async () => {
    await writeFile(join(folder, 'file'), '');
    const anchor = new FolderAnchor(join(folder, 'file'));
    await expect(anchor.newest()).rejects.toBeInstanceOf(AnchorUnavailable);
    await expect(anchor.put({ size: 1, note: '' })).rejects.toBeInstanceOf(AnchorUnavailable);
  });
});
