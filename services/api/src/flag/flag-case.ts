import type { CaseRefusal, ClaimId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { caseNotAvailable, oneOf, staleLease } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import { type ReadPorts, runReadCommand } from '../read/run-read-command.ts';
import type {
  CaseFlagged,
  CaseNotAvailable,
  FlagCaseInput,
  FlagCaseResult,
  StaleLease,
  TooManyFlags,
} from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';
import { noteOf, noteProblem } from '../platform/note-input.ts';

type Refusal = StaleLease | CaseNotAvailable | TooManyFlags;

/** Whoever reads in the project flags what they hold, whatever role their token has: of other cases they know nothing. */
export async function flagCase(ports: ReadPorts, viewer: Viewer, input: FlagCaseInput): Promise<FlagCaseResult> {
  const command = readCommand(ports, viewer, 'flagCase', input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input);
  if (problem !== undefined) return problem;
  const { leaseToken, reason } = input;
  const flagOf = (caseId: Parameters<typeof ports.identities.flag>[0]) =>
    ports.identities.flag(caseId, command.commandId);
  const answer = await runReadCommand<CaseFlagged, Refusal>(ports, command, input.caseId, {
    command: async ({ annotatorId, content, at, leases }) => {
      const isReader =
        viewer.role === 'annotator' || (await ports.facts.isRegistered(viewer.organisation, annotatorId));
      if (isReader && !isGiven(leaseToken)) return staleLease();
      const holder = isGiven(leaseToken) ? { annotatorId, claimId: leaseToken as ClaimId } : undefined;
      return { type: 'flagCase', flagId: flagOf(content.caseId), holder, reason, ...noteOf(input), at, leases };
    },
    answer: (_events, { content: { caseId } }) => ({ __typename: 'CaseFlagged', caseId, flagId: flagOf(caseId) }),
    refusal: refusalOf,
    reasonCode: reason,
  });
  return oneOf(
    answer,
    'CaseFlagged',
    'TooManyFlags',
    'StaleLease',
    'CaseNotAvailable',
    'Invalid',
    'NotFound',
    'CommandIdReused',
    'Contended',
  );
}

function refusalOf({ code }: CaseRefusal): Refusal | undefined {
  if (code === 'TOO_MANY_FLAGS') {
    return { __typename: 'TooManyFlags', message: 'As many flags as a case may have are open. Nothing was changed.' };
  }
  return code === 'CASE_WITHDRAWN' ? caseNotAvailable() : undefined;
}
