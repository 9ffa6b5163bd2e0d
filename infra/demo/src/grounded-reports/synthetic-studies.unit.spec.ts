import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readGroundedReports } from '@consilium/formats';
import type { GroundedStudy } from '@consilium/formats';
import { numbersOf } from './image-box.ts';
import { locationsOf } from './places.ts';
import { syntheticGroundedReports } from './synthetic-file.ts';
import { syntheticStudies, syntheticStudy } from './synthetic-studies.ts';
import { mistranslations } from './synthetic-study.ts';
import { syntheticVocabulary } from './synthetic-vocabulary.ts';

const many = [...syntheticStudies({ studies: 4_555 })];
const findings = many.flatMap(({ truth, study }) =>
  truth.map((planted) => ({ planted, finding: study.findings[planted.finding] })),
);
const positives = findings.filter(({ planted }) => planted.polarity === 'positive');

describe('synthetic studies', () => {
  it('are the same for the same seed, each for itself, and others for another seed', () => {
    expect([...syntheticStudies({ studies: 60 })]).toEqual(many.slice(0, 60));
    expect(syntheticStudy(37)).toEqual(many[37]);
    expect(syntheticStudy(37, 7).study.findings).not.toEqual(many[37]?.study.findings);
    expect(syntheticStudy(37, 7).study.studyId).not.toBe(many[37]?.study.studyId);
  });

  it('are read from their file as they were made', async () => {
    const read: GroundedStudy[] = [];
    for await (const row of readGroundedReports(syntheticGroundedReports({ studies: 300 }))) {
      if (row.kind !== 'study') throw new Error(JSON.stringify(row));
      read.push(row.study);
    }
    expect(read).toMatchObject(many.slice(0, 300).map(({ study }) => study));
    const [positive] = read.flatMap((study) => study.findings.filter(({ abnormal }) => abnormal));
    const [negative] = read.flatMap((study) => study.findings.filter(({ abnormal }) => !abnormal));
    expect(positive?.received?.keys).toEqual([
      'sentence_en',
      'sentence_es',
      'abnormal',
      'boxes',
      'extra_boxes',
      'labels',
      'locations',
      'progression',
    ]);
    expect(negative?.received?.keys).toEqual(['sentence_en', 'sentence_es', 'abnormal']);
  });

  it('are normal in about a third, and then say nothing but that', () => {
    const normal = many.filter(({ truth }) => truth.every(({ polarity }) => polarity === 'negative'));
    // 1,458 expected, less those that need a finding to mistranslate; standard deviation 31.
    expect(Math.abs(normal.length - 1_458 * (1 - 0.75 / 12))).toBeLessThan(5 * 31);
    expect(normal.every(({ truth }) => truth.length >= 1)).toBe(true);
  });

  it('have about as many findings as the published file', () => {
    const perAbnormal = positives.length / many.filter(({ truth }) => truth[0]?.polarity === 'positive').length;
    expect(perAbnormal).toBeGreaterThan(2.1);
    expect(perAbnormal).toBeLessThan(2.6);
  });

  it('plant boxes where the finding is: on the side of the patient that the sentence names', () => {
    const told = positives.map(({ finding }) => [finding?.boxes, finding?.labels, finding?.locations]);
    const truth = positives.map(({ planted: { boxes, label, place, side } }) => [
      boxes,
      [label],
      locationsOf(place, side),
    ]);
    expect(told).toEqual(truth);
    // Left out are those whose side is another than that of the box: which way a trachea deviates, for instance.
    const sided = positives.filter(({ planted: { place } }) => place !== 'trachea' && place !== 'superiorVenaCava');
    const onTheLeftOfTheImage = { right: [true], left: [false], bilateral: [true, false] };
    const wrong = sided.filter(({ planted: { boxes, place, side } }) => {
      const halves = boxes.map(numbersOf).map(([x1, , x2]) => (x1 + x2) / 2 < 0.5);
      const isRight =
        side === null
          ? halves.length === (place === null ? 0 : 1)
          : isDeepStrictEqual(halves, onTheLeftOfTheImage[side]);
      return !isRight;
    });
    expect(wrong).toEqual([]);
  });

  it('draw nodules as large as the sentence says', () => {
    const widths = positives.flatMap(({ planted, finding }) => {
      const [, millimetres] = /^Nódulo pulmonar de (\d+) mm/.exec(finding?.sentenceEs ?? '') ?? [];
      const [[x1, , x2] = [0, 0, 0, 0]] = planted.boxes.map(numbersOf);
      return millimetres === undefined ? [] : [((x2 - x1) * 400) / Number(millimetres)];
    });
    expect(widths.length).toBeGreaterThan(50);
    for (const width of widths) {
      expect(width).toBeGreaterThan(0.85);
      expect(width).toBeLessThan(1.3);
    }
  });

  it('use the terms of the vocabulary and no other', () => {
    const usedIn = (key: 'labels' | 'locations'): ReadonlySet<string> =>
      new Set(findings.flatMap(({ finding }) => finding?.[key] ?? []));
    expect([...usedIn('labels')].filter((label) => !syntheticVocabulary.labels.includes(label))).toEqual([]);
    expect([...usedIn('locations')].filter((place) => !syntheticVocabulary.locations.includes(place))).toEqual([]);
  });

  it('follow up an earlier study of the same person in about a quarter, and only then speak of progression', () => {
    const followUps = many.filter(({ study }) => study.previousStudyId !== null);
    expect(Math.abs(followUps.length - 4_555 / 4)).toBeLessThan(5 * 30);
    const linked = many.map((later, index) => {
      const before = many[index - 1];
      return later.study.previousStudyId === null
        ? later.subjectKey !== before?.subjectKey && later.truth.every(({ progression }) => progression === null)
        : later.subjectKey === before?.subjectKey &&
            later.study.previousStudyId === before.study.studyId &&
            later.study.previousImageId === before.study.imageId;
    });
    expect(linked.indexOf(false)).toBe(-1);
    const spoken = new Set(positives.map(({ planted }) => planted.progression));
    expect(spoken).toEqual(new Set([null, ...syntheticVocabulary.progressions]));
  });

  it('have a few wrong translations of each kind, also among the first 60', () => {
    const wrongIn = (studies: number): readonly string[] =>
      many.slice(0, studies).flatMap(({ truth }) => truth.flatMap(({ mistranslation }) => mistranslation?.kind ?? []));
    expect(wrongIn(60)).toEqual(['polarity', 'laterality', 'size', 'grade', 'polarity']);
    expect(wrongIn(4_555)).toHaveLength(Math.floor(4_555 / 12));
    expect(new Set(wrongIn(4_555))).toEqual(new Set(mistranslations));
    const silent = findings.filter(
      ({ planted, finding }) => planted.mistranslation?.faithfulEnglish === finding?.sentenceEn,
    );
    expect(silent).toEqual([]);
  });
});
