import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { computeConsensus } from './compute-consensus.ts';
import type { Attribute, ConsensusInput, Polarity, Read, Region } from './consensus-input.ts';
import type { ConsensusMethod } from './consensus-method.ts';

const region = (regionId: string, x: number, more: Partial<Region> = {}): Region => ({
  regionId,
  sentenceId: null,
  imageId: 'image',
  findingLabel: 'nodule',
  box: { x1: x, y1: 0, x2: x + 10, y2: 10 },
  attributes: [],
  ...more,
});
const read = (readerId: string, regions: readonly Region[], sentences: Read['sentences'] = []): Read => ({
  readerId,
  sentences,
  regions,
});
const pool = (...reads: readonly Read[]) => computeConsensus({ reads, gate: 0.5 });

describe('consensus of a case', () => {
  it('is settled without a finding where all readers found nothing', () => {
    const consensus = pool(read('b', []), read('a', []));
    expect(consensus).toMatchObject({ outcome: 'settled', readers: ['a', 'b'], clusters: [], sentences: [] });
  });

  it('settles a finding that more than half of the readers marked, with the median box and who marked it', () => {
    const consensus = pool(
      read('a', [region('a1', 0)]),
      read('b', [region('b1', 1)]),
      read('c', [region('c1', 3)]),
      read('d', []),
    );
    expect(consensus.outcome).toBe('settled');
    expect(consensus.clusters).toEqual([
      {
        clusterId: ':a/a1+b/b1+c/c1',
        sentenceId: null,
        imageId: 'image',
        decision: 'present',
        score: 0.75,
        supporters: { count: 3, of: 4 },
        members: [
          { readerId: 'a', regionId: 'a1' },
          { readerId: 'b', regionId: 'b1' },
          { readerId: 'c', regionId: 'c1' },
        ],
        box: { x1: 1, y1: 0, x2: 11, y2: 10 },
        findingLabel: {
          value: 'nodule',
          decision: 'agreed',
          values: ['a', 'b', 'c'].map((readerId) => ({ readerId, value: 'nodule' })),
        },
        attributes: [],
      },
    ]);
    expect(consensus.method).toEqual({
      name: 'majority',
      version: '1',
      parameters: { gate: 0.5, maxExactRegions: 40, maxSearchStates: 20_000 },
    });
  });

  it('settles a finding that fewer than half marked as absent, and keeps it visible', () => {
    const consensus = pool(read('a', [region('a1', 0)]), read('b', []), read('c', []));
    expect(consensus).toMatchObject({ outcome: 'settled', clusters: [{ decision: 'absent', score: 1 / 3 }] });
  });

  it('is disputed where exactly half marked a finding, whatever else is settled', () => {
    const far = [region('far', 200)];
    const consensus = pool(
      read('a', [region('a1', 0), ...far]),
      read('b', [region('b1', 0), ...far]),
      read('c', far),
      read('d', far),
    );
    expect(consensus.outcome).toBe('disputed');
    expect(consensus.clusters.map(({ decision, supporters }) => [decision, supporters.count])).toEqual([
      ['disputed', 2],
      ['present', 4],
    ]);
  });

  it('takes marks that overlap less than the gate for different findings', () => {
    const consensus = pool(read('a', [region('a1', 0)]), read('b', [region('b1', 8)]), read('c', []));
    expect(consensus.clusters.map(({ decision }) => decision)).toEqual(['absent', 'absent']);
    expect(consensus.outcome).toBe('settled');
  });

  it('never matches boxes of different images', () => {
    const consensus = pool(
      read('a', [region('a1', 0, { imageId: 'frontal' })]),
      read('b', [region('b1', 0, { imageId: 'lateral' })]),
    );
    expect(consensus.clusters.map(({ imageId }) => imageId)).toEqual(['frontal', 'lateral']);
  });

  it('matches without regard to labels outside a sentence, and compares them afterwards without a dispute', () => {
    const consensus = pool(
      read('a', [region('a1', 0, { findingLabel: 'mass' })]),
      read('b', [region('b1', 0, { findingLabel: 'nodule' })]),
    );
    expect(consensus).toMatchObject({
      outcome: 'settled',
      clusters: [{ decision: 'present', findingLabel: { value: null, decision: 'disputed' } }],
    });
  });

  it('does not dispute a case over attributes, and keeps what was said', () => {
    const graded = (value: number): Partial<Region> => ({
      attributes: [{ name: 'malignancy', kind: 'ordinal', value }],
    });
    const consensus = pool(read('a', [region('a1', 0, graded(1))]), read('b', [region('b1', 0, graded(5))]));
    expect(consensus.outcome).toBe('settled');
    expect(consensus.clusters[0]?.attributes).toMatchObject([
      { name: 'malignancy', value: 1, decision: 'median', values: [{ value: 1 }, { value: 5 }] },
    ]);
  });

  it('escapes ids, so that no two sets of members share a cluster id', () => {
    const [odd] = pool(read('a/b+c', [region('1:%', 0)])).clusters;
    expect(odd?.clusterId).toBe(':a%2fb%2bc/1%3a%25');
  });
});

