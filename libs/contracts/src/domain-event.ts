import type { AnnotatorEvent, CaseEvent, ParkingEvent, ProjectEvent } from '@consilium/domain';

/** Everything that can have happened. */
export type DomainEvent = ProjectEvent | CaseEvent | AnnotatorEvent | ParkingEvent;
