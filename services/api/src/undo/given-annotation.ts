import { decodeEvent } from '@consilium/contracts';
import type { AnnotationId, CaseEvent } from '@consilium/domain';
import type { RecordedEvent } from '@consilium/event-store';

/** An event that gave a read its content, decoded and as it was recorded. */
export interface GivenAnnotation {
  readonly event: Extract<CaseEvent, { readonly type: 'annotationSubmitted' | 'annotationAmended' }>;
  readonly recorded: RecordedEvent;
}

/** Undefined of an event of another type, which is not decoded. */
export function givenBy(recorded: RecordedEvent): GivenAnnotation | undefined {
  if (recorded.type !== 'annotationSubmitted' && recorded.type !== 'annotationAmended') return undefined;
  const event = decodeEvent(recorded);
  return event.type === 'annotationSubmitted' || event.type === 'annotationAmended' ? { event, recorded } : undefined;
}

export const isRevision = ({ event }: GivenAnnotation, annotationId: AnnotationId, revision: number): boolean =>
  event.annotationId === annotationId && event.revision === revision;
