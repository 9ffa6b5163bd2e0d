import type { AnnotationId, AnnotatorId, ClaimId, ReadId } from '../identifiers.ts';
import type { ProtectedText } from '../protected-text.ts';
import type { AnnotationDraft } from './annotation.ts';

/**
 * A read that comes with its case: somebody whom this system does not know gave it elsewhere. Its annotator has no person, and one id
 * for each name in a project: nothing of it is scored, and nobody can submit under it.
 */
export interface ExternalRead {
  /** As the source calls its reader. */
  readonly reader: ProtectedText;
  readonly readId: ReadId;
  readonly annotatorId: AnnotatorId;
  /** Of the place that it takes. */
  readonly claimId: ClaimId;
  readonly annotationId: AnnotationId;
  readonly draft: AnnotationDraft;
}
