import type { CaseEvent, ClaimId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { invalid, oneOf, sentencesChanged } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import type {
  AnnotationSubmitted,
  Invalid,
  LateAnnotationKept,
  SentencesChanged,
  SubmitAnnotationInput,
  SubmitAnnotationResult,
} from '../schema/generated/schema-types.ts';
import { draftOf } from './annotation-draft.ts';
import { type ReadPorts, runReadCommand } from './run-read-command.ts';
import { timeOnTask, type TimePorts } from './time-on-task.ts';

/** Stores one annotator's complete answer for a case they hold; it is the one blind read that scores are made from. */
export async function submitAnnotation(
  ports: ReadPorts & TimePorts,
  viewer: Viewer,
  input: SubmitAnnotationInput,
): Promise<SubmitAnnotationResult> {
  const command = readCommand(ports, viewer, 'submitAnnotation', input);
  if ('__typename' in command) return command;
  const { identities } = ports;
  const answer = await runReadCommand<AnnotationSubmitted | LateAnnotationKept, Invalid | SentencesChanged>(
    ports,
    command,
    input.caseId,
    {
      command: async (context) => {
        const { annotatorId, content, at, leases, protocol } = context;
        const readId = identities.read(content.caseId, annotatorId);
        const annotationId = identities.annotation(readId, command.commandId);
        const draft = draftOf(identities, annotationId, input.annotation);
        if ('problems' in draft) return invalid(draft.problems);
        const claimId = input.leaseToken as ClaimId;
        const { revision } = input;
        const review = identities.reviewDraw(readId, command.commandId);
        const time = await timeOnTask(ports, viewer.organisation, context);
        const given = { annotatorId, claimId, annotationId, revision, draft, review, protocol, at, leases };
        return { type: 'submitAnnotation', ...given, ...(time === undefined ? {} : { timeOnTask: time }) };
      },
      answer: answerOf,
      refusal: sentencesChanged,
    },
  );
  return oneOf(
    answer,
    'AnnotationSubmitted',
    'LateAnnotationKept',
    'Invalid',
    'StaleLease',
    'StaleRevision',
    'SentencesChanged',
    'AlreadySubmitted',
    'NotFound',
    'CommandIdReused',
    'Contended',
  );
}

type Submitted = Omit<AnnotationSubmitted, 'token'> | Omit<LateAnnotationKept, 'token'>;

function answerOf(events: readonly CaseEvent[]): Submitted {
  for (const event of events) {
    if (event.type === 'annotationSubmitted' || event.type === 'goldAnswered') {
      const { annotationId, revision } = event;
      return { __typename: 'AnnotationSubmitted', annotationId, revision };
    }
    if (event.type === 'lateAnnotationKept') {
      const { annotationId } = event;
      const message =
        'Your lease had ended and others have taken the place. What you sent is kept: a lead decides about it.';
      return { __typename: 'LateAnnotationKept', annotationId, message };
    }
  }
  throw new Error('a submission was accepted without its event');
}
