import { decodeEvent } from '@consilium/contracts';
import { assertNever, independenceOfSubmission } from '@consilium/domain';
import type { AnnotationId, Independence } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { oneOf } from '../platform/refusals.ts';
import { openedAnnotation } from '../read/opened-annotation.ts';
import type { ReadContext, ReadPorts } from '../read/run-read-command.ts';
import type {
  AnnotationRestored,
  RestoreAnnotationInput,
  RestoreAnnotationResult,
} from '../schema/generated/schema-types.ts';
import { givenBy, type GivenAnnotation, isRevision } from './given-annotation.ts';
import { noteOf } from '../platform/note-input.ts';
import { runTakeBack, takeBackRefusals } from './run-take-back.ts';
import { notUndone } from './undo-obstacle.ts';

function independenceOf({ event }: GivenAnnotation, isAfterRejection: boolean): Independence {
  switch (event.type) {
    case 'annotationAmended':
      return event.independence;
    case 'annotationSubmitted':
      return independenceOfSubmission(true, event.revision, isAfterRejection);
    // What its reader knew of others' reads is not on record here.
    case 'externalReadRecorded':
      return 'notRecorded';
    default:
      return assertNever(event);
  }
}

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
      const annotation = await openedAnnotation(ports, viewer, context, given.event.annotation, given.recorded);
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
        independence: independenceOf(given, isAskedAgain(context, given)),
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

/** Whether a reviewer had asked for that read again before it was given. */
const isAskedAgain = ({ recorded }: ReadContext, { event: { readId }, recorded: given }: GivenAnnotation): boolean =>
  recorded
    .filter(({ type, streamVersion }) => type === 'reviewRecorded' && streamVersion < given.streamVersion)
    .map(decodeEvent)
    .some((event) => event.type === 'reviewRecorded' && event.readId === readId && event.outcome === 'rejectedToSame');
