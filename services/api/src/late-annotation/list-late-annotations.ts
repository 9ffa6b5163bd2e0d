import { lateAnnotations } from '@consilium/read-model';
import type { LateAnnotationView } from '@consilium/read-model';
import { demandOthersWork } from '../platform/demand-project.ts';
import { pageSize } from '../platform/page-size.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { presentContent } from '../read/present-annotations.ts';
import type { LateAnnotation, QueryLateAnnotationsArguments } from '../schema/generated/schema-types.ts';

/** @throws GraphQLError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT */
export async function listLateAnnotations(
  { facts }: { readonly facts: ProjectFacts },
  scope: RequestScope,
  given: QueryLateAnnotationsArguments,
): Promise<readonly LateAnnotation[]> {
  const size = pageSize(given.first);
  const projectId = await demandOthersWork(scope, given.projectId);
  const views = await lateAnnotations(scope.session, projectId, size);
  scope.accessLog.note(
    'annotation.read',
    views.map(({ caseId }) => caseId),
  );
  const hidesReaders = await facts.hidesReaders(scope.viewer.organisation, projectId);
  return Promise.all(views.map(async (view) => present(scope, view, hidesReaders)));
}

async function present(
  { texts }: RequestScope,
  { caseId, subjectId, annotationId, readId, annotatorId, keptAt, eventId, annotation }: LateAnnotationView,
  hidesReaders: boolean,
): Promise<LateAnnotation> {
  const open = await texts.openerOf({ subjectId, eventId, type: 'lateAnnotationKept' }, annotation);
  return {
    caseId,
    annotationId,
    readId,
    annotatorId: hidesReaders ? null : annotatorId,
    keptAt,
    answer: annotation.answer,
    ...presentContent(open, annotation),
  };
}
