import { assertNever } from '../assert-never.ts';
import type {
  AdjudicationId,
  AnnotationId,
  AnnotatorId,
  ClaimId,
  DisagreementId,
  FindingId,
  FlagId,
  ReadId,
  ReviewId,
  SentenceId,
  ThreadId,
} from '../identifiers.ts';
import type { Annotation } from './annotation.ts';
import type { CaseEvent } from './case-events.ts';
import type { GivenFinding, Thread } from './comment.ts';
import { threadsAfter } from './evolve-comments.ts';
import type { AdjudicationEvent, OpenAdjudication, Seat } from './adjudication.ts';
import type { OpenReview, ReviewEvent } from './review.ts';
import { type Disagreement, unfaithful } from './disagreement.ts';
import type { FlagReason } from './flag-reason.ts';
import { sentencesAfter } from './evolve-sentences.ts';
import type { Gold, GoldEvent } from './gold.ts';
import type { CaseImage } from './imported-case.ts';
import type { FormerSentence, PresentSentence, SentenceAt } from './sentence.ts';

interface OfEveryRead {
  readonly readId: ReadId;
  /** The newest that was ever given, 0 before the first submission. */
  readonly revision: number;
}

export type ReadState =
  | ({ readonly status: 'held'; readonly claimId: ClaimId } & OfEveryRead)
  /**
   * Released, withdrawn, outdated by other sentences, or its lease ran out: the annotator may claim again.
   */
  | ({ readonly status: 'open'; readonly isOutdated?: true } & OfEveryRead)
  | ({ readonly status: 'skipped' } & OfEveryRead)
  /** A reviewer rejected it, and another annotator is to read in its place. */
  | ({ readonly status: 'passedOn' } & OfEveryRead)
  /** It counts, in its newest revision. */
  | ({ readonly status: 'submitted'; readonly claimId: ClaimId; readonly annotationId: AnnotationId } & OfEveryRead);

export interface LateAnnotation {
  readonly readId: ReadId;
  readonly annotatorId: AnnotatorId;
  readonly claimId: ClaimId;
}

interface Known {
  readonly contentHash: string;
  readonly images: readonly CaseImage[];
  readonly sentences: readonly PresentSentence[];
  /** Those that were split or merged. */
  readonly formerSentences: ReadonlyMap<SentenceId, FormerSentence>;
  /** How often the sentences have changed in what they mean. */
  readonly meaning: number;
  /** That number when a claim was made, of the claims that were made after the first change. */
  readonly meaningAtClaim: ReadonlyMap<ClaimId, number>;
  /** Pairs of languages that nobody has decided about, in their present version. */
  readonly translationQuestions: ReadonlyMap<DisagreementId, SentenceAt>;
  /** Of these and of former ones, those that an adjudicator called unfaithful. */
  readonly unfaithfulTranslations: ReadonlySet<DisagreementId>;
  /** By which it is read: of its import, until it is moved. */
  readonly protocolVersion: number;
  /** Number of events so far: the stream's version. */
  readonly version: number;
  readonly reads: ReadonlyMap<AnnotatorId, ReadState>;
  /** Version of the newest `readsCompleted`, 0 before the first: what a consensus answers. */
  readonly completedAtVersion: number;
  /** Version of the newest `readsCompleted` that was taken back, or that another read was asked for after; 0 if none was. */
  readonly reopenedAtVersion: number;
  /** Reads that were asked for beyond those that the protocol wants at first. */
  readonly extraReads: number;
  /** What the reads of the newest consensus disagree about. */
  readonly disagreements: readonly Disagreement[];
  /** Whoever has had a seat in an adjudication of this case, also in one that came to nothing: they have seen the reads. */
  readonly adjudicators: ReadonlySet<AnnotatorId>;
  /** Those that have no outcome yet. */
  readonly reviews: ReadonlyMap<ReviewId, OpenReview>;
  /** Whoever has claimed a review of this case, also one that they gave back: they have seen a read. */
  readonly reviewers: ReadonlySet<AnnotatorId>;
  /** The claim of each annotator that ran out last, until they claim again or its annotation was kept. */
  readonly expiredClaims: ReadonlyMap<AnnotatorId, ClaimId>;
  /** Annotations that came too late and wait for a lead. */
  readonly lateAnnotations: ReadonlyMap<AnnotationId, LateAnnotation>;
  /** Those that nobody has resolved. */
  readonly openFlags: ReadonlyMap<FlagId, FlagReason>;
  /** Annotators that a lead has given the case to, also those who have read it since. */
  readonly assigned: ReadonlySet<AnnotatorId>;
  /** What people said to each other about the case. */
  readonly threads: ReadonlyMap<ThreadId, Thread>;
  /** Of every revision of every read, also of those that were taken back, and of what was said of the case as gold. */
  readonly givenFindings: ReadonlyMap<FindingId, GivenFinding>;
  /** The adjudication that was decided last. */
  readonly decidedBy?: AdjudicationId;
  /** Of a case whose answer is known, or was taken for known. */
  readonly gold?: Gold;
  /** What annotators have of it as gold: apart from `reads`, so that nothing counts it. */
  readonly goldReads: ReadonlyMap<AnnotatorId, ReadState>;
  /** Nothing that needs the subject's key may be written any more. */
  readonly isErased?: true;
}

