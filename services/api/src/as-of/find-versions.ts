import { isUuid } from '@consilium/domain';
import type { AnnotationId, CaseId, RegionId } from '@consilium/domain';
import { annotationVersions, findCase, regionVersions } from '@consilium/read-model';
import type { AnnotationVersionView } from '@consilium/read-model';
import { demandWholeHistory } from './resolve-point.ts';
import { seesGold, typeAsRead } from '../change/gold-sight.ts';
import { seeCases, type SeenCase } from '../case/case-sight.ts';
import { notedReason } from '../case/noted-reason.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { hidesTime, presentRead } from '../read/present-annotations.ts';
import type { AnnotationVersion, RegionVersion } from '../schema/generated/schema-types.ts';

interface VersionPorts {
  readonly facts: ProjectFacts;
}

/** Every state of an annotation that this viewer may see; none of one that is not there for them. */
export async function findAnnotationVersions(
  ports: VersionPorts,
  scope: RequestScope,
  id: string,
): Promise<readonly AnnotationVersion[]> {
  if (!isUuid(id)) return [];
  await demandWholeHistory(scope.session);
  const seen = await seeVersions(ports, scope, await annotationVersions(scope.session, id as AnnotationId));
  return Promise.all(
    seen.map(async ({ version, seenCase }) => ({
      ...(await presentPlace(scope, seenCase, version)),
      annotation: await presentAnnotation(scope, seenCase, version),
    })),
  );
}

export async function findRegionVersions(
  ports: VersionPorts,
  scope: RequestScope,
  id: string,
): Promise<readonly RegionVersion[]> {
  if (!isUuid(id)) return [];
  await demandWholeHistory(scope.session);
  const seen = await seeVersions(ports, scope, await regionVersions(scope.session, id as RegionId));
  return Promise.all(
    seen.map(async ({ version, seenCase }) => {
      const annotation = await presentAnnotation(scope, seenCase, version);
      return {
        ...(await presentPlace(scope, seenCase, version)),
        region: annotation?.regions.find((region) => region.id === id) ?? null,
      };
    }),
  );
}

interface SeenVersion {
  readonly version: AnnotationVersionView;
  readonly seenCase: SeenCase;
}

/** What may be seen is decided by the present, about the past too. */
async function seeVersions(
  ports: VersionPorts,
  scope: RequestScope,
  versions: readonly AnnotationVersionView[],
): Promise<readonly SeenVersion[]> {
  const cases = new Map<CaseId, SeenCase>();
  for (const caseId of new Set(versions.map((version) => version.caseId))) {
    const view = await findCase(scope.session, caseId);
    const [seen] = view === undefined ? [] : await seeCases(ports.facts, scope, [view]);
    if (seen !== undefined) cases.set(caseId, seen);
  }
  scope.accessLog.note('annotation.read', [...cases.keys()]);
  return versions.flatMap((version) => {
    const seenCase = cases.get(version.caseId);
    if (seenCase === undefined) return [];
    const { isAnnotator, annotatorId } = seenCase.sight;
    const isForeign = version.annotatorId !== annotatorId;
    if (version.purpose === 'gold' && isForeign && !seesGold(scope.viewer.role, isAnnotator)) return [];
    return seenCase.sight.isBlinded && isForeign ? [] : [{ version, seenCase }];
  });
}

async function presentPlace(
  scope: RequestScope,
  seenCase: SeenCase,
  version: AnnotationVersionView,
): Promise<Omit<AnnotationVersion, 'annotation'>> {
  const { isAnnotator, isBlinded, hidesReaders } = seenCase.sight;
  const { eventType } = version;
  const { reason, note } = await notedReason(scope, seenCase, { ...version, type: eventType });
  const isByReader =
    typeAsRead(eventType) === 'annotationSubmitted' ||
    version.detail?.['amendedRevision'] !== undefined ||
    (eventType === 'annotationWithdrawn' && version.actorRole === 'reviewer');
  return {
    caseId: version.caseId,
    annotationId: version.annotationId,
    revision: version.revision,
    at: version.recordedAt,
    fromSequence: isBlinded ? null : version.fromSeq,
    eventId: isBlinded ? null : version.eventId,
    eventType: seesGold(scope.viewer.role, isAnnotator) ? eventType : typeAsRead(eventType),
    actorId: hidesReaders && isByReader ? null : version.actorId,
    actorRole: version.actorRole,
    reason,
    note,
  };
}

async function presentAnnotation(
  scope: RequestScope,
  { view, sight }: SeenCase,
  { read }: AnnotationVersionView,
): Promise<AnnotationVersion['annotation']> {
  return read === undefined
    ? null
    : presentRead(scope.texts, view.subjectId, read, sight.hidesReaders, hidesTime(sight));
}
