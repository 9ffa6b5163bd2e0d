import { describe, expect, it } from '@jest/globals';
import type { EventId, Presence, ScoringId, StreamId } from '@consilium/domain';
import { annotationId, annotatorId, caseId, readId } from '@consilium/testing';
import { assessDrift } from './assess-drift.ts';
import type { RecordedScoring } from './assess-drift.ts';

const eventId = (number: number): EventId =>
  `${String(number).padStart(8, '0')}-0000-7000-8000-000000000000` as EventId;
const scoring = (
  number: number,
  given: Presence,
  changes: Partial<RecordedScoring['event']> = {},
): RecordedScoring => ({
  eventId: eventId(number),
  streamId: `case-${caseId(number)}` as StreamId,
  event: {
    type: 'answersScored',
    scoringId: caseId(number) as string as ScoringId,
    basedOnVersion: 1,
    truth: { kind: 'gold', truthVersion: 1 },
    method: { name: 'statements', version: '1', parameters: {} },
    scores: [
      {
        readId: readId(1),
        annotatorId: annotatorId(1),
        annotationId: annotationId(1),
        activeMs: null,
        items: [{ sentence: null, label: 'nodule', findingGroup: 'lung', given, truth: 'present' }],
        regions: { expected: 0, given: 0, matched: 0, summedIou: 0 },
      },
    ],
    ...changes,
  },
});
const series = (...given: readonly Presence[]): readonly RecordedScoring[] =>
  given.map((each, index) => scoring(index + 1, each));
const rightThenWrong = series(...Array<Presence>(20).fill('present'), ...Array<Presence>(20).fill('absent'));

describe('drift', () => {
  it('is none while answers are right, or are another’s, or were adjudicated', () => {
    expect(assessDrift(series(...Array<Presence>(200).fill('present')), annotatorId(1), undefined)).toBeUndefined();
    expect(assessDrift(rightThenWrong, annotatorId(2), undefined)).toBeUndefined();
    const truth = { kind: 'adjudicated', adjudicationId: caseId(1) as never, samplingProbability: 1 } as const;
    const adjudicated = rightThenWrong.map((each) => ({ ...each, event: { ...each.event, truth } }));
    expect(assessDrift(adjudicated, annotatorId(1), undefined)).toBeUndefined();
  });

  it('is found at the answer at which the sum reaches the threshold, with all that it came of', () => {
    const found = assessDrift(rightThenWrong, annotatorId(1), undefined);
    // ln(.3 / .1) = 1.0986 for each wrong answer: the eighth reaches 8.
    expect(found?.statements).toBe(28);
    expect(found?.statistic).toBeCloseTo(8 * Math.log(3), 12);
    expect(found?.evidence).toEqual(Array.from({ length: 28 }, (_, index) => eventId(index + 1)));
    expect(found?.method).toMatchObject({ name: 'goldCusum', parameters: { threshold: 8 } });
  });

  it('begins anew after what was looked at', () => {
    expect(assessDrift(rightThenWrong, annotatorId(1), eventId(30))?.statements).toBe(8);
    expect(assessDrift(rightThenWrong, annotatorId(1), eventId(33))).toBeUndefined();
  });

  it('goes by the newest truth of a case, in the place of the first', () => {
    const corrected = rightThenWrong.slice(20, 30).map(({ streamId, event }, index) => {
      const scores = event.scores.map((score) => ({
        ...score,
        items: score.items.map((item) => ({ ...item, truth: 'absent' as const })),
      }));
      return { eventId: eventId(100 + index), streamId, event: { ...event, scores } };
    });
    const found = assessDrift([...rightThenWrong, ...corrected], annotatorId(1), undefined);
    expect(found?.statements).toBe(38);
    expect(found?.evidence.at(-1)).toBe(eventId(38));
  });

  it('names the newest hundred pieces of evidence', () => {
    const long = series(...Array<Presence>(200).fill('present'), ...Array<Presence>(20).fill('absent'));
    const found = assessDrift(long, annotatorId(1), undefined);
    expect(found?.evidence).toHaveLength(100);
    expect(found?.evidence.at(-1)).toBe(eventId(208));
  });
});
