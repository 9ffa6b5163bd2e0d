import type { Box } from './box.ts';
import { compareIds, compareOptionalIds, firstDifference } from './canonical-order.ts';
import { checkInput } from './check-input.ts';
import type { ConsensusInput, Polarity, Read, Region } from './consensus-input.ts';
import type { ConsensusMethod, Presence } from './consensus-method.ts';
import { fuseAttributes, fuseBoxes, fuseChoices } from './fuse-values.ts';
import type { FusedAttribute, FusedChoice } from './fuse-values.ts';
import { majorityMethod } from './majority-method.ts';
import { defaultMaxExactRegions, defaultMaxSearchStates, matchRegions } from './match-regions.ts';

/** Plain data, ready to be stored: the same reads give the same JSON bytes in whatever order they arrive. */
export interface CaseConsensus {
  /** Settled where no cluster and no sentence is disputed; so also where all readers found nothing. */
  readonly outcome: 'settled' | 'disputed';
  /** The readers who were heard, in order. */
  readonly readers: readonly string[];
  readonly sentences: readonly SentenceConsensus[];
  /** By sentence (none first), image and first member. */
  readonly clusters: readonly ConsensusCluster[];
  readonly matching: MatchingReport;
  readonly method: {
    readonly name: string;
    readonly version: string;
    /** The method's own, and those of the matching: `gate`, `maxExactRegions`, `maxSearchStates`. */
    readonly parameters: Readonly<Record<string, boolean | number | string>>;
  };
}

export interface SentenceConsensus {
  readonly sentenceId: string;
  /** Disputed unless all who answered gave the same polarity: a conflict of polarity is always looked at by people. */
  readonly decision: 'settled' | 'disputed';
  readonly polarity: Polarity | null;
  readonly answers: readonly { readonly readerId: string; readonly polarity: Polarity }[];
}

export interface ConsensusCluster {
  /**
   * Made of the sentence's and the members' ids, so it changes with the members. It names readers: what is shown to
   * people or leaves the system needs an id derived from it.
   */
  readonly clusterId: string;
  readonly sentenceId: string | null;
  readonly imageId: string;
  readonly decision: Presence;
  /** The method's score for presence, 0..1. */
  readonly score: number;
  /** The plain votes, whatever the method weighs: so many of those who could have marked it did. */
  readonly supporters: { readonly count: number; readonly of: number };
  readonly members: readonly { readonly readerId: string; readonly regionId: string }[];
  /** Pixels, medians of the members' coordinates: of an absent or disputed cluster too, to be shown to who decides. */
  readonly box: Box;
  /** Labels are compared after matching, over the members; a disagreement on them does not dispute the case. */
  readonly findingLabel: FusedChoice;
  readonly attributes: readonly FusedAttribute[];
}

export interface MatchingReport {
  readonly summedIou: number;
  /** False where a heuristic matched a very crowded image; then the greatest sum is at most summedIou + gap. */
  readonly exact: boolean;
  readonly gap: number;
}

/**
 * Pools independent reads of one case: matches their regions within each sentence and image, decides on each cluster
 * and on the polarity of each sentence, and takes medians and votes for what the members say.
 *
 * A cluster of a sentence is voted on by the readers who answered that sentence; one of no sentence by all readers.
 *
 * @throws InvalidConsensusInput where the input breaks a rule stated at {@link ConsensusInput}.
 */
export function computeConsensus(input: ConsensusInput, method: ConsensusMethod = majorityMethod): CaseConsensus {
  checkInput(input);
  const reads = input.reads.toSorted((one, other) => compareIds(one.readerId, other.readerId));
  const scopes = matchingScopes(reads).map((scope) => ({ scope, ...matchRegions(scope.regions, input) }));
  const clusters = scopes.flatMap((matched) =>
    matched.clusters.map((members) => toCluster(matched.scope, members, method)),
  );
  const sentences = sentenceIds(reads).map((sentenceId) => poolPolarity(sentenceId, reads));
  const disputed = [...clusters, ...sentences].some(({ decision }) => decision === 'disputed');
  return {
    outcome: disputed ? 'disputed' : 'settled',
    readers: reads.map(({ readerId }) => readerId),
    sentences,
    clusters,
    matching: {
      summedIou: scopes.reduce((sum, { summedIou }) => sum + summedIou, 0),
      exact: scopes.every(({ exact }) => exact),
      gap: scopes.reduce((sum, { gap }) => sum + gap, 0),
    },
    method: {
      name: method.name,
      version: method.version,
      parameters: {
        ...method.parameters,
        gate: input.gate,
        maxExactRegions: defaultMaxExactRegions,
        maxSearchStates: defaultMaxSearchStates,
      },
    },
  };
}