export type CaseState =
  | { readonly status: 'unknown' }
  | (Known & { readonly status: 'reading' | 'awaitingConsensus' | 'settled' | 'disputed' })
  | (Known & { readonly status: 'adjudicating'; readonly adjudication: OpenAdjudication })
  /** Decided by people. */
  | (Known & { readonly status: 'adjudicated' })
  /** Nothing changes any more unless it is reopened. */
  | (Known & { readonly status: 'finalised'; readonly source: 'consensus' | 'adjudication' })
  /** Its image or report is unusable. Reads stay as they are and count again when it is included. */
  | (Known & { readonly status: 'excluded' })
  /** Its import was undone. Reads stay as they are and count again when it is reinstated. */
  | (Known & { readonly status: 'withdrawn' });

export const evolveCase = (state: CaseState, event: CaseEvent): CaseState => {
  if (event.type === 'caseImported') {
    const { contentHash, images, sentences, protocolVersion } = event;
    return {
      status: 'reading',
      contentHash,
      images,
      sentences,
      protocolVersion,
      version: 1,
      reads: new Map(),
      completedAtVersion: 0,
      reopenedAtVersion: 0,
      extraReads: 0,
      disagreements: [],
      adjudicators: new Set(),
      goldReads: new Map(),
      reviews: new Map(),
      reviewers: new Set(),
      expiredClaims: new Map(),
      lateAnnotations: new Map(),
      openFlags: new Map(),
      assigned: new Set(),
      threads: new Map(),
      givenFindings: new Map(),
      formerSentences: new Map(),
      meaning: 0,
      meaningAtClaim: new Map(),
      translationQuestions: new Map(),
      unfaithfulTranslations: new Set(),
    };
  }
  return state.status === 'unknown' ? state : evolveKnown({ ...state, version: state.version + 1 }, event);
};

/** A case that was imported. */
export type KnownCase = Exclude<CaseState, { readonly status: 'unknown' }>;

