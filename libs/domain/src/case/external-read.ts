/** Reads that come with a case: somebody whom this system does not know gave them elsewhere. */
import type { AnnotationId, AnnotatorId, ClaimId, ReadId } from '../identifiers.ts';
import type { Problem } from '../problem.ts';
import type { Protocol } from '../project/protocol.ts';
import { protocolLimits } from '../project/protocol.ts';
import type { ProtectedText } from '../protected-text.ts';
import type { AnnotationDraft } from './annotation.ts';
import type { CaseEvent } from './case-events.ts';
import { checkAnnotation } from './check-annotation.ts';
import { caseLimits, textProblems } from './check-case.ts';
import type { ImportedCase } from './imported-case.ts';

/** Its annotator has no person, and one id for each name in a project: nothing of it is scored, and nobody can submit under it. */
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

export type CheckedExternalReads =
  | { readonly ok: true; readonly events: readonly CaseEvent[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Held against the case they come with and its protocol, as any annotation is. At most as many as a case may ever have. */
export function checkExternalReads(
  reads: readonly ExternalRead[],
  { images, sentences }: ImportedCase,
  protocol: Protocol,
): CheckedExternalReads {
  if (reads.length > protocolLimits.readsPerCase) {
    const message = `${String(reads.length)} given, at most ${String(protocolLimits.readsPerCase)}`;
    return { ok: false, problems: [{ path: 'externalReads', code: 'TOO_MANY', message }] };
  }
  const problems: Problem[] = [];
  const annotators = new Set<AnnotatorId>();
  const events = reads.flatMap(({ draft, ...read }, index): readonly CaseEvent[] => {
    const path = `externalReads[${String(index)}]`;
    problems.push(...textProblems(`${path}.reader`, read.reader, caseLimits.keyLength));
    if (annotators.has(read.annotatorId)) {
      problems.push({ path: `${path}.reader`, code: 'REPEATED', message: 'this reader stands here twice' });
    }
    annotators.add(read.annotatorId);
    const checked = checkAnnotation(draft, { protocol, images, sentences });
    if (checked.ok) return [{ type: 'externalReadRecorded', ...read, annotation: checked.annotation }];
    problems.push(...checked.problems.map((problem) => ({ ...problem, path: `${path}.${problem.path}` })));
    return [];
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, events };
}
