import type { ConsensusMethod, PresenceVerdict, PresenceVote } from './consensus-method.ts';

/**
 * Every reader weighs 1. Present if more than half of the votes marked the finding, absent if fewer than half, and
 * disputed at exactly half: a tie is a disagreement, never broken by chance. The score is the share that marked it.
 */
export const majorityMethod: ConsensusMethod = {
  name: 'majority',
  version: '1',
  parameters: {},
  weightOf: () => 1,
  decide: decideByMajority,
};

function decideByMajority(votes: readonly PresenceVote[]): PresenceVerdict {
  const total = votes.reduce((sum, { weight }) => sum + weight, 0);
  const marked = votes.reduce((sum, vote) => sum + (vote.marked ? vote.weight : 0), 0);
  const score = marked / total;
  if (2 * marked === total) return { decision: 'disputed', score };
  return { decision: 2 * marked > total ? 'present' : 'absent', score };
}
