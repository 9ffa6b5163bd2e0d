import { intersectionOverUnion } from './box.ts';
import { compareIds } from './canonical-order.ts';
import type { CaseConsensus, ConsensusCluster } from './compute-consensus.ts';
import type { Polarity } from './consensus-input.ts';

/** What one reader says in one finding. */
export interface Statement {
  readonly readerId: string;
  /** The sentence it answers, as in the consensus; null where no sentence mentions it. */
  readonly sentenceId: string | null;
  readonly polarity: Polarity;
  readonly labels: readonly string[];
  /** Places without the side they say. */
  readonly locations: readonly string[];
  readonly lateralities: readonly string[];
  readonly progression: string | null;
  readonly regionIds: readonly string[];
}

export interface FoundDisagreement {
  readonly kind:
    'presence' | 'polarity' | 'label' | 'extent' | 'location' | 'laterality' | 'progression' | 'sentenceLink';
  readonly sentenceId: string | null;
  /** In order. */
  readonly clusterIds: readonly string[];
  /** In order of their text; each with its readers in order. */
  readonly options: readonly { readonly option: string; readonly readerIds: readonly string[] }[];
}

/**
 * Intersection over union from which two regions of different readers, too different to be one, are taken for two opinions on how
 * large the same thing is, and not for two things: a tenth, as nodule detection challenges count a hit. Ours, not measured.
 */
export const sameThingOverlap = 0.1;

const nothingSaid = 'none';

/**
 * What the reads behind a consensus disagree about, typed (docs/adr/0016). Of what readers say of a sentence, or of a region that
 * no sentence mentions, labels, places and progression count where a reader affirms it; they disagree where no answer has more than
 * half of those who gave one. Polarity and side disagree as soon as two differ. A cluster in dispute is a disagreement about
 * presence, unless the other reader's region lies on another sentence at the same place (the link), or overlaps it in part (the extent).
 *
 * The order of statements means nothing; equal input gives equal output.
 */
export function findDisagreements(
  consensus: CaseConsensus,
  statements: readonly Statement[],
): readonly FoundDisagreement[] {
  const found = [
    ...polarities(consensus),
    ...subjectsOf(consensus, statements).flatMap(valueDisagreements),
    ...regionDisagreements(consensus),
  ];
  return found.toSorted((one, other) => compareIds(orderOf(one), orderOf(other)));
}

const orderOf = ({ sentenceId, clusterIds, kind }: FoundDisagreement): string =>
  [sentenceId ?? '', clusterIds.join(' '), kind].join('\0');

function polarities({ sentences }: CaseConsensus): readonly FoundDisagreement[] {
  return sentences
    .filter(({ decision }) => decision === 'disputed')
    .map(({ sentenceId, answers }) => ({
      kind: 'polarity',
      sentenceId,
      clusterIds: [],
      options: optionsOf(answers.map(({ readerId, polarity }) => [readerId, polarity])),
    }));
}

/** A sentence, or a cluster of none, with what each reader who affirms it says of it, all findings together. */
interface Subject {
  readonly sentenceId: string | null;
  readonly clusterIds: readonly string[];
  readonly statements: readonly Statement[];
}

function subjectsOf({ sentences, clusters }: CaseConsensus, statements: readonly Statement[]): readonly Subject[] {
  const affirming = statements.filter(({ polarity }) => polarity !== 'negative');
  return [
    ...sentences.map(({ sentenceId }) => ({
      sentenceId,
      clusterIds: [],
      statements: affirming.filter((statement) => statement.sentenceId === sentenceId),
    })),
    ...clusters
      .filter(({ sentenceId }) => sentenceId === null)
      .map(({ clusterId, members }) => ({
        sentenceId: null,
        clusterIds: [clusterId],
        statements: affirming.filter(
          ({ readerId, sentenceId, regionIds }) =>
            sentenceId === null &&
            members.some((member) => member.readerId === readerId && regionIds.includes(member.regionId)),
        ),
      })),
  ];
}

type Answers = readonly (readonly [readerId: string, answer: string])[];

function valueDisagreements({ sentenceId, clusterIds, statements }: Subject): readonly FoundDisagreement[] {
  const answers = (valuesOf: (statement: Statement) => readonly string[], isCounted: (answer: string) => boolean) =>
    [...Map.groupBy(statements, ({ readerId }) => readerId)]
      .map(([readerId, given]) => [readerId, answerOf(given.flatMap(valuesOf))] as const)
      .filter(([, answer]) => isCounted(answer));
  const isSaid = (answer: string): boolean => answer !== nothingSaid;
  const sides = answers(({ lateralities }) => lateralities, isSaid);
  const isOnTwoSides = new Set(sides.map(([, side]) => side)).size > 1;
  const disagreement = (kind: FoundDisagreement['kind'], given: Answers): FoundDisagreement => ({
    kind,
    sentenceId,
    clusterIds,
    options: optionsOf(given),
  });
  const labels = answers(
    (statement) => statement.labels,
    () => true,
  );
  const places = answers(({ locations }) => locations, isSaid);
  const progressions = answers(({ progression }) => (progression === null ? [] : [progression]), isSaid);
  return [
    ...(hasMajority(labels) ? [] : [disagreement('label', labels)]),
    ...(isOnTwoSides ? [disagreement('laterality', sides)] : []),
    ...(hasMajority(places) ? [] : [disagreement('location', places)]),
    ...(hasMajority(progressions) ? [] : [disagreement('progression', progressions)]),
  ];
}

