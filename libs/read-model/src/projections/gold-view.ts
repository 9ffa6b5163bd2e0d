import type { CaseEvent } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The tables `gold` (each case that is or was gold) and `gold_truth` (each truth that it had). What was answered is in `read`. */
export function goldView(projected: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  const { envelope, event, globalSeq, recordedAtMs, payload } = projected;
  const case_id = projected.id;
  const { organisation } = envelope;
  if (event.type === 'goldRetired') {
    return [{ kind: 'patch', table: 'gold', key: { case_id }, values: { is_active: false, from_seq: globalSeq } }];
  }
  if (event.type !== 'goldSet' && event.type !== 'goldCorrected') return [];
  const truth_version = event.truthVersion;
  return [
    {
      kind: 'put',
      table: 'gold',
      row: { case_id, organisation, is_active: true, truth_version, from_seq: globalSeq },
    },
    {
      kind: 'put',
      table: 'gold_truth',
      row: {
        case_id,
        truth_version,
        organisation,
        from_seq: globalSeq,
        set_by: event.setBy,
        event_id: envelope.eventId,
        event_type: event.type,
        actor_id: envelope.actor.id,
        recorded_at_ms: recordedAtMs,
        payload,
      },
    },
  ];
}
