import { assertNever } from '../assert-never.ts';
import type { AnnotatorId, ClaimId, ReadId } from '../identifiers.ts';
import type { CaseEvent } from './case-events.ts';
import type { CaseImage, CaseSentence } from './imported-case.ts';

export type ReadState =
  | { readonly status: 'held'; readonly readId: ReadId; readonly claimId: ClaimId }
  /** Released, or its lease ran out: the annotator may claim again. */
  | { readonly status: 'open'; readonly readId: ReadId }
  | { readonly status: 'skipped'; readonly readId: ReadId }
  | { readonly status: 'submitted'; readonly readId: ReadId; readonly revision: number };

interface Known {
  readonly contentHash: string;
  readonly images: readonly CaseImage[];
  readonly sentences: readonly CaseSentence[];
  readonly protocolVersion: number;
  /** Number of events so far: the stream's version. */
  readonly version: number;
  readonly reads: ReadonlyMap<AnnotatorId, ReadState>;
  /** Nothing that needs the subject's key may be written any more. */
  readonly isErased?: true;
}

export type CaseState =
  | { readonly status: 'unknown' }
  | (Known & { readonly status: 'reading' })
  | (Known & { readonly status: 'awaitingConsensus'; readonly completedAtVersion: number })
  | (Known & { readonly status: 'settled' | 'disputed' });

export const evolveCase = (state: CaseState, event: CaseEvent): CaseState => {
  if (event.type === 'caseImported') {
    const { contentHash, images, sentences, protocolVersion } = event;
    return { status: 'reading', contentHash, images, sentences, protocolVersion, version: 1, reads: new Map() };
  }
  return state.status === 'unknown' ? state : evolveKnown({ ...state, version: state.version + 1 }, event);
};

type KnownState = Exclude<CaseState, { readonly status: 'unknown' }>;

function evolveKnown(state: KnownState, event: Exclude<CaseEvent, { type: 'caseImported' }>): CaseState {
  switch (event.type) {
    case 'readClaimed':
      return withRead(state, event.annotatorId, { status: 'held', readId: event.readId, claimId: event.claimId });
    case 'readReleased':
    case 'readExpired':
      return withRead(state, event.annotatorId, { status: 'open', readId: event.readId });
    case 'readSkipped':
      return withRead(state, event.annotatorId, { status: 'skipped', readId: event.readId });
    case 'annotationSubmitted':
      return withRead(state, event.annotatorId, {
        status: 'submitted',
        readId: event.readId,
        revision: event.revision,
      });
    case 'readsCompleted':
      return { ...state, status: 'awaitingConsensus', completedAtVersion: state.version };
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

const withRead = (state: KnownState, annotatorId: AnnotatorId, read: ReadState): CaseState => ({
  ...state,
  reads: new Map(state.reads).set(annotatorId, read),
});
