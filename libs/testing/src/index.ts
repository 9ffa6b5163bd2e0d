export { type Given, scenario } from './scenario.ts';
export {
  annotationId,
  annotatorId,
  caseId,
  claimId,
  commandId,
  consensusId,
  eventId,
  findingId,
  imageId,
  instant,
  organisationId,
  personId,
  projectId,
  readId,
  regionId,
  sentenceId,
  subjectId,
} from './numbered-ids.ts';
export { nothingThere, sampleCase, sampleDraft, sampleFinding, sampleProtocol, sampleRegion } from './sample-case.ts';
export { PublishedLog, publishedLogStartMs, type PublishedPartition, sampleDataKey } from './published-log.ts';
export {
  annotationSubmitted,
  annotatorRegistered,
  annotatorStream,
  caseImported,
  caseStream,
  consensusRecorded,
  projectCreated,
  projectStream,
  readClaimed,
  readReleased,
  readsCompleted,
  readSkipped,
  subjectErased,
  wholeCase,
} from './sample-events.ts';
