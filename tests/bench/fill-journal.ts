import { createHash, randomUUID } from 'node:crypto';
import { type DomainEvent, encodeEvent, uuidv5, uuidv7 } from '@consilium/contracts';
import { PostgresEventStore, type StreamWrite } from '@consilium/event-store';
import { streamIdOf } from '@consilium/domain';
import type { CommandId, EventId, Instant, OrganisationId, StreamId } from '@consilium/domain';
import { Database } from '@consilium/postgres';
import {
  annotatorRegistered,
  annotatorStream,
  annotatorId,
  caseId,
  caseStream,
  projectCreated,
  projectId,
  sampleDataKey,
  wholeCase,
} from '@consilium/testing';
import { inParallel } from '../harness/workload.ts';

const readers = 4;
/** From its import to its consensus. */
export const eventsPerCase: number = 3 + 2 * readers;
const casesPerCommand = 40;
const writers = 4;

/**
 * Appends whole cases, each read by four annotators, through the event store: many streams a command, so that a long log is
 * made in minutes. Nothing of it goes through the API.
 */
export async function fillJournal(url: string, cases: number, onProgress: (cases: number) => void): Promise<void> {
  const database = new Database({ url, role: 'consilium_api', applicationName: 'consilium-bench', poolSize: writers });
  const store = new PostgresEventStore(database);
  const organisation = randomUUID() as OrganisationId;
  const append = async (streams: readonly (readonly [StreamId, readonly DomainEvent[]])[]): Promise<void> => {
    const writes = streams.map(([streamId, events]) => writeOf(organisation, streamId, events));
    const outcome = await store.append({ organisation, command: commandOf(), writes, claims: [] });
    if (outcome.kind !== 'appended') throw new Error(`the journal could not be filled: ${outcome.kind}`);
  };
  try {
    await append([
      [streamIdOf('project', projectId(1)), projectCreated(1)],
      ...Array.from({ length: readers }, (_, index): readonly [StreamId, readonly DomainEvent[]] => [
        annotatorStream(annotatorId(index + 1)),
        [annotatorRegistered(index + 1)],
      ]),
    ]);
    const starts = Array.from({ length: Math.ceil(cases / casesPerCommand) }, (_, index) => index * casesPerCommand);
    let done = 0;
    await inParallel(writers, starts, async (start) => {
      const numbers = Array.from({ length: Math.min(casesPerCommand, cases - start) }, (_, index) => start + index + 1);
      await append(numbers.map((number) => [caseStream(caseId(number)), wholeCase(number, { readers })]));
      done += numbers.length;
      onProgress(done);
    });
  } finally {
    await database.close();
  }
}

const commandOf = (): Parameters<PostgresEventStore['append']>[0]['command'] => ({
  actorId: 'bench',
  commandId: randomUUID() as CommandId,
  requestHash: createHash('sha256').update('bench').digest('hex'),
  answer: '{}',
});

function writeOf(organisation: OrganisationId, streamId: StreamId, events: readonly DomainEvent[]): StreamWrite {
  const at = Date.now() as Instant;
  return {
    streamId,
    expectedVersion: 0,
    events: events.map((event, index) =>
      encodeEvent(
        event,
        {
          eventId: uuidv7(at) as EventId,
          streamId,
          streamVersion: index + 1,
          organisation,
          actor: { id: 'bench', role: 'system' },
          commandId: uuidv5(organisation, streamId) as CommandId,
          correlationId: streamId,
          causationId: streamId,
          occurredAt: at,
          recordedAt: at,
        },
        sampleDataKey,
      ),
    ),
  };
}
