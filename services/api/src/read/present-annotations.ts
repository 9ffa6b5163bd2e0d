import type { Annotation, SubjectId, TimeOnTask as StoredTime } from '@consilium/domain';
import { submittedReadsAsOf } from '@consilium/read-model';
import type { ReadView, SubmissionView } from '@consilium/read-model';
import type { SeenCase } from '../case/case-sight.ts';
import { externalReaders } from '../case/present-source.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { openBilingual, type SealedTexts, type TextOpener } from '../platform/sealed-texts.ts';
import type { AnnotationRecord, AttributeValue, Finding, TimeOnTask } from '../schema/generated/schema-types.ts';

/** The submitted reads of a case, all or the viewer's own. In order of their ids, which tells nothing of who or when. */
export async function presentAnnotations(scope: RequestScope, seen: SeenCase): Promise<readonly AnnotationRecord[]> {
  const { view, sight, point } = seen;
  scope.accessLog.note('annotation.read', [view.caseId]);
  const ofCase = sight.isBlinded
    ? sight.ownReads
    : await (point === undefined ? scope.reads : scope.casesThen(point.sequence).reads).get(view.caseId);
  // What the viewer said of it as gold is no read of the case, and theirs to see still.
  const ofGold = sight.isBlinded ? [] : await ownGold(scope, seen);
  const submitted = [...(ofCase ?? []), ...ofGold].filter(({ submission }) => submission !== undefined);
  const ordered = submitted.toSorted((one, other) => (one.readId < other.readId ? -1 : 1));
  const mayBeExternal = submitted.some(({ submission }) => submission?.sealedIn !== 'annotationSubmitted');
  const readers = mayBeExternal ? await externalReaders(scope, seen) : new Map<string, string | null>();
  return Promise.all(
    ordered.map(async (read) => ({
      ...(await presentRead(scope.texts, view.subjectId, read, sight.hidesReaders, hidesTime(sight))),
      externalReader: readers.get(read.readId) ?? null,
    })),
  );
}

async function ownGold({ session }: RequestScope, { view, sight, point }: SeenCase): Promise<readonly ReadView[]> {
  const now = sight.ownReads.filter(({ purpose }) => purpose === 'gold');
  if (point === undefined || now.length === 0) return now;
  const then = await submittedReadsAsOf(session, [view.caseId], point.sequence, sight.annotatorId);
  return (then.get(view.caseId) ?? []).filter(({ purpose }) => purpose === 'gold');
}

export async function presentRead(
  texts: SealedTexts,
  subjectId: SubjectId,
  { readId, annotatorId, submission }: ReadView,
  hidesReaders: boolean,
  /** How long it took is for whoever manages annotators, and not where it would tell who they are. */
  isTimeHidden: boolean,
): Promise<AnnotationRecord> {
  if (submission === undefined) throw new Error('only submitted reads are shown');
  const {
    annotationId,
    revision,
    annotation,
    submittedEventId,
    submittedAt,
    sealedIn: type,
    independence,
    timeOnTask,
  } = submission;
  const sealedIn = { subjectId, eventId: submittedEventId, type };
  const open = await texts.openerOf(sealedIn, annotation);
  return {
    id: annotationId,
    readId,
    annotatorId: hidesReaders ? null : annotatorId,
    revision,
    submittedAt,
    independence,
    externalReader: null,
    timeOnTask: isTimeHidden ? null : presentTime(timeOnTask),
    ...presentAnswer(open, annotation),
  };
}

/** To those who read in the project: not even their own, as nothing shown to them depends on how long anybody took. */
export const hidesTime = ({ hidesReaders, isAnnotator }: SeenCase['sight']): boolean => hidesReaders || isAnnotator;

export const presentTime = (time: StoredTime | undefined): TimeOnTask | null =>
  time === undefined
    ? null
    : {
        activeSeconds: time.activeMs / 1_000,
        wallSeconds: time.wallMs / 1_000,
        idleGapSeconds: time.idleGapMs / 1_000,
      };

type Content = Pick<AnnotationRecord, 'findings' | 'regions'>;
type Answer = Content & Pick<AnnotationRecord, 'answer' | 'imageQualityFlags' | 'reportQualityFlags'>;

/** What was answered, by whomever; its texts are sealed below the path `annotation`. */
export const presentAnswer = (open: TextOpener, annotation: Annotation): Answer => ({
  answer: annotation.answer,
  ...presentContent(open, annotation),
  imageQualityFlags: annotation.imageQualityFlags,
  reportQualityFlags: annotation.reportQualityFlags,
});

export const presentContent = (open: TextOpener, { findings, regions }: Annotation): Content => ({
  findings: findings.map((finding, index) => presentFinding(open, finding, index)),
  regions: regions.map(({ regionId, imageId, received, pixels }) => ({ id: regionId, imageId, ...received, pixels })),
});

type StoredFinding = SubmissionView['annotation']['findings'][number];

const presentFinding = (open: TextOpener, finding: StoredFinding, index: number): Finding => ({
  id: finding.findingId,
  sentenceId: finding.sentence?.sentenceId ?? null,
  sentenceVersion: finding.sentence?.version ?? null,
  statement:
    finding.statement === undefined
      ? null
      : openBilingual(open, finding.statement, `annotation.findings.${index}.statement`),
  polarity: finding.polarity,
  labels: finding.labels,
  locations: finding.locations,
  progression: finding.progression ?? null,
  attributes: finding.attributes.map(presentAttribute),
  regionIds: finding.regionIds,
});

export const presentAttribute = ({
  name,
  value,
}: {
  readonly name: string;
  readonly value: number | string | null;
}): AttributeValue => ({
  name,
  number: typeof value === 'number' ? value : null,
  term: typeof value === 'string' ? value : null,
});
