import { describe, expect, it } from '@jest/globals';
import { majorityMethod } from './majority-method.ts';

const marks = (...marked: readonly boolean[]) =>
  marked.map((vote, index) => ({ readerId: `reader-${index}`, marked: vote, weight: 1 }));

describe('majority', () => {
  it.each([
    { votes: marks(true, true, true, true), decision: 'present', score: 1 },
    { votes: marks(true, true, true, false), decision: 'present', score: 0.75 },
    { votes: marks(true, false, true, false), decision: 'disputed', score: 0.5 },
    { votes: marks(false, false, false, true), decision: 'absent', score: 0.25 },
    { votes: marks(true, true, false), decision: 'present', score: 2 / 3 },
    { votes: marks(true, false, false), decision: 'absent', score: 1 / 3 },
    { votes: marks(true), decision: 'present', score: 1 },
  ])('of $votes.length votes with share $score says $decision', ({ votes, decision, score }) => {
    expect(majorityMethod.decide(votes)).toEqual({ decision, score });
  });
});