describe('consensus of a sentence', () => {
  const answer = (sentenceId: string, polarity: Polarity) => ({ sentenceId, polarity });

  it('is settled where all who answered agree', () => {
    const consensus = pool(
      read('a', [], [answer('s1', 'negative')]),
      read('b', [], [answer('s1', 'negative')]),
      read('c', []),
    );
    expect(consensus).toMatchObject({
      outcome: 'settled',
      sentences: [{ sentenceId: 's1', decision: 'settled', polarity: 'negative' }],
    });
  });

  it.each<Polarity>(['negative', 'uncertain'])('goes to people where one reader says %s against a majority', (odd) => {
    const positive = [answer('s1', 'positive')];
    const consensus = pool(read('a', [], positive), read('b', [], positive), read('c', [], [answer('s1', odd)]));
    expect(consensus).toMatchObject({
      outcome: 'disputed',
      sentences: [{ decision: 'disputed', polarity: null, answers: [{}, {}, { readerId: 'c', polarity: odd }] }],
    });
  });

  it('matches regions within the sentence only, and counts the readers who answered it', () => {
    const both = [answer('s1', 'positive'), answer('s2', 'positive')];
    const consensus = pool(
      read('a', [region('r', 0, { sentenceId: 's1' })], both),
      read('b', [region('r', 0, { sentenceId: 's2' })], both),
      read('c', [region('r', 0, { sentenceId: 's1' })], [answer('s1', 'positive')]),
      read('d', [region('r', 0)]),
    );
    expect(consensus.clusters).toMatchObject([
      { clusterId: ':d/r', sentenceId: null, supporters: { count: 1, of: 4 }, decision: 'absent' },
      { clusterId: 's1:a/r+c/r', sentenceId: 's1', supporters: { count: 2, of: 3 }, decision: 'present' },
      { clusterId: 's2:b/r', sentenceId: 's2', supporters: { count: 1, of: 2 }, decision: 'disputed' },
    ]);
  });

  it('lets one region show two sentences', () => {
    const both = [answer('s1', 'positive'), answer('s2', 'positive')];
    const shown = [region('r', 0, { sentenceId: 's1' }), region('r', 0, { sentenceId: 's2' })];
    expect(pool(read('a', shown, both)).clusters.map(({ clusterId }) => clusterId)).toEqual(['s1:a/r', 's2:a/r']);
  });
});

