import type { SentenceId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { noteOf } from '../platform/note-input.ts';
import { oneOf } from '../platform/refusals.ts';
import type { ReadPorts } from '../read/run-read-command.ts';
import type {
  ConfirmTranslationInput,
  ConfirmTranslationResult,
  TranslationConfirmed,
} from '../schema/generated/schema-types.ts';
import { runSentenceCommand, sentenceRefusals } from './run-sentence-command.ts';

export async function confirmTranslation(
  ports: ReadPorts,
  viewer: Viewer,
  input: ConfirmTranslationInput,
): Promise<ConfirmTranslationResult> {
  const { caseId, sentenceId, version } = input;
  const answer = await runSentenceCommand<TranslationConfirmed>(ports, viewer, 'confirmTranslation', input, {
    command: () => ({
      type: 'confirmTranslation',
      sentenceId: sentenceId as SentenceId,
      version,
      ...noteOf(input),
    }),
    answer: () => ({ __typename: 'TranslationConfirmed', caseId, sentenceId }),
  });
  return oneOf(answer, 'TranslationConfirmed', ...sentenceRefusals);
}
