import type { Upcaster } from '../schema-registry.ts';

/** Version 1 did not say how long it took. */
export const annotationSubmittedFrom1: Upcaster = (payload) => payload;
