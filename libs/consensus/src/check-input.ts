import { isValidBox } from './box.ts';
import { InvalidConsensusInput, maxReads, maxRegions } from './consensus-input.ts';
import type { Attribute, ConsensusInput, ConsensusInputProblem, Read, Region } from './consensus-input.ts';

/** @throws InvalidConsensusInput naming the first rule of {@link ConsensusInput} that is broken. */
export function checkInput({ reads, gate }: ConsensusInput): void {
  demand(gate >= 0 && gate <= 1, 'INVALID_GATE', String(gate));
  demand(reads.length > 0, 'NO_READS');
  demand(reads.length <= maxReads, 'TOO_MANY_READS', String(reads.length));
  const regionCount = reads.reduce((count, { regions }) => count + regions.length, 0);
  demand(regionCount <= maxRegions, 'TOO_MANY_REGIONS', String(regionCount));
  demandDistinct(
    reads.map(({ readerId }) => readerId),
    'DUPLICATE_READER',
  );
  for (const read of reads) checkRead(read);
  checkKinds(reads.flatMap(({ regions }) => regions.flatMap(({ attributes }) => attributes)));
}

function checkRead({ sentences, regions }: Read): void {
  const answered = sentences.map(({ sentenceId }) => sentenceId);
  demandDistinct(answered, 'DUPLICATE_SENTENCE');
  for (const sentenceId of [null, ...answered]) {
    const inSentence = regions.filter((region) => region.sentenceId === sentenceId);
    demandDistinct(
      inSentence.map(({ regionId }) => regionId),
      'DUPLICATE_REGION',
    );
  }
  for (const region of regions) {
    demand(region.sentenceId === null || answered.includes(region.sentenceId), 'UNANSWERED_SENTENCE', region.regionId);
    checkRegion(region);
  }
}

function checkRegion({ regionId, box, attributes }: Region): void {
  demand(isValidBox(box), 'INVALID_BOX', regionId);
  demandDistinct(
    attributes.map(({ name }) => name),
    'DUPLICATE_ATTRIBUTE',
  );
  for (const { kind, name, value } of attributes) {
    demand(kind === 'nominal' || Number.isFinite(value), 'INVALID_ATTRIBUTE', name);
  }
}

function checkKinds(attributes: readonly Attribute[]): void {
  const kinds = new Map<string, Attribute['kind']>();
  for (const { name, kind } of attributes) {
    demand((kinds.get(name) ?? kind) === kind, 'MIXED_ATTRIBUTE_KINDS', name);
    kinds.set(name, kind);
  }
}

function demandDistinct(ids: readonly string[], problem: ConsensusInputProblem): void {
  const seen = new Set<string>();
  for (const id of ids) {
    demand(!seen.has(id), problem, id);
    seen.add(id);
  }
}

function demand(holds: boolean, problem: ConsensusInputProblem, subject?: string): void {
  if (!holds) throw new InvalidConsensusInput(problem, subject);
}
