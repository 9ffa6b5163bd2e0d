import type { EncodedEvent } from '@consilium/contracts';
import type { OneStreamAppend } from './one-stream-append.ts';

export interface AppendBatchLimits {
  readonly maxBatch: number;
  /** Meta, payload and answers of one batch, unless its first append alone has more. */
  readonly maxBatchBytes: number;
}

/**
 * Places of the first that waits, and those after it that may share its transaction: of the same organisation, on other streams. In
 * order of their command ids, so that two processes whose batches share some commands never wait for each other in a circle.
 */
export function chooseAppends(
  waiting: readonly OneStreamAppend[],
  { maxBatch, maxBatchBytes }: AppendBatchLimits,
): readonly number[] {
  const chosen: { readonly place: number; readonly commandId: string }[] = [];
  const alreadyThere = new Set<string>();
  let totalBytes = 0;
  for (const [place, { organisation, command, write }] of waiting.entries()) {
    if (chosen.length === maxBatch) break;
    const sizeBytes = write.events.reduce((sum, event) => sum + sizeOf(event), command.answer.length);
    const fits =
      place === 0 ||
      (totalBytes + sizeBytes <= maxBatchBytes &&
        organisation === waiting[0]?.organisation &&
        !alreadyThere.has(write.streamId) &&
        !alreadyThere.has(command.commandId));
    if (!fits) continue;
    chosen.push({ place, commandId: command.commandId });
    totalBytes += sizeBytes;
    alreadyThere.add(write.streamId).add(command.commandId);
  }
  return chosen.sort((a, b) => (a.commandId < b.commandId ? -1 : 1)).map(({ place }) => place);
}

const sizeOf = ({ metaBytes, payloadBytes }: EncodedEvent): number => metaBytes.length + payloadBytes.length;
