import type { Choice, ClaimId, DisagreementId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { invalid, invalidAt, oneOf } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import { draftOf } from '../read/annotation-draft.ts';
import type { ReadPorts } from '../read/run-read-command.ts';
import type {
  Adjudicated,
  AdjudicateInput,
  AdjudicateResult,
  AdjudicationChoiceInput,
} from '../schema/generated/schema-types.ts';
import { noteOf, noteProblem } from '../platform/note-input.ts';
import { runSeatCommand } from './run-seat-command.ts';

/** As many as a case can have disagreements: a hostile input is not to be walked through. */
const mostChoices = 2_000;

export async function castVote(ports: ReadPorts, viewer: Viewer, input: AdjudicateInput): Promise<AdjudicateResult> {
  const command = readCommand(ports, viewer, 'adjudicate', input);
  if ('__typename' in command) return command;
  if (input.choices.length > mostChoices) {
    return invalidAt('choices', 'TOO_MANY', `at most ${String(mostChoices)} choices`);
  }
  const [problem] = input.choices.flatMap(
    (choice, index) => noteProblem(choice, `choices[${String(index)}].note`) ?? [],
  );
  if (problem !== undefined) return problem;
  const { identities } = ports;
  const answer = await runSeatCommand<Adjudicated>(ports, command, input.caseId, {
    command: ({ annotatorId, content: { caseId }, at, leases, protocol }) => {
      const annotationId = identities.annotation(identities.read(caseId, annotatorId), command.commandId);
      const draft = draftOf(identities, annotationId, input.annotation);
      if ('problems' in draft) return invalid(draft.problems);
      return {
        type: 'vote',
        annotatorId,
        claimId: input.leaseToken as ClaimId,
        annotationId,
        draft,
        choices: input.choices.map(choiceOf),
        protocol,
        at,
        leases,
      };
    },
    answer: (events) => {
      const voted = events.find((event) => event.type === 'adjudicationVoted');
      if (voted === undefined) throw new Error('an answer was accepted without its event');
      return {
        __typename: 'Adjudicated',
        annotationId: voted.annotationId,
        isDecided: events.some(({ type }) => type === 'adjudicationDecided'),
        isSplit: events.some(({ type }) => type === 'panelSplit'),
      };
    },
  });
  return oneOf(
    answer,
    'Adjudicated',
    'SeatRefused',
    'StaleLease',
    'NotFound',
    'Invalid',
    'CommandIdReused',
    'Contended',
  );
}

const choiceOf = (input: AdjudicationChoiceInput): Choice => ({
  disagreementId: input.disagreementId as DisagreementId,
  option: input.option,
  reason: input.reason,
  ...noteOf(input),
});
