import { expect } from '@jest/globals';
import { encodeEvent, uuidv5, uuidv7 } from '@consilium/contracts';
import { streamIdOf } from '@consilium/domain';
import type {
  AdjudicationId,
  AnnotatorEvent,
  CaseEvent,
  CommandId,
  ConsensusId,
  DisagreementId,
  EventId,
  OrganisationId,
  ReadId,
  RecordedConsensus,
  Scoring,
  ScoringId,
  StreamId,
} from '@consilium/domain';
import { PostgresEventStore } from '@consilium/event-store';
import { Database } from '@consilium/postgres';
import { type ApiUnderTest, organisation as usual } from './api-under-test.spec.ts';

/** What the quality service would record; only its effect matters here. */
export const settle = async (api: ApiUnderTest, caseId: string, organisation = usual): Promise<void> =>
  record(api, caseId, (consensus) => [{ type: 'consensusReached', consensus, disagreements: [] }], organisation);

/** Two who say otherwise about whether the first sentence is affirmed: the case comes before its adjudicators. */
export const dispute = async (
  api: ApiUnderTest,
  caseId: string,
  { said, panelSize = 1 }: { readonly said: Readonly<Record<string, readonly string[]>>; readonly panelSize?: number },
): Promise<void> =>
  record(api, caseId, (consensus) => [
    {
      type: 'disagreementFound',
      consensus,
      disagreements: [
        {
          disagreementId: uuidv5(caseId, 'disagreement') as DisagreementId,
          kind: 'polarity',
          sentenceId: null,
          regionIds: [],
          options: Object.entries(said).map(([option, readIds]) => ({ option, readIds: readIds as ReadId[] })),
        },
      ],
    },
    {
      type: 'adjudicationOpened',
      adjudicationId: uuidv5(caseId, `adjudication ${consensus.consensusId}`) as AdjudicationId,
      cause: 'disagreement',
      panelSize,
    },
  ]);

/** What answers were worth. */
export const score = async (
  api: ApiUnderTest,
  caseId: string,
  { truth, scores }: Pick<Scoring, 'truth' | 'scores'>,
): Promise<void> =>
  record(api, caseId, ({ basedOnVersion }) => [
    {
      type: 'answersScored',
      scoringId: uuidv5(caseId, `scoring ${String(basedOnVersion)}`) as ScoringId,
      basedOnVersion,
      truth,
      method: { name: 'statements', version: '1', parameters: { gate: 0.5 } },
      scores,
    },
  ]);

/** A reason to look at what an annotator does. */
export const alert = async (
  api: ApiUnderTest,
  event: Omit<Extract<AnnotatorEvent, { readonly type: 'alertRaised' }>, 'type'>,
): Promise<void> => append(api, streamIdOf('annotator', event.annotatorId), () => [{ type: 'alertRaised', ...event }]);

const record = async (
  api: ApiUnderTest,
  caseId: string,
  eventsOf: (consensus: RecordedConsensus) => readonly CaseEvent[],
  organisation?: OrganisationId,
): Promise<void> => append(api, streamIdOf('case', caseId), eventsOf, organisation);

async function append(
  api: ApiUnderTest,
  streamId: StreamId,
  eventsOf: (consensus: RecordedConsensus) => readonly (CaseEvent | AnnotatorEvent)[],
  organisation: OrganisationId = usual,
): Promise<void> {
  const database = new Database({ url: api.databaseUrl, role: 'consilium_quality', applicationName: 'spec' });
  const store = new PostgresEventStore(database);
  const loaded = await store.load({ organisation, streams: [streamId] });
  const version = loaded.streams.get(streamId)?.version ?? 0;
  const commandId = uuidv7(loaded.now) as CommandId;
  const consensus: RecordedConsensus = {
    consensusId: uuidv7(loaded.now) as ConsensusId,
    basedOnVersion: version,
    readIds: [],
    method: { name: 'majority', version: '1', parameters: {} },
    regions: [],
    sentences: [],
    matching: { summedIou: 0, exact: true, gap: 0 },
  };
  const events = eventsOf(consensus).map((event, index) =>
    encodeEvent(event, {
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
