import { aggregateOf, idWithinStream, streamIdOf } from '@consilium/domain';
import type {
  AnnotatorId,
  CaseId,
  ClaimId,
  CommandId,
  Instant,
  OrganisationId,
  ProjectId,
  StreamId,
} from '@consilium/domain';
import { readBytes, readInteger, readText } from '@consilium/postgres';
import type { Row, Statement } from '@consilium/postgres';
import { claimStatuses } from '../event-store.ts';
import type {
  Claim,
  ClaimStatus,
  CommandKey,
  Loaded,
  LoadedStream,
  LoadRequest,
  RecordedEvent,
  StoredCommand,
  StreamPosition,
} from '../event-store.ts';
import { readRecordedEvent } from './read-recorded-event.ts';

/** Of one organisation: what all of these need, each stream and command asked for once. */
export function loadStatement(organisation: OrganisationId, requests: readonly LoadRequest[]): Statement {
  const streams = [...new Set(requests.flatMap((request) => request.streams))];
  const commands = new Map(
    requests.flatMap(({ command }) => (command === undefined ? [] : [[keyOf(command), command]])),
  );
  return {
    name: 'journal-load',
    text: 'SELECT loaded.* FROM journal.load($1, $2, $3, $4, $5) AS loaded',
    values: [
      organisation,
      streams,
      streams.filter((streamId) => aggregateOf(streamId) === 'case').map(idWithinStream),
      [...commands.values()].map(({ actorId }) => actorId),
      [...commands.values()].map(({ commandId }) => commandId),
    ],
  };
}

const keyOf = ({ actorId, commandId }: CommandKey): string => `${commandId} ${actorId}`;

/**
 * What each request asked for, in their order. The rows are told apart by their `kind`; the events come in order of stream
 * and version.
 */
export function readLoaded(requests: readonly LoadRequest[], rows: readonly Row[]): readonly Loaded[] {
  const events = new Map<StreamId, RecordedEvent[]>();
  const claims = new Map<StreamId, Claim[]>();
  const commands = new Map<string, StoredCommand>();
  let now: Instant | undefined;
  for (const row of rows) {
    const kind = readText(row, 'kind');
    switch (kind) {
      case 'event': {
        const event = readRecordedEvent(row);
        append(events, event.streamId, event);
        break;
      }
      case 'claim': {
        const claim = readClaim(row);
        append(claims, streamIdOf('case', claim.caseId), claim);
        break;
      }
      case 'now':
        now = readInteger(row, 'instant_ms') as Instant;
        break;
      case 'command': {
        const key = { actorId: readText(row, 'actor_id'), commandId: readText(row, 'command_id') as CommandId };
        commands.set(keyOf(key), readStoredCommand(row));
        break;
      }
      default:
        throw new Error(`journal.load gave a row of kind ${kind}`);
    }
  }
  if (now === undefined) throw new Error('journal.load gave no clock');
  const at = now;
  return requests.map(({ streams, command }) => ({
    now: at,
    command: command === undefined ? undefined : commands.get(keyOf(command)),
    streams: new Map(
      streams.map((streamId): [StreamId, LoadedStream] => {
        const ofStream = events.get(streamId) ?? [];
        const version = ofStream.at(-1)?.streamVersion ?? 0;
        return [streamId, { streamId, version, events: ofStream, claims: claims.get(streamId) ?? [] }];
      }),
    ),
  }));
}

function append<Value>(lists: Map<StreamId, Value[]>, streamId: StreamId, value: Value): void {
  const list = lists.get(streamId);
  if (list === undefined) lists.set(streamId, [value]);
  else list.push(value);
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