function evolveKnown(state: KnownCase, event: Exclude<CaseEvent, { type: 'caseImported' }>): CaseState {
  switch (event.type) {
    case 'externalReadRecorded':
      return withRead(
        withFindings(state, event),
        event,
        { status: 'submitted', claimId: event.claimId, annotationId: event.annotationId },
        1,
      );
    case 'readClaimed': {
      const { claimId, annotatorId } = event;
      const claimed = withMeaning(withoutGold(withoutExpired(state, annotatorId), annotatorId), claimId);
      return withRead(claimed, event, { status: 'held', claimId });
    }
    case 'readExpired': {
      const expiredClaims = new Map(state.expiredClaims).set(event.annotatorId, event.claimId);
      return withRead({ ...state, expiredClaims }, event, { status: 'open' });
    }
    case 'readReleased':
    case 'annotationWithdrawn':
      return withRead(state, event, { status: 'open' });
    case 'readSkipped':
      return withRead(state, event, { status: 'skipped' });
    case 'annotationOutdated':
      return withRead(state, event, { status: 'open', isOutdated: true });
    case 'sentenceCorrected':
    case 'sentenceSplit':
    case 'sentencesMerged':
    case 'translationQuestioned':
    case 'translationConfirmed':
      return { ...state, ...sentencesAfter(state, event) };
    case 'readPassedOn':
      return withRead(state, event, { status: 'passedOn' });
    case 'annotationSubmitted':
    case 'annotationAmended': {
      const { claimId, annotationId, revision } = event;
      return withRead(
        withoutExpired(withFindings(state, event), event.annotatorId),
        event,
        { status: 'submitted', claimId, annotationId },
        revision,
      );
    }
    case 'readsCompleted':
      return { ...inStatus(state, 'awaitingConsensus'), completedAtVersion: state.version, disagreements: [] };
    case 'readsReopened':
      return { ...inStatus(state, 'reading'), reopenedAtVersion: event.completedAtVersion, disagreements: [] };
    case 'caseReinstated':
    case 'caseIncluded':
      return inStatus(state, 'reading');
    case 'caseWithdrawn':
      return inStatus(state, 'withdrawn');
    case 'caseExcluded':
      return inStatus(state, 'excluded');
    case 'consensusReached':
      return { ...inStatus(state, 'settled'), disagreements: event.disagreements };
    case 'disagreementFound':
      return { ...inStatus(state, 'disputed'), disagreements: event.disagreements };
    case 'extraReadRequested':
      // The reads that were complete are so no longer.
      return {
        ...inStatus(state, 'reading'),
        extraReads: state.extraReads + 1,
        reopenedAtVersion: state.completedAtVersion,
      };
    case 'caseFinalised':
      return { ...knownOf(state), status: 'finalised', source: event.source };
    case 'caseReopened':
      return inStatus(state, 'reading');
    case 'adjudicationOpened':
    case 'adjudicationClaimed':
    case 'adjudicationReleased':
    case 'adjudicationExpired':
    case 'adjudicationVoted':
    case 'panelSplit':
    case 'adjudicationDecided':
      return evolveAdjudication(state, event);
    case 'goldSet':
    case 'goldCorrected':
    case 'goldRetired':
    case 'goldClaimed':
    case 'goldReleased':
    case 'goldSkipped':
    case 'goldAnswered':
    case 'goldAmended':
      return evolveGold(state, event);
    case 'reviewOpened':
    case 'reviewClaimed':
    case 'reviewReleased':
    case 'reviewExpired':
    case 'reviewRecorded':
    case 'reviewClosed':
      return evolveReview(state, event);
    case 'lateAnnotationKept': {
      const { annotationId, readId, annotatorId, claimId } = event;
      const lateAnnotations = new Map(state.lateAnnotations).set(annotationId, { readId, annotatorId, claimId });
      return { ...withoutExpired(state, annotatorId), lateAnnotations };
    }
    case 'lateAnnotationAccepted':
    case 'lateAnnotationDeclined':
      return { ...state, lateAnnotations: without(state.lateAnnotations, event.annotationId) };
    case 'caseFlagged':
      return { ...state, openFlags: new Map(state.openFlags).set(event.flagId, event.reason) };
    case 'flagResolved':
      return { ...state, openFlags: without(state.openFlags, event.flagId) };
    case 'answersScored':
      // What an answer was worth changes nothing of the case.
      return state;
    case 'caseAssigned':
      return { ...state, assigned: new Set(state.assigned).add(event.annotatorId) };
    case 'caseUnassigned':
      return { ...state, assigned: new Set([...state.assigned].filter((who) => who !== event.annotatorId)) };
    case 'threadOpened':
    case 'commentAdded':
    case 'commentCorrected':
    case 'commentRetracted':
    case 'threadResolved':
    case 'threadReopened':
      return { ...state, threads: threadsAfter(state.threads, event) };
    case 'subjectErased':
      return { ...state, isErased: true };
    // Moving between versions of the protocol.
    case 'caseProtocolMoved':
      return { ...state, protocolVersion: event.protocolVersion };
    default:
      return assertNever(event);
  }
}

type PlainStatus = Exclude<KnownCase['status'], 'adjudicating' | 'finalised'>;

/** In a status that has nothing of its own, and without what the one before had. */
const inStatus = (state: KnownCase, status: PlainStatus): KnownCase => ({ ...knownOf(state), status });

function knownOf(state: KnownCase): Known {
  switch (state.status) {
    case 'adjudicating': {
      const { status: _status, adjudication: _adjudication, ...known } = state;
      return known;
    }
    case 'finalised': {
      const { status: _status, source: _source, ...known } = state;
      return known;
    }
    case 'reading':
    case 'awaitingConsensus':
    case 'settled':
    case 'disputed':
    case 'adjudicated':
    case 'excluded':
    case 'withdrawn': {
      const { status: _status, ...known } = state;
      return known;
    }
    default:
      return assertNever(state);
  }
}

function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

/** Of a claim after the first change of meaning, which one it has seen. */
const withMeaning = (state: KnownCase, claimId: ClaimId): KnownCase =>
  state.meaning === 0 ? state : { ...state, meaningAtClaim: new Map(state.meaningAtClaim).set(claimId, state.meaning) };

const withoutExpired = (state: KnownCase, annotatorId: AnnotatorId): KnownCase => ({
  ...state,
  expiredClaims: without(state.expiredClaims, annotatorId),
});

type WithoutRead<Read> = Read extends unknown ? Omit<Read, keyof OfEveryRead> : never;

function withRead(
  state: KnownCase,
  { annotatorId, readId }: { readonly annotatorId: AnnotatorId; readonly readId: ReadId },
  read: WithoutRead<ReadState>,
  revision: number = state.reads.get(annotatorId)?.revision ?? 0,
): CaseState {
  return { ...state, reads: new Map(state.reads).set(annotatorId, { ...read, readId, revision }) };
}

