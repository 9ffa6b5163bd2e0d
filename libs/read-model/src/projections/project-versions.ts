import type { AnnotatorEvent, ProjectEvent } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The table `project_version`: which protocol a project had, from each change of it on, and who saw to that. */
export function projectVersion({ envelope, event, ...projected }: ProjectedEvent<ProjectEvent>): readonly RowChange[] {
  if (event.type !== 'projectCreated' && event.type !== 'protocolAdopted') return [];
  return [
    {
      kind: 'put',
      table: 'project_version',
      row: {
        project_id: projected.id,
        from_seq: projected.globalSeq,
        organisation: envelope.organisation,
        protocol_version: event.type === 'protocolAdopted' ? event.protocolVersion : null,
        event_id: envelope.eventId,
        actor_id: envelope.actor.id,
        actor_role: envelope.actor.role,
        recorded_at_ms: projected.recordedAtMs,
      },
    },
  ];
}

/** The table `annotator_version`. */
export function annotatorVersion({
  envelope,
  event,
  ...projected
}: ProjectedEvent<AnnotatorEvent>): readonly RowChange[] {
  if (event.type !== 'annotatorRegistered') return [];
  return [
    {
      kind: 'put',
      table: 'annotator_version',
      row: {
        annotator_id: event.annotatorId,
        from_seq: projected.globalSeq,
        organisation: envelope.organisation,
        project_id: event.projectId,
        person_id: event.personId,
        recorded_at_ms: projected.recordedAtMs,
      },
    },
  ];
}
