import { describe, expect, it } from '@jest/globals';
import type { OrganisationId } from '@consilium/domain';
import { newAppend, newCaseStream, newEvent, newOrganisation } from '../contract/journal-fixture.spec.ts';
import type { CommandParts } from '../contract/journal-fixture.spec.ts';
import type { AppendOutcome } from '../event-store.ts';
import { InvalidAppend, StoreUnavailable } from '../store-errors.ts';
import { AppendQueue } from './append-queue.ts';
import type { AppendQueueOptions, RunBatch } from './append-queue.ts';
import { asSingleAppend } from './single-append.ts';
import type { SingleAppend } from './single-append.ts';

const organisation = newOrganisation();
const outcomeOf = ({ write }: SingleAppend): AppendOutcome => ({
  kind: 'appended',
  streams: [{ streamId: write.streamId, version: 1 }],
});

function newSingle(parts: Partial<CommandParts> = {}, streamId = newCaseStream(), payload = '{}'): SingleAppend {
  const writes = [{ streamId, expectedVersion: 0, events: [newEvent('x', payload)] }];
  const single = asSingleAppend(newAppend({ organisation, writes, ...parts }));
  if (single === undefined) throw new Error('the fixture is no single append');
  return single;
}

/** A queue whose batches the test ends one by one. */
function openQueue(options: Partial<AppendQueueOptions> = {}) {
  const batches: { readonly batch: readonly SingleAppend[]; end(error?: unknown): Promise<void> }[] = [];
  const run: RunBatch = async (_organisation: OrganisationId, batch) => {
    const { promise, resolve, reject } = Promise.withResolvers<readonly AppendOutcome[]>();
    batches.push({
      batch,
      end: async (error) => {
        if (error === undefined) resolve(batch.map(outcomeOf));
        else reject(error);
        await new Promise((settled) => setTimeout(settled, 0));
      },
    });
    return promise;
  };
  const queue = new AppendQueue(run, {
    maxInFlight: 1,
    patienceMs: 0,
    maxBatch: 10,
    maxBatchBytes: 10_000,
    maxWaiting: 100,
    ...options,
  });
  return { queue, batches };
}

describe('AppendQueue', () => {
  it('lets an append leave at once and alone while there is room', async () => {
    const { queue, batches } = openQueue({ maxInFlight: 2 });
    const [a, b] = [newSingle(), newSingle()];
    const outcomes = Promise.all([queue.append(a), queue.append(b)]);
    expect(batches.map(({ batch }) => batch)).toEqual([[a], [b]]);
    await batches[0]?.end();
    await batches[1]?.end();
    expect(await outcomes).toEqual([outcomeOf(a), outcomeOf(b)]);
  });

  it('lets appends wait for the batch before them, but not for one that takes unusually long', async () => {
    const { queue, batches } = openQueue({ maxInFlight: 2, patienceMs: 50 });
    const [a, b, c] = [newSingle(), newSingle(), newSingle()];
    const outcomes = Promise.all([queue.append(a), queue.append(b), queue.append(c)]);
    await Promise.resolve();
    expect(batches.map(({ batch }) => batch)).toEqual([[a]]);
    while (batches.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(new Set(batches[1]?.batch)).toEqual(new Set([b, c]));
    await batches[1]?.end();
    await batches[0]?.end();
    expect(await outcomes).toEqual([a, b, c].map(outcomeOf));
  });

  it('lets those that had to wait travel together, each with its own outcome, in order of command ids', async () => {
    const { queue, batches } = openQueue();
    const singles = Array.from({ length: 6 }, () => newSingle());
    const outcomes = Promise.all(singles.map(async (single) => queue.append(single)));
    await batches[0]?.end();
    const idsOf = (appends: readonly SingleAppend[]) => appends.map(({ command }) => command.commandId);
    expect(idsOf(batches[1]?.batch ?? [])).toEqual(idsOf(singles.slice(1)).toSorted());
    await batches[1]?.end();
    expect(await outcomes).toEqual(singles.map(outcomeOf));
    expect(batches).toHaveLength(2);
  });

  it('keeps organisations, repeats of a command and writers of one stream apart', async () => {
    const { queue, batches } = openQueue();
    const streamId = newCaseStream();
    const [first, second] = [newSingle({}, streamId), newSingle({}, streamId)];
    const repeat = newSingle({ commandId: first.command.commandId });
    const foreign = newSingle({ organisation: newOrganisation() });
    const singles = [newSingle(), first, second, repeat, foreign];
    const outcomes = Promise.all(singles.map(async (single) => queue.append(single)));
    for (let index = 0; index < 4; index += 1) await batches[index]?.end();
    await outcomes;
    expect(batches.map(({ batch }) => new Set(batch))).toEqual([
      new Set([singles[0]]),
      new Set([first]),
      new Set([second, repeat]),
      new Set([foreign]),
    ]);
  });

  it('bounds a batch by number and by bytes', async () => {
    const { queue, batches } = openQueue({ maxBatch: 3, maxBatchBytes: 1_000 });
    const small = Array.from({ length: 5 }, () => newSingle({}, newCaseStream(), 'x'.repeat(100)));
    const large = Array.from({ length: 2 }, () => newSingle({}, newCaseStream(), 'x'.repeat(5_000)));
    const outcomes = Promise.all([newSingle(), ...small, ...large].map(async (single) => queue.append(single)));
    for (let index = 0; index < 5; index += 1) await batches[index]?.end();
    await outcomes;
    expect(batches.map(({ batch }) => batch.length)).toEqual([1, 3, 2, 1, 1]);
  });

  it('runs each by itself when one of a batch broke the contract, so that the others do not suffer', async () => {
    const { queue, batches } = openQueue();
    const singles = Array.from({ length: 3 }, () => newSingle());
    const settled = Promise.allSettled([newSingle(), ...singles].map(async (single) => queue.append(single)));
    await batches[0]?.end();
    await batches[1]?.end(new InvalidAppend('one of them'));
    const guilty = batches[2]?.batch[0];
    await batches[2]?.end(new InvalidAppend('this one'));
    await batches[3]?.end();
    await batches[4]?.end();
    const results = (await settled).slice(1);
    expect(batches.slice(2).map(({ batch }) => batch.length)).toEqual([1, 1, 1]);
    expect(
      results.map(({ status }, index) => (status === 'rejected' ? singles[index] : undefined)).filter(Boolean),
    ).toEqual([guilty]);
  });

  it('tells all of a batch when the database is away, without trying again', async () => {
    const { queue, batches } = openQueue();
    const settled = Promise.allSettled(Array.from({ length: 4 }, async () => queue.append(newSingle())));
    await batches[0]?.end();
    await batches[1]?.end(new StoreUnavailable('away'));
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(batches).toHaveLength(2);
  });

  it('refuses more than it may hold', async () => {
    const { queue, batches } = openQueue({ maxWaiting: 1 });
    const accepted = [queue.append(newSingle()), queue.append(newSingle())];
    await expect(queue.append(newSingle())).rejects.toThrow(StoreUnavailable);
    await batches[0]?.end();
    await batches[1]?.end();
    await expect(Promise.all(accepted)).resolves.toHaveLength(2);
  });
});
