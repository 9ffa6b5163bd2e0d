import { assertNever, type AnnotatorEvent, type ProjectEvent, type Qualification } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The tables `annotator_pause_version` and `qualification_version`: who may claim, from each change of it on. */
export function annotatorStanding(projected: ProjectedEvent<AnnotatorEvent>): readonly RowChange[] {
  const { event } = projected;
  switch (event.type) {
    case 'annotatorPaused':
      return [pauseRow(projected, event.reason)];
    case 'annotatorResumed':
      return [pauseRow(projected, null)];
    case 'annotatorQualified':
      return [qualificationRow(projected, event.qualification, { holds: true, expiresAt: event.expiresAt ?? null })];
    case 'annotatorDisqualified':
      return [qualificationRow(projected, event.qualification, { holds: false, expiresAt: null })];
    case 'annotatorRegistered':
    case 'alertRaised':
    case 'alertAcknowledged':
    case 'alertResolved':
      return [];
    default:
      return assertNever(event);
  }
}

const pauseRow = (
  { envelope, event, ...projected }: ProjectedEvent<AnnotatorEvent>,
  reason: string | null,
): RowChange => ({
  kind: 'put',
  table: 'annotator_pause_version',
  row: {
    annotator_id: event.annotatorId,
    from_seq: projected.globalSeq,
    organisation: envelope.organisation,
    reason,
    recorded_at_ms: projected.recordedAtMs,
  },
});

const qualificationRow = (
  { envelope, event, ...projected }: ProjectedEvent<AnnotatorEvent>,
  qualification: Qualification,
  { holds, expiresAt }: { readonly holds: boolean; readonly expiresAt: number | null },
): RowChange => ({
  kind: 'put',
  table: 'qualification_version',
  row: {
    annotator_id: event.annotatorId,
    kind: qualification.kind,
    term: qualification.kind === 'language' ? qualification.language : qualification.group,
    from_seq: projected.globalSeq,
    organisation: envelope.organisation,
    holds,
    expires_at_ms: expiresAt,
    recorded_at_ms: projected.recordedAtMs,
  },
});

/** The table `member_version`: who is listed for which role of a project, from each change of it on. */
export function memberVersion(projected: ProjectedEvent<ProjectEvent>): readonly RowChange[] {
  const { envelope, event } = projected;
  switch (event.type) {
    case 'memberAdded':
    case 'memberRemoved':
      return [
        {
          kind: 'put',
          table: 'member_version',
          row: {
            project_id: projected.id,
            role: event.role,
            person_id: event.personId,
            from_seq: projected.globalSeq,
            organisation: envelope.organisation,
            listed: event.type === 'memberAdded',
            recorded_at_ms: projected.recordedAtMs,
          },
        },
      ];
    case 'projectCreated':
    case 'protocolAdopted':
      return [];
    default:
      return assertNever(event);
  }
}
