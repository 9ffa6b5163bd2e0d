import { hitFrom, type Hit } from './hit.ts';
import type { AlignedMentions } from './mentions.ts';
import { conceptsOf, loneContent, type LoneContent } from './statement-chunks.ts';
import type { Word } from './words.ts';

/**
 * How much longer one text is than as much text of the other language should be, in standard deviations: Gale and Church
 * 1993, "A program for aligning sentences in bilingual corpora", with their c = 1 and s2 = 6.8. Lengths in UTF-16 units.
 */
const galeChurch = (from: number, to: number): number => (to - from) / Math.sqrt((6.8 * (from + to)) / 2);

/** Chosen on the tuning half of the exam. Weights are letters of content, scores standard deviations. */
const threshold = { statement: 9, evidence: 22, weightOfScore: 8, apart: { statement: 8, score: 0.6, otherSide: 6 } };

/**
 * A statement without counterpart, if the rest of the sentences meets (else one is another wording of the other) and if the text is longer by about as much, and little is left to answer it.
 */
const isLeftOut = (mine: LoneContent, theirs: LoneContent, score: number): boolean => {
  const { statement } = mine;
  if (statement === undefined || mine.met === 0 || theirs.weight > theirs.met) return false;
  const surplus = mine.weight - theirs.weight;
  const { apart } = threshold;
  return (
    (statement.weight >= threshold.statement && surplus + threshold.weightOfScore * score >= threshold.evidence) ||
    (statement.apart && statement.weight >= apart.statement && score >= apart.score && theirs.weight <= apart.otherSide)
  );
};

/** The longer text is the one that may say more: it is lost if that is the Spanish, added if it is the English. */
export const checkLength = (
  es: readonly Word[],
  en: readonly Word[],
  { es: esMentions, en: enMentions }: AlignedMentions,
): Hit | undefined => {
  const score = galeChurch(es.at(-1)?.end ?? 0, en.at(-1)?.end ?? 0);
  const spanish = loneContent(es, esMentions, conceptsOf(enMentions));
  const english = loneContent(en, enMentions, conceptsOf(esMentions));
  const [mine, theirs] = score < 0 ? [spanish, english] : [english, spanish];
  if (mine.statement === undefined || !isLeftOut(mine, theirs, Math.abs(score))) return undefined;
  const reading = { ...mine.statement.span, reading: 'statement' };
  return score < 0 ? hitFrom('length', [reading], []) : hitFrom('length', [], [reading]);
};
