import { describe, expect, it } from '@jest/globals';
import type { Annotation, Finding, Polarity, PresentSentence, Region } from '@consilium/domain';
import { regionId, sampleCase, sampleFinding, sampleProtocol, sampleRegion, sentenceId } from '@consilium/testing';
import { scoreItems, scoreRegions } from './score-answer.ts';

const protocol = sampleProtocol();
const [sentence] = sampleCase().sentences as readonly [PresentSentence];
const [first, second] = [1, 2].map((number) => ({ ...sentence, sentenceId: sentenceId(number) })) as [
  PresentSentence,
  PresentSentence,
];
const two = { sentences: [first, second] };
const none = { sentences: [] };

const said = (findings: readonly Finding[], regions: readonly Region[] = []): Annotation => ({
  answer: 'findings',
  findings,
  regions,
  imageQualityFlags: [],
  reportQualityFlags: [],
});
const nothing: Annotation = { ...said([]), answer: 'nothingThere' };
const of = (number: number, polarity: Polarity, more: Partial<Finding> = {}): Finding =>
  sampleFinding(number, { polarity, sentence: { sentenceId: sentenceId(number), version: 1 }, ...more });
const free = (number: number, polarity: Polarity, ...labels: readonly string[]): Finding =>
  sampleFinding(number, { polarity, labels });
const box = (number: number, x1: number, x2: number): Region => ({
  ...sampleRegion(number),
  pixels: { x1, y1: 0, x2, y2: 10 },
});

describe('the items of an answer', () => {
  const items = (truth: Annotation, answer: Annotation, sentences = two) =>
    scoreItems({ truth, answer, sentences, protocol });

  it('are the sentences that the truth says something sure of, with the first label and its group', () => {
    const truth = said([of(1, 'positive', { labels: ['nodule', 'effusion'] }), of(2, 'negative')]);
    expect(items(truth, said([of(1, 'negative'), of(2, 'uncertain', { labels: ['nodule'] })]))).toEqual([
      {
        sentence: { sentenceId: sentenceId(1), version: 1 },
        label: 'effusion',
        findingGroup: null,
        given: 'absent',
        truth: 'present',
      },
      {
        sentence: { sentenceId: sentenceId(2), version: 1 },
        label: 'nodule',
        findingGroup: 'lung',
        given: 'present',
        truth: 'absent',
      },
    ]);
    expect(items(said([of(1, 'uncertain')]), said([of(1, 'positive')]))).toEqual([]);
  });

  it('leave out a sentence that was not answered, unless nothing is there at all', () => {
    const truth = said([of(1, 'positive'), of(2, 'negative')]);
    expect(items(truth, said([of(2, 'negative')]))).toMatchObject([{ given: 'absent', truth: 'absent' }]);
    expect(items(truth, nothing)).toMatchObject([
      { given: 'absent', truth: 'present' },
      { given: 'absent', truth: 'absent' },
    ]);
  });

  it('compare what was said of a sentence in other words of the same meaning, and leave out another meaning', () => {
    const truth = said([of(1, 'positive', { sentence: { sentenceId: sentenceId(1), version: 2 } })]);
    const answer = said([of(1, 'negative')]);
    const reworded = { sentences: [{ ...first, version: 2 }] };
    const other = { sentences: [{ ...first, version: 2, sameMeaningSince: 2 }] };
    expect(items(truth, answer, reworded)).toMatchObject([{ given: 'absent', truth: 'present' }]);
    expect(items(truth, answer, other)).toEqual([]);
  });

  it('are the labels of findings that no sentence mentions, of either, in order', () => {
    const truth = said([free(1, 'positive', 'nodule'), free(2, 'uncertain', 'effusion')]);
    const answer = said([free(1, 'negative', 'nodule'), free(2, 'positive', 'effusion'), free(3, 'positive', 'cyst')]);
    expect(items(truth, answer, none)).toEqual([
      { sentence: null, label: 'cyst', findingGroup: null, given: 'present', truth: 'absent' },
      { sentence: null, label: 'nodule', findingGroup: 'lung', given: 'absent', truth: 'present' },
    ]);
  });

  it('are whether anything is there where neither gives a label, of a case without sentences', () => {
    expect(items(said([free(1, 'positive')]), nothing, none)).toMatchObject([{ given: 'absent', truth: 'present' }]);
    expect(items(nothing, nothing, none)).toMatchObject([{ given: 'absent', truth: 'absent' }]);
    expect(items(nothing, nothing, two)).toEqual([]);
    expect(items(nothing, said([free(1, 'positive')]), two)).toMatchObject([{ given: 'present', truth: 'absent' }]);
  });
});

describe('the regions of an answer', () => {
  it('are matched one to one at the gate within a sentence, and counted where they are not', () => {
    const truth = said([of(1, 'positive', { regionIds: [regionId(1), regionId(2)] })], [box(1, 0, 10), box(2, 50, 60)]);
    const answer = said(
      [of(1, 'positive', { regionIds: [regionId(3), regionId(4), regionId(5)] })],
      [box(3, 0, 8), box(4, 56, 70), box(5, 90, 95)],
    );
    const compared = { truth, answer, sentences: two, protocol };
    expect(scoreRegions(compared)).toEqual({ expected: 2, given: 3, matched: 1, summedIou: 0.8 });
    expect(scoreRegions({ ...compared, answer: nothing })).toEqual({ expected: 2, given: 0, matched: 0, summedIou: 0 });
    const elsewhere = said([of(2, 'positive', { regionIds: [regionId(3)] })], [box(3, 0, 8)]);
    expect(scoreRegions({ ...compared, answer: elsewhere })).toMatchObject({ expected: 2, given: 1, matched: 0 });
  });
});
