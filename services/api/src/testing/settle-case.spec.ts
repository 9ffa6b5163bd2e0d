import { expect } from '@jest/globals';
import { encodeEvent, uuidv5, uuidv7 } from '@consilium/contracts';
import { streamIdOf } from '@consilium/domain';
import type {
  AdjudicationId,
  CaseEvent,
  CommandId,
  ConsensusId,
  DisagreementId,
  EventId,
  ReadId,
  RecordedConsensus,
} from '@consilium/domain';
import { PostgresEventStore } from '@consilium/event-store';
import { Database } from '@consilium/postgres';
import { type ApiUnderTest, organisation } from './api-under-test.spec.ts';

/** What the quality service would record; only its effect matters here. */
export async function settle(
  api: ApiUnderTest,
  caseId: string,
  type: 'consensusReached' | 'disagreementFound' = 'consensusReached',
): Promise<void> {
  const database = new Database({ url: api.databaseUrl, role: 'consilium_quality', applicationName: 'spec' });
  const store = new PostgresEventStore(database);
  const streamId = streamIdOf('case', caseId);
  const loaded = await store.load({ organisation, streams: [streamId] });
  const version = loaded.streams.get(streamId)?.version ?? 0;
  const commandId = uuidv7(loaded.now) as CommandId;
  const event = encodeEvent(
    {
      type,
      disagreements: [],
      consensus: {
        consensusId: uuidv7(loaded.now) as ConsensusId,
        basedOnVersion: version,
        readIds: [],
        method: { name: 'majority', version: '1', parameters: {} },
        regions: [],
        sentences: [],
        matching: { summedIou: 0, exact: true, gap: 0 },
      },
    },
    {
      eventId: uuidv7(loaded.now) as EventId,
      streamId,
      streamVersion: version + 1 + index,
      organisation,
      actor: { id: 'service:quality', role: 'system' },
      commandId,
      correlationId: commandId,
      causationId: commandId,
      occurredAt: loaded.now,
      recordedAt: loaded.now,
    }),
  );
  const outcome = await store.append({
    organisation,
    command: { actorId: 'service:quality', commandId, requestHash: '0'.repeat(64), answer: '{}' },
    writes: [{ streamId, expectedVersion: version, events }],
    claims: [],
  });
  expect(outcome.kind).toBe('appended');
  await database.close();
}
