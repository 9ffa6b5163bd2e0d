import { decodeEvent } from '@consilium/contracts';
import type { AnnotationId, CaseEvent } from '@consilium/domain';
import type { RecordedEvent } from '@consilium/event-store';

const givingTypes = ['annotationSubmitted', 'annotationAmended', 'externalReadRecorded'] as const;
type GivingType = (typeof givingTypes)[number];
const isGiving = (type: string): boolean => givingTypes.some((giving) => giving === type);

/** An event that gave a read its content, decoded and as it was recorded. */
export interface GivenAnnotation {
  readonly event: Extract<CaseEvent, { readonly type: GivingType }>;
  readonly recorded: RecordedEvent;
}

/** Undefined of an event of another type, which is not decoded. */
export function givenBy(recorded: RecordedEvent): GivenAnnotation | undefined {
  if (!isGiving(recorded.type)) return undefined;
  const event = decodeEvent(recorded);
  return event.type === 'annotationSubmitted' ||
    event.type === 'annotationAmended' ||
    event.type === 'externalReadRecorded'
    ? { event, recorded }
    : undefined;
}

/** Of the read, from 1. */
const revisionGiven = ({ event }: GivenAnnotation): number =>
  event.type === 'externalReadRecorded' ? 1 : event.revision;

export const isRevision = (given: GivenAnnotation, annotationId: AnnotationId, revision: number): boolean =>
  given.event.annotationId === annotationId && revisionGiven(given) === revision;
