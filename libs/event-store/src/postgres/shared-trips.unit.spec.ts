import { describe, expect, it } from '@jest/globals';
import { newAppend, newCaseStream, newEvent, newOrganisation } from '../contract/journal-fixture.spec.ts';
import type { CommandParts } from '../contract/journal-fixture.spec.ts';
import type { AppendOutcome } from '../event-store.ts';
import { InvalidAppend, StoreUnavailable } from '../store-errors.ts';
import { chooseAppends } from './choose-appends.ts';
import { SharedTrips } from './shared-trips.ts';
import { asOneStreamAppend } from './one-stream-append.ts';
import type { OneStreamAppend } from './one-stream-append.ts';

const organisation = newOrganisation();
const outcomeOf = ({ write }: OneStreamAppend): AppendOutcome => ({
  kind: 'appended',
  streams: [{ streamId: write.streamId, version: 1 }],
});

function newSingle(parts: Partial<CommandParts> = {}, streamId = newCaseStream(), payload = '{}'): OneStreamAppend {
  const writes = [{ streamId, expectedVersion: 0, events: [newEvent('x', payload)] }];
  const single = asOneStreamAppend(newAppend({ organisation, writes, ...parts }));
  if (single === undefined) throw new Error('the fixture is no single append');
  return single;
}

const standard = { maxInFlight: 1, fullTrip: 10, patienceMs: 0, maxBatch: 10, maxBatchBytes: 10_000, maxWaiting: 100 };

