import { aggregateOf, isUuid, streamIdOf } from '@consilium/domain';
import type { AppendRequest, LoadRequest, RenewLeaseRequest, StreamWrite } from './event-store.ts';
import { limits } from './limits.ts';
import { EventTooLarge, InvalidAppend } from './store-errors.ts';
import type { EncodedEvent } from '@consilium/contracts';

const saltBytes = 16;
const requestHashPattern = /^[0-9a-f]{64}$/;

function requireThat(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvalidAppend(message);
}

const isWithin = (value: number, minimum: number, maximum: number): boolean =>
  Number.isInteger(value) && value >= minimum && value <= maximum;

/** The limits that both stores enforce before anything is written. @throws EventTooLarge, InvalidAppend */
export function checkAppend({ organisation, command, writes, claims }: AppendRequest): void {
  requireThat(isUuid(organisation), 'organisation is not a UUID');
  requireThat(isWithin(command.actorId.length, 1, limits.actorIdLength), 'actorId is empty or too long');
  requireThat(isUuid(command.commandId), 'commandId is not a UUID');
  requireThat(requestHashPattern.test(command.requestHash), 'requestHash is not 64 hex digits');
  requireThat(Buffer.byteLength(command.answer) <= limits.answerBytes, 'the answer is too long');
  requireThat(writes.length <= limits.streamsPerAppend, 'too many streams');
  const streamIds = new Set(writes.map(({ streamId }) => streamId));
  requireThat(streamIds.size === writes.length, 'a stream is written twice');
  for (const write of writes) checkWrite(write);
  const eventIds = new Set(writes.flatMap(({ events }) => events.map(({ eventId }) => eventId)));
  const eventCount = writes.reduce((sum, { events }) => sum + events.length, 0);
  requireThat(eventIds.size === eventCount, 'an event id is used twice');
  for (const { caseId } of claims) {
    requireThat(streamIds.has(streamIdOf('case', caseId)), 'a claim changes without an event on its case');
  }
  const claimKeys = new Set(claims.map(({ caseId, annotatorId }) => `${caseId} ${annotatorId}`));
  requireThat(claimKeys.size === claims.length, 'a claim changes twice');
}

function checkWrite({ streamId, expectedVersion, events, claimsSeen }: StreamWrite): void {
  const aggregate = aggregateOf(streamId);
  requireThat(aggregate !== undefined, 'a stream id is not <aggregate>-<uuid>');
  requireThat(
    isWithin(expectedVersion, 0, 2 ** 31 - 1 - limits.eventsPerStream),
    'an expected version is out of range',
  );
  requireThat(
    isWithin(events.length, 1, limits.eventsPerStream),
    'a stream is written without events, or with too many',
  );
  requireThat(claimsSeen === undefined || aggregate === 'case', 'only a case has claims');
  for (const event of events) checkEvent(event);
}

function checkEvent({ eventId, type, schemaVersion, salt, metaBytes, payloadBytes }: EncodedEvent): void {
  requireThat(isUuid(eventId), 'an event id is not a UUID');
  requireThat(type !== '', 'an event has no type');
  requireThat(isWithin(schemaVersion, 1, 32_767), 'a schema version is out of range');
  requireThat(salt.length === saltBytes, 'a salt has not 16 bytes');
  const sizeBytes = metaBytes.length + payloadBytes.length;
  if (sizeBytes > limits.eventBytes) throw new EventTooLarge(eventId, sizeBytes);
}

export function checkLoad({ organisation, streams }: LoadRequest): void {
  requireThat(isUuid(organisation), 'organisation is not a UUID');
  requireThat(streams.length <= limits.streamsPerLoad, 'too many streams');
  requireThat(
    streams.every((streamId) => aggregateOf(streamId) !== undefined),
    'a stream id is not <aggregate>-<uuid>',
  );
}

export function checkRenewLease({ leaseMs }: RenewLeaseRequest): void {
  requireThat(isWithin(leaseMs, 1, limits.leaseMs), 'leaseMs is out of range');
}
