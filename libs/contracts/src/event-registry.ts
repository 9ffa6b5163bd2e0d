import { eventSchemas, type EventType } from './event-schemas.ts';
import { caseImportedFrom1 } from './upcasters/case-imported-from-1.ts';
import { consensusFrom1 } from './upcasters/consensus-from-1.ts';
import { annotationAmendedFrom1 } from './upcasters/annotation-amended-from-1.ts';
import { annotationSubmittedFrom1 } from './upcasters/annotation-submitted-from-1.ts';
import { readReleasedFrom1 } from './upcasters/read-released-from-1.ts';
import { protocolAdoptedFrom1 } from './upcasters/protocol-adopted-from-1.ts';
import { currentVersionIn, type SchemaRegistry, type Upcaster } from './schema-registry.ts';

/** How an older version of an event becomes the next, by type and by the version that is taken. */
const upcasters: Partial<Record<EventType, Readonly<Record<number, Upcaster>>>> = {
  caseImported: { 1: caseImportedFrom1 },
  protocolAdopted: { 1: protocolAdoptedFrom1 },
  consensusReached: { 1: consensusFrom1 },
  disagreementFound: { 1: consensusFrom1 },
  annotationAmended: { 1: annotationAmendedFrom1 },
  readReleased: { 1: readReleasedFrom1 },
  annotationSubmitted: { 1: annotationSubmittedFrom1 },
};

export const eventRegistry: SchemaRegistry = { schemas: eventSchemas, upcasters };

/** The schema version that new events of this type are written in. */
export const currentVersionOf = (type: EventType): number => currentVersionIn(eventRegistry, type);
