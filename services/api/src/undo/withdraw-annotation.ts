import type { AnnotationId, AnnotatorId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { oneOf } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import { type ReadContext, type ReadPorts, runReadCommand } from '../read/run-read-command.ts';
import type {
  AnnotationWithdrawn,
  NotUndone,
  ReadsHidden,
  WithdrawAnnotationInput,
  WithdrawAnnotationResult,
} from '../schema/generated/schema-types.ts';
import { noteOf, noteProblem } from './note-input.ts';
import { hiddenFrom } from './reads-hidden.ts';
import { notUndone, refusalOf } from './undo-obstacle.ts';

export async function withdrawAnnotation(
  ports: ReadPorts,
  viewer: Viewer,
  input: WithdrawAnnotationInput,
): Promise<WithdrawAnnotationResult> {
  const command = readCommand(ports, viewer, 'withdrawAnnotation', input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input);
  if (problem !== undefined) return problem;
  const annotationId = input.annotationId as AnnotationId;
  const { revision, reasonCode } = input;
  const answer = await runReadCommand<AnnotationWithdrawn, NotUndone | ReadsHidden>(ports, command, input.caseId, {
    command: async (context) => {
      const hidden = await hiddenFrom(ports.facts, viewer, context.annotatorId);
      if (hidden !== undefined) return hidden;
      const annotatorId = readerOf(context, annotationId);
      if (annotatorId === undefined) return notUndone('nothingCounts');
      return { type: 'withdrawAnnotation', annotatorId, revision, ...noteOf(input) };
    },
    answer: () => ({ __typename: 'AnnotationWithdrawn', annotationId }),
    refusal: refusalOf,
    reasonCode,
  });
  return oneOf(
    answer,
    'AnnotationWithdrawn',
    'NotUndone',
    'ReadsHidden',
    'Invalid',
    'NotFound',
    'CommandIdReused',
    'Contended',
  );
}

/** Whose annotation counts under this id. */
function readerOf({ state }: ReadContext, annotationId: AnnotationId): AnnotatorId | undefined {
  if (state.status === 'unknown') return undefined;
  for (const [annotatorId, read] of state.reads) {
    if (read.status === 'submitted' && read.annotationId === annotationId) return annotatorId;
  }
  return undefined;
}
