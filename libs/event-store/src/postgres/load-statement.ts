import { aggregateOf, idWithinStream, streamIdOf } from '@consilium/domain';
import type { AnnotatorId, CaseId, ClaimId, Instant, ProjectId, StreamId } from '@consilium/domain';
import { readBytes, readInteger, readText } from '@consilium/postgres';
import type { Row, Statement } from '@consilium/postgres';
import { claimStatuses } from '../event-store.ts';
import type {
  Claim,
  ClaimStatus,
  Loaded,
  LoadedStream,
  LoadRequest,
  RecordedEvent,
  StoredCommand,
  StreamPosition,
} from '../event-store.ts';
import { readRecordedEvent } from './read-recorded-event.ts';

export function loadStatement({ organisation, streams, command }: LoadRequest): Statement {
  return {
    name: 'journal-load',
    text: 'SELECT loaded.* FROM journal.load($1, $2, $3, $4, $5) AS loaded',
    values: [
      organisation,
      streams,
      streams.filter((streamId) => aggregateOf(streamId) === 'case').map(idWithinStream),
      command?.actorId,
      command?.commandId,
    ],
  };
}

/** Rows of one load, told apart by their `kind`; the events come in order of stream and version. */
export function readLoaded(streams: readonly StreamId[], rows: readonly Row[]): Loaded {
  const events = new Map<StreamId, RecordedEvent[]>(streams.map((streamId) => [streamId, []]));
  const claims = new Map<StreamId, Claim[]>();
  let now: Instant | undefined;
  let command: StoredCommand | undefined;
  for (const row of rows) {
    const kind = readText(row, 'kind');
    switch (kind) {
      case 'event': {
        const event = readRecordedEvent(row);
        events.get(event.streamId)?.push(event);
        break;
      }
      case 'claim': {
        const claim = readClaim(row);
        const streamId = streamIdOf('case', claim.caseId);
        claims.set(streamId, [...(claims.get(streamId) ?? []), claim]);
        break;
      }
      case 'now':
        now = readInteger(row, 'instant_ms') as Instant;
        break;
      case 'command':
        command = readStoredCommand(row);
        break;
      default:
        throw new Error(`journal.load gave a row of kind ${kind}`);
    }
  }
  if (now === undefined) throw new Error('journal.load gave no clock');
  const loaded = streams.map((streamId): [StreamId, LoadedStream] => {
    const ofStream = events.get(streamId) ?? [];
    const version = ofStream.at(-1)?.streamVersion ?? 0;
    return [streamId, { streamId, version, events: ofStream, claims: claims.get(streamId) ?? [] }];
  });
  return { now, command, streams: new Map(loaded) };
}

function readClaim(row: Row): Claim {
  return {
    caseId: readText(row, 'case_id') as CaseId,
    annotatorId: readText(row, 'annotator_id') as AnnotatorId,
    projectId: readText(row, 'project_id') as ProjectId,
    claimId: readText(row, 'claim_id') as ClaimId,
    status: readClaimStatus(readText(row, 'status')),
    leaseEndsAt: readInteger(row, 'instant_ms') as Instant,
  };
}

function readClaimStatus(text: string): ClaimStatus {
  const status = claimStatuses.find((known) => known === text);
  if (status === undefined) throw new Error(`unknown claim status ${text}`);
  return status;
}

function readStoredCommand(row: Row): StoredCommand {
  return {
    requestHash: Buffer.from(readBytes(row, 'request_hash')).toString('hex'),
    answer: readText(row, 'answer'),
    streams: readStreamPositions(readText(row, 'streams')),
  };
}

/** Written by the append function alone, so its shape is known. */
const readStreamPositions = (json: string): readonly StreamPosition[] => JSON.parse(json) as readonly StreamPosition[];
