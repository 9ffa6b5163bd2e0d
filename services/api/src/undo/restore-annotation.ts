import { decodeEvent, mapProtectedTexts } from '@consilium/contracts';
import { plainText } from '@consilium/domain';
import type { Annotation, AnnotationId, CaseEvent } from '@consilium/domain';
import type { RecordedEvent } from '@consilium/event-store';
import type { Viewer } from '../access/viewer.ts';
import { oneOf } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import { SealedTexts } from '../platform/sealed-texts.ts';
import { type ReadContext, type ReadPorts, runReadCommand } from '../read/run-read-command.ts';
import type {
  AnnotationRestored,
  NotUndone,
  ReadsHidden,
  RestoreAnnotationInput,
  RestoreAnnotationResult,
} from '../schema/generated/schema-types.ts';
import { noteOf, noteProblem } from './note-input.ts';
import { hiddenFrom } from './reads-hidden.ts';
import { notUndone, refusalOf } from './undo-obstacle.ts';

/** Brings an earlier revision back. What it says is taken from the journal, never from the sender. */
export async function restoreAnnotation(
  ports: ReadPorts,
  viewer: Viewer,
  input: RestoreAnnotationInput,
): Promise<RestoreAnnotationResult> {
  const command = readCommand(ports, viewer, 'restoreAnnotation', input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input);
  if (problem !== undefined) return problem;
  const annotationId = input.annotationId as AnnotationId;
  const { revision, reasonCode } = input;
  const answer = await runReadCommand<AnnotationRestored, NotUndone | ReadsHidden>(ports, command, input.caseId, {
    command: async (context) => {
      const hidden = await hiddenFrom(ports.facts, viewer, context.annotatorId);
      if (hidden !== undefined) return hidden;
      const given = context.recorded.map(givenBy).find((each) => isRevision(each?.event, annotationId, revision));
      if (given === undefined) return notUndone('revisionUnknown');
      const annotation = await openedAnnotation(ports, viewer, context, given);
      if (annotation === undefined) return notUndone('subjectErased');
      const { readId, annotatorId, claimId } = given.event;
      const { protocol, at, leases } = context;
      return {
        type: 'restoreAnnotation',
        readId,
        annotatorId,
        claimId,
        annotationId,
        revision,
        annotation,
        ...noteOf(input),
        protocol,
        at,
        leases,
      };
    },
    answer: (events) => ({
      __typename: 'AnnotationRestored',
      annotationId,
      revision: events.find((event) => event.type === 'annotationAmended')?.revision ?? revision,
    }),
    refusal: refusalOf,
    reasonCode,
  });
  return oneOf(
    answer,
    'AnnotationRestored',
    'NotUndone',
    'ReadsHidden',
    'Invalid',
    'NotFound',
    'CommandIdReused',
    'Contended',
  );
}

/** An event that gave a read its content. */
interface Given {
  readonly event: Extract<CaseEvent, { readonly type: 'annotationSubmitted' | 'annotationAmended' }>;
  readonly recorded: RecordedEvent;
}

function givenBy(recorded: RecordedEvent): Given | undefined {
  if (recorded.type !== 'annotationSubmitted' && recorded.type !== 'annotationAmended') return undefined;
  const event = decodeEvent(recorded);
  return event.type === 'annotationSubmitted' || event.type === 'annotationAmended' ? { event, recorded } : undefined;
}

const isRevision = (event: Given['event'] | undefined, annotationId: AnnotationId, revision: number): boolean =>
  event?.annotationId === annotationId && event.revision === revision;

/** A text opens only in the event it was sealed in, so it is opened here to be sealed anew. Undefined where it was erased. */
async function openedAnnotation(
  { subjectKeys }: ReadPorts,
  { organisation }: Viewer,
  { content: { subjectId } }: ReadContext,
  { event, recorded: { eventId, type } }: Given,
): Promise<Annotation | undefined> {
  const texts = new SealedTexts(subjectKeys, organisation);
  const open = await texts.openerOf({ subjectId, eventId, type }, event.annotation);
  const erased: string[] = [];
  const annotation = mapProtectedTexts(
    event.annotation,
    (text, field) => {
      const opened = open(text, field);
      if (opened === null) erased.push(field);
      return plainText(opened ?? '');
    },
    'annotation',
  );
  return erased.length > 0 ? undefined : annotation;
}
