import type { Viewer } from '../access/viewer.ts';
import { oneOf } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import { type ReadPorts, runReadCommand } from '../read/run-read-command.ts';
import type {
  CaseReinstated,
  NotUndone,
  ReadsHidden,
  ReinstateCaseInput,
  ReinstateCaseResult,
} from '../schema/generated/schema-types.ts';
import { noteOf, noteProblem } from './note-input.ts';
import { hiddenFrom } from './reads-hidden.ts';
import { refusalOf } from './undo-obstacle.ts';

export async function reinstateCase(
  ports: ReadPorts,
  viewer: Viewer,
  input: ReinstateCaseInput,
): Promise<ReinstateCaseResult> {
  const command = readCommand(ports, viewer, 'reinstateCase', input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input);
  if (problem !== undefined) return problem;
  const answer = await runReadCommand<CaseReinstated, NotUndone | ReadsHidden>(ports, command, input.caseId, {
    command: async ({ annotatorId, protocol }) =>
      (await hiddenFrom(ports.facts, viewer, annotatorId)) ?? { type: 'reinstateCase', protocol, ...noteOf(input) },
    answer: (_events, { content }) => ({ __typename: 'CaseReinstated', caseId: content.caseId }),
    refusal: refusalOf,
    reasonCode: input.reasonCode,
  });
  return oneOf(
    answer,
    'CaseReinstated',
    'NotUndone',
    'ReadsHidden',
    'Invalid',
    'NotFound',
    'CommandIdReused',
    'Contended',
  );
}
