import { assertNever, type CaseEvent, type ProtectedText, type SentenceAt, type SentenceId } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import type { ProjectedEvent } from './projected-event.ts';

/** The table `case_event`: the history of a case, one row for each of its events. */
export function caseEventView(projected: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  const { envelope, event, globalSeq } = projected;
  return [
    {
      kind: 'put',
      table: 'case_event',
      row: {
        case_id: projected.id,
        stream_version: envelope.streamVersion,
        organisation: envelope.organisation,
        event_id: envelope.eventId,
        type: event.type,
        actor_id: envelope.actor.id,
        actor_role: envelope.actor.role,
        read_id: 'readId' in event ? event.readId : null,
        annotator_id: 'annotatorId' in event ? event.annotatorId : null,
        recorded_at_ms: projected.recordedAtMs,
        global_seq: globalSeq,
        detail: detailOf(event, envelope.reasonCode),
      },
    },
  ];
}

/** What is worth telling beside the type; what an event says in full is in the other views. */
function detailOf(event: CaseEvent, reasonCode: string | undefined): object | null {
  switch (event.type) {
    case 'readSkipped':
    case 'goldSkipped':
      return reasonOf(event, event.reason);
    case 'readReleased':
    case 'goldReleased':
      return event.reason === undefined && event.note === undefined ? null : reasonOf(event, event.reason);
    case 'consensusReached':
    case 'disagreementFound':
      return { consensusId: event.consensus.consensusId };
    case 'externalReadRecorded':
      return { annotationId: event.annotationId };
    case 'annotationSubmitted':
    case 'goldAnswered':
      return { annotationId: event.annotationId, revision: event.revision };
    case 'annotationWithdrawn': {
      const { annotationId, revision } = event;
      return { annotationId, revision, ...reasonOf(event, reasonCode) };
    }
    case 'annotationAmended': {
      const { annotationId, revision, origin } = event;
      const from =
        origin.kind === 'restored' ? { restoredRevision: origin.revision } : { amendedRevision: origin.revision };
      return { annotationId, revision, ...from, ...reasonOf(event, reasonCode) };
    }
    case 'goldAmended': {
      const { annotationId, revision } = event;
      return { annotationId, revision, amendedRevision: revision - 1, ...reasonOf(event, reasonCode) };
    }
    case 'goldSet':
    case 'goldCorrected': {
      const { truthVersion, source } = event;
      return { truthVersion, source: source.kind, ...reasonOf(event, reasonCode) };
    }
    case 'goldRetired':
      return reasonOf(event, reasonCode);
    case 'adjudicationOpened':
      return { adjudicationId: event.adjudicationId, cause: event.cause };
    case 'adjudicationVoted':
      return { adjudicationId: event.adjudicationId, annotationId: event.annotationId };
    case 'adjudicationDecided':
      return { adjudicationId: event.adjudicationId, annotationId: event.annotationId };
    case 'adjudicationClaimed':
    case 'adjudicationReleased':
    case 'adjudicationExpired':
    case 'panelSplit':
      return { adjudicationId: event.adjudicationId };
    case 'reviewOpened':
      return { reviewId: event.reviewId, cause: event.cause, ...reasonOf(event, reasonCode) };
    case 'reviewRecorded': {
      const { reviewId, outcome } = event;
      return { reviewId, outcome, ...reasonOf(event, reasonCode) };
    }
    case 'reviewClosed':
      return { reviewId: event.reviewId, cause: event.cause, ...reasonOf(event, reasonCode) };
    case 'reviewClaimed':
    case 'reviewReleased':
    case 'reviewExpired':
      return { reviewId: event.reviewId };
    case 'caseFinalised':
      return { source: event.source, ...reasonOf(event, reasonCode) };
    case 'caseWithdrawn':
    case 'caseReinstated':
    case 'caseExcluded':
    case 'caseIncluded':
    case 'caseReopened':
      return reasonOf(event, reasonCode);
    case 'caseProtocolMoved': {
      const { from, protocolVersion } = event;
      return { from, protocolVersion, ...reasonOf({}, reasonCode) };
    }
    case 'lateAnnotationKept':
    case 'lateAnnotationAccepted':
      return { annotationId: event.annotationId };
    case 'lateAnnotationDeclined':
      return { annotationId: event.annotationId, ...reasonOf(event, reasonCode) };
    case 'caseFlagged':
      return { flagId: event.flagId, ...reasonOf(event, event.reason) };
    case 'flagResolved':
      return { flagId: event.flagId, ...reasonOf(event, undefined) };
    case 'sentenceCorrected': {
      const { sentenceId, version, change } = event;
      return { sentenceId, version, change, ...reasonOf(event, reasonCode) };
    }
    case 'sentenceSplit': {
      const { sentenceId, version, into, linksTo } = event;
      return { sentenceId, version, into: idsOf(into), linksTo, ...reasonOf(event, reasonCode) };
    }
    case 'sentencesMerged': {
      const { sentences, into, linksTo } = event;
      return { sentences: idsOf(sentences), into: into.sentenceId, linksTo, ...reasonOf(event, reasonCode) };
    }
    case 'annotationOutdated':
      return { annotationId: event.annotationId, revision: event.revision, ...reasonOf({}, reasonCode) };
    case 'translationQuestioned': {
      const { disagreementId, sentenceId, version } = event;
      return { disagreementId, sentenceId, version };
    }
    case 'translationConfirmed': {
      const { disagreementId, sentenceId, version } = event;
      return { disagreementId, sentenceId, version, ...reasonOf(event, reasonCode) };
    }
    case 'answersScored':
      return { scoringId: event.scoringId, truth: event.truth.kind, answers: event.scores.length };
    case 'caseAssigned':
    case 'caseUnassigned':
      return reasonOf(event, reasonCode);
    // What a thread is about is told with the thread: of gold, not to everybody.
    case 'threadOpened':
    case 'commentAdded':
      return { threadId: event.threadId, commentId: event.commentId };
    case 'commentCorrected': {
      const { threadId, commentId, revision } = event;
      return { threadId, commentId, revision };
    }
    case 'commentRetracted': {
      const { threadId, commentId } = event;
      return { threadId, commentId, ...reasonOf({}, reasonCode) };
    }
    case 'threadResolved':
    case 'threadReopened':
      return { threadId: event.threadId };
    case 'caseImported':
    case 'readClaimed':
    case 'goldClaimed':
    case 'readExpired':
    case 'readsCompleted':
    case 'readsReopened':
    case 'extraReadRequested':
    case 'readPassedOn':
    case 'subjectErased':
      return null;
    default:
      return assertNever(event);
  }
}

const idsOf = (sentences: readonly SentenceAt[]): readonly SentenceId[] =>
  sentences.map(({ sentenceId }) => sentenceId);

/** Why something was taken or brought back: a code, and what was noted beside it. */
const reasonOf = (
  { note }: { readonly note?: ProtectedText },
  reason: string | undefined,
): { readonly reason?: string; readonly note?: ProtectedText } => ({
  ...(reason === undefined ? {} : { reason }),
  ...(note === undefined ? {} : { note }),
});
