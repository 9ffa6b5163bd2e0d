import { decodeEvent } from '@consilium/contracts';
import type { AnnotationId, CaseRefusal } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { caseNotAvailable, invalidAt, notFound, oneOf, sentencesChanged } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import { openedAnnotation } from '../read/opened-annotation.ts';
import { type ReadContext, type ReadPorts, type ReadStep, runReadCommand } from '../read/run-read-command.ts';
import type {
  AcceptLateAnnotationInput,
  CaseNotAvailable,
  DecideLateAnnotationResult,
  DeclineLateAnnotationInput,
  Invalid,
  LateAnnotationDecided,
  NotFound,
  ReadsHidden,
  SentencesChanged,
} from '../schema/generated/schema-types.ts';
import { noteOf, noteProblem } from '../platform/note-input.ts';
import { hiddenFrom } from '../platform/reads-hidden.ts';

type Refusal = SentencesChanged | ReadsHidden | NotFound | CaseNotAvailable | Invalid;
type Step = ReadStep<LateAnnotationDecided, Refusal>;

/** Takes it as a read; what it says is taken from the journal, never from the sender. */
export async function acceptLateAnnotation(
  ports: ReadPorts,
  viewer: Viewer,
  input: AcceptLateAnnotationInput,
): Promise<DecideLateAnnotationResult> {
  const annotationId = input.annotationId as AnnotationId;
  return decide(ports, viewer, 'acceptLateAnnotation', input, async (context) => {
    const kept = keptIn(context, annotationId);
    if (kept === undefined) return notFound('late annotation');
    const annotation = await openedAnnotation(ports, viewer, context, kept.annotation, kept.recorded);
    if (annotation === undefined) return invalidAt('', 'SUBJECT_ERASED', 'this subject was erased');
    const { protocol, at, leases } = context;
    const review = ports.identities.reviewDraw(kept.readId, ports.identities.command(viewer.personId, input.commandId));
    return { type: 'acceptLateAnnotation', annotationId, annotation, review, protocol, at, leases };
  });
}

export async function declineLateAnnotation(
  ports: ReadPorts,
  viewer: Viewer,
  input: DeclineLateAnnotationInput,
): Promise<DecideLateAnnotationResult> {
  const problem = noteProblem(input);
  if (problem !== undefined) return problem;
  const annotationId = input.annotationId as AnnotationId;
  const command: Step['command'] = () => ({ type: 'declineLateAnnotation', annotationId, ...noteOf(input) });
  return decide(ports, viewer, 'declineLateAnnotation', input, command, input.reasonCode);
}

async function decide(
  ports: ReadPorts,
  viewer: Viewer,
  name: string,
  input: AcceptLateAnnotationInput | DeclineLateAnnotationInput,
  makeCommand: Step['command'],
  reasonCode?: string,
): Promise<DecideLateAnnotationResult> {
  const command = readCommand(ports, viewer, name, input);
  if ('__typename' in command) return command;
  const { caseId, annotationId } = input;
  const answer = await runReadCommand<LateAnnotationDecided, Refusal>(ports, command, caseId, {
    command: async (context) => (await hiddenFrom(ports.facts, viewer, context.annotatorId)) ?? makeCommand(context),
    answer: () => ({ __typename: 'LateAnnotationDecided', caseId, annotationId }),
    refusal: refusalOf,
    ...(reasonCode === undefined ? {} : { reasonCode }),
  });
  return oneOf(
    answer,
    'LateAnnotationDecided',
    'CaseNotAvailable',
    'AlreadySubmitted',
    'SentencesChanged',
    'ReadsHidden',
    'Invalid',
    'NotFound',
    'CommandIdReused',
    'Contended',
  );
}

function refusalOf(refusal: CaseRefusal): Refusal | undefined {
  const { code } = refusal;
  if (code === 'LATE_ANNOTATION_UNKNOWN') return notFound('late annotation');
  if (code === 'READ_HELD') {
    return { __typename: 'CaseNotAvailable', message: 'The annotator reads the case again at present.' };
  }
  return code === 'CASE_WITHDRAWN' || code === 'CASE_EXCLUDED' ? caseNotAvailable() : sentencesChanged(refusal);
}

function keptIn({ recorded }: ReadContext, annotationId: AnnotationId) {
  for (const each of recorded) {
    if (each.type !== 'lateAnnotationKept') continue;
    const event = decodeEvent(each);
    if (event.type === 'lateAnnotationKept' && event.annotationId === annotationId) {
      return { readId: event.readId, annotation: event.annotation, recorded: each };
    }
  }
  return undefined;
}
