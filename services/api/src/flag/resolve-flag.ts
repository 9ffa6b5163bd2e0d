import type { CaseRefusal, FlagId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { caseNotAvailable, notFound, oneOf } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import { type ReadPorts, runReadCommand } from '../read/run-read-command.ts';
import type {
  CaseNotAvailable,
  FlagResolved,
  NotFound,
  ReadsHidden,
  ResolveFlagInput,
  ResolveFlagResult,
} from '../schema/generated/schema-types.ts';
import { noteOf, noteProblem } from '../platform/note-input.ts';
import { hiddenFrom } from '../platform/reads-hidden.ts';

type Refusal = CaseNotAvailable | ReadsHidden | NotFound;

export async function resolveFlag(
  ports: ReadPorts,
  viewer: Viewer,
  input: ResolveFlagInput,
): Promise<ResolveFlagResult> {
  const command = readCommand(ports, viewer, 'resolveFlag', input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input);
  if (problem !== undefined) return problem;
  const { caseId, flagId } = input;
  const answer = await runReadCommand<FlagResolved, Refusal>(ports, command, caseId, {
    command: async ({ annotatorId }) =>
      (await hiddenFrom(ports.facts, viewer, annotatorId)) ?? {
        type: 'resolveFlag',
        flagId: flagId as FlagId,
        ...noteOf(input),
      },
    answer: () => ({ __typename: 'FlagResolved', caseId, flagId }),
    refusal: refusalOf,
  });
  return oneOf(
    answer,
    'FlagResolved',
    'CaseNotAvailable',
    'ReadsHidden',
    'Invalid',
    'NotFound',
    'CommandIdReused',
    'Contended',
  );
}

function refusalOf({ code }: CaseRefusal): Refusal | undefined {
  if (code === 'FLAG_UNKNOWN') return notFound('flag');
  return code === 'CASE_WITHDRAWN' ? caseNotAvailable() : undefined;
}
