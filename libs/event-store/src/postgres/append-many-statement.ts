import { routeOf } from '@consilium/contracts';
import { idWithinStream } from '@consilium/domain';
import type { Statement } from '@consilium/postgres';
import type { AppendRequest } from '../event-store.ts';
import { heldLeases } from '../held-leases.ts';
import { placeholders } from './placeholders.ts';

const text = `SELECT journal.append_many(${placeholders(25)}) AS outcome`;

/** Any number of streams, events and claims. */
export function appendManyStatement({ organisation, command, writes, claims }: AppendRequest): Statement {
  const routes = writes.map(({ streamId }) => routeOf(streamId));
  const events = writes.flatMap((write) => write.events);
  const seen = writes.flatMap(({ streamId, claimsSeen }) =>
    claimsSeen === undefined ? [] : [{ caseId: idWithinStream(streamId), heldLeases: heldLeases(claimsSeen) }],
  );
  return {
    name: 'journal-append-many',
    text,
    values: [
      organisation,
      command.actorId,
      command.commandId,
      Buffer.from(command.requestHash, 'hex'),
      command.answer,
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