/** Until everything that was to happen at the end of this turn has happened. */
async function turnsOver(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Appends whose trips the test ends one by one. */
function openQueue(options: Partial<typeof standard> = {}) {
  const batches: { readonly batch: readonly OneStreamAppend[]; end(error?: unknown): Promise<void> }[] = [];
  const run = async (batch: readonly OneStreamAppend[]) => {
    const { promise, resolve, reject } = Promise.withResolvers<readonly AppendOutcome[]>();
    batches.push({
      batch,
      end: async (error) => {
        if (error === undefined) resolve(batch.map(outcomeOf));
        else reject(error);
        await turnsOver();
      },
    });
    return promise;
  };
  const { maxInFlight, fullTrip, patienceMs, maxWaiting, ...limits } = { ...standard, ...options };
  const choose = (waiting: readonly OneStreamAppend[]) => chooseAppends(waiting, limits);
  return { queue: new SharedTrips({ run, choose, maxInFlight, fullTrip, patienceMs, maxWaiting }), batches };
}

describe('SharedTrips of appends', () => {
  it('lets those of one turn leave together, and those of the next at once where there is room', async () => {
    const { queue, batches } = openQueue({ maxInFlight: 2 });
    const [a, b, c] = [newSingle(), newSingle(), newSingle()];
    const first = Promise.all([queue.add(a), queue.add(b)]);
    await turnsOver();
    const second = queue.add(c);
    await turnsOver();
    expect(batches.map(({ batch }) => new Set(batch))).toEqual([new Set([a, b]), new Set([c])]);
    await batches[1]?.end();
    await batches[0]?.end();
    expect([...(await first), await second]).toEqual([a, b, c].map(outcomeOf));
  });

  it('lets appends wait for the batch before them, but not for one that takes unusually long', async () => {
    const { queue, batches } = openQueue({ maxInFlight: 2, patienceMs: 50 });
    const [a, b, c] = [newSingle(), newSingle(), newSingle()];
    const first = queue.add(a);
    await turnsOver();
    const others = Promise.all([queue.add(b), queue.add(c)]);
    await turnsOver();
    expect(batches.map(({ batch }) => batch)).toEqual([[a]]);
    while (batches.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(new Set(batches[1]?.batch)).toEqual(new Set([b, c]));
    await batches[1]?.end();
    await batches[0]?.end();
    expect([await first, ...(await others)]).toEqual([a, b, c].map(outcomeOf));
  });

  it('lets a full trip leave beside the one before it, and no fewer', async () => {
    const { queue, batches } = openQueue({ maxInFlight: 3, fullTrip: 2, patienceMs: 60_000 });
    const [a, b, c, d] = [newSingle(), newSingle(), newSingle(), newSingle()];
    const outcomes = [queue.add(a)];
    await turnsOver();
    outcomes.push(queue.add(b));
    await turnsOver();
    expect(batches).toHaveLength(1);
    outcomes.push(queue.add(c));
    await turnsOver();
    expect(batches.map(({ batch }) => new Set(batch))).toEqual([new Set([a]), new Set([b, c])]);
    outcomes.push(queue.add(d));
    await turnsOver();
    expect(batches).toHaveLength(2);
    for (let index = 0; index < 3; index += 1) await batches[index]?.end();
    expect(await Promise.all(outcomes)).toEqual([a, b, c, d].map(outcomeOf));
  });

  it('lets those that wait travel together, each with its own outcome, in order of command ids', async () => {
    const { queue, batches } = openQueue();
    const singles = Array.from({ length: 6 }, () => newSingle());
    const outcomes = Promise.all(singles.map(async (single) => queue.add(single)));
    await turnsOver();
    const idsOf = (appends: readonly OneStreamAppend[]) => appends.map(({ command }) => command.commandId);
    expect(idsOf(batches[0]?.batch ?? [])).toEqual(idsOf(singles).toSorted());
    await batches[0]?.end();
    expect(await outcomes).toEqual(singles.map(outcomeOf));
    expect(batches).toHaveLength(1);
  });

  it('keeps organisations, repeats of a command and writers of one stream apart', async () => {
    const { queue, batches } = openQueue();
    const streamId = newCaseStream();
    const [first, second] = [newSingle({}, streamId), newSingle({}, streamId)];
    const repeat = newSingle({ commandId: first.command.commandId });
    const foreign = newSingle({ organisation: newOrganisation() });
    const outcomes = Promise.all([first, second, repeat, foreign].map(async (single) => queue.add(single)));
    await turnsOver();
    for (let index = 0; index < 3; index += 1) await batches[index]?.end();
    await outcomes;
    expect(batches.map(({ batch }) => new Set(batch))).toEqual([
      new Set([first]),
      new Set([second, repeat]),
      new Set([foreign]),
    ]);
  });

  it('bounds a batch by number and by bytes', async () => {
    const { queue, batches } = openQueue({ maxBatch: 3, maxBatchBytes: 1_000 });
    const small = Array.from({ length: 5 }, () => newSingle({}, newCaseStream(), 'x'.repeat(100)));
    const large = Array.from({ length: 2 }, () => newSingle({}, newCaseStream(), 'x'.repeat(5_000)));
    const outcomes = Promise.all([...small, ...large].map(async (single) => queue.add(single)));
    await turnsOver();
    for (let index = 0; index < 4; index += 1) await batches[index]?.end();
    await outcomes;
    expect(batches.map(({ batch }) => batch.length)).toEqual([3, 2, 1, 1]);
  });

  it('runs each by itself when one of a batch broke the contract, so that the others do not suffer', async () => {
    const { queue, batches } = openQueue();
    const singles = Array.from({ length: 3 }, () => newSingle());
    const settled = Promise.allSettled(singles.map(async (single) => queue.add(single)));
    await turnsOver();
    await batches[0]?.end(new InvalidAppend('one of them'));
    const guilty = batches[1]?.batch[0];
    await batches[1]?.end(new InvalidAppend('this one'));
    await batches[2]?.end();
    await batches[3]?.end();
    const results = await settled;
    expect(batches.slice(1).map(({ batch }) => batch.length)).toEqual([1, 1, 1]);
    expect(
      results.map(({ status }, index) => (status === 'rejected' ? singles[index] : undefined)).filter(Boolean),
    ).toEqual([guilty]);
  });

  it('tells all of a batch when the database is away, without trying again', async () => {
    const { queue, batches } = openQueue();
    const settled = Promise.allSettled(Array.from({ length: 3 }, async () => queue.add(newSingle())));
    await turnsOver();
    await batches[0]?.end(new StoreUnavailable('away'));
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(batches).toHaveLength(1);
  });

  it('refuses more than it may hold', async () => {
    const { queue, batches } = openQueue({ maxWaiting: 1 });
    const first = queue.add(newSingle());
    await turnsOver();
    const second = queue.add(newSingle());
    await expect(queue.add(newSingle())).rejects.toThrow(StoreUnavailable);
    await batches[0]?.end();
    await batches[1]?.end();
    await expect(Promise.all([first, second])).resolves.toHaveLength(2);
  });
});

describe('SharedTrips of anything', () => {
  it('takes an item that comes twice twice', async () => {
    const trips: (readonly string[])[] = [];
    const queue = new SharedTrips<string, string>({
      run: async (items) => {
        trips.push(items);
        return Promise.resolve(items.map((item) => item.toUpperCase()));
      },
      choose: (waiting) => [...waiting.keys()],
      ...standard,
    });
    expect(await Promise.all(['a', 'b', 'b'].map(async (item) => queue.add(item)))).toEqual(['A', 'B', 'B']);
    expect(trips).toEqual([['a', 'b', 'b']]);
  });
});
