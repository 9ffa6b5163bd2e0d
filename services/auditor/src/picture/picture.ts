import { assertNever, qualificationKey } from '@consilium/domain';
import type {
  Annotation,
  AnnotatorEvent,
  CaseEvent,
  CaseStatus,
  GoldSource,
  HeldQualification,
  ImportedCase,
  MemberRole,
  Protocol,
  Qualification,
  RecordedConsensus,
} from '@consilium/domain';
import { isAnnotatorEvent, isParkingEvent, isProjectEvent } from '@consilium/contracts';
import type { DomainEvent } from '@consilium/contracts';
import { changeThreads, type ThreadPicture } from './change-threads.ts';
import { changeSentences, type FormerSentencePicture } from './change-sentences.ts';

/**
 * What one stream amounts to, folded from its events alone: an auditor's own reading, which shares nothing with the views or
 * with the deciders, so that it can be held beside them. Free texts stay sealed.
 */
export type Picture = CasePicture | ProjectPicture | AnnotatorPicture;

export interface CasePicture extends Omit<ImportedCase, 'contentHash'> {
  readonly kind: 'case';
  readonly status: CaseStatus;
  /** Split or merged, in that order. */
  readonly formerSentences: readonly FormerSentencePicture[];
  /** In the order in which they were first claimed. */
  readonly reads: readonly ReadPicture[];
  /** The one that holds: none while reads are open again. */
  readonly consensus: RecordedConsensus | null;
  /** Of a case whose answer is known, or was: the newest truth. */
  readonly gold?: {
    readonly isActive: boolean;
    readonly truthVersion: number;
    readonly source: GoldSource;
    readonly annotation: Annotation;
  };
  /** Of a case that anything was said about, in the order in which they were opened. */
  readonly threads?: readonly ThreadPicture[];
  /** Its texts cannot be opened by anybody any more. */
  readonly isErased?: true;
}

interface ReadPicture {
  readonly readId: string;
  readonly annotatorId: string;
  readonly status: 'held' | 'released' | 'expired' | 'skipped' | 'submitted' | 'withdrawn' | 'outdated';
  readonly annotationId: string | null;
  readonly revision: number | null;
  readonly annotation: Annotation | null;
}

export interface ProjectPicture {
  readonly kind: 'project';
  readonly projectId: string;
  readonly name: string;
  readonly protocolVersion: number | null;
  readonly protocol: Protocol | null;
  /** Of each role that is listed, who is, in the order in which they came; also where nobody is left. */
  readonly members: Readonly<Partial<Record<MemberRole, readonly string[]>>>;
}

interface AnnotatorPicture {
  readonly kind: 'annotator';
  readonly annotatorId: string;
  readonly projectId: string;
  readonly personId: string;
  /** Null of whoever may claim. */
  readonly pausedFor: string | null;
  /** In the order in which they were last given. */
  readonly qualifications: readonly HeldQualification[];
}

/** The next picture of a stream; an event that does not fit what came before leaves it as it is: verify tells. */
export function evolvePicture(picture: Picture | undefined, event: DomainEvent): Picture | undefined {
  if (isProjectEvent(event)) {
    switch (event.type) {
      case 'projectCreated':
        return {
          kind: 'project',
          projectId: event.projectId,
          name: event.name,
          protocolVersion: null,
          protocol: null,
          members: {},
        };
      case 'protocolAdopted':
        return picture?.kind === 'project'
          ? { ...picture, protocolVersion: event.protocolVersion, protocol: event.protocol }
          : picture;
      case 'memberAdded':
      case 'memberRemoved': {
        if (picture?.kind !== 'project') return picture;
        const others = (picture.members[event.role] ?? []).filter((personId) => personId !== event.personId);
        const listed = event.type === 'memberAdded' ? [...others, event.personId] : others;
        return { ...picture, members: { ...picture.members, [event.role]: listed } };
      }
      default:
        return assertNever(event);
    }
  }
  if (isAnnotatorEvent(event)) {
    if (event.type === 'annotatorRegistered') {
      const { annotatorId, projectId, personId } = event;
      return { kind: 'annotator', annotatorId, projectId, personId, pausedFor: null, qualifications: [] };
    }
    return picture?.kind === 'annotator' ? evolveAnnotator(picture, event) : picture;
  }
  // What operators decided about views is a list, not a state.
  if (isParkingEvent(event)) return picture;
  if (event.type === 'caseImported') {
    const { type: _type, contentHash: _contentHash, ...content } = event;
    return { kind: 'case', ...content, status: 'reading', formerSentences: [], reads: [], consensus: null };
  }
  return picture?.kind === 'case' ? evolveCase(picture, event) : picture;
}

function evolveAnnotator(
  picture: AnnotatorPicture,
  event: Exclude<AnnotatorEvent, { readonly type: 'annotatorRegistered' }>,
): AnnotatorPicture {
  switch (event.type) {
    case 'annotatorPaused':
      return { ...picture, pausedFor: event.reason };
    case 'annotatorResumed':
      return { ...picture, pausedFor: null };
    case 'alertRaised':
    case 'alertAcknowledged':
    case 'alertResolved':
      return picture;
    case 'annotatorQualified':
    case 'annotatorDisqualified': {
      const others = picture.qualifications.filter((held) => !isSame(held.qualification, event.qualification));
      if (event.type === 'annotatorDisqualified') return { ...picture, qualifications: others };
      const { qualification, expiresAt } = event;
      const given = { qualification, ...(expiresAt === undefined ? {} : { expiresAt }) };
      return { ...picture, qualifications: [...others, given] };
    }
    default:
      return assertNever(event);
  }
}

