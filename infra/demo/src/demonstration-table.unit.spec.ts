import { describe, expect, it } from '@jest/globals';
import { figuresOf, toReadCase } from './demonstration-figures.ts';
import { demonstrationGate, planDemonstration, toAnnotation, toCaseInput } from './demonstration-plan.ts';
import { demonstrationTable } from './demonstration-table.ts';
import type { DemonstrationResult } from './demonstration-table.ts';
import { expectedOfInput, readInput, wholeExpected } from './expected-figures.ts';
import { lidcNotes } from './lidc-cases.ts';

const whole = planDemonstration();
const result: DemonstrationResult = {
  figures: figuresOf(whole.cases.map(readInput), demonstrationGate),
  expected: wholeExpected,
  events: { journal: 28_968, kafka: 28_968, projected: 28_968 },
  durationMs: 50_000,
  leftOut: {
    moreThanFourMarks: whole.leftOut.moreThanFourMarks.length,
    markNotOnSlice: whole.leftOut.markNotOnSlice.length,
  },
  seed: whole.seed,
  gate: demonstrationGate,
  notes: lidcNotes,
};

describe('the table of the demonstration', () => {
  it('shows nothing wrong where the reads of the file come back as they are', () => {
    const { lines, wrong } = demonstrationTable(result);
    expect(wrong).toEqual([]);
    const text = lines.join('\n');
    expect(text).toMatch(/^cases +2,633 +2,633 +equal$/m);
    expect(text).toMatch(/^annotations +10,532 +10,532 +equal$/m);
    expect(text).toMatch(/^marks +6,765 +6,765 +equal$/m);
    expect(text).toMatch(/771 \/ 487 \/ 480 \/ 895 +771 \/ 487 \/ 480 \/ 895 +equal$/m);
    expect(text).toMatch(/^mean pairwise IoU of four-mark cases +0\.7600 +0\.7600 +equal$/m);
    expect(text).toMatch(/^consensus present +1,339 +1,375 +explained$/m);
    expect(text).toMatch(/^ +53 {2}disputed -> absent, marks apart as 1\+1$/m);
    expect(text).toMatch(/^events\/s, .+ 579$/m);
    expect(text).toContain('Left out: 14 clusters with more than four marks, 4 with a mark');
    for (const note of lidcNotes) expect(text).toContain(note);
  });

  it('names every figure that is not as expected', () => {
    const { figures } = result;
    const wrongOf = (change: Partial<DemonstrationResult>) => demonstrationTable({ ...result, ...change }).wrong;
    expect(wrongOf({ figures: { ...figures, marks: 6_764 } })).toEqual(['marks']);
    expect(wrongOf({ figures: { ...figures, meanPairwiseIou: 0.76006 } })).toHaveLength(1);
    expect(wrongOf({ figures: { ...figures, withoutConsensus: 1 } })).toEqual(['cases without consensus']);
    expect(wrongOf({ figures: { ...figures, namedReaders: 3 } })).toEqual(['annotations that name a reader']);
    expect(wrongOf({ events: { journal: 5, kafka: 4, projected: 5 } })).toEqual(['  = on Kafka']);
    const differences = { ...figures.differences, unexplained: 2 };
    expect(wrongOf({ figures: { ...figures, differences } })).toEqual([
      'consensus present',
      'consensus disputed',
      'consensus absent',
      'differences without explanation',
    ]);
    expect(demonstrationTable({ ...result, figures: { ...figures, marks: 1 } }).lines.at(-1)).toBe(
      'NOT AS EXPECTED: marks',
    );
  });

  it('of a part of the file compares with the input', () => {
    const { cases } = planDemonstration(30);
    const expected = expectedOfInput(cases);
    expect(expected).toMatchObject({ cases: 30, annotations: 120, source: 'computed from the input' });
    const figures = figuresOf(cases.map(readInput), demonstrationGate);
    expect(demonstrationTable({ ...result, figures, expected }).wrong).toEqual([]);
    expect(demonstrationTable({ ...result, figures }).wrong).toContain('cases');
  });
});

describe('the plan', () => {
  it('names other commands for another part of the file', () => {
    expect(planDemonstration(30).commandPrefix).not.toBe(planDemonstration(31).commandPrefix);
    expect(planDemonstration(30).commandPrefix).toBe(planDemonstration(30).commandPrefix);
  });

  it('imports a slice of 512 pixels, at the place of the case in the file', () => {
    const [first] = whole.cases;
    expect(first && toCaseInput(first, 7)).toEqual({
      externalKey: first?.externalKey,
      subjectKey: first?.subjectKey,
      position: 7,
      images: [{ key: 'slice', rows: 512, columns: 512, description: `CT slice at z = ${first?.sliceZ} mm` }],
    });
  });

  it('sends a mark with its ratings on its image, or that there is nothing', () => {
    const box = { x1: '1', y1: '2', x2: '3', y2: '4' };
    expect(toAnnotation({ account: 'a', kind: 'mark', box, malignancy: 4, texture: 5 }, 'image')).toEqual({
      answer: 'FINDINGS',
      findings: [
        {
          labels: ['nodule'],
          attributes: [
            { name: 'malignancy', number: 4 },
            { name: 'texture', number: 5 },
          ],
          regions: ['mark'],
        },
      ],
      regions: [{ key: 'mark', imageId: 'image', ...box }],
    });
    expect(toAnnotation({ account: 'a', kind: 'nothingThere' }, 'image')).toEqual({ answer: 'NOTHING_THERE' });
  });
});

describe('a case as the API answers it', () => {
  const pixels = { x1: 1, y1: 2, x2: 3, y2: 4 };
  const whole = {
    id: 'c',
    projectId: 'p',
    subjectId: 's',
    externalKey: null,
    position: 0,
    priority: 0,
    status: 'SETTLED',
    importedAt: '2026-01-01T00:00:00.000Z',
    studyKey: null,
    previousStudy: null,
    clinical: null,
    images: [],
    sentences: [],
    readsWanted: 4,
    readsSubmitted: 2,
    annotations: [
      {
        id: 'a',
        readId: 'r',
        annotatorId: null,
        externalReader: null,
        revision: 1,
        submittedAt: '2026-01-01T00:00:00.000Z',
        answer: 'FINDINGS',
        findings: [],
        regions: [{ id: 'm', imageId: 'i', system: 'PIXEL', x1: '1', y1: '2', x2: '3', y2: '4', pixels }],
        imageQualityFlags: [],
        reportQualityFlags: [],
      },
    ],
    consensus: null,
  } as const;

  it('gives its marks by read, and no clusters before there is a consensus', () => {
    expect(toReadCase(whole)).toEqual({
      annotations: 1,
      marks: [{ readerId: 'r', box: pixels }],
      clusters: undefined,
      namedReaders: 0,
    });
    expect(figuresOf([toReadCase(whole)], 0.5)).toMatchObject({ withoutConsensus: 1, casesByMarks: [1, 0, 0, 0] });
  });

  it('counts an annotation that names its annotator', () => {
    const [annotation] = whole.annotations;
    const named = { ...whole, annotations: [{ ...annotation, annotatorId: 'somebody' }] };
    expect(toReadCase(named).namedReaders).toBe(1);
  });
});
