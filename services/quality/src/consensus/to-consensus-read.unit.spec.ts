import { describe, expect, it } from '@jest/globals';
import type { Annotation, Finding, Polarity, Region } from '@consilium/domain';
import { imageId, readId, regionId, sampleFinding, sampleProtocol, sampleRegion, sentenceId } from '@consilium/testing';
import { toConsensusRead } from './to-consensus-read.ts';

const box = { x1: 0, y1: 0, x2: 10, y2: 10 };
const region = (number: number): Region => ({ ...sampleRegion(number), pixels: box });
const annotation = (findings: readonly Finding[], regions: readonly Region[] = [region(1)]): Annotation => ({
  answer: 'findings',
  findings,
  regions,
  imageQualityFlags: [],
  reportQualityFlags: [],
});
const read = (given: Annotation) => toConsensusRead(readId(1), given, sampleProtocol());
const at = (number: number, version = 1) => ({ sentenceId: sentenceId(number), version });
const answering = (number: number, polarity: Polarity, sentence = at(1), more: Partial<Finding> = {}) =>
  sampleFinding(number, { polarity, sentence, regionIds: [regionId(1)], ...more });

describe('the sentences of a read', () => {
  it('are known by id and version', () => {
    expect(read(annotation([answering(1, 'negative', at(2, 3))])).sentences).toEqual([
      { sentenceId: `${sentenceId(2)}@3`, polarity: 'negative' },
    ]);
  });

  it.each<[readonly Polarity[], Polarity]>([
    [['negative', 'negative'], 'negative'],
    [['negative', 'uncertain'], 'uncertain'],
    [['uncertain', 'positive', 'negative'], 'positive'],
  ])('answered by findings that are %j are %s', (polarities, polarity) => {
    const findings = polarities.map((each, index) => answering(index, each));
    expect(read(annotation(findings)).sentences).toEqual([{ sentenceId: `${sentenceId(1)}@1`, polarity }]);
  });
});

describe('the marks of a read', () => {
  const sentencesOfMarks = (given: Annotation) => read(given).regions.map((mark) => mark.sentenceId);

  it('are the regions of positive and uncertain findings, not of negative ones', () => {
    for (const polarity of ['positive', 'uncertain'] as const) {
      expect(read(annotation([answering(1, polarity)])).regions).toEqual([
        {
          regionId: regionId(1),
          sentenceId: `${sentenceId(1)}@1`,
          imageId: imageId(1),
          findingLabel: null,
          box,
          attributes: [],
        },
      ]);
    }
    expect(read(annotation([answering(1, 'negative')])).regions).toEqual([]);
  });

  it('stand once in each sentence their findings answer, and once for all findings without one', () => {
    const loose = (number: number) => sampleFinding(number, { regionIds: [regionId(1)] });
    expect(
      sentencesOfMarks(
        annotation([
          answering(1, 'positive', at(1)),
          answering(2, 'uncertain', at(1)),
          answering(3, 'positive', at(2)),
          answering(4, 'negative', at(3)),
          loose(5),
          loose(6),
        ]),
      ),
    ).toEqual([`${sentenceId(1)}@1`, `${sentenceId(2)}@1`, null]);
  });

  it('include a region that no finding names, without sentence, label and attributes', () => {
    const named = sampleFinding(1, { labels: ['nodule'], regionIds: [regionId(1)] });
    const [, unnamed] = read(annotation([named], [region(1), region(2)])).regions;
    expect(unnamed).toMatchObject({ regionId: regionId(2), sentenceId: null, findingLabel: null, attributes: [] });
  });

  it('have the labels and attributes of their findings, by kind of the protocol, in any order of the findings', () => {
    const findings = [
      answering(1, 'positive', at(1), { labels: ['nodule'], attributes: [{ name: 'malignancy', value: 4 }] }),
      answering(2, 'positive', at(1), {
        labels: ['effusion', 'nodule'],
        attributes: [
          { name: 'malignancy', value: 1 },
          { name: 'texture', value: 'solid' },
          { name: 'diameter', value: 7.5 },
        ],
      }),
    ];
    const expected = {
      findingLabel: 'effusion + nodule',
      attributes: [
        { name: 'malignancy', kind: 'ordinal', value: 4 },
        { name: 'texture', kind: 'nominal', value: 'solid' },
        { name: 'diameter', kind: 'interval', value: 7.5 },
      ],
    };
    expect(read(annotation(findings)).regions).toMatchObject([expected]);
    expect(read(annotation(findings.toReversed()))).toEqual(read(annotation(findings)));
  });
});
