import type { Upcaster } from '../schema-registry.ts';

/** Version 1 knew nothing of the study in its source, nor of the person beside the images. */
export const caseImportedFrom1: Upcaster = (payload) => payload;