/** A finding keeps its place: no two of a case have one id. */
function withFindings(
  state: KnownCase,
  {
    readId,
    annotatorId,
    annotation,
  }: { readonly readId: ReadId; readonly annotatorId: AnnotatorId; readonly annotation: Annotation },
): KnownCase {
  if (annotation.findings.length === 0) return state;
  const givenFindings = new Map(state.givenFindings);
  for (const { findingId } of annotation.findings) givenFindings.set(findingId, { readId, annotatorId });
  return { ...state, givenFindings };
}

const withoutGold = (state: KnownCase, annotatorId: AnnotatorId): KnownCase => ({
  ...state,
  goldReads: without(state.goldReads, annotatorId),
});

function evolveGold(state: KnownCase, event: GoldEvent): CaseState {
  switch (event.type) {
    case 'goldSet':
    case 'goldCorrected': {
      const { truthVersion, setBy } = event;
      return { ...state, gold: { isActive: true, truthVersion, givers: new Set(state.gold?.givers).add(setBy) } };
    }
    case 'goldRetired':
      return state.gold === undefined ? state : { ...state, gold: { ...state.gold, isActive: false } };
    case 'goldClaimed': {
      const { claimId } = event;
      const claimed = withMeaning(withoutExpired(state, event.annotatorId), claimId);
      return withGoldRead(claimed, event, { status: 'held', claimId });
    }
    case 'goldReleased':
      return withGoldRead(state, event, { status: 'open' });
    case 'goldSkipped':
      return withGoldRead(state, event, { status: 'skipped' });
    case 'goldAnswered':
    case 'goldAmended': {
      const { claimId, annotationId, revision } = event;
      return withGoldRead(withFindings(state, event), event, { status: 'submitted', claimId, annotationId }, revision);
    }
    default:
      return assertNever(event);
  }
}

function evolveReview(state: KnownCase, event: Exclude<ReviewEvent, { type: 'readPassedOn' }>): CaseState {
  const { reviewId, readId } = event;
  const withReview = (seat: OpenReview['seat']) => new Map(state.reviews).set(reviewId, { readId, seat });
  switch (event.type) {
    case 'reviewClaimed': {
      const { annotatorId, claimId } = event;
      const reviewers = new Set(state.reviewers).add(annotatorId);
      return { ...state, reviewers, reviews: withReview({ annotatorId, claimId }) };
    }
    case 'reviewOpened':
    case 'reviewReleased':
    case 'reviewExpired':
      return { ...state, reviews: withReview(undefined) };
    case 'reviewRecorded':
    case 'reviewClosed':
      return { ...state, reviews: without(state.reviews, reviewId) };
    default:
      return assertNever(event);
  }
}

function withGoldRead(
  state: KnownCase,
  { annotatorId, readId }: { readonly annotatorId: AnnotatorId; readonly readId: ReadId },
  read: WithoutRead<ReadState>,
  revision = 0,
): CaseState {
  return { ...state, goldReads: new Map(state.goldReads).set(annotatorId, { ...read, readId, revision }) };
}

/** An adjudication that is not open any more is changed by nothing. */
function evolveAdjudication(state: KnownCase, event: AdjudicationEvent): CaseState {
  if (event.type === 'adjudicationOpened') {
    const { adjudicationId, cause, panelSize } = event;
    const { disagreements } = state;
    const adjudication = { adjudicationId, cause, panelSize, disagreements, seats: new Map(), isSplit: false };
    return { ...knownOf(state), status: 'adjudicating', adjudication };
  }
  if (state.status !== 'adjudicating') return state;
  switch (event.type) {
    case 'adjudicationClaimed':
      return withSeat(state, event.annotatorId, { status: 'held', claimId: event.claimId });
    case 'adjudicationReleased':
    case 'adjudicationExpired':
      return withSeat(state, event.annotatorId, { status: 'open' });
    case 'adjudicationVoted': {
      const { annotatorId, annotationId, choices } = event;
      return withSeat(state, annotatorId, { status: 'voted', annotationId, choices });
    }
    case 'panelSplit':
      return { ...state, adjudication: { ...state.adjudication, isSplit: true } };
    case 'adjudicationDecided':
      return {
        ...inStatus(state, 'adjudicated'),
        decidedBy: event.adjudicationId,
        unfaithfulTranslations: new Set([
          ...state.unfaithfulTranslations,
          ...event.decisions.flatMap(({ disagreementId, option }) => (option === unfaithful ? [disagreementId] : [])),
        ]),
      };
    default:
      return assertNever(event);
  }
}

function withSeat(
  state: Extract<KnownCase, { readonly status: 'adjudicating' }>,
  annotatorId: AnnotatorId,
  seat: Seat,
): CaseState {
  return {
    ...state,
    adjudicators: new Set(state.adjudicators).add(annotatorId),
    adjudication: { ...state.adjudication, seats: new Map(state.adjudication.seats).set(annotatorId, seat) },
  };
}
