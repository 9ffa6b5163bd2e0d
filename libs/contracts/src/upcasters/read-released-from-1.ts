import type { Upcaster } from '../schema-registry.ts';

/** Version 1 had no reason. */
export const readReleasedFrom1: Upcaster = (payload) => payload;
