import type { Rating } from '../ratings/rating.ts';
import { tabulateLabels } from '../ratings/rating-table.ts';
import type { RatingTable } from '../ratings/rating-table.ts';
import { firstLabels, toLabelConsensus } from './item-labels.ts';
import type { LabelConsensus, TieRule } from './item-labels.ts';
import { voteShares } from './majority-vote.ts';

export interface SkillConsensus extends LabelConsensus {
  /**
   * Share of a reader's ratings that agree with a consensus they took part in, 0..1. It is a weight inside this method, never a score of a
   * person: for that see the performance weights, which come from truth that does not contain the reader.
   */
  readonly readers: readonly { readonly readerId: string; readonly skill: number }[];
}

/** Worker agreement with aggregate: a vote weighted by each reader's agreement with the majority vote (Appen; crowd-kit's Wawa). */
export function wawa(ratings: readonly Rating<string>[], tie: TieRule, labels?: readonly string[]): SkillConsensus {
  const table = tabulateLabels(ratings, labels);
  return withSkills(table, agreementWith(table, firstLabels(voteShares(table))), tie);
}

const rounds = 100;
const roundsPerHalving = 20;

/**
 * Zero-Based Skill (crowd-kit 1.4.2): skills start at chance and go towards the agreement with the vote they weigh, a hundred rounds at
 * a rate of 1 that halves every twenty.
 */
export function zeroBasedSkill(
  ratings: readonly Rating<string>[],
  tie: TieRule,
  labels?: readonly string[],
): SkillConsensus {
  const table = tabulateLabels(ratings, labels);
  let skills: Float64Array = new Float64Array(table.readers.length).fill(1 / Math.max(1, table.values.length));
  let rate = 1;
  for (let round = 1; round <= rounds; round += 1) {
    if (round % roundsPerHalving === 0) rate /= 2;
    const reached = agreementWith(table, firstLabels(voteShares(table, skills)));
    skills = skills.map((skill, reader) => skill + rate * ((reached[reader] ?? 0) - skill));
  }
  return withSkills(table, skills, tie);
}

function withSkills(table: RatingTable<string>, skills: Float64Array, tie: TieRule): SkillConsensus {
  return {
    ...toLabelConsensus(table, voteShares(table, skills), tie),
    readers: table.readers.map((readerId, reader) => ({ readerId, skill: skills[reader] ?? 0 })),
  };
}

function agreementWith(table: RatingTable<string>, labelOf: Int32Array): Float64Array {
  const agreed = new Float64Array(table.readers.length);
  const given = new Float64Array(table.readers.length);
  for (const [index, item] of table.itemOf.entries()) {
    const reader = table.readerOf[index] ?? 0;
    given[reader] = (given[reader] ?? 0) + 1;
    if (labelOf[item] === table.valueOf[index]) agreed[reader] = (agreed[reader] ?? 0) + 1;
  }
  return agreed.map((count, reader) => count / (given[reader] ?? 1));
}
