import type { CaseConsensus, ConsensusCluster } from '@consilium/consensus';
import { uuidv5 } from '@consilium/contracts';
import type { ConsensusJob } from '@consilium/contracts';
import type { ConsensusId, ConsensusRegion, ImageId, ReadId, RecordedConsensus, RegionId } from '@consilium/domain';
import { parseSentenceKey } from './sentence-key.ts';

/**
 * A consensus as its event holds it. All ids are derived from the case, the `readsCompleted` event and the cluster, so the
 * same history gives the same bytes again. The library's cluster id names readers and stays here.
 */
export function toRecordedConsensus(consensus: CaseConsensus, job: ConsensusJob): RecordedConsensus {
  const consensusId = uuidv5(job.caseId, `consensus/${job.eventId}`) as ConsensusId;
  return {
    consensusId,
    basedOnVersion: job.streamVersion,
    // The reader ids given to the library are read ids.
    readIds: consensus.readers.map((reader) => reader as ReadId),
    method: consensus.method,
    regions: consensus.clusters.map((cluster) => toRegion(cluster, consensusId)),
    sentences: consensus.sentences.map(({ sentenceId, decision, polarity }) => ({
      ...parseSentenceKey(sentenceId),
      decision,
      polarity,
    })),
    matching: consensus.matching,
  };
}

function toRegion(cluster: ConsensusCluster, consensusId: ConsensusId): ConsensusRegion {
  const { sentenceId, decision, score, supporters, box } = cluster;
  return {
    regionId: uuidv5(consensusId, cluster.clusterId) as RegionId,
    imageId: cluster.imageId as ImageId,
    sentenceId: sentenceId === null ? null : parseSentenceKey(sentenceId).sentenceId,
    decision,
    score,
    supporters,
    members: cluster.members.map(({ readerId, regionId }) => ({
      readId: readerId as ReadId,
      regionId: regionId as RegionId,
    })),
    box,
    label: cluster.findingLabel.value,
    attributes: cluster.attributes.map(({ name, value }) => ({ name, value })),
  };
}
