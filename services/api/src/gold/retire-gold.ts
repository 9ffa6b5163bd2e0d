import type { Viewer } from '../access/viewer.ts';
import { noteOf, noteProblem } from '../platform/note-input.ts';
import { hiddenFrom } from '../platform/reads-hidden.ts';
import { oneOf } from '../platform/refusals.ts';
import { readCommand } from '../platform/run-command.ts';
import { type ReadPorts, runReadCommand } from '../read/run-read-command.ts';
import type {
  GoldRetired,
  NotGold,
  ReadsHidden,
  RetireGoldInput,
  RetireGoldResult,
} from '../schema/generated/schema-types.ts';
import { goldRefusal } from './gold-refusal.ts';

/** It is given to nobody any more; what was answered stays, and its annotators are blinded for it no longer than for any case. */
export async function retireGold(ports: ReadPorts, viewer: Viewer, input: RetireGoldInput): Promise<RetireGoldResult> {
  const command = readCommand(ports, viewer, 'retireGold', input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input);
  if (problem !== undefined) return problem;
  const answer = await runReadCommand<GoldRetired, NotGold | ReadsHidden>(ports, command, input.caseId, {
    command: async ({ annotatorId }) =>
      (await hiddenFrom(ports.facts, viewer, annotatorId)) ?? { type: 'retireGold', ...noteOf(input) },
    answer: (_events, { content: { caseId } }) => ({ __typename: 'GoldRetired', caseId }),
    refusal: goldRefusal,
    reasonCode: input.reasonCode,
  });
  return oneOf(answer, 'GoldRetired', 'NotGold', 'ReadsHidden', 'Invalid', 'NotFound', 'CommandIdReused', 'Contended');
}
