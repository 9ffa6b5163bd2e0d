import type { Brand } from './brand.ts';

/** All identifiers are lower-case UUIDs in their 36 character text form unless said otherwise; none identifies a patient. */
export type OrganisationId = Brand<string, 'OrganisationId'>;
/** A person who works here (the `sub` of a token): pseudonymous. */
export type PersonId = Brand<string, 'PersonId'>;
export type ProjectId = Brand<string, 'ProjectId'>;
export type CaseId = Brand<string, 'CaseId'>;
/** Pseudonym of the person on the images. */
export type SubjectId = Brand<string, 'SubjectId'>;
/** A person in their part as reader of one project. */
export type AnnotatorId = Brand<string, 'AnnotatorId'>;
/** One annotator's reading of one case, through all its claims. */
export type ReadId = Brand<string, 'ReadId'>;
/** One lease on a read; it is also the fencing token a late holder is refused by. */
export type ClaimId = Brand<string, 'ClaimId'>;
export type AnnotationId = Brand<string, 'AnnotationId'>;
export type ConsensusId = Brand<string, 'ConsensusId'>;
export type AlertId = Brand<string, 'AlertId'>;
export type ScoringId = Brand<string, 'ScoringId'>;
/** A case before its adjudicators, from its opening to a decision. */
export type AdjudicationId = Brand<string, 'AdjudicationId'>;
export type DisagreementId = Brand<string, 'DisagreementId'>;
/** One look of a reviewer at one read, from its opening to its outcome. */
export type ReviewId = Brand<string, 'ReviewId'>;
/** Something that somebody found wrong with a case. */
export type FlagId = Brand<string, 'FlagId'>;
/** People who talk about one thing of a case. */
export type ThreadId = Brand<string, 'ThreadId'>;
export type CommentId = Brand<string, 'CommentId'>;
export type ImageId = Brand<string, 'ImageId'>;
export type SentenceId = Brand<string, 'SentenceId'>;
export type FindingId = Brand<string, 'FindingId'>;
export type RegionId = Brand<string, 'RegionId'>;
/** Chosen by the client, one for each intended change: a repeat of it changes nothing. */
export type CommandId = Brand<string, 'CommandId'>;
export type EventId = Brand<string, 'EventId'>;
/** `<aggregate>-<uuid>`: the key of everything that must stay in order. */
export type StreamId = Brand<string, 'StreamId'>;

/** UTC instant in whole milliseconds since 1970, supplied by the caller: the domain never reads a clock. */
export type Instant = Brand<number, 'Instant'>;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether `text` is a lower-case UUID in canonical form (RFC 9562, section 4), of any version. */
export const isUuid = (text: string): boolean => uuidPattern.test(text);

export const aggregates = ['project', 'case', 'annotator', 'release', 'quality'] as const;
export type Aggregate = (typeof aggregates)[number];

export const streamIdOf = (aggregate: Aggregate, id: string): StreamId => `${aggregate}-${id}` as StreamId;

/** The aggregate a stream belongs to, or undefined when `text` is not a stream id. */
export function aggregateOf(text: string): Aggregate | undefined {
  const aggregate = aggregates.find((name) => text.startsWith(`${name}-`));
  return aggregate !== undefined && isUuid(text.slice(aggregate.length + 1)) ? aggregate : undefined;
}

/** The id within a stream id: `case-<uuid>` gives `<uuid>`. */
export const idWithinStream = (streamId: StreamId): string => streamId.slice(streamId.indexOf('-') + 1);
