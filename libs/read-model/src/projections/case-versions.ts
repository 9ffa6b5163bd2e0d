import { assertNever, type CaseEvent, type RegionId, type SentenceAt } from '@consilium/domain';
import type { RowChange } from '../tables/row-change.ts';
import { caseStatusAfter } from './case-status-after.ts';
import type { ProjectedEvent } from './projected-event.ts';

/**
 * The tables `case_version`, `case_protocol_version`, `sentence_version`, `annotation_version` and `region_version`: a row for each state that something
 * of a case has had, from the number of the event that brought it. Who has held the case or let it go is in `case_event`.
 */
export function caseVersions(projected: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  const status = caseStatusAfter(projected.event);
  const ofContent = contentVersions(projected);
  if (status === undefined) return ofContent;
  return [{ kind: 'put', table: 'case_version', row: { status, ...placeOf(projected) } }, ...ofContent];
}

function contentVersions(projected: ProjectedEvent<CaseEvent>): readonly RowChange[] {
  const { event } = projected;
  switch (event.type) {
    case 'caseImported':
      return event.sentences.map((sentence) => sentenceRow(projected, sentence));
    case 'externalReadRecorded':
    case 'annotationSubmitted':
    case 'annotationAmended':
    case 'goldAnswered':
    case 'goldAmended': {
      const regionIds = new Set<RegionId>(event.annotation.regions.map(({ regionId }) => regionId));
      return [
        annotationRow({ ...projected, event }, true),
        ...[...regionIds].map((region_id): RowChange => ({
          kind: 'put',
          table: 'region_version',
          row: { region_id, read_id: event.readId, ...placeOf(projected) },
        })),
      ];
    }
    case 'annotationWithdrawn':
    case 'annotationOutdated':
      return [annotationRow({ ...projected, event }, false)];
    case 'sentenceCorrected':
      return [sentenceRow(projected, event)];
    case 'sentenceSplit':
      return event.into.map((part) => sentenceRow(projected, part));
    case 'sentencesMerged':
      return [sentenceRow(projected, event.into)];
    case 'caseProtocolMoved':
      return [
        {
          kind: 'put',
          table: 'case_protocol_version',
          row: { protocol_version: event.protocolVersion, ...placeOf(projected) },
        },
      ];
    case 'readsReopened':
    case 'caseReinstated':
    case 'caseWithdrawn':
    case 'caseExcluded':
    case 'caseIncluded':
    case 'readsCompleted':
    case 'consensusReached':
    case 'disagreementFound':
    case 'readClaimed':
    case 'readReleased':
    case 'readExpired':
    case 'readSkipped':
    case 'extraReadRequested':
    case 'adjudicationOpened':
    case 'adjudicationClaimed':
    case 'adjudicationReleased':
    case 'adjudicationExpired':
    case 'adjudicationVoted':
    case 'panelSplit':
    case 'adjudicationDecided':
    case 'caseFinalised':
    case 'caseReopened':
    case 'lateAnnotationKept':
    case 'lateAnnotationAccepted':
    case 'lateAnnotationDeclined':
    case 'caseFlagged':
    case 'flagResolved':
    case 'reviewOpened':
    case 'reviewClaimed':
    case 'reviewReleased':
    case 'reviewExpired':
    case 'reviewRecorded':
    case 'reviewClosed':
    case 'threadOpened':
    case 'commentAdded':
    case 'commentCorrected':
    case 'commentRetracted':
    case 'threadResolved':
    case 'threadReopened':
    case 'caseAssigned':
    case 'caseUnassigned':
    case 'readPassedOn':
    case 'subjectErased':
    case 'translationQuestioned':
    case 'translationConfirmed':
    case 'goldSet':
    case 'goldCorrected':
    case 'goldRetired':
    case 'goldClaimed':
    case 'goldReleased':
    case 'goldSkipped':
    case 'answersScored':
      return [];
    default:
      return assertNever(event);
  }
}

const placeOf = ({ id, globalSeq, envelope }: ProjectedEvent<CaseEvent>) => ({
  case_id: id,
  from_seq: globalSeq,
  organisation: envelope.organisation,
});

const sentenceRow = (projected: ProjectedEvent<CaseEvent>, { sentenceId, version }: SentenceAt): RowChange => ({
  kind: 'put',
  table: 'sentence_version',
  row: { sentence_id: sentenceId, version, ...placeOf(projected) },
});

type AnnotationEvent = Extract<
  CaseEvent,
  {
    readonly type:
      | 'externalReadRecorded'
      | 'annotationSubmitted'
      | 'annotationAmended'
      | 'annotationWithdrawn'
      | 'annotationOutdated'
      | 'goldAnswered'
      | 'goldAmended';
  }
>;

const annotationRow = (projected: ProjectedEvent<AnnotationEvent>, counts: boolean): RowChange => ({
  kind: 'put',
  table: 'annotation_version',
  row: {
    ...placeOf(projected),
    read_id: projected.event.readId,
    annotator_id: projected.event.annotatorId,
    claim_id: projected.event.claimId,
    annotation_id: projected.event.annotationId,
    revision: projected.event.type === 'externalReadRecorded' ? 1 : projected.event.revision,
    counts,
    event_id: projected.envelope.eventId,
    recorded_at_ms: projected.recordedAtMs,
    payload: counts ? projected.payload : null,
  },
});
