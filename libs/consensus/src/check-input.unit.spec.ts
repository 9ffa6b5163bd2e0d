import { describe, expect, it } from '@jest/globals';
import { checkInput } from './check-input.ts';
import { InvalidConsensusInput, maxReads, maxRegions } from './consensus-input.ts';
import type { Attribute, ConsensusInput, Read, Region } from './consensus-input.ts';

const region: Region = {
  regionId: 'r1',
  sentenceId: null,
  imageId: 'image',
  findingLabel: null,
  box: { x1: 0, y1: 0, x2: 1, y2: 1 },
  attributes: [],
};
const read: Read = { readerId: 'a', sentences: [], regions: [region] };
const input: ConsensusInput = { reads: [read], gate: 0.5 };
const grade: Attribute = { name: 'grade', kind: 'ordinal', value: 1 };
const withRegions = (...regions: readonly Region[]): ConsensusInput => ({ ...input, reads: [{ ...read, regions }] });
const withBox = (box: Region['box']): ConsensusInput => withRegions({ ...region, box });
const withAttributes = (...attributes: readonly Attribute[]): ConsensusInput => withRegions({ ...region, attributes });
const answer = { sentenceId: 's1', polarity: 'positive' } as const;

function problemOf(checked: ConsensusInput): unknown {
  try {
    checkInput(checked);
    return 'none';
  } catch (error) {
    return error instanceof InvalidConsensusInput ? [error.problem, error.subject] : error;
  }
}

describe('input of a consensus', () => {
  it.each<[string, ConsensusInput]>([
    ['one read', input],
    ['a read that found nothing', withRegions()],
    ['the gates at both ends', { ...input, gate: 0 }],
    ['the gates at both ends', { ...input, gate: 1 }],
    [
      'one region for two sentences',
      {
        ...input,
        reads: [
          {
            readerId: 'a',
            sentences: [answer, { ...answer, sentenceId: 's2' }],
            regions: [
              { ...region, sentenceId: 's1' },
              { ...region, sentenceId: 's2' },
            ],
          },
        ],
      },
    ],
    [
      'as many regions as are allowed',
      withRegions(...Array.from({ length: maxRegions }, (_, index) => ({ ...region, regionId: String(index) }))),
    ],
  ])('may be %s', (_, allowed) => {
    expect(problemOf(allowed)).toBe('none');
  });

  it.each<[string, string, ConsensusInput]>([
    ['NO_READS', '', { ...input, reads: [] }],
    [
      'TOO_MANY_READS',
      '101',
      {
        ...input,
        reads: Array.from({ length: maxReads + 1 }, (_, index) => ({ ...read, readerId: String(index) })),
      },
    ],
    [
      'TOO_MANY_REGIONS',
      '10000',
      withRegions(...Array.from({ length: 10_000 }, (_, index) => ({ ...region, regionId: String(index) }))),
    ],
    ['INVALID_GATE', '1.1', { ...input, gate: 1.1 }],
    ['INVALID_GATE', '-0.1', { ...input, gate: -0.1 }],
    ['INVALID_GATE', 'NaN', { ...input, gate: Number.NaN }],
    ['DUPLICATE_READER', 'a', { ...input, reads: [read, read] }],
    ['DUPLICATE_REGION', 'r1', withRegions(region, region)],
    ['DUPLICATE_SENTENCE', 's1', { ...input, reads: [{ ...read, sentences: [answer, answer] }] }],
    ['DUPLICATE_ATTRIBUTE', 'grade', withAttributes(grade, { ...grade, value: 2 })],
    ['UNANSWERED_SENTENCE', 'r1', withRegions({ ...region, sentenceId: 's1' })],
    ['INVALID_BOX', 'r1', withBox({ ...region.box, x2: 0 })],
    ['INVALID_BOX', 'r1', withBox({ ...region.box, y1: 2 })],
    ['INVALID_BOX', 'r1', withBox({ ...region.box, y2: Number.NaN })],
    ['INVALID_ATTRIBUTE', 'grade', withAttributes({ ...grade, value: Number.POSITIVE_INFINITY })],
    [
      'MIXED_ATTRIBUTE_KINDS',
      'grade',
      {
        ...input,
        reads: [
          { ...read, regions: [{ ...region, attributes: [grade] }] },
          { ...read, readerId: 'b', regions: [{ ...region, attributes: [{ ...grade, kind: 'interval' }] }] },
        ],
      },
    ],
  ])('is refused with %s (%s)', (problem, subject, refused) => {
    expect(problemOf(refused)).toEqual([problem, subject]);
  });
});
