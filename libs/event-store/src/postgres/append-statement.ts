import { routeOf } from '@consilium/contracts';
import type { EncodedEvent } from '@consilium/contracts';
import { idWithinStream } from '@consilium/domain';
import type { Statement } from '@consilium/postgres';
import type { AppendRequest, Claim, StreamWrite } from '../event-store.ts';
import { heldLeases } from '../held-leases.ts';

const placeholders = (count: number): string => Array.from({ length: count }, (_, index) => `$${index + 1}`).join(', ');
const appendOneText = `SELECT journal.append_one(${placeholders(23)}) AS outcome`;
const appendManyText = `SELECT journal.append_many(${placeholders(25)}) AS outcome`;

/** The ordinary command, one event and at most one claim, goes a shorter way than the rest; both do the same. */
export function appendStatement(request: AppendRequest): Statement {
  const [write, ...otherWrites] = request.writes;
  const [event, ...otherEvents] = write?.events ?? [];
  const isSingle = otherWrites.length === 0 && otherEvents.length === 0 && request.claims.length <= 1;
  return write !== undefined && event !== undefined && isSingle
    ? appendOneStatement(request, write, event)
    : appendManyStatement(request);
}

const commandValues = ({ organisation, command }: AppendRequest): readonly unknown[] => [
  organisation,
  command.actorId,
  command.commandId,
  Buffer.from(command.requestHash, 'hex'),
  command.answer,
];

function appendOneStatement(request: AppendRequest, write: StreamWrite, event: EncodedEvent): Statement {
  const { topic, partition } = routeOf(write.streamId);
  const claim: Claim | undefined = request.claims[0];
  const { claimsSeen } = write;
  return {
    name: 'journal-append-one',
    text: appendOneText,
    values: [
      ...commandValues(request),
      write.streamId,
      write.expectedVersion,
      topic,
      partition,
      event.eventId,
      event.type,
      event.schemaVersion,
      event.recordedAt,
      event.metaBytes,
      event.payloadBytes,
      event.salt,
      claim !== undefined || claimsSeen !== undefined ? idWithinStream(write.streamId) : null,
      claimsSeen === undefined ? null : heldLeases(claimsSeen),
      claim?.annotatorId,
      claim?.projectId,
      claim?.claimId,
      claim?.status,
      claim?.leaseEndsAt,
    ],
  };
}

function appendManyStatement(request: AppendRequest): Statement {
  const { writes, claims } = request;
  const routes = writes.map(({ streamId }) => routeOf(streamId));
  const events = writes.flatMap((write) => write.events);
  const seen = writes.flatMap(({ streamId, claimsSeen }) =>
    claimsSeen === undefined ? [] : [{ caseId: idWithinStream(streamId), heldLeases: heldLeases(claimsSeen) }],
  );
  return {
    name: 'journal-append-many',
    text: appendManyText,
    values: [
      ...commandValues(request),
      writes.map(({ streamId }) => streamId),
      writes.map(({ expectedVersion }) => expectedVersion),
      routes.map(({ topic }) => topic),
      routes.map(({ partition }) => partition),
      writes.map((write) => write.events.length),
      events.map(({ eventId }) => eventId),
      events.map(({ type }) => type),
      events.map(({ schemaVersion }) => schemaVersion),
      events.map(({ recordedAt }) => recordedAt),
      events.map(({ metaBytes }) => Buffer.from(metaBytes)),
      events.map(({ payloadBytes }) => Buffer.from(payloadBytes)),
      events.map(({ salt }) => Buffer.from(salt)),
      seen.map(({ caseId }) => caseId),
      seen.map((entry) => entry.heldLeases),
      claims.map(({ caseId }) => caseId),
      claims.map(({ annotatorId }) => annotatorId),
      claims.map(({ projectId }) => projectId),
      claims.map(({ claimId }) => claimId),
      claims.map(({ status }) => status),
      claims.map(({ leaseEndsAt }) => leaseEndsAt),
    ],
  };
}
