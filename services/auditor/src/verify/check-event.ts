import { payloadHashOf, routeOf, streamLinkOf, streamStartOf } from '@consilium/contracts';
import type { Envelope } from '@consilium/contracts';
import { equalHashes } from '@consilium/transparency';
import type { FoundEvent } from '../history/found-event.ts';
import type { ReportProblem } from '../history/history-source.ts';
import { envelopeOf } from '../history/envelope-of.ts';
import type { Problem } from './problem.ts';

/** Where the event before this one in its stream ended. */
export interface StreamEnd {
  readonly version: number;
  readonly streamHash: Uint8Array;
}

/**
 * Everything that one event and the one before it in its stream can say: the bytes give the hashes, the columns repeat the
 * bytes, the chain goes on, the place is the right one. Undefined where the envelope cannot be read.
 */
export function checkEvent(
  found: FoundEvent,
  endOf: (streamId: string) => StreamEnd | undefined,
  report: ReportProblem,
): Envelope | undefined {
  const problem = (where: Problem['where'], code: string, message: string): void =>
    report({ where, code, subject: `event ${String(found.globalSeq)}`, message });
  const envelope = envelopeOf(found.metaBytes);
  if (envelope === undefined) {
    problem('journal', 'ENVELOPE_UNREADABLE', 'its envelope is not one');
    return undefined;
  }
  const { streamId, streamVersion } = envelope;
  const before = endOf(streamId);
  const payloadHash = payloadHashOf(found.salt, found.payloadBytes);
  if (found.salt.length !== 16) problem('journal', 'SALT_LENGTH', 'its salt has not 16 bytes');
  if (streamVersion !== (before?.version ?? 0) + 1) {
    problem(
      'journal',
      'CHAIN_BROKEN',
      `${streamId} goes from version ${String(before?.version ?? 0)} to ${String(streamVersion)}`,
    );
  } else {
    const link = streamLinkOf(before?.streamHash ?? streamStartOf(streamId), payloadHash, found.metaBytes);
    if (!equalHashes(link, found.streamHash)) {
      problem(
        'journal',
        'HASH_DIFFERS',
        `the bytes of ${streamId} version ${String(streamVersion)} do not give its stream hash`,
      );
    }
  }
  const route = routeOf(streamId);
  if (route.topic !== found.topic || route.partition !== found.partition) {
    problem('log', 'WRONG_PARTITION', `${streamId} belongs in ${route.topic} ${String(route.partition)}`);
  }
  checkColumns(found, envelope, payloadHash, problem);
  return envelope;
}

function checkColumns(
  { columns }: FoundEvent,
  envelope: Envelope,
  payloadHash: Uint8Array,
  problem: (where: Problem['where'], code: string, message: string) => void,
): void {
  if (columns === undefined) return;
  const compare = (name: string, column: unknown, bytes: unknown): void => {
    if (column !== bytes) problem('journal', 'COLUMN_DIFFERS', `its column ${name} is not what its bytes say`);
  };
  compare('stream_id', columns.streamId, envelope.streamId);
  compare('stream_version', columns.streamVersion, envelope.streamVersion);
  compare('event_id', columns.eventId, envelope.eventId);
  compare('organisation', columns.organisation, envelope.organisation);
  compare('type', columns.type, envelope.type);
  compare('schema_version', columns.schemaVersion, envelope.schemaVersion);
  compare('recorded_at', columns.recordedAtUs, Date.parse(envelope.recordedAt) * 1_000);
  if (columns.organisationOfLog !== envelope.organisation) {
    problem('log', 'COLUMN_DIFFERS', 'the organisation in the log is not what its bytes say');
  }
  if (!equalHashes(columns.payloadHash, payloadHash)) {
    problem('journal', 'COLUMN_DIFFERS', 'its column payload_hash is not that of its payload');
  }
}
