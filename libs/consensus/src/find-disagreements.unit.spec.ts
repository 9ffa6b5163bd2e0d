import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { computeConsensus } from './compute-consensus.ts';
import type { Polarity, Read } from './consensus-input.ts';
import { findDisagreements, type Statement } from './find-disagreements.ts';

const gate = 0.5;
interface Said extends Partial<Omit<Statement, 'readerId' | 'regionIds'>> {
  /** Left edge of a box of 100 by 100. */
  readonly at?: number;
}

/** Each reader's findings; a region is named after its finding. */
function disagreementsOf(...reads: readonly (readonly Said[])[]) {
  const named = reads.map((findings, reader) => ({ readerId: `r${String(reader)}`, findings }));
  const inputs = named.map(({ readerId, findings }): Read => {
    const answered = new Map<string, Polarity>();
    for (const { sentenceId, polarity } of findings) {
      if (sentenceId !== undefined && sentenceId !== null) answered.set(sentenceId, polarity ?? 'positive');
    }
    return {
      readerId,
      sentences: [...answered].map(([sentenceId, polarity]) => ({ sentenceId, polarity })),
      regions: findings.flatMap(({ at, sentenceId, labels }, index) =>
        at === undefined
          ? []
          : [
              {
                regionId: String(index),
                sentenceId: sentenceId ?? null,
                imageId: 'i',
                findingLabel: labels?.join(' + ') ?? null,
                box: { x1: at, y1: 0, x2: at + 100, y2: 100 },
                attributes: [],
              },
            ],
      ),
    };
  });
  const statements = named.flatMap(({ readerId, findings }) =>
    findings.map(({ at, ...said }, index): Statement => ({
      readerId,
      sentenceId: null,
      polarity: 'positive',
      labels: [],
      locations: [],
      lateralities: [],
      progression: null,
      ...said,
      regionIds: at === undefined ? [] : [String(index)],
    })),
  );
  return findDisagreements(computeConsensus({ reads: inputs, gate }), statements);
}
const kindsOf = (...reads: readonly (readonly Said[])[]) => disagreementsOf(...reads).map(({ kind }) => kind);

