import type { FoundDisagreement } from '@consilium/consensus';
import { uuidv5 } from '@consilium/contracts';
import type { Disagreement, DisagreementId, ReadId, RecordedConsensus, RegionId } from '@consilium/domain';
import { parseSentenceKey } from './sentence-key.ts';

/**
 * A disagreement as its event holds it. Its ids are derived from the consensus and from what it is about, so the same history gives
 * the same bytes again. Cluster ids name readers: the ids of the consensus regions take their place, in options too.
 */
export function toDisagreement(
  { kind, sentenceId, clusterIds, options }: FoundDisagreement,
  { consensusId }: RecordedConsensus,
): Disagreement {
  const regionIdOf = (clusterId: string): RegionId => uuidv5(consensusId, clusterId) as RegionId;
  const optionOf = (option: string): string => {
    if (kind === 'extent') return regionIdOf(option);
    return kind === 'sentenceLink' && option.includes('@') ? parseSentenceKey(option).sentenceId : option;
  };
  return {
    disagreementId: uuidv5(
      consensusId,
      `disagreement/${kind}/${sentenceId ?? ''}/${clusterIds.join(' ')}`,
    ) as DisagreementId,
    kind,
    sentenceId: sentenceId === null ? null : parseSentenceKey(sentenceId).sentenceId,
    regionIds: clusterIds.map(regionIdOf),
    options: options
      .map(({ option, readerIds }) => ({
        option: optionOf(option),
        readIds: readerIds.map((readerId) => readerId as ReadId),
      }))
      .toSorted((one, other) => (one.option < other.option ? -1 : 1)),
  };
}
