import { describe, expect, it } from '@jest/globals';
import { intersectionOverUnion } from '@consilium/consensus';
import type { Box } from '@consilium/consensus';
import type { NormalisedBox } from '@consilium/formats';
import { numbersOf } from './image-box.ts';
import { readOf } from './read-of.ts';
import { scriptedAnnotators } from './scripted-annotators.ts';
import type { ScriptedAnnotator } from './scripted-annotators.ts';
import { slipKinds } from './scripted-read.ts';
import type { ScriptedRead, SlipKind } from './scripted-read.ts';
import { syntheticStudies } from './synthetic-studies.ts';
import type { PlantedFinding } from './synthetic-study.ts';

const studies = [...syntheticStudies({ studies: 1_200 })];
const flawless: ScriptedAnnotator = {
  key: 'flawless',
  language: 'es',
  boxJitter: 0,
  missRate: 0,
  falsePositiveRate: 0,
  polarityErrorRate: 0,
  lateralityErrorRate: 0,
  wrongLabelRate: 0,
  wrongLocationRate: 0,
  wrongProgressionRate: 0,
  wrongExtentRate: 0,
  wrongLinkRate: 0,
  noticesMistranslationRate: 0,
};
const readsOf = (annotator: ScriptedAnnotator): readonly ScriptedRead[] =>
  studies.map((study) => readOf(annotator, study));
const truths = studies.map(({ truth }) => truth);
const positive = truths.flat().filter(({ polarity }) => polarity === 'positive');

describe('readOf', () => {
  it('answers the same for the same seed, and otherwise for another one', () => {
    for (const annotator of scriptedAnnotators) {
      const read = (seed: number): readonly ScriptedRead[] =>
        studies.slice(0, 60).map((study) => readOf(annotator, study, seed));
      expect(read(1)).toEqual(read(1));
      expect(read(1)).not.toEqual(read(2));
    }
  });

  it('gives the truth where nothing is planted', () => {
    const answers = readsOfFlawless.map(({ sentences }) => sentences);
    const told = studies.map(({ study }) =>
      study.findings.map((finding, index) => ({
        finding: index,
        polarity: finding.abnormal ? 'positive' : 'negative',
        labels: finding.labels ?? [],
        locations: finding.locations ?? [],
        progression: finding.progression ?? null,
        boxes: finding.boxes ?? [],
      })),
    );
    expect(answers).toEqual(told);
    expect(
      readsOfFlawless.flatMap((read) => [...read.slips, ...read.unmentioned, ...read.rejectedTranslations]),
    ).toEqual([]);
  });

  it.each([
    ['polarity', 'polarityErrorRate', truths.flat().length],
    ['label', 'wrongLabelRate', positive.length],
    ['location', 'wrongLocationRate', positive.filter(({ place }) => place !== null).length],
    ['laterality', 'lateralityErrorRate', positive.filter(({ side }) => side === 'right' || side === 'left').length],
    ['progression', 'wrongProgressionRate', positive.filter(({ progression }) => progression !== null).length],
    ['presence', 'missRate', positive.flatMap(({ boxes }) => boxes).length],
    ['presence', 'falsePositiveRate', studies.length],
    ['extent', 'wrongExtentRate', positive.flatMap(({ boxes }) => boxes).length],
    ['sentenceLink', 'wrongLinkRate', truths.flatMap(linkable).length],
  ] as const)('makes slips of %s at the %s, and no other', (kind, rate, chances) => {
    const reads = readsOf({ ...flawless, [rate]: 0.1 });
    const slips = reads.flatMap((read) => read.slips);
    expect(new Set(slips.map((slip) => slip.kind))).toEqual(new Set([kind]));
    expect(Math.abs(slips.length - 0.1 * chances)).toBeLessThan(5 * Math.sqrt(0.09 * chances));
    // What was planted is there to be found: each read with a slip differs from the flawless one, and no other does.
    const differing = reads.filter((read, index) => answerOf(read) !== answerOf(readsOfFlawless[index]));
    expect(differing).toEqual(reads.filter((read) => read.slips.length > 0));
  });

  it('goes by a wrong translation if it reads English, and rejects it at the rate at which it is noticed', () => {
    const english: ScriptedAnnotator = { ...flawless, language: 'en', noticesMistranslationRate: 0.5 };
    const reads = readsOf(english);
    const planted = truths.flat().filter(({ mistranslation }) => mistranslation !== null).length;
    const rejected = reads.flatMap(({ rejectedTranslations }) => rejectedTranslations);
    expect(Math.abs(rejected.length - planted / 2)).toBeLessThan(5 * Math.sqrt(planted / 4));
    const misled = reads.filter(({ slips }) => slips.length > 0);
    expect(misled.length).toBeGreaterThan(planted / 8);
    for (const { slips, rejectedTranslations } of misled) {
      expect(slips.map(({ kind }) => kind)).toEqual(['translation']);
      expect(rejectedTranslations).toEqual([]);
    }
    const differing = reads.filter(
      (read, index) => answerOf({ ...read, rejectedTranslations: [] }) !== answerOf(readsOfFlawless[index]),
    );
    expect(differing).toEqual(misled);
    expect(readsOf({ ...english, language: 'es' }).flatMap(({ slips }) => slips)).toEqual([]);
  });

  it('draws every decision apart: another rate of one slip changes no other', () => {
    const [, , , hasty] = scriptedAnnotators;
    if (hasty === undefined) throw new Error('there are four');
    const others = (reads: readonly ScriptedRead[]): string =>
      JSON.stringify(reads.map(({ slips }) => slips.filter(({ kind }) => kind !== 'label')));
    expect(others(readsOf({ ...hasty, wrongLabelRate: 0.9 }))).toBe(others(readsOf(hasty)));
  });

  it('draws boxes with the jitter that was planted', () => {
    const moves = readsOf({ ...flawless, boxJitter: 0.05 }).flatMap((read, index) =>
      read.sentences.flatMap(({ finding, boxes }) => boxes.map((box, at) => moveOf(truths[index]?.[finding], at, box))),
    );
    const mean = moves.reduce((sum, move) => sum + move, 0) / moves.length;
    const deviation = Math.sqrt(moves.reduce((sum, move) => sum + (move - mean) ** 2, 0) / moves.length);
    expect(Math.abs(mean)).toBeLessThan(0.003);
    expect(deviation).toBeGreaterThan(0.045);
    expect(deviation).toBeLessThan(0.055);
  });

  it('has every kind of slip among 60 studies and four annotators, who differ in skill', () => {
    const slips = scriptedAnnotators.map((annotator) =>
      studies.slice(0, 60).flatMap((study) => readOf(annotator, study).slips),
    );
    expect(new Set(slips.flat().map(({ kind }) => kind))).toEqual(new Set<SlipKind>(slipKinds));
    const counts = slips.map(({ length }) => length);
    expect(counts.toSorted((one, other) => one - other)).toEqual(counts);
    const overlaps = scriptedAnnotators.map((annotator) =>
      meanOverlap({ ...flawless, boxJitter: annotator.boxJitter }),
    );
    expect(overlaps.toSorted((one, other) => other - one)).toEqual(overlaps);
    expect(overlaps.at(-1)).toBeGreaterThan(0.5);
  });

  it('draws a wrong extent so that it no longer matches', () => {
    const overlaps = readsOf({ ...flawless, wrongExtentRate: 1 }).flatMap((read, index) =>
      read.sentences.flatMap(({ finding, boxes }) =>
        boxes.map((box, at) => overlap(truths[index]?.[finding]?.boxes[at], box)),
      ),
    );
    expect(overlaps.filter((iou) => iou >= 0.5)).toEqual([]);
  });
});

