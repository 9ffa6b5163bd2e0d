import type { AnnotatorEvent, CaseEvent, ProjectEvent } from '@consilium/domain';

/** Everything that can have happened. */
export type DomainEvent = ProjectEvent | CaseEvent | AnnotatorEvent;