const isSame = (one: Qualification, other: Qualification): boolean => qualificationKey(one) === qualificationKey(other);

function evolveCase(picture: CasePicture, event: Exclude<CaseEvent, { readonly type: 'caseImported' }>): CasePicture {
  switch (event.type) {
    case 'readClaimed':
      return withRead(picture, event, { status: 'held' });
    case 'readReleased':
      return withRead(picture, event, { status: 'released' });
    case 'readExpired':
      return withRead(picture, event, { status: 'expired' });
    case 'readSkipped':
      return withRead(picture, event, { status: 'skipped' });
    case 'externalReadRecorded': {
      const { annotationId, annotation } = event;
      return withRead(picture, event, { status: 'submitted', annotationId, revision: 1, annotation });
    }
    case 'annotationWithdrawn':
      return withRead(picture, event, { status: 'withdrawn', annotation: null });
    // It is kept as it was given, and does not count.
    case 'annotationOutdated':
      return withRead(picture, event, { status: 'outdated' });
    case 'sentenceCorrected':
    case 'sentenceSplit':
    case 'sentencesMerged':
      return { ...picture, ...changeSentences(picture, event) };
    case 'threadOpened':
    case 'commentAdded':
    case 'commentCorrected':
    case 'commentRetracted':
    case 'threadResolved':
    case 'threadReopened':
      return { ...picture, threads: changeThreads(picture.threads ?? [], event) };
    case 'annotationSubmitted':
    case 'annotationAmended': {
      const { annotationId, revision, annotation } = event;
      return withRead(picture, event, { status: 'submitted', annotationId, revision, annotation });
    }
    case 'readsReopened':
    case 'caseReinstated':
    case 'caseIncluded':
      return { ...picture, status: statusAfter(picture.status, event.type), consensus: null };
    case 'caseWithdrawn':
    case 'caseExcluded':
    case 'readsCompleted':
    case 'extraReadRequested':
    case 'adjudicationOpened':
    case 'adjudicationDecided':
    case 'caseFinalised':
    case 'caseReopened':
      return { ...picture, status: statusAfter(picture.status, event.type) };
    case 'consensusReached':
    case 'disagreementFound':
      return { ...picture, status: statusAfter(picture.status, event.type), consensus: event.consensus };
    // Who takes part in an adjudication and what they said, what was reviewed, kept, assigned, flagged or said of it as gold: lists of events.
    case 'adjudicationClaimed':
    case 'adjudicationReleased':
    case 'adjudicationExpired':
    case 'adjudicationVoted':
    case 'panelSplit':
    case 'reviewOpened':
    case 'reviewClaimed':
    case 'reviewReleased':
    case 'reviewExpired':
    case 'reviewRecorded':
    case 'reviewClosed':
    case 'readPassedOn':
    case 'lateAnnotationKept':
    case 'lateAnnotationAccepted':
    case 'lateAnnotationDeclined':
    case 'caseFlagged':
    case 'flagResolved':
    case 'caseAssigned':
    case 'caseUnassigned':
    case 'translationQuestioned':
    case 'translationConfirmed':
    case 'goldClaimed':
    case 'goldReleased':
    case 'goldSkipped':
    case 'goldAnswered':
    case 'goldAmended':
    case 'answersScored':
      return picture;
    case 'goldSet':
    case 'goldCorrected': {
      const { truthVersion, source, annotation } = event;
      return { ...picture, gold: { isActive: true, truthVersion, source, annotation } };
    }
    case 'goldRetired':
      return picture.gold === undefined ? picture : { ...picture, gold: { ...picture.gold, isActive: false } };
    case 'subjectErased':
      return { ...picture, isErased: true };
    case 'caseProtocolMoved':
      return { ...picture, protocolVersion: event.protocolVersion };
    default:
      return assertNever(event);
  }
}

/** Of a case, by what it was before an event of this type. */
export function statusAfter(status: CasePicture['status'], type: string): CasePicture['status'] {
  switch (type) {
    case 'readsReopened':
    case 'caseReinstated':
    case 'caseIncluded':
    case 'extraReadRequested':
    case 'caseReopened':
      return 'reading';
    case 'adjudicationOpened':
      return 'adjudicating';
    case 'adjudicationDecided':
      return 'adjudicated';
    case 'caseFinalised':
      return 'finalised';
    case 'caseWithdrawn':
      return 'withdrawn';
    case 'caseExcluded':
      return 'excluded';
    case 'readsCompleted':
      return 'awaitingConsensus';
    case 'consensusReached':
      return 'settled';
    case 'disagreementFound':
      return 'disputed';
    default:
      return status;
  }
}

function withRead(
  picture: CasePicture,
  { readId, annotatorId }: { readonly readId: string; readonly annotatorId: string },
  change: Partial<ReadPicture>,
): CasePicture {
  const known = picture.reads.find((read) => read.readId === readId);
  const read: ReadPicture = {
    status: 'held',
    annotationId: null,
    revision: null,
    annotation: null,
    ...known,
    ...change,
    readId,
    annotatorId,
  };
  return {
    ...picture,
    reads: known === undefined ? [...picture.reads, read] : picture.reads.map((one) => (one === known ? read : one)),
  };
}
