import type { AnnotationId, ClaimId, ReviewVerdict } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { noteOf, noteProblem } from '../platform/note-input.ts';
import { invalid, invalidAt, oneOf } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import { draftOf } from '../read/annotation-draft.ts';
import type { ReadPorts } from '../read/run-read-command.ts';
import type {
  Invalid,
  RecordReviewInput,
  RecordReviewResult,
  ReviewRecorded,
} from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';
import { runReviewCommand } from './run-review-command.ts';

/** What a reviewer makes of a read. A fix is their own answer, kept beside the read: it is never one. */
export async function recordReview(
  ports: ReadPorts,
  viewer: Viewer,
  input: RecordReviewInput,
): Promise<RecordReviewResult> {
  const command = readCommand(ports, viewer, 'recordReview', input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input) ?? fixProblem(input);
  if (problem !== undefined) return problem;
  const { identities } = ports;
  const answer = await runReviewCommand<ReviewRecorded>(ports, command, input.caseId, {
    command: ({ annotatorId, content: { caseId }, at, leases, protocol }) => {
      const annotationId = identities.annotation(identities.read(caseId, annotatorId), command.commandId);
      const verdict = verdictOf(ports, input, annotationId);
      if ('__typename' in verdict) return verdict;
      return {
        type: 'recordReview',
        annotatorId,
        claimId: input.leaseToken as ClaimId,
        annotationId: input.annotationId as AnnotationId,
        verdict,
        ...noteOf(input),
        protocol,
        at,
        leases,
      };
    },
    answer: (events) => {
      const recorded = events.find((event) => event.type === 'reviewRecorded');
      if (recorded === undefined) throw new Error('an outcome was accepted without its event');
      const { reviewId, fix } = recorded;
      return { __typename: 'ReviewRecorded', reviewId, fixAnnotationId: fix?.annotationId ?? null };
    },
    reasonCode: input.reason,
  });
  return oneOf(
    answer,
    'ReviewRecorded',
    'ReviewRefused',
    'StaleLease',
    'NotFound',
    'Invalid',
    'CommandIdReused',
    'Contended',
  );
}

const fixProblem = ({ outcome, fix }: RecordReviewInput): Invalid | undefined =>
  isGiven(fix) === (outcome === 'fixed')
    ? undefined
    : invalidAt(
        'fix',
        outcome === 'fixed' ? 'MISSING' : 'NOT_ALLOWED',
        'an own answer goes with FIXED, and only with it',
      );

function verdictOf(
  { identities }: ReadPorts,
  { outcome, fix }: RecordReviewInput,
  annotationId: AnnotationId,
): ReviewVerdict | Invalid {
  if (outcome !== 'fixed') return { outcome };
  if (!isGiven(fix)) throw new Error('a fix was asked for before');
  const draft = draftOf(identities, annotationId, fix);
  return 'problems' in draft ? invalid(draft.problems) : { outcome, annotationId, draft };
}
