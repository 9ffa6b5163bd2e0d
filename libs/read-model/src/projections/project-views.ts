import { assertNever, type ProjectEvent } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The tables `project` (its newest protocol's version) and `protocol` (every version). */
export function projectViews(projected: ProjectedEvent<ProjectEvent>): readonly RowChange[] {
  const { envelope, event } = projected;
  const { organisation } = envelope;
  const project_id = projected.id;
  switch (event.type) {
    case 'projectCreated':
      return [
        {
          kind: 'put',
          table: 'project',
          row: {
            project_id,
            organisation,
            name: event.name,
            protocol_version: null,
            created_at_ms: projected.recordedAtMs,
          },
        },
      ];
    case 'protocolAdopted':
      return [
        {
          kind: 'put',
          table: 'protocol',
          row: {
            project_id,
            protocol_version: event.protocolVersion,
            organisation,
            reads_per_case: event.protocol.readsPerCase,
            body: event.protocol,
            adopted_at_ms: projected.recordedAtMs,
          },
        },
        {
          kind: 'patch',
          table: 'project',
          key: { project_id },
          values: { protocol_version: event.protocolVersion },
        },
      ];
    case 'memberAdded':
    case 'memberRemoved':
      return [];
    default:
      return assertNever(event);
  }
}
