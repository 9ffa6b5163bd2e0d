import { routeOf } from '@consilium/contracts';
import type { EncodedEvent } from '@consilium/contracts';
import { idWithinStream } from '@consilium/domain';
import type { OrganisationId } from '@consilium/domain';
import type { Statement } from '@consilium/postgres';
import type { AppendRequest, Claim, StreamWrite } from '../event-store.ts';
import { heldLeases } from '../held-leases.ts';
import { placeholders } from './placeholders.ts';

/** The ordinary command: events on one stream, and at most one claim. It goes a shorter way, alone or with its like. */
export interface OneStreamAppend {
  readonly organisation: OrganisationId;
  readonly command: AppendRequest['command'];
  readonly write: StreamWrite;
  readonly claim: Claim | undefined;
}

export function asOneStreamAppend({
  organisation,
  command,
  writes,
  claims,
}: AppendRequest): OneStreamAppend | undefined {
  const [write, ...others] = writes;
  if (write === undefined || others.length > 0 || claims.length > 1) return undefined;
  return { organisation, command, write, claim: claims[0] };
}

const oneText = `SELECT journal.append_one(${placeholders(23)}) AS outcome`;
const batchText = `SELECT journal.append_batch(${placeholders(24)}) AS outcomes`;

/** Undefined for several events: they go as a batch. */
export function appendOneStatement(append: OneStreamAppend): Statement | undefined {
  const [event, ...others] = append.write.events;
  if (event === undefined || others.length > 0) return undefined;
  return {
    name: 'journal-append-one',
    text: oneText,
    values: [append.organisation, ...valuesOfAppend(append), ...valuesOfEvent(event)],
  };
}

/** Of one organisation. Each append and each event gives a row, and the function takes them by columns. */
export function appendBatchStatement(organisation: OrganisationId, batch: readonly OneStreamAppend[]): Statement {
  const appends = batch.map(valuesOfAppend);
  const events = batch.flatMap(({ write }, index) => write.events.map((event) => [index + 1, ...valuesOfEvent(event)]));
  return {
    name: 'journal-append-batch',
    text: batchText,
    values: [organisation, ...columnsOf(appends), ...columnsOf(events)],
  };
}

const columnsOf = (rows: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]));

/** In the order of the parameters of append_one, after the organisation. */
function valuesOfAppend({ command, write, claim }: OneStreamAppend): readonly unknown[] {
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
    claim !== undefined || claimsSeen !== undefined ? idWithinStream(streamId) : null,
    claimsSeen === undefined ? null : heldLeases(claimsSeen),
    claim?.annotatorId,
    claim?.projectId,
    claim?.claimId,
    claim?.status,
    claim?.leaseEndsAt,
  ];
}

const valuesOfEvent = (event: EncodedEvent): readonly unknown[] => [
  event.eventId,
  event.type,
  event.schemaVersion,
  event.recordedAt,
  asBuffer(event.metaBytes),
  asBuffer(event.payloadBytes),
  asBuffer(event.salt),
];

/** The same memory as pg wants to see it. */
const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
