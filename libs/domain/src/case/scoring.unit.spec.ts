import { describe, expect, it } from '@jest/globals';
import { annotationId, annotatorId, readId, sampleCase, scenario, sentenceId } from '@consilium/testing';
import { fold } from '../decider.ts';
import type { ScoringId } from '../identifiers.ts';
import { medicalCase } from './case.ts';
import type { CaseEvent } from './case-events.ts';
import type { Scoring } from './scoring.ts';

const given = scenario(medicalCase);
const imported: CaseEvent = { type: 'caseImported', ...sampleCase() };
const scoring = (basedOnVersion: number): Scoring => ({
  scoringId: `0000000f-0000-4000-8000-00000000000${String(basedOnVersion)}` as ScoringId,
  basedOnVersion,
  truth: { kind: 'gold', truthVersion: 1 },
  method: { name: 'statements', version: '1', parameters: { gate: 0.5 } },
  scores: [
    {
      readId: readId(1),
      annotatorId: annotatorId(1),
      annotationId: annotationId(1),
      activeMs: null,
      items: [
        {
          sentence: { sentenceId: sentenceId(1), version: 1 },
          label: 'nodule',
          findingGroup: 'lung',
          given: 'absent',
          truth: 'present',
        },
      ],
      regions: { expected: 1, given: 0, matched: 0, summedIou: 0 },
    },
  ],
});

describe('scores', () => {
  it('are recorded in whatever state a case is, each scoring by an event of its own', () => {
    const command = { type: 'recordScores', scorings: [scoring(2), scoring(3)] } as const;
    const events = command.scorings.map((each) => ({ type: 'answersScored', ...each }) as const);
    expect(given(imported).when(command)).toEqual({ ok: true, events });
    expect(given(imported, { type: 'caseWithdrawn' }).when(command)).toEqual({ ok: true, events });
    expect(given().when(command)).toEqual({ ok: false, refusal: { code: 'CASE_UNKNOWN' } });
  });

  it('change nothing of a case but its version', () => {
    const before = fold(medicalCase, [imported]);
    expect(fold(medicalCase, [imported, { type: 'answersScored', ...scoring(1) }])).toEqual({ ...before, version: 2 });
  });
});
