import type { CaseEvent } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import type { ReadRefusal } from '../platform/refusals.ts';
import { type Failure, readCommand } from '../platform/run-command.ts';
import { type ReadContext, type ReadPorts, type ReadStep, runReadCommand } from '../read/run-read-command.ts';
import type { ChangeReason, NotUndone, ReadsHidden } from '../schema/generated/schema-types.ts';
import { noteProblem } from '../platform/note-input.ts';
import { hiddenFrom } from '../platform/reads-hidden.ts';
import { refusalOf } from './undo-obstacle.ts';

interface TakeBackInput {
  readonly commandId: string;
  readonly caseId: string;
  readonly reasonCode: ChangeReason;
  readonly note?: string | null;
}

interface TakeBack<Success> {
  readonly command: ReadStep<Success, NotUndone | ReadsHidden>['command'];
  readonly answer: (events: readonly CaseEvent[], context: ReadContext) => Omit<Success, 'token'>;
}

/** The refusals of such a command. */
export const takeBackRefusals = [
  'NotUndone',
  'ReadsHidden',
  'Invalid',
  'NotFound',
  'CommandIdReused',
  'Contended',
] as const;

/** A command that takes one entry back or brings it back: with a reason, and by nobody who reads in the project. */
export async function runTakeBack<Success>(
  ports: ReadPorts,
  viewer: Viewer,
  name: string,
  input: TakeBackInput,
  { command: makeCommand, answer }: TakeBack<Success>,
): Promise<Success | NotUndone | ReadsHidden | ReadRefusal | Failure> {
  const command = readCommand(ports, viewer, name, input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input);
  if (problem !== undefined) return problem;
  return runReadCommand<Success, NotUndone | ReadsHidden>(ports, command, input.caseId, {
    command: async (context) => (await hiddenFrom(ports.facts, viewer, context.annotatorId)) ?? makeCommand(context),
    answer,
    refusal: refusalOf,
    reasonCode: input.reasonCode,
  });
}
