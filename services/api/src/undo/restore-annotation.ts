import { mapProtectedTexts } from '@consilium/contracts';
import { plainText } from '@consilium/domain';
import type { Annotation, AnnotationId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { oneOf } from '../platform/refusals.ts';
import { SealedTexts } from '../platform/sealed-texts.ts';
import type { ReadContext, ReadPorts } from '../read/run-read-command.ts';
import type {
  AnnotationRestored,
  RestoreAnnotationInput,
  RestoreAnnotationResult,
} from '../schema/generated/schema-types.ts';
import { type GivenAnnotation, givenBy, isRevision } from './given-annotation.ts';
import { noteOf } from './note-input.ts';
import { runTakeBack, takeBackRefusals } from './run-take-back.ts';
import { notUndone } from './undo-obstacle.ts';

/** Brings an earlier revision back. What it says is taken from the journal, never from the sender. */
export async function restoreAnnotation(
  ports: ReadPorts,
  viewer: Viewer,
  input: RestoreAnnotationInput,
): Promise<RestoreAnnotationResult> {
  const annotationId = input.annotationId as AnnotationId;
  const { revision } = input;
  const answer = await runTakeBack<AnnotationRestored>(ports, viewer, 'restoreAnnotation', input, {
    command: async (context) => {
      const given = context.recorded
        .map(givenBy)
        .find((each) => each !== undefined && isRevision(each, annotationId, revision));
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
  });
  return oneOf(answer, 'AnnotationRestored', ...takeBackRefusals);
}

/** A text opens only in the event it was sealed in, so it is opened here to be sealed anew. Undefined where it was erased. */
async function openedAnnotation(
  { subjectKeys }: ReadPorts,
  { organisation }: Viewer,
  { content: { subjectId } }: ReadContext,
  { event, recorded: { eventId, type } }: GivenAnnotation,
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
