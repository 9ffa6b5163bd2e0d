import type { CaseId, CommentEvent, EventId, Instant } from '@consilium/domain';
import { readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { checkIds } from './page.ts';
import { readIdentifier, readInstant } from './read-identifier.ts';
import { readPayload } from './stored-json.ts';

/** One event of the threads of a case; its text is sealed in the event `eventId`. */
export interface ThreadEventView {
  readonly caseId: CaseId;
  readonly fromSeq: number;
  readonly eventId: EventId;
  readonly actorRole: string;
  readonly reason: string | undefined;
  readonly recordedAt: Instant;
  readonly event: CommentEvent;
}

/** Of every given case (at most 1,000), in order. Short: what one person may write in a case has a limit. */
export async function threadEventsOf(
  session: Queryable,
  caseIds: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, readonly ThreadEventView[]>> {
  const rows = await session.query({
    name: 'view-thread-events',
    text: `SELECT said.case_id, said.from_seq, said.type, said.event_id, said.actor_role, said.reason,
        said.recorded_at_ms, said.payload
      FROM read_model.thread_event AS said WHERE said.case_id = ANY ($1::uuid[])
      ORDER BY said.case_id, said.from_seq`,
    values: [checkIds(caseIds)],
  });
  return Map.groupBy(rows.map(threadEventOf), ({ caseId }) => caseId);
}

const threadEventOf = (row: Row): ThreadEventView => ({
  caseId: readIdentifier(row, 'case_id'),
  fromSeq: readInteger(row, 'from_seq'),
  eventId: readIdentifier(row, 'event_id'),
  actorRole: readText(row, 'actor_role'),
  reason: row['reason'] === null ? undefined : readText(row, 'reason'),
  recordedAt: readInstant(row, 'recorded_at_ms'),
  // Held against the schema of its event before it came here.
  event: { type: readText(row, 'type'), ...readPayload(row, 'threadEvent') } as CommentEvent,
});
