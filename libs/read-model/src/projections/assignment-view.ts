import type { CaseEvent } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The table `case_assignment`: whom a case was given to, also where it was taken back. */
export function assignmentView({ id, envelope, event, globalSeq }: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  if (event.type !== 'caseAssigned' && event.type !== 'caseUnassigned') return [];
  return [
    {
      kind: 'put',
      table: 'case_assignment',
      row: {
        case_id: id,
        annotator_id: event.annotatorId,
        organisation: envelope.organisation,
        is_assigned: event.type === 'caseAssigned',
        from_seq: globalSeq,
      },
    },
  ];
}