const readsOfFlawless = readsOf(flawless);

/** Everything but what was planted, and who answered. */
function answerOf(read: ScriptedRead | undefined): string {
  return JSON.stringify([read?.sentences, read?.unmentioned, read?.rejectedTranslations]);
}

function linkable(truth: readonly PlantedFinding[]): readonly PlantedFinding[] {
  const positives = truth.filter(({ polarity }) => polarity === 'positive');
  return positives.length < 2 ? [] : positives.filter(({ boxes }) => boxes.length > 0);
}

/** How far the left edge was moved, in widths of the box. */
function moveOf(planted: PlantedFinding | undefined, at: number, box: NormalisedBox): number {
  const truth = planted?.boxes[at];
  if (truth === undefined) throw new Error('a box that was not planted');
  const [[x1, , x2], [moved]] = [numbersOf(truth), numbersOf(box)];
  return (moved - x1) / (x2 - x1);
}

function meanOverlap(annotator: ScriptedAnnotator): number {
  const overlaps = studies
    .slice(0, 300)
    .flatMap((study) =>
      readOf(annotator, study).sentences.flatMap(({ finding, boxes }) =>
        boxes.map((box, at) => overlap(study.truth[finding]?.boxes[at], box)),
      ),
    );
  return overlaps.reduce((sum, iou) => sum + iou, 0) / overlaps.length;
}

function overlap(one: NormalisedBox | undefined, other: NormalisedBox): number {
  return one === undefined ? 0 : intersectionOverUnion(toBox(one), toBox(other));
}

function toBox(box: NormalisedBox): Box {
  const [x1, y1, x2, y2] = numbersOf(box);
  return { x1, y1, x2, y2 };
}
