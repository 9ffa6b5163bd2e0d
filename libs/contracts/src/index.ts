export { canonicalJson, canonicalJsonBytes, type JsonValue, NotCanonical } from './canonical-json.ts';
export { hashTags, merkleLeafOf, payloadHashOf, streamLinkOf, streamStartOf } from './event-hashes.ts';
export { uuidv5, uuidv7 } from './uuid.ts';
export { decodeEnvelope, encodeEnvelope, type Envelope } from './envelope.ts';
export {
  checkpointTopic,
  defaultTopicPrefix,
  eventTopics,
  murmur2,
  partitionOf,
  partitionsPerTopic,
  type Route,
  routeOf,
  topicOf,
} from './routing.ts';
export {
  type DataKey,
  isProtectedText,
  mapProtectedTexts,
  openText,
  SealBroken,
  type SealContext,
  sealText,
} from './sealed-text.ts';
export { eventSchemas, type EventType, isEventType } from './event-schemas.ts';
export type { DomainEvent } from './domain-event.ts';
export { currentVersionOf } from './event-registry.ts';
export { DataKeyMissing, encodeEvent, type EncodedEvent, type EventContext } from './encode-event.ts';
export {
  decodeEvent,
  isAnnotatorEvent,
  isCaseEvent,
  isParkingEvent,
  isProjectEvent,
  UnreadableEvent,
} from './decode-event.ts';
export {
  decodeRecord,
  encodeRecord,
  encodeRecordOf,
  type KafkaRecord,
  placeOfRecord,
  type PublishedEvent,
  type RecordPlace,
  type SequencedEvent,
  UnreadableRecord,
} from './kafka-record.ts';
export {
  type ConsensusJob,
  consensusJobOf,
  consensusJobSchema,
  type JobCause,
  scoringCauses,
  type ScoringJob,
  scoringJobOf,
  scoringJobSchema,
} from './case-jobs.ts';
