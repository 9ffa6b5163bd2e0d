import { assertNever } from '../assert-never.ts';
import type { AnnotationId, AnnotatorId, ClaimId, ReadId } from '../identifiers.ts';
import type { CaseEvent } from './case-events.ts';
import type { CaseImage, CaseSentence } from './imported-case.ts';

interface OfEveryRead {
  readonly readId: ReadId;
  /** The newest that was ever given, 0 before the first submission. */
  readonly revision: number;
}

export type ReadState =
  | ({ readonly status: 'held'; readonly claimId: ClaimId } & OfEveryRead)
  /** Released, withdrawn, or its lease ran out: the annotator may claim again. */
  | ({ readonly status: 'open' } & OfEveryRead)
  | ({ readonly status: 'skipped' } & OfEveryRead)
  /** It counts, in its newest revision. */
  | ({ readonly status: 'submitted'; readonly claimId: ClaimId; readonly annotationId: AnnotationId } & OfEveryRead);

interface Known {
  readonly contentHash: string;
  readonly images: readonly CaseImage[];
  readonly sentences: readonly CaseSentence[];
  readonly protocolVersion: number;
  /** Number of events so far: the stream's version. */
  readonly version: number;
  readonly reads: ReadonlyMap<AnnotatorId, ReadState>;
  /** Version of the newest `readsCompleted`, 0 before the first: what a consensus answers. */
  readonly completedAtVersion: number;
  /** Version of the newest `readsCompleted` that was taken back, 0 if none was. */
  readonly reopenedAtVersion: number;
  /** Nothing that needs the subject's key may be written any more. */
  readonly isErased?: true;
}

export type CaseState =
  | { readonly status: 'unknown' }
  | (Known & { readonly status: 'reading' | 'awaitingConsensus' | 'settled' | 'disputed' })
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
    };
  }
  return state.status === 'unknown' ? state : evolveKnown({ ...state, version: state.version + 1 }, event);
};

/** A case that was imported. */
export type KnownCase = Exclude<CaseState, { readonly status: 'unknown' }>;

function evolveKnown(state: KnownCase, event: Exclude<CaseEvent, { type: 'caseImported' }>): CaseState {
  switch (event.type) {
    case 'readClaimed':
      return withRead(state, event, { status: 'held', claimId: event.claimId });
    case 'readReleased':
    case 'readExpired':
    case 'annotationWithdrawn':
      return withRead(state, event, { status: 'open' });
    case 'readSkipped':
      return withRead(state, event, { status: 'skipped' });
    case 'annotationSubmitted':
    case 'annotationAmended': {
      const { claimId, annotationId, revision } = event;
      return withRead(state, event, { status: 'submitted', claimId, annotationId }, revision);
    }
    case 'readsCompleted':
      return { ...state, status: 'awaitingConsensus', completedAtVersion: state.version };
    case 'readsReopened':
      return { ...state, status: 'reading', reopenedAtVersion: event.completedAtVersion };
    case 'caseReinstated':
      return { ...state, status: 'reading' };
    case 'caseWithdrawn':
      return { ...state, status: 'withdrawn' };
    case 'consensusReached':
      return { ...state, status: 'settled' };
    case 'disagreementFound':
      return { ...state, status: 'disputed' };
    case 'subjectErased':
      return { ...state, isErased: true };
    default:
      return assertNever(event);
  }
}

type WithoutRead<Read> = Read extends unknown ? Omit<Read, keyof OfEveryRead> : never;

function withRead(
  state: KnownCase,
  { annotatorId, readId }: { readonly annotatorId: AnnotatorId; readonly readId: ReadId },
  read: WithoutRead<ReadState>,
  revision: number = state.reads.get(annotatorId)?.revision ?? 0,
): CaseState {
  return { ...state, reads: new Map(state.reads).set(annotatorId, { ...read, readId, revision }) };
}
