import type { Upcaster } from '../schema-registry.ts';

/**
 * Version 1 told no disagreements apart: what was in dispute stands in the decisions on regions and sentences, and nobody had
 * been asked about it.
 */
export const consensusFrom1: Upcaster = (payload) => ({ ...payload, disagreements: [] });