describe('two readers', () => {
  const s = 'sentence';

  it('who say the same disagree about nothing', () => {
    const said = [
      { sentenceId: s, labels: ['a'], locations: ['lobe'], lateralities: ['left'], progression: 'new', at: 0 },
    ];
    expect(kindsOf(said, said)).toEqual([]);
    expect(kindsOf([], [])).toEqual([]);
  });

  it('disagree about presence where one marks what the other does not', () => {
    expect(disagreementsOf([{ sentenceId: s, at: 0 }], [{ sentenceId: s }])).toMatchObject([
      {
        kind: 'presence',
        sentenceId: s,
        options: [
          { option: 'absent', readerIds: ['r1'] },
          { option: 'present', readerIds: ['r0'] },
        ],
      },
    ]);
  });

  it('disagree about polarity, and then about nothing that only one affirms', () => {
    expect(disagreementsOf([{ sentenceId: s, labels: ['a'] }], [{ sentenceId: s, polarity: 'negative' }])).toEqual([
      {
        kind: 'polarity',
        sentenceId: s,
        clusterIds: [],
        options: [
          { option: 'negative', readerIds: ['r1'] },
          { option: 'positive', readerIds: ['r0'] },
        ],
      },
    ]);
  });

  it('disagree about the label, also where one gives none', () => {
    expect(kindsOf([{ sentenceId: s, labels: ['a'] }], [{ sentenceId: s, labels: ['b'] }])).toEqual(['label']);
    expect(disagreementsOf([{ sentenceId: s, labels: ['b', 'a'] }], [{ sentenceId: s }])).toMatchObject([
      { kind: 'label', options: [{ option: 'a + b' }, { option: 'none' }] },
    ]);
  });

  it('disagree about the side, about places and about progression where both say one', () => {
    const one = { sentenceId: s, lateralities: ['left'], locations: ['upper lobe'], progression: 'new' };
    const other = { sentenceId: s, lateralities: ['right'], locations: ['lower lobe'], progression: 'stable' };
    expect(kindsOf([one], [other])).toEqual(['laterality', 'location', 'progression']);
    expect(kindsOf([one], [{ sentenceId: s }])).toEqual([]);
  });

  it('disagree about the extent where their regions overlap in part, not about presence twice', () => {
    // 60 of 140 columns are common: IoU 0.43.
    expect(disagreementsOf([{ sentenceId: s, at: 0 }], [{ sentenceId: s, at: 40 }])).toMatchObject([
      { kind: 'extent', sentenceId: s, options: [{ readerIds: ['r0'] }, { readerIds: ['r1'] }] },
    ]);
    expect(kindsOf([{ sentenceId: s, at: 0 }], [{ sentenceId: s, at: 90 }])).toEqual(['presence', 'presence']);
  });

  it('disagree about the sentence that speaks of one place', () => {
    const both = [{ sentenceId: 's1' }, { sentenceId: 's2' }];
    expect(
      disagreementsOf([{ ...both[0], at: 0 }, both[1] ?? {}], [both[0] ?? {}, { ...both[1], at: 10 }]),
    ).toMatchObject([{ kind: 'sentenceLink', options: [{ option: 's1' }, { option: 's2' }] }]);
    expect(disagreementsOf([{ sentenceId: 's1', at: 0 }], [{ sentenceId: 's1' }, { at: 5 }])).toMatchObject([
      { kind: 'sentenceLink', options: [{ option: 'none', readerIds: ['r1'] }, { option: 's1' }] },
    ]);
  });

  it('disagree about the label of what no sentence mentions', () => {
    expect(kindsOf([{ at: 0, labels: ['a'] }], [{ at: 5, labels: ['b'] }])).toEqual(['label']);
  });
});

describe('three readers', () => {
  it('agree where two of them do, but not about polarity or the side', () => {
    const s = 'sentence';
    const a = [{ sentenceId: s, labels: ['a'], locations: ['x'], progression: 'new', at: 0 }];
    const b = [{ sentenceId: s, labels: ['b'], locations: ['y'], progression: 'stable' }];
    expect(kindsOf(a, a, b)).toEqual([]);
    expect(kindsOf(a, a, [{ sentenceId: s, polarity: 'negative' }])).toEqual(['polarity']);
    const side = (lateralities: readonly string[]) => [{ sentenceId: s, labels: ['a'], lateralities }];
    expect(kindsOf(side(['left']), side(['left']), side(['right']))).toEqual(['laterality']);
  });
});

it('does not depend on the order of readers, and puts each cluster in dispute in one disagreement', () => {
  const finding = fc.record(
    {
      sentenceId: fc.constantFrom('s1', 's2', null),
      polarity: fc.constantFrom<Polarity>('positive', 'negative', 'uncertain'),
      labels: fc.subarray(['a', 'b']),
      lateralities: fc.subarray(['left', 'right'], { maxLength: 1 }),
      at: fc.integer({ min: 0, max: 300 }),
    },
    { requiredKeys: ['sentenceId'] },
  );
  fc.assert(
    fc.property(fc.array(fc.array(finding, { maxLength: 4 }), { minLength: 1, maxLength: 4 }), (reads) => {
      // A negative finding marks nothing.
      const said = reads.map((findings) =>
        findings.map(({ at, ...rest }) => (rest.polarity === 'negative' || at === undefined ? rest : { ...rest, at })),
      );
      const found = disagreementsOf(...said);
      const seen = found
        .filter(({ kind }) => ['presence', 'extent', 'sentenceLink'].includes(kind))
        .flatMap(({ clusterIds }) => clusterIds);
      expect(new Set(seen).size).toBe(seen.length);
      const kinds = found.map(({ kind }) => kind).sort();
      expect(kindsOf(...said.toReversed()).toSorted()).toEqual(kinds);
    }),
  );
});
