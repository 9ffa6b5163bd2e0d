import type { Upcaster } from '../schema-registry.ts';

/** Version 1 brought revisions back and nothing else, and did not say what their annotator had seen. */
export const annotationAmendedFrom1: Upcaster = (payload) => ({ ...payload, independence: 'notRecorded' });
