import { wasRevealed } from '@consilium/domain';
import type { AnnotatorId, CaseRefusal, CaseState, Instant, ReadState, TimedEvent } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { caseNotAvailable, invalid, oneOf, sentencesChanged } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import type {
  AmendAnnotationInput,
  AmendAnnotationResult,
  AmendWindowClosed,
  AnnotationAmended,
  CaseNotAvailable,
  Invalid,
  NotSubmitted,
  SentencesChanged,
} from '../schema/generated/schema-types.ts';
import { noteOf, noteProblem } from '../platform/note-input.ts';
import { draftOf } from './annotation-draft.ts';
import { type ReadPorts, runReadCommand } from './run-read-command.ts';
import { timedEvents } from './timed-events.ts';

type Refusal = SentencesChanged | AmendWindowClosed | NotSubmitted | CaseNotAvailable | Invalid;

/** Puts a new content in the place of the sender's own read; regions of the same key stay the same regions. */
export async function amendAnnotation(
  ports: ReadPorts,
  viewer: Viewer,
  input: AmendAnnotationInput,
): Promise<AmendAnnotationResult> {
  const command = readCommand(ports, viewer, 'amendAnnotation', input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input);
  if (problem !== undefined) return problem;
  const { revision } = input;
  const answer = await runReadCommand<AnnotationAmended, Refusal>(ports, command, input.caseId, {
    command: (context) => {
      const { annotatorId, at, protocol, state } = context;
      const own = ownRead(state, annotatorId);
      if (own?.status !== 'submitted') {
        return (isOutdated(own) ? sentencesChanged({ code: 'SENTENCES_CHANGED' }) : undefined) ?? notSubmitted();
      }
      const draft = draftOf(ports.identities, own.annotationId, input.annotation);
      if ('problems' in draft) return invalid(draft.problems);
      const history = timedEvents(context);
      return {
        type: 'amendAnnotation',
        annotatorId,
        revision,
        draft,
        ...noteOf(input),
        protocol,
        at,
        submittedAt: submittedAt(history, annotatorId),
        independence: wasRevealed(history, annotatorId, protocol, at) ? 'afterReveal' : 'blind',
      };
    },
    answer: (events) => {
      const amended = events.find((event) => event.type === 'annotationAmended' || event.type === 'goldAmended');
      if (amended === undefined) throw new Error('an amendment was accepted without its event');
      return { __typename: 'AnnotationAmended', annotationId: amended.annotationId, revision: amended.revision };
    },
    refusal: refusalOf,
    reasonCode: input.reasonCode,
  });
  return oneOf(
    answer,
    'AnnotationAmended',
    'AmendWindowClosed',
    'NotSubmitted',
    'StaleRevision',
    'SentencesChanged',
    'CaseNotAvailable',
    'Invalid',
    'NotFound',
    'CommandIdReused',
    'Contended',
  );
}

/** To its annotator an answer to gold is a read like any other. */
function ownRead(state: CaseState, annotatorId: AnnotatorId): ReadState | undefined {
  if (state.status === 'unknown') return undefined;
  const gold = state.goldReads.get(annotatorId);
  return gold?.status === 'submitted' ? gold : state.reads.get(annotatorId);
}

function submittedAt(history: readonly TimedEvent[], annotatorId: AnnotatorId): Instant {
  const submission = history.findLast(
    ({ event }) =>
      (event.type === 'annotationSubmitted' || event.type === 'goldAnswered') && event.annotatorId === annotatorId,
  );
  if (submission === undefined) throw new Error('a read counts that was never submitted');
  return submission.at;
}

function refusalOf(refusal: CaseRefusal): Refusal | undefined {
  const { code } = refusal;
  if (code === 'NOT_SUBMITTED') return notSubmitted();
  if (code === 'AMEND_WINDOW_CLOSED') {
    return {
      __typename: 'AmendWindowClosed',
      message: 'The time in which you could amend this read is over. Nothing was changed.',
    };
  }
  const isClosed = code === 'CASE_WITHDRAWN' || code === 'CASE_FINALISED' || code === 'CASE_EXCLUDED';
  return isClosed ? caseNotAvailable() : sentencesChanged(refusal);
}

const isOutdated = (own: ReadState | undefined): boolean => own?.status === 'open' && own.isOutdated === true;

const notSubmitted = (): NotSubmitted => ({
  __typename: 'NotSubmitted',
  message: 'Nothing of yours counts in this case.',
});
