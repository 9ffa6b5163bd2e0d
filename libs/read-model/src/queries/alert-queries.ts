import type {
  AlertFigures,
  AlertId,
  AlertKind,
  AlertOutcome,
  AlertStatus,
  AnnotatorId,
  Instant,
  ProjectId,
} from '@consilium/domain';
import { readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { type Page, pageOf, rowsFor } from './page.ts';
import { readIdentifier, readInstant } from './read-identifier.ts';
import { readFigures } from './stored-json.ts';

export interface AlertView extends AlertFigures {
  readonly alertId: AlertId;
  readonly annotatorId: AnnotatorId;
  readonly kind: AlertKind;
  readonly status: AlertStatus;
  readonly seq: number;
  readonly raisedAt: Instant;
  readonly acknowledged: { readonly at: Instant; readonly by: string } | undefined;
  readonly resolved: { readonly at: Instant; readonly by: string; readonly outcome: AlertOutcome } | undefined;
}

export interface AlertListRequest {
  readonly projectId: ProjectId;
  readonly status?: AlertStatus | undefined;
  /** 1 to 1,000. */
  readonly first: number;
  readonly after?: Pick<AlertView, 'seq' | 'alertId'> | undefined;
}

/** The newest first. */
export async function listAlerts(
  session: Queryable,
  { projectId, status, first, after }: AlertListRequest,
): Promise<Page<AlertView>> {
  const rows = await session.query({
    name: 'view-alerts',
    text: `SELECT alert.alert_id, alert.annotator_id, alert.kind, alert.status, alert.from_seq, alert.raised_at_ms,
        alert.acknowledged_at_ms, alert.acknowledged_by, alert.resolved_at_ms, alert.resolved_by, alert.outcome, alert.figures
      FROM read_model.alert
      WHERE alert.project_id = $1 AND ($2::text IS NULL OR alert.status = $2)
        AND ($3::bigint IS NULL OR alert.from_seq < $3 OR (alert.from_seq = $3 AND alert.alert_id > $4::uuid))
      ORDER BY alert.from_seq DESC, alert.alert_id
      LIMIT $5`,
    values: [projectId, status ?? null, after?.seq ?? null, after?.alertId ?? null, rowsFor(first)],
  });
  return pageOf(rows.map(alertOf), first);
}

function alertOf(row: Row): AlertView {
  return {
    alertId: readIdentifier(row, 'alert_id'),
    annotatorId: readIdentifier(row, 'annotator_id'),
    kind: readText(row, 'kind') as AlertKind,
    status: readText(row, 'status') as AlertStatus,
    seq: readInteger(row, 'from_seq'),
    raisedAt: readInstant(row, 'raised_at_ms'),
    acknowledged:
      row['acknowledged_at_ms'] === null
        ? undefined
        : { at: readInstant(row, 'acknowledged_at_ms'), by: readText(row, 'acknowledged_by') },
    resolved:
      row['resolved_at_ms'] === null
        ? undefined
        : {
            at: readInstant(row, 'resolved_at_ms'),
            by: readText(row, 'resolved_by'),
            outcome: readText(row, 'outcome') as AlertOutcome,
          },
    ...readFigures(row),
  };
}
