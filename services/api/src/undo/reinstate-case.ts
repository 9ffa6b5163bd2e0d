import type { Viewer } from '../access/viewer.ts';
import { oneOf } from '../platform/refusals.ts';
import type { ReadPorts } from '../read/run-read-command.ts';
import type { CaseReinstated, ReinstateCaseInput, ReinstateCaseResult } from '../schema/generated/schema-types.ts';
import { noteOf } from '../platform/note-input.ts';
import { runTakeBack, takeBackRefusals } from './run-take-back.ts';

export async function reinstateCase(
  ports: ReadPorts,
  viewer: Viewer,
  input: ReinstateCaseInput,
): Promise<ReinstateCaseResult> {
  const answer = await runTakeBack<CaseReinstated>(ports, viewer, 'reinstateCase', input, {
    command: ({ protocol }) => ({ type: 'reinstateCase', protocol, ...noteOf(input) }),
    answer: (_events, { content }) => ({ __typename: 'CaseReinstated', caseId: content.caseId }),
  });
  return oneOf(answer, 'CaseReinstated', ...takeBackRefusals);
}
