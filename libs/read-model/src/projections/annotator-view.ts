import type { AnnotatorEvent } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The table `annotator`. */
export const annotatorView = (projected: ProjectedEvent<AnnotatorEvent>): readonly RowChange[] => [
  {
    kind: 'put',
    table: 'annotator',
    row: {
      annotator_id: projected.event.annotatorId,
      organisation: projected.envelope.organisation,
      project_id: projected.event.projectId,
      person_id: projected.event.personId,
      registered_at_ms: projected.recordedAtMs,
    },
  },
];
