import { uuidv5 } from '@consilium/contracts';
import type {
  AnnotationId,
  AnnotatorId,
  CaseId,
  ClaimId,
  CommandId,
  CommentId,
  DisagreementId,
  FindingId,
  FlagId,
  ImageId,
  OrganisationId,
  PersonId,
  ProjectId,
  ReadId,
  ReviewDraw,
  ReviewId,
  RegionId,
  SentenceId,
  SubjectId,
  ThreadId,
} from '@consilium/domain';
import { isUuid } from '@consilium/domain';
import type { KeyedHash } from './keyed-hash.ts';

/**
 * Every id that a command makes comes from what its sender chose and from keyed hashes: it tells nothing of what others
 * did, a repeat makes the same one, and without the key nobody gets from an id to the name of a patient.
 */
export class Identities {
  readonly #hash: KeyedHash;

  constructor(hash: KeyedHash) {
    this.#hash = hash;
  }

  /** A client's command id as the journal keeps it: a UUID stays, anything else is hashed, for it may say anything. */
  command(actor: PersonId, chosen: string): CommandId {
    return (isUuid(chosen) ? chosen : uuidv5(actor, `command:${this.#hash.hex('command', chosen)}`)) as CommandId;
  }

  project(organisation: OrganisationId, actor: PersonId, commandId: CommandId): ProjectId {
    return uuidv5(organisation, `project:${actor}:${commandId}`) as ProjectId;
  }

  annotator(projectId: ProjectId, person: PersonId): AnnotatorId {
    return uuidv5(projectId, person) as AnnotatorId;
  }

  /** Of a reader whom only a source knows by this name; the same for all reads of that reader in the project. */
  externalAnnotator(projectId: ProjectId, reader: string): AnnotatorId {
    return uuidv5(projectId, `external:${this.#hash.hex('external-reader', reader)}`) as AnnotatorId;
  }

  /** Of the place of a read that came in with its case, which no command claimed. */
  externalClaim(caseId: CaseId, annotatorId: AnnotatorId): ClaimId {
    return uuidv5(caseId, `external-claim:${annotatorId}`) as ClaimId;
  }

  externalAnnotation(readId: ReadId): AnnotationId {
    return uuidv5(readId, 'external-annotation') as AnnotationId;
  }

  case(projectId: ProjectId, externalKey: string): CaseId {
    return uuidv5(projectId, this.#hash.hex('external-key', externalKey)) as CaseId;
  }

  subject(organisation: OrganisationId, subjectKey: string): SubjectId {
    return uuidv5(organisation, this.#hash.hex('subject-key', subjectKey)) as SubjectId;
  }

  /** Keyed: where reader identity is not published, knowing the annotators must not be enough to tell whose read it is. */
  read(caseId: CaseId, annotatorId: AnnotatorId): ReadId {
    return uuidv5(caseId, `read:${this.#hash.hex('read', annotatorId)}`) as ReadId;
  }

  claim(caseId: CaseId, annotatorId: AnnotatorId, commandId: CommandId): ClaimId {
    return uuidv5(caseId, `claim:${annotatorId}:${commandId}`) as ClaimId;
  }

  flag(caseId: CaseId, commandId: CommandId): FlagId {
    return uuidv5(caseId, `flag:${commandId}`) as FlagId;
  }

  thread(caseId: CaseId, commandId: CommandId): ThreadId {
    return uuidv5(caseId, `thread:${commandId}`) as ThreadId;
  }

  comment(caseId: CaseId, commandId: CommandId): CommentId {
    return uuidv5(caseId, `comment:${commandId}`) as CommentId;
  }

  review(readId: ReadId, commandId: CommandId): ReviewId {
    return uuidv5(readId, `review:${commandId}`) as ReviewId;
  }

  /** Whether a read is reviewed: a number from 0 to just below 1, the same for the read however often it is given, and known to nobody. */
  reviewDraw(readId: ReadId, commandId: CommandId): ReviewDraw {
    const drawn = this.#hash.bytes('review', readId).readUInt32BE(0) / 2 ** 32;
    return { reviewId: this.review(readId, commandId), drawn };
  }

  annotation(readId: ReadId, commandId: CommandId): AnnotationId {
    return uuidv5(readId, `annotation:${commandId}`) as AnnotationId;
  }

  /** Of the answer that is known of a case. */
  truth(caseId: CaseId, commandId: CommandId): AnnotationId {
    return uuidv5(caseId, `truth:${commandId}`) as AnnotationId;
  }

  /** 32 bits that decide whether an annotator's next claim is for a gold case: nobody can know or change them. */
  goldDraw(annotatorId: AnnotatorId, claimed: number): number {
    return this.#hash.bytes('gold-draw', `${annotatorId} ${claimed}`).readUInt32BE(0);
  }

  finding(annotationId: AnnotationId, index: number): FindingId {
    return uuidv5(annotationId, `finding:${index}`) as FindingId;
  }

  region(annotationId: AnnotationId, key: string): RegionId {
    return uuidv5(annotationId, `region:${key}`) as RegionId;
  }

  image(caseId: CaseId, key: string): ImageId {
    return uuidv5(caseId, `image:${this.#hash.hex('image-key', key)}`) as ImageId;
  }

  sentence(caseId: CaseId, key: string): SentenceId {
    return uuidv5(caseId, `sentence:${this.#hash.hex('sentence-key', key)}`) as SentenceId;
  }

  /** Of a sentence that a command brings about, by its place in that command. */
  sentenceBy(caseId: CaseId, commandId: CommandId, index: number): SentenceId {
    return uuidv5(caseId, `sentence:${commandId}:${index}`) as SentenceId;
  }

  /** Of the question whether a sentence says the same in both languages. */
  translation(sentenceId: SentenceId, version: number): DisagreementId {
    return uuidv5(sentenceId, `translation:${version}`) as DisagreementId;
  }

  /** Of a whole input or content, as 64 hex digits: short contents cannot be guessed from it. */
  contentHash(purpose: 'request' | 'case-content', canonical: string): string {
    return this.#hash.hex(purpose, canonical);
  }
}
