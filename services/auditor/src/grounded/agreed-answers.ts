import type { ExportedCase, SentenceAnswer } from './reader-answers.ts';
import { answersOf, fractionsOf, readerAnswers } from './reader-answers.ts';

/**
 * What holds of a case, by sentence: what its adjudicators decided, else what its reads agree on. Undefined where neither is there,
 * or the reads were opened again since.
 */
export function agreedAnswers(node: ExportedCase): ReadonlyMap<string, SentenceAnswer> | undefined {
  if (node.status !== 'SETTLED' && node.status !== 'ADJUDICATED' && node.status !== 'FINALISED') return undefined;
  const decided = (node.adjudications ?? []).findLast(({ decidedAt }) => decidedAt !== null);
  const adopted = decided?.votes.find(({ isAdopted }) => isAdopted);
  const isNewer = (decided?.decidedAt ?? '') > (node.consensus?.recordedAt ?? '');
  if (adopted !== undefined && (isNewer || node.status === 'ADJUDICATED')) return answersOf(node, adopted);
  return node.consensus === null ? undefined : consensusAnswers(node, node.consensus);
}

/**
 * Polarity, boxes and their labels are those of the consensus. What it does not say (labels of a sentence without a box, locations,
 * progression) is what more than half of those who affirmed the sentence said.
 */
function consensusAnswers(
  node: ExportedCase,
  { regions, sentences }: NonNullable<ExportedCase['consensus']>,
): ReadonlyMap<string, SentenceAnswer> {
  const reads = readerAnswers(node);
  return new Map(
    sentences.flatMap(({ sentenceId, polarity }) => {
      if (polarity === null) return [];
      const given = reads.flatMap(({ bySentence }) => bySentence.get(sentenceId) ?? []);
      const affirming = given.filter((answer) => answer.polarity === polarity);
      const present = regions.filter((region) => region.sentenceId === sentenceId && region.decision === 'PRESENT');
      const labels = new Set(present.flatMap(({ label }) => label?.split(' + ') ?? []));
      const [progression = null] = mostOf(affirming, (answer) =>
        answer.progression === null ? [] : [answer.progression],
      );
      const answer: SentenceAnswer = {
        polarity,
        labels: labels.size > 0 ? [...labels] : mostOf(affirming, (one) => one.labels),
        locations: mostOf(affirming, (one) => one.locations),
        progression,
        boxes: present.flatMap(({ imageId, box }) => {
          const image = node.images.find(({ id }) => id === imageId);
          return image === undefined ? [] : [fractionsOf(box, image)];
        }),
      };
      return [[sentenceId, answer] as const];
    }),
  );
}

/** Terms that more than half of these gave, in the order in which they first stand. */
function mostOf(
  answers: readonly SentenceAnswer[],
  termsOf: (answer: SentenceAnswer) => readonly string[],
): readonly string[] {
  const terms = new Set(answers.flatMap(termsOf));
  return [...terms].filter(
    (term) => answers.filter((answer) => termsOf(answer).includes(term)).length * 2 > answers.length,
  );
}
