import type { AnnotationId, AnnotatorId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { oneOf } from '../platform/refusals.ts';
import type { ReadContext, ReadPorts } from '../read/run-read-command.ts';
import type {
  AnnotationWithdrawn,
  WithdrawAnnotationInput,
  WithdrawAnnotationResult,
} from '../schema/generated/schema-types.ts';
import { noteOf } from '../platform/note-input.ts';
import { runTakeBack, takeBackRefusals } from './run-take-back.ts';
import { notUndone } from './undo-obstacle.ts';

export async function withdrawAnnotation(
  ports: ReadPorts,
  viewer: Viewer,
  input: WithdrawAnnotationInput,
): Promise<WithdrawAnnotationResult> {
  const annotationId = input.annotationId as AnnotationId;
  const answer = await runTakeBack<AnnotationWithdrawn>(ports, viewer, 'withdrawAnnotation', input, {
    command: (context) => {
      const annotatorId = readerOf(context, annotationId);
      if (annotatorId === undefined) return notUndone('nothingCounts');
      return {
        type: 'withdrawAnnotation',
        annotatorId,
        revision: input.revision,
        protocol: context.protocol,
        ...noteOf(input),
      };
    },
    answer: () => ({ __typename: 'AnnotationWithdrawn', annotationId }),
  });
  return oneOf(answer, 'AnnotationWithdrawn', ...takeBackRefusals);
}

/** Whose annotation counts under this id. */
function readerOf({ state }: ReadContext, annotationId: AnnotationId): AnnotatorId | undefined {
  if (state.status === 'unknown') return undefined;
  for (const [annotatorId, read] of state.reads) {
    if (read.status === 'submitted' && read.annotationId === annotationId) return annotatorId;
  }
  return undefined;
}
