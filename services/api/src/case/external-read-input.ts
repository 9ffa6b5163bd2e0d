import { plainText } from '@consilium/domain';
import type { CaseId, ExternalRead, Problem, ProjectId } from '@consilium/domain';
import type { Identities } from '../platform/identities.ts';
import { draftOf } from '../read/annotation-draft.ts';
import type { AnnotationInput, CaseInput, ExternalReadInput } from '../schema/generated/schema-types.ts';

/** What a row says of reads that were given elsewhere, under ids that the same row always means. */
export function externalReadsOf(
  identities: Identities,
  { externalReads }: CaseInput,
  { projectId, caseId }: { readonly projectId: ProjectId; readonly caseId: CaseId },
): readonly ExternalRead[] | { readonly problems: readonly Problem[] } {
  const reads: ExternalRead[] = [];
  for (const [index, given] of (externalReads ?? []).entries()) {
    const annotatorId = identities.externalAnnotator(projectId, given.reader);
    const readId = identities.read(caseId, annotatorId);
    const annotationId = identities.externalAnnotation(readId);
    const draft = draftOf(identities, annotationId, annotationInputOf(identities, caseId, given));
    if ('problems' in draft) {
      const path = `externalReads[${index}]`;
      return { problems: draft.problems.map((problem) => ({ ...problem, path: `${path}.${problem.path}` })) };
    }
    const claimId = identities.externalClaim(caseId, annotatorId);
    reads.push({ reader: plainText(given.reader), readId, annotatorId, claimId, annotationId, draft });
  }
  return reads;
}

/** As an annotator would send it, who knows the ids of the case. */
const annotationInputOf = (
  identities: Identities,
  caseId: CaseId,
  { findings, regions }: ExternalReadInput,
): AnnotationInput => ({
  answer: findings.length === 0 && regions.length === 0 ? 'nothingThere' : 'findings',
  findings: findings.map(({ sentenceKey, ...finding }) => ({
    ...finding,
    ...(sentenceKey === undefined || sentenceKey === null
      ? {}
      : { sentenceId: identities.sentence(caseId, sentenceKey), sentenceVersion: 1 }),
    attributes: [],
  })),
  regions: regions.map(({ imageKey, ...region }) => ({ ...region, imageId: identities.image(caseId, imageKey) })),
  imageQualityFlags: [],
  reportQualityFlags: [],
});
