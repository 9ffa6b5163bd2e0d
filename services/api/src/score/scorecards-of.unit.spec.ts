import { describe, expect, it } from '@jest/globals';
import type { Presence, ScoredItem } from '@consilium/domain';
import type { AnswerScoreView } from '@consilium/read-model';
import { annotatorId, caseId, instant, readId, sentenceId } from '@consilium/testing';
import { scorecardsOf } from './scorecards-of.ts';

const item = (given: Presence, truth: Presence, findingGroup: string | null = 'lung'): ScoredItem => ({
  sentence: { sentenceId: sentenceId(1), version: 1 },
  label: findingGroup === null ? null : 'nodule',
  findingGroup,
  given,
  truth,
});
const score = (number: number, annotator: number, changes: Partial<AnswerScoreView> = {}): AnswerScoreView => ({
  caseId: caseId(number),
  readId: readId(number),
  annotatorId: annotatorId(annotator),
  seq: number,
  scoredAt: instant(number),
  source: 'gold',
  samplingProbability: null,
  activeMs: number * 1_000,
  items: [item('present', 'present')],
  regions: { expected: 1, given: 1, matched: 1, summedIou: 0.5 },
  ...changes,
});
const cardOf = (annotator: number, scores: readonly AnswerScoreView[]) =>
  scorecardsOf(scores).annotators.find((card) => card.annotatorId === annotatorId(annotator));

describe('scorecards', () => {
  it('say nothing of anybody where nothing was scored', () => {
    expect(scorecardsOf([])).toEqual({ pooled: [], annotators: [] });
  });

  it('count statements by what was said and what was true, by finding group and together', () => {
    const card = cardOf(1, [
      score(1, 1),
      score(2, 1, { items: [item('absent', 'present'), { ...item('present', 'absent', null), sentence: null }] }),
      score(3, 1, { source: 'adjudicated', samplingProbability: 0.5, items: [item('absent', 'absent')] }),
    ]);
    expect(card).toMatchObject({
      answers: 3,
      performance: [
        {
          findingGroup: null,
          gold: 3,
          adjudicated: 1,
          confusion: { truePresent: 1, missed: 1, falselyPresent: 1, trueAbsent: 1 },
        },
        { findingGroup: '', gold: 1, adjudicated: 0, confusion: { falselyPresent: 1 } },
        {
          findingGroup: 'lung',
          gold: 2,
          adjudicated: 1,
          confusion: { truePresent: 1, missed: 1, falselyPresent: 0, trueAbsent: 1 },
        },
      ],
      regions: { expected: 3, given: 3, matched: 3, meanIou: 0.5 },
      medianSeconds: 2,
    });
  });

  it('tell who is right from who guesses, each within an interval, and are the same in any order', () => {
    const scores = Array.from({ length: 60 }, (_, index) => [
      score(2 * index + 1, 1),
      score(2 * index + 2, 2, { items: [item(index % 2 === 0 ? 'present' : 'absent', 'present')] }),
    ]).flat();
    const [good, poor] = [1, 2].map((annotator) => cardOf(annotator, scores)?.performance[0]);
    expect(good?.accuracy.value).toBeGreaterThan(0.9);
    expect(poor?.accuracy.value).toBeLessThan(0.65);
    expect(good?.accuracy.low).toBeGreaterThan(poor?.accuracy.high ?? 1);
    expect(good?.weight.value).toBeGreaterThan(poor?.weight.value ?? Infinity);
    expect(scorecardsOf(scores.toReversed())).toEqual(scorecardsOf(scores));
  });

  it('raise an alarm over answers to gold that have become worse, and over no others', () => {
    const answers = (source: AnswerScoreView['source']) =>
      Array.from({ length: 60 }, (_, index) =>
        score(index + 1, 1, { source, items: [item(index < 30 ? 'present' : 'absent', 'present')] }),
      );
    const drift = cardOf(1, answers('gold'))?.drift;
    expect(drift).toMatchObject({ statements: 60, threshold: 8 });
    expect(drift?.alarmAt).toBeGreaterThan(30);
    expect(cardOf(1, answers('adjudicated'))?.drift).toEqual({
      statements: 0,
      statistic: 0,
      threshold: 8,
      alarmAt: null,
    });
  });

  it('take the middle of two times for the median, and none where no time was taken', () => {
    const timed = [1, 2].map((number) => score(number, 1));
    expect(cardOf(1, timed)?.medianSeconds).toBe(1.5);
    expect(cardOf(1, [score(1, 1, { activeMs: null })])?.medianSeconds).toBeNull();
  });
});
