import { computeConsensus, intersectionOverUnion, majorityMethod } from '@consilium/consensus';
import type {
  Annotation,
  Finding,
  Presence,
  Protocol,
  Region,
  ScoredItem,
  ScoredRegions,
  SentencesOfCase,
} from '@consilium/domain';
import { presentSentence } from '@consilium/domain';
import { sentenceKeyOf } from '../consensus/sentence-key.ts';
import { strongestPolarity } from '../consensus/strongest-polarity.ts';
import { toConsensusRead } from '../consensus/to-consensus-read.ts';

export const scoringMethod = { name: 'statements', version: '1' } as const;

export interface AnswerAndTruth {
  readonly answer: Annotation;
  readonly truth: Annotation;
  /** Of the instant at which answer and truth are compared. */
  readonly sentences: SentencesOfCase;
  readonly protocol: Protocol;
}

/**
 * An answer held against the truth, statement by statement:
 *
 * - A sentence that the truth calls positive or negative is an item, if the answer says something of it, or says that nothing is there. What
 *   the truth leaves uncertain is no item; an answer that is uncertain did not rule the finding out.
 * - Of findings that no sentence mentions, each label that either of them gives is an item; where neither gives one, whether there is
 *   anything at all is the item, unless it was all said of sentences.
 * - Findings of sentences that have another meaning by now are left out, of either.
 *
 * Items in the order of sentences, then of labels: the same for every run.
 */
export function scoreItems(compared: AnswerAndTruth): readonly ScoredItem[] {
  const [truth, answer] = [presentFindings(compared.truth, compared), presentFindings(compared.answer, compared)];
  const of = (findings: readonly Finding[], key: string | null): readonly Finding[] =>
    findings.filter(({ sentence }) => (sentence === undefined ? null : sentenceKeyOf(sentence)) === key);
  const keys = [...new Set(truth.flatMap(({ sentence }) => (sentence === undefined ? [] : [sentenceKeyOf(sentence)])))];
  return [
    ...keys.sort().flatMap((key) => sentenceItem(of(truth, key), of(answer, key), compared)),
    ...freeItems(of(truth, null), of(answer, null), compared),
  ];
}

function sentenceItem(
  truth: readonly Finding[],
  answer: readonly Finding[],
  { answer: { answer: whole }, protocol }: AnswerAndTruth,
): readonly ScoredItem[] {
  const [finding] = truth;
  const isUnanswered = answer.length === 0 && whole !== 'nothingThere';
  if (finding?.sentence === undefined || isUnanswered || strongestPolarity(truth) === 'uncertain') return [];
  const label = firstLabel(truth) ?? firstLabel(answer);
  return [
    {
      sentence: finding.sentence,
      ...ofLabel(label, protocol),
      given: presenceOf(answer),
      truth: presenceOf(truth),
    },
  ];
}

function freeItems(
  truth: readonly Finding[],
  answer: readonly Finding[],
  { protocol, sentences: { sentences } }: AnswerAndTruth,
): readonly ScoredItem[] {
  const hasSentences = sentences.length > 0;
  const labels = [...new Set([...truth, ...answer].flatMap((finding) => finding.labels))].sort();
  if (labels.length === 0) {
    if (hasSentences && truth.length === 0 && answer.length === 0) return [];
    return [{ sentence: null, ...ofLabel(null, protocol), given: presenceOf(answer), truth: presenceOf(truth) }];
  }
  return labels.flatMap((label) => {
    const naming = (findings: readonly Finding[]): readonly Finding[] =>
      findings.filter((finding) => finding.labels.includes(label));
    if (strongestPolarity(naming(truth)) === 'uncertain') return [];
    const [given, known] = [presenceOf(naming(answer)), presenceOf(naming(truth))];
    return [{ sentence: null, ...ofLabel(label, protocol), given, truth: known }];
  });
}

/** Marks of both, matched within a sentence, or class-agnostically without one, as the consensus of two reads matches them. */
export function scoreRegions({ answer, truth, sentences, protocol }: AnswerAndTruth): ScoredRegions {
  const [truthName, answerName] = ['truth', 'answer'];
  const readOf = (name: string, annotation: Annotation) =>
    toConsensusRead(name, { ...annotation, findings: presentFindings(annotation, { sentences }) }, protocol);
  const reads = [readOf(truthName, truth), readOf(answerName, answer)];
  const { clusters } = computeConsensus({ reads, gate: protocol.matchingGate }, majorityMethod);
  const pixels = new Map<string, Region['pixels']>(
    [...truth.regions, ...answer.regions].map((region) => [region.regionId, region.pixels]),
  );
  let summedIou = 0;
  let matched = 0;
  for (const { members } of clusters) {
    const [one, other] = members.map(({ regionId }) => pixels.get(regionId));
    if (one === undefined || other === undefined) continue;
    matched += 1;
    summedIou += intersectionOverUnion(one, other);
  }
  const marksOf = (name: string): number =>
    clusters.filter(({ members }) => members.some(({ readerId }) => readerId === name)).length;
  return { expected: marksOf(truthName), given: marksOf(answerName), matched, summedIou };
}

/** Findings of sentences as they are now, and those of none. */
const presentFindings = (
  { findings }: Annotation,
  { sentences }: { readonly sentences: SentencesOfCase },
): readonly Finding[] =>
  findings.flatMap((finding) => {
    if (finding.sentence === undefined) return [finding];
    const sentence = presentSentence(finding.sentence, sentences);
    return sentence === undefined ? [] : [{ ...finding, sentence }];
  });

const presenceOf = (findings: readonly Finding[]): Presence =>
  strongestPolarity(findings) === 'negative' ? 'absent' : 'present';

const firstLabel = (findings: readonly Finding[]): string | null =>
  findings.flatMap(({ labels }) => labels).sort()[0] ?? null;

const ofLabel = (label: string | null, { labels }: Protocol): Pick<ScoredItem, 'label' | 'findingGroup'> => ({
  label,
  findingGroup: labels.find(({ term }) => term === label)?.group ?? null,
});
