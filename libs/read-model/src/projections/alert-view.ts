import type { AnnotatorEvent } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The table `alert`: each reason to look at what an annotator does, and what became of it. */
export function alertView(projected: ProjectedEvent<AnnotatorEvent>): readonly RowChange[] {
  const { envelope, event, globalSeq, recordedAtMs } = projected;
  if (event.type === 'alertRaised') {
    const { annotatorId, alertId, projectId, kind, method, statements, statistic, evidence } = event;
    return [
      {
        kind: 'put',
        table: 'alert',
        row: {
          annotator_id: annotatorId,
          alert_id: alertId,
          organisation: envelope.organisation,
          project_id: projectId,
          kind,
          status: 'open',
          from_seq: globalSeq,
          raised_at_ms: recordedAtMs,
          acknowledged_at_ms: null,
          acknowledged_by: null,
          resolved_at_ms: null,
          resolved_by: null,
          outcome: null,
          figures: { method, statements, statistic, evidence },
        },
      },
    ];
  }
  const by = envelope.actor.id;
  const patch = (alert_id: string, values: object): RowChange => ({
    kind: 'patch',
    table: 'alert',
    key: { annotator_id: projected.id, alert_id },
    values,
  });
  if (event.type === 'alertAcknowledged') {
    return [patch(event.alertId, { status: 'acknowledged', acknowledged_at_ms: recordedAtMs, acknowledged_by: by })];
  }
  if (event.type !== 'alertResolved') return [];
  const { alertId, outcome } = event;
  return [patch(alertId, { status: 'resolved', resolved_at_ms: recordedAtMs, resolved_by: by, outcome })];
}
