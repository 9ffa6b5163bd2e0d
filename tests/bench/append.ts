/**
 * Appends of one event, with 1 and 32 clients, beside Emmett's Postgres store on the same server. The two take turns, so
 * that a machine which slows down slows all; the ratio is of the medians of the turns. A bare INSERT of one row, which decides
 * nothing and keeps no history, shows what a commit costs on this disk: no append can be faster than that.
 */
import { randomUUID } from 'node:crypto';
import { encodeEvent, uuidv7 } from '@consilium/contracts';
import { streamIdOf } from '@consilium/domain';
import type { AnnotatorId, CommandId, EventId, Instant, OrganisationId, PersonId, ProjectId } from '@consilium/domain';
import { eventStoreMigrations, PostgresEventStore } from '@consilium/event-store';
import { Database, migrate } from '@consilium/postgres';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { type Figure, quantile } from './figure.ts';

const turns = 5;
const turnMs = 3_000;
const clientCounts = [1, 32] as const;

type Append = () => Promise<unknown>;

/** `ours` and `theirs` are URLs of two empty databases of one server. */
export async function benchAppend(ours: string, theirs: string): Promise<readonly Figure[]> {
  const consilium = await openConsilium(ours);
  const emmett = getPostgreSQLEventStore(theirs);
  const bare = await openBareInsert(ours);
  try {
    const figures: Figure[] = [];
    for (const clients of clientCounts) {
      const rates = { ours: [] as number[], theirs: [] as number[], bare: [] as number[] };
      await rateOf(clients, consilium.append, turnMs / 3);
      await rateOf(clients, () => appendToEmmett(emmett), turnMs / 3);
      for (let turn = 0; turn < turns; turn += 1) {
        rates.ours.push(await rateOf(clients, consilium.append, turnMs));
        rates.theirs.push(await rateOf(clients, () => appendToEmmett(emmett), turnMs));
        rates.bare.push(await rateOf(clients, bare.append, turnMs / 3));
      }
      const [our, their] = [quantile(rates.ours, 0.5), quantile(rates.theirs, 0.5)];
      const named = `${String(clients)} client${clients === 1 ? '' : 's'}, beside Emmett`;
      figures.push({
        name: `append of one event, ${named}`,
        value: our / their,
        unit: 'times',
        target: { relation: 'atLeast', value: 3 },
        note: `${String(Math.round(our))}/s beside ${String(Math.round(their))}/s, medians of ${String(turns)} turns`,
      });
      const floor = quantile(rates.bare, 0.5);
      figures.push({
        name: `bare INSERT of one row, ${named}`,
        value: floor / their,
        unit: 'times',
        note: `${String(Math.round(floor))}/s; each a commit of its own, for comparison`,
      });
    }
    return figures;
  } finally {
    await Promise.all([consilium.close(), bare.close()]);
    await emmett.close();
  }
}

export async function openConsilium(
  url: string,
): Promise<{ readonly append: Append; readonly close: () => Promise<void> }> {
  await migrate({ url, migrations: await eventStoreMigrations() });
  const database = new Database({ url, role: 'consilium_api', applicationName: 'consilium-bench', poolSize: 32 });
  const store = new PostgresEventStore(database);
  const organisation = randomUUID() as OrganisationId;
  const append: Append = async () => {
    const annotatorId = randomUUID() as AnnotatorId;
    const streamId = streamIdOf('annotator', annotatorId);
    const commandId = randomUUID() as CommandId;
    const now = Date.now() as Instant;
    const event = encodeEvent(
      {
        type: 'annotatorRegistered',
        annotatorId,
        projectId: randomUUID() as ProjectId,
        personId: randomUUID() as PersonId,
      },
      {
        eventId: uuidv7(now) as EventId,
        streamId,
        streamVersion: 1,
        organisation,
        actor: { id: organisation, role: 'lead' },
        commandId,
        correlationId: commandId,
        causationId: commandId,
        occurredAt: now,
        recordedAt: now,
      },
    );
    const outcome = await store.append({
      organisation,
      command: { actorId: organisation, commandId, requestHash: '0'.repeat(64), answer: '{}' },
      writes: [{ streamId, expectedVersion: 0, events: [event] }],
      claims: [],
    });
    if (outcome.kind !== 'appended') throw new Error(`append: ${outcome.kind}`);
  };
  return { append, close: () => database.close() };
}

async function openBareInsert(url: string): Promise<{ readonly append: Append; readonly close: () => Promise<void> }> {
  const database = new Database({ url, applicationName: 'consilium-bench', poolSize: 32 });
  await database.execute({ text: 'CREATE TABLE public.bare (id uuid PRIMARY KEY, text text NOT NULL)' });
  const statement = { name: 'bare', text: 'INSERT INTO public.bare VALUES ($1, $2)' };
  return {
    append: async () => database.execute({ ...statement, values: [randomUUID(), 'x'.repeat(600)] }),
    close: async () => database.close(),
  };
}

/** As large as our event's meta and payload together. */
const appendToEmmett = (store: ReturnType<typeof getPostgreSQLEventStore>): Promise<unknown> =>
  store.appendToStream(`annotator-${randomUUID()}`, [{ type: 'annotatorRegistered', data: { text: 'x'.repeat(600) } }]);

async function rateOf(clients: number, append: Append, durationMs: number): Promise<number> {
  const start = performance.now();
  let count = 0;
  const work = async (): Promise<void> => {
    while (performance.now() - start < durationMs) {
      await append();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, work));
  return count / ((performance.now() - start) / 1_000);
}
