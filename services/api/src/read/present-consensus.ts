import { canonicalJson } from '@consilium/contracts';
import type { ConsensusView } from '@consilium/read-model';
import type { SeenCase } from '../case/case-sight.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { Consensus } from '../schema/generated/schema-types.ts';
import { hasNoConsensus } from './has-no-consensus.ts';
import { presentAttribute } from './present-annotations.ts';

/** The consensus that holds: none while the reads are open or were opened again, nor while the viewer is blinded. */
export async function presentConsensus(
  scope: RequestScope,
  { view, sight, point }: SeenCase,
): Promise<Consensus | null> {
  if (sight.isBlinded) return null;
  scope.accessLog.note('consensus.read', [view.caseId]);
  if (hasNoConsensus(view.status)) return null;
  const loader = point === undefined ? scope.consensus : scope.casesThen(point.sequence).consensus;
  const found = await loader.get(view.caseId);
  return found === undefined ? null : present(found);
}

const present = ({ consensusId, outcome, consensus, recordedAt }: ConsensusView): Consensus => ({
  id: consensusId,
  outcome,
  methodName: consensus.method.name,
  methodVersion: consensus.method.version,
  methodParameters: canonicalJson(consensus.method.parameters),
  recordedAt,
  basedOnVersion: consensus.basedOnVersion,
  regions: consensus.regions.map(({ regionId, supporters, attributes, members, ...region }) => ({
    id: regionId,
    imageId: region.imageId,
    sentenceId: region.sentenceId,
    decision: region.decision,
    score: region.score,
    supporters: supporters.count,
    supportersOf: supporters.of,
    members,
    box: region.box,
    label: region.label,
    attributes: attributes.map(presentAttribute),
  })),
  sentences: consensus.sentences.map(({ sentenceId, version, decision, polarity }) => ({
    sentenceId,
    version,
    settled: decision === 'settled',
    polarity,
  })),
});
