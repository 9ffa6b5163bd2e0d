export { checkPair, maxSentenceUnits, rulesVersion, SentenceTooLong } from './check-pair.ts';
export type { SentencePair } from './check-pair.ts';
export type { Hit, HitCode, HitType, Span } from './hit.ts';
