import { eventSchemas, type EventType } from './event-schemas.ts';
import { currentVersionIn, type SchemaRegistry, type Upcaster } from './schema-registry.ts';

/**
 * How an older version of an event becomes the next, by type and by the version that is taken. None was needed yet: the first
 * event that gets a version 2 adds `{ <type>: { 1: (payload) => ... } }` here, and the golden test fails until it does.
 */
const upcasters: Partial<Record<EventType, Readonly<Record<number, Upcaster>>>> = {};

export const eventRegistry: SchemaRegistry = { schemas: eventSchemas, upcasters };

/** The schema version that new events of this type are written in. */
export const currentVersionOf = (type: EventType): number => currentVersionIn(eventRegistry, type);
