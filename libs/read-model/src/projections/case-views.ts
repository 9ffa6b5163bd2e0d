import { assertNever, type CaseEvent } from '@consilium/domain';
import type { CaseStatus } from '../tables/case-status.ts';
import type { RowChange } from '../tables/row-change.ts';
import type { ViewKey } from '../tables/view-tables.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The tables `case_file` (what is known of a case when it comes in) and `case_state` (how far it is). */
export function caseViews(projected: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  const { event } = projected;
  const key = { case_id: projected.id };
  switch (event.type) {
    case 'caseImported':
      return importedCase({ ...projected, event });
    case 'annotationSubmitted':
      return [counted(key, 1)];
    case 'annotationAmended':
      // A read that counted before is the same read again.
      return event.wasWithdrawn ? [counted(key, 1)] : [];
    case 'annotationWithdrawn':
      return [counted(key, -1)];
    case 'readsReopened':
    case 'caseReinstated':
      return [becomes(key, 'reading')];
    case 'caseWithdrawn':
      return [becomes(key, 'withdrawn')];
    case 'readsCompleted':
      return [becomes(key, 'awaitingConsensus')];
    case 'consensusReached':
      return [becomes(key, 'settled')];
    case 'disagreementFound':
      return [becomes(key, 'disputed')];
    case 'readClaimed':
    case 'readReleased':
    case 'readExpired':
    case 'readSkipped':
    case 'subjectErased':
      return [];
    default:
      return assertNever(event);
  }
}

type CaseKey = ViewKey<'case_state'>;

const becomes = (key: CaseKey, status: CaseStatus): RowChange => ({
  kind: 'patch',
  table: 'case_state',
  key,
  values: { status },
});

const counted = (key: CaseKey, reads: 1 | -1): RowChange => ({
  kind: 'add',
  table: 'case_state',
  key,
  values: { reads_submitted: reads },
});

function importedCase(
  projected: ProjectedEvent<Extract<CaseEvent, { readonly type: 'caseImported' }>>,
): readonly RowChange[] {
  const { envelope, event } = projected;
  const { organisation } = envelope;
  const case_id = projected.id;
  return [
    {
      kind: 'put',
      table: 'case_file',
      row: {
        case_id,
        organisation,
        project_id: event.projectId,
        subject_id: event.subjectId,
        protocol_version: event.protocolVersion,
        imported_event_id: envelope.eventId,
        imported_at_ms: projected.recordedAtMs,
        payload: projected.payload,
      },
    },
    {
      kind: 'put',
      table: 'case_state',
      row: {
        case_id,
        organisation,
        project_id: event.projectId,
        protocol_version: event.protocolVersion,
        position: event.position,
        priority: event.priority,
        status: 'reading',
        reads_submitted: 0,
      },
    },
  ];
}