describe('another method', () => {
  it('decides by its own weights, while the plain count stays beside its decision', () => {
    const expert: ConsensusMethod = {
      name: 'expert-first',
      version: '1',
      parameters: { expert: 'a' },
      weightOf: (readerId) => (readerId === 'a' ? 10 : 1),
      decide: (votes) => {
        const marked = votes.filter((vote) => vote.marked).reduce((sum, { weight }) => sum + weight, 0);
        const score = marked / votes.reduce((sum, { weight }) => sum + weight, 0);
        return { decision: score > 0.5 ? 'present' : 'absent', score };
      },
    };
    const reads = [read('a', [region('a1', 0)]), read('b', [region('b1', 2)]), read('c', []), read('d', [])];
    const consensus = computeConsensus({ reads, gate: 0.5 }, expert);
    expect(consensus.clusters).toMatchObject([
      { decision: 'present', score: 11 / 13, supporters: { count: 2, of: 4 }, box: { x1: 0, x2: 10 } },
    ]);
    expect(consensus.method).toMatchObject({ name: 'expert-first', parameters: { expert: 'a', gate: 0.5 } });
  });
});

describe('order of the input', () => {
  const sentenceId = fc.constantFrom('s1', 's2');
  const attribute: fc.Arbitrary<Attribute> = fc.oneof(
    fc.record({
      name: fc.constant('grade'),
      kind: fc.constant('ordinal' as const),
      value: fc.integer({ min: 1, max: 5 }),
    }),
    fc.record({ name: fc.constant('side'), kind: fc.constant('nominal' as const), value: fc.constantFrom('l', 'r') }),
    fc.record({
      name: fc.constant('sizeMm'),
      kind: fc.constant('interval' as const),
      value: fc.double({ noNaN: true, noDefaultInfinity: true }),
    }),
  );
  const anyRegion = fc.record({
    sentenceId: fc.option(sentenceId),
    imageId: fc.constantFrom('frontal', 'lateral'),
    findingLabel: fc.option(fc.constantFrom('mass', 'nodule')),
    box: fc
      .tuple(fc.integer({ min: 0, max: 12 }), fc.double({ min: 1, max: 9, noNaN: true }))
      .map(([x, side]) => ({ x1: x / 3, y1: 0.1, x2: x / 3 + side, y2: 0.1 + side })),
    attributes: fc.uniqueArray(attribute, { selector: ({ name }) => name }),
  });
  const anyRead = fc.record({
    sentences: fc
      .constant(['s1', 's2'])
      .chain((ids) =>
        fc.tuple(
          ...ids.map((id) =>
            fc.record({ sentenceId: fc.constant(id), polarity: fc.constantFrom<Polarity>('positive', 'negative') }),
          ),
        ),
      ),
    regions: fc
      .array(anyRegion, { maxLength: 4 })
      .map((regions) => regions.map((entry, index): Region => ({ ...entry, regionId: String(index) }))),
  });
  const anyReads = fc
    .array(anyRead, { minLength: 1, maxLength: 5 })
    .map((reads) => reads.map((entry, index): Read => ({ ...entry, readerId: `reader-${index}` })));
  const shuffle = <Item>(items: readonly Item[]) => fc.shuffledSubarray([...items], { minLength: items.length });
  const shuffledRead = (original: Read): fc.Arbitrary<Read> =>
    fc.record({
      readerId: fc.constant(original.readerId),
      sentences: shuffle(original.sentences),
      regions: shuffle(original.regions).chain((regions) =>
        fc.tuple(
          ...regions.map((entry) => shuffle(entry.attributes).map((attributes): Region => ({ ...entry, attributes }))),
        ),
      ),
    });

  it('changes no byte of the answer', () => {
    const twice = anyReads.chain((reads) =>
      fc.tuple(
        fc.constant(reads),
        fc.tuple(...reads.map(shuffledRead)).chain((shuffled) => shuffle(shuffled)),
      ),
    );
    fc.assert(
      fc.property(twice, fc.constantFrom(0, 0.3, 0.5), ([reads, permuted], gate) => {
        const bytes = (input: ConsensusInput): string => JSON.stringify(computeConsensus(input));
        expect(bytes({ reads: permuted, gate })).toBe(bytes({ reads, gate }));
      }),
      { numRuns: 300 },
    );
  });
});