const answerOf = (values: readonly string[]): string =>
  values.length === 0 ? nothingSaid : [...new Set(values)].sort(compareIds).join(' + ');

/** More than half say the same, or nobody says anything. */
function hasMajority(answers: Answers): boolean {
  const counts = [...Map.groupBy(answers, ([, answer]) => answer).values()].map(({ length }) => length);
  return Math.max(0, ...counts) * 2 > answers.length || answers.length === 0;
}

function optionsOf(answers: Answers): FoundDisagreement['options'] {
  return [...Map.groupBy(answers, ([, answer]) => answer)]
    .map(([option, given]) => ({ option, readerIds: given.map(([readerId]) => readerId).sort(compareIds) }))
    .sort((one, other) => compareIds(one.option, other.option));
}

/** Each cluster in dispute stands in one disagreement. */
function regionDisagreements({ clusters, sentences, readers, method }: CaseConsensus): readonly FoundDisagreement[] {
  const disputed = clusters.filter(({ decision }) => decision === 'disputed');
  const paired = pairsOf(disputed, Number(method.parameters['gate']));
  const inPair = new Set(paired.flatMap(({ pair }) => pair.map(({ clusterId }) => clusterId)));
  const votersOn = (sentenceId: string | null): readonly string[] =>
    sentences.find((sentence) => sentence.sentenceId === sentenceId)?.answers.map(({ readerId }) => readerId) ??
    readers;
  return [
    ...paired.map(({ kind, pair }) => pairDisagreement(kind, pair)),
    ...disputed
      .filter(({ clusterId }) => !inPair.has(clusterId))
      .map((cluster) => presence(cluster, votersOn(cluster.sentenceId))),
  ];
}

function presence({ sentenceId, clusterId, members }: ConsensusCluster, voters: readonly string[]): FoundDisagreement {
  const marking = new Set(members.map(({ readerId }) => readerId));
  const answers: Answers = voters.map((readerId) => [readerId, marking.has(readerId) ? 'present' : 'absent']);
  return { kind: 'presence', sentenceId, clusterIds: [clusterId], options: optionsOf(answers) };
}

type Pair = readonly [ConsensusCluster, ConsensusCluster];

function pairDisagreement(kind: 'extent' | 'sentenceLink', pair: Pair): FoundDisagreement {
  const answers = pair.flatMap((cluster) =>
    cluster.members.map(
      ({ readerId }) =>
        [readerId, kind === 'extent' ? cluster.clusterId : (cluster.sentenceId ?? nothingSaid)] as const,
    ),
  );
  return {
    kind,
    sentenceId: kind === 'extent' ? pair[0].sentenceId : null,
    clusterIds: pair.map(({ clusterId }) => clusterId).sort(compareIds),
    options: optionsOf(answers),
  };
}

/** Clusters in dispute that other readers' regions lie over, the closest first, each in one pair. */
function pairsOf(
  disputed: readonly ConsensusCluster[],
  gate: number,
): readonly { readonly kind: 'extent' | 'sentenceLink'; readonly pair: Pair }[] {
  const candidates = disputed
    .flatMap((one, index) => disputed.slice(index + 1).map((other): Pair => [one, other]))
    .filter(([one, other]) => one.imageId === other.imageId && !sharesReader(one, other))
    .map((pair) => ({ pair, overlap: intersectionOverUnion(pair[0].box, pair[1].box), kind: kindOf(pair) }))
    .filter(({ kind, overlap }) => overlap >= (kind === 'extent' ? sameThingOverlap : gate))
    .toSorted((one, other) => other.overlap - one.overlap);
  const taken = new Set<string>();
  return candidates.filter(({ pair }) => {
    const isFree = pair.every(({ clusterId }) => !taken.has(clusterId));
    if (isFree) for (const { clusterId } of pair) taken.add(clusterId);
    return isFree;
  });
}

const kindOf = ([one, other]: Pair): 'extent' | 'sentenceLink' =>
  one.sentenceId === other.sentenceId ? 'extent' : 'sentenceLink';

function sharesReader(one: ConsensusCluster, other: ConsensusCluster): boolean {
  const readers = new Set(one.members.map(({ readerId }) => readerId));
  return other.members.some(({ readerId }) => readers.has(readerId));
}