type ReaderRegion = Region & { readonly readerId: string };

/** Regions that may match each other, and the readers whose vote counts there. */
interface MatchingScope {
  readonly sentenceId: string | null;
  readonly imageId: string;
  readonly voters: readonly string[];
  readonly regions: readonly ReaderRegion[];
}

function matchingScopes(reads: readonly Read[]): readonly MatchingScope[] {
  const scopes = new Map<string, MatchingScope & { readonly regions: ReaderRegion[] }>();
  for (const { readerId, regions } of reads) {
    for (const region of regions) {
      const { sentenceId, imageId } = region;
      const key = JSON.stringify([sentenceId, imageId]);
      const scope = scopes.get(key) ?? { sentenceId, imageId, voters: votersOn(sentenceId, reads), regions: [] };
      scope.regions.push({ ...region, readerId });
      scopes.set(key, scope);
    }
  }
  return [...scopes.values()].sort((one, other) =>
    firstDifference(compareOptionalIds(one.sentenceId, other.sentenceId), compareIds(one.imageId, other.imageId)),
  );
}

function votersOn(sentenceId: string | null, reads: readonly Read[]): readonly string[] {
  return reads
    .filter(({ sentences }) => sentenceId === null || sentences.some((answer) => answer.sentenceId === sentenceId))
    .map(({ readerId }) => readerId);
}

function toCluster(
  { sentenceId, imageId, voters }: MatchingScope,
  members: readonly ReaderRegion[],
  method: ConsensusMethod,
): ConsensusCluster {
  const marking = new Set(members.map(({ readerId }) => readerId));
  const verdict = method.decide(
    voters.map((readerId) => ({ readerId, marked: marking.has(readerId), weight: method.weightOf(readerId) })),
  );
  const said = members.map((region) => ({ ...region, weight: method.weightOf(region.readerId) }));
  return {
    clusterId: clusterIdOf(sentenceId, members),
    sentenceId,
    imageId,
    decision: verdict.decision,
    score: verdict.score,
    supporters: { count: members.length, of: voters.length },
    members: members.map(({ readerId, regionId }) => ({ readerId, regionId })),
    box: fuseBoxes(said.map(({ readerId, weight, box }) => ({ readerId, weight, value: box }))),
    findingLabel: fuseChoices(
      said.flatMap(({ readerId, weight, findingLabel }) =>
        findingLabel === null ? [] : [{ readerId, weight, value: findingLabel }],
      ),
    ),
    attributes: fuseAttributes(
      said.map(({ readerId, weight, attributes }) => ({ readerId, weight, value: attributes })),
    ),
  };
}

/** `<sentence>:<reader>/<region>+<reader>/<region>`, with these signs escaped inside ids: no two clusters share one. */
function clusterIdOf(sentenceId: string | null, members: readonly ReaderRegion[]): string {
  const names = members.map(({ readerId, regionId }) => `${escaped(readerId)}/${escaped(regionId)}`);
  return `${sentenceId === null ? '' : escaped(sentenceId)}:${names.join('+')}`;
}

function escaped(id: string): string {
  return id.replaceAll(/[%:/+]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

function sentenceIds(reads: readonly Read[]): readonly string[] {
  const ids = reads.flatMap(({ sentences }) => sentences.map(({ sentenceId }) => sentenceId));
  return [...new Set(ids)].sort(compareIds);
}

function poolPolarity(sentenceId: string, reads: readonly Read[]): SentenceConsensus {
  const answers = reads.flatMap(({ readerId, sentences }) =>
    sentences.filter((answer) => answer.sentenceId === sentenceId).map(({ polarity }) => ({ readerId, polarity })),
  );
  const [polarity, ...others] = new Set(answers.map((answer) => answer.polarity));
  const agreed = others.length === 0 && polarity !== undefined;
  return { sentenceId, decision: agreed ? 'settled' : 'disputed', polarity: agreed ? polarity : null, answers };
}
