import type { AnnotatorEvent } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The table `annotator`. What is said of an annotator later is in tables of its own. */
export function annotatorView({ envelope, event, recordedAtMs }: ProjectedEvent<AnnotatorEvent>): readonly RowChange[] {
  if (event.type !== 'annotatorRegistered') return [];
  return [
    {
      kind: 'put',
      table: 'annotator',
      row: {
        annotator_id: event.annotatorId,
        organisation: envelope.organisation,
        project_id: event.projectId,
        person_id: event.personId,
        registered_at_ms: recordedAtMs,
      },
    },
  ];
}
