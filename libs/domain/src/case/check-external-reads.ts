import type { AnnotatorId } from '../identifiers.ts';
import type { Problem } from '../problem.ts';
import { type Protocol, protocolLimits } from '../project/protocol.ts';
import type { CaseEvent } from './case-events.ts';
import { checkAnnotation } from './check-annotation.ts';
import { caseLimits, textProblems } from './check-case.ts';
import type { ExternalRead } from './external-read.ts';
import type { ImportedCase } from './imported-case.ts';

type CheckedExternalReads =
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
