import { routeOf } from '@consilium/contracts';
import type { EncodedEvent } from '@consilium/contracts';
import { idWithinStream } from '@consilium/domain';
import type { OrganisationId } from '@consilium/domain';
import type { Statement } from '@consilium/postgres';
import type { AppendRequest, Claim, StreamWrite } from '../event-store.ts';
import { heldLeases } from '../held-leases.ts';
import { placeholders } from './placeholders.ts';

/** The ordinary command: one event on one stream, and at most one claim. It goes a shorter way, alone or with its like. */
export interface SingleAppend {
  readonly organisation: OrganisationId;
  readonly command: AppendRequest['command'];
  readonly write: StreamWrite;
  readonly event: EncodedEvent;
  readonly claim: Claim | undefined;
}

export function asSingleAppend({ organisation, command, writes, claims }: AppendRequest): SingleAppend | undefined {
  const [write, ...otherWrites] = writes;
  const [event, ...otherEvents] = write?.events ?? [];
  if (write === undefined || event === undefined) return undefined;
  if (otherWrites.length > 0 || otherEvents.length > 0 || claims.length > 1) return undefined;
  return { organisation, command, write, event, claim: claims[0] };
}

const valueCount = 22;
const oneText = `SELECT journal.append_one(${placeholders(1 + valueCount)}) AS outcome`;
const batchText = `SELECT journal.append_batch(${placeholders(1 + valueCount)}) AS outcomes`;

export const appendOneStatement = (single: SingleAppend): Statement => ({
  name: 'journal-append-one',
  text: oneText,
  values: [single.organisation, ...valuesOf(single)],
});

/** The parameters of append_batch are those of append_one, each as an array. */
export function appendBatchStatement(organisation: OrganisationId, batch: readonly SingleAppend[]): Statement {
  const rows = batch.map(valuesOf);
  const columns = Array.from({ length: valueCount }, (_, column) => rows.map((row) => row[column]));
  return { name: 'journal-append-batch', text: batchText, values: [organisation, ...columns] };
}

/** In the order of the parameters of append_one, after the organisation. */
function valuesOf({ command, write, event, claim }: SingleAppend): readonly unknown[] {
  const { streamId, expectedVersion, claimsSeen } = write;
  const { topic, partition } = routeOf(streamId);
  return [
    command.actorId,
    command.commandId,
    Buffer.from(command.requestHash, 'hex'),
    command.answer,
    streamId,
    expectedVersion,
    topic,
    partition,
    event.eventId,
    event.type,
    event.schemaVersion,
    event.recordedAt,
    asBuffer(event.metaBytes),
    asBuffer(event.payloadBytes),
    asBuffer(event.salt),
    claim !== undefined || claimsSeen !== undefined ? idWithinStream(streamId) : null,
    claimsSeen === undefined ? null : heldLeases(claimsSeen),
    claim?.annotatorId,
    claim?.projectId,
    claim?.claimId,
    claim?.status,
    claim?.leaseEndsAt,
  ];
}

/** The same memory as pg wants to see it. */
const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
