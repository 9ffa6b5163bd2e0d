import type { CaseId } from '@consilium/domain';
import type { CommandPorts, ReadyCommand } from './run-command.ts';

interface Queue<Answer> {
  /** In queue order; only a suggestion. */
  readonly suggest: () => Promise<readonly CaseId[]>;
  readonly claim: (caseId: string) => Promise<Answer>;
  readonly isClaimed: (answer: Answer) => boolean;
}

/**
 * Claims the first case of a queue that can be had. The queue may be a moment behind, so each suggestion is put to the case's own decider;
 * where it refuses, the next is tried. A repeat is answered with the case that it claimed. Undefined where the queue has nothing;
 * where others were changing a case, it may be had still, and the answer is `Contended`.
 */
export async function claimFirstOf<Answer extends { readonly __typename: string }>(
  { store }: Pick<CommandPorts, 'store'>,
  { viewer: { organisation, personId: actorId }, commandId }: Pick<ReadyCommand, 'viewer' | 'commandId'>,
  { suggest, claim, isClaimed }: Queue<Answer>,
): Promise<Answer | undefined> {
  const stored = await store.load({ organisation, streams: [], command: { actorId, commandId } });
  const caseIds = stored.command?.streams.map(({ streamId }) => streamId.slice('case-'.length)) ?? (await suggest());
  let contended: Answer | undefined;
  for (const caseId of caseIds) {
    const answer = await claim(caseId);
    if (isClaimed(answer) || answer.__typename === 'CommandIdReused') return answer;
    if (answer.__typename === 'Contended') contended = answer;
  }
  return contended;
}
