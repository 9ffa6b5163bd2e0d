import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidRatings } from '../ratings/rating.ts';
import type { Rating } from '../ratings/rating.ts';
import { wawa, zeroBasedSkill } from './agreement-weighted.ts';
import { dawidSkene, oneCoinDawidSkene } from './dawid-skene.ts';
import { glad } from './glad.ts';
import type { LabelConsensus } from './item-labels.ts';
import { kos } from './kos.ts';
import { mace } from './mace.ts';
import { majorityVote, weightedMajorityVote } from './majority-vote.ts';

const rated = (rows: readonly string[]): readonly Rating<string>[] =>
  rows.flatMap((row, reader) =>
    row
      .split('')
      .flatMap((value, item) =>
        value === '.' ? [] : [{ itemId: `item ${item + 10}`, readerId: `reader ${reader}`, value }],
      ),
  );

/** Sixty items with three labels and eight made-up readers of recorded confusions; one of them guesses. */
const panel = rated([
  'aba.aa.cbabaaa.cbababbaa....baaaaabb.ac..aca.bbacaa......cb.',
  'bbbb.aa.babbababbaabb...c..ccbbbabbbbabbbbc.a....bab...bb.bb',
  'aabbaaa.abbaaaa..aa.ac..b.b.caaaa.b...babac.ac..a.a.a.ab..ab',
  '.aabbaac.ab.b.ab..aca.ca..aacaa.cbcbabba.aca.baacaabaaabac.c',
  'bbababacba.aaa.b.aaaaababa.ac..aababca.aa.bc.ca.aaaa..aca..b',
  'a.ac.aacb.b..aa.ccaaabba..aa.a.a...bca.a..aaabbbba.aaab...a.',
  '.aabb.cccccc.ba.a...acc.aaa.c.abcc.bcabcacabcaaaa.a.ccb.b.ab',
  'aaa..a.cb.aaaaaa..a.a.c.aa.ccca.aba.aaa.aac..abaca.aaaaa.a..',
]);
const tie = 'firstLabel';
const said = ({ items }: LabelConsensus): string => items.map(({ label }) => label ?? '-').join('');

describe('methods on labels (crowd-kit 1.4.2 on the same panel)', () => {
  const weightedVote = 'aaabaaacbabaaaabbaaaabcabaaacaaaabbbcabaaacaabbacaaaaaabacab';

  it('vote by agreement with the vote: Wawa and Zero-Based Skill', () => {
    expect(said(wawa(panel, tie))).toBe(weightedVote);
    expect(said(zeroBasedSkill(panel, tie))).toBe(weightedVote);
  });

  it('fit abilities and difficulties: GLAD, whose abilities are those of scipy.optimize on the same posterior', () => {
    const { readers, converged, ...consensus } = glad(panel, { tie });
    expect(converged).toBe(true);
    expect(said(consensus)).toBe(weightedVote);
    const expected = [0.4855, -0.0307, 0.6312, 0.4799, 0.5696, 0.5536, -0.1275, 0.4902];
    for (const [index, { ability }] of readers.entries()) expect(ability).toBeCloseTo(expected[index] ?? 9, 3);
  });

  it('tell knowing from habit: MACE, where crowd-kit is given labels and readers in rising order', () => {
    const { readers, converged, ...consensus } = mace(panel, { tie, seed: 5 });
    expect(converged).toBe(true);
    expect(said(consensus)).toBe(weightedVote);
    const expected = [0.6306, 0.3131, 0.6955, 0.64, 0.5852, 0.6715, 0.1341, 0.4594];
    for (const [index, { competence }] of readers.entries()) expect(competence).toBeCloseTo(expected[index] ?? 9, 3);
  });

  it('pass messages about two labels: KOS', () => {
    const two = panel.map((rating) => ({ ...rating, value: rating.value === 'c' ? 'b' : rating.value }));
    const expected = 'aaabaaabbabaaaabbaaaabbabaaabaaaabbbbabaaabaabbabaaaaaababab';
    for (const seed of [0, 1, 2]) expect(said(kos(two, { tie, seed }))).toBe(expected);
  });
});

describe('Dawid and Skene (figures of an independent expectation-maximisation in numpy, run to convergence)', () => {
  it('gives the labels, the confusions and the log-likelihood', () => {
    const { logLikelihood, converged, prevalences, readers, ...consensus } = dawidSkene(panel, { tie });
    expect(converged).toBe(true);
    expect(logLikelihood).toBeCloseTo(-265.8713853423152, 5);
    expect(said(consensus)).toBe('aaabaaacbabaaaabbaaaaccabaaccaaaabbbbabaaacaabbacaaaaaababab');
    expect(prevalences[0]).toBeCloseTo(0.60908964, 3);
    expect(readers[0]?.confusion.map((row, truth) => row[truth])).toEqual([
      expect.closeTo(0.843, 3),
      expect.closeTo(0.6426, 3),
      expect.closeTo(0.5203, 3),
    ]);
  });

  it('with one coin', () => {
    const { logLikelihood, readers, ...consensus } = oneCoinDawidSkene(panel, { tie });
    expect(logLikelihood).toBeCloseTo(-313.53089513931627, 5);
    expect(said(consensus)).toBe('aaabaaacbabaaaabbaaaabbabaaacaaaababaabaaacaabaaaaaaaaabaaab');
    expect(readers[6]?.accuracy).toBeCloseTo(0.4569, 3);
  });

  it('warns where one coin explains nothing, where a label grows out of nothing, and where readers are few', () => {
    // Six careful readers of a, who call most b by a: their errors lie on one side only.
    const oneSided = rated([
      ...Array.from(
        { length: 6 },
        (_, reader) => 'a'.repeat(60) + 'ab'.repeat(15 + reader) + 'b'.repeat(10 - 2 * reader),
      ),
      'b'.repeat(100),
      'b'.repeat(100),
    ]);
    const codes = oneCoinDawidSkene(oneSided, { tie }).warnings.map(({ code }) => code);
    expect(codes).toContain('CONFUSIONS_FIT_BETTER');
    const few = dawidSkene(rated(['abab', 'abba']), { tie }).warnings.map(({ code }) => code);
    expect(few).toEqual(expect.arrayContaining(['FEW_RATINGS', 'SPARSE_READERS']));
    const cut = dawidSkene(panel, { tie, limits: { maxIterations: 3, tolerance: 1e-12 } });
    expect(cut).toMatchObject({ converged: false, iterations: 3 });
    expect(cut.warnings.map(({ code }) => code)).toContain('NOT_CONVERGED');
  });
});

describe('votes', () => {
  const two = rated(['aab', 'bab', 'b..']);

  it('leave a tie undecided, or take the first label, as declared', () => {
    const tied = rated(['ab', 'bb']);
    expect(said(majorityVote(tied, 'undecided'))).toBe('-b');
    expect(said(majorityVote(tied, 'firstLabel'))).toBe('ab');
    expect(said(majorityVote(tied, 'firstLabel', ['b', 'a']))).toBe('bb');
    expect(majorityVote(tied, 'undecided', ['b', 'a']).items[0]?.probabilities).toEqual([0.5, 0.5]);
  });

  it('weigh readers, and count heads where all weigh nothing', () => {
    const weights = new Map([
      ['reader 0', 3],
      ['reader 1', 0],
      ['reader 2', 1],
    ]);
    expect(said(weightedMajorityVote(two, weights, 'undecided'))).toBe('aab');
    const onlyLast = new Map([...weights, ['reader 0', 0]] as const);
    expect(said(weightedMajorityVote(two, onlyLast, 'undecided'))).toBe('bab');
  });

  it('refuse weights that say nothing', () => {
    const weigh =
      (...weights: readonly (readonly [string, number])[]) =>
      (): unknown =>
        weightedMajorityVote(two, new Map(weights), 'undecided');
    expect(weigh(['reader 0', 1])).toThrow(InvalidRatings);
    expect(weigh(['reader 0', 0], ['reader 1', 0], ['reader 2', 0])).toThrow(/weights/);
    expect(weigh(['reader 0', Number.NaN], ['reader 1', 1], ['reader 2', 1])).toThrow(/INVALID_PARAMETER/);
    expect(weigh(['reader 0', -1], ['reader 1', 1], ['reader 2', 1])).toThrow(/INVALID_PARAMETER/);
  });
});

const methods: Readonly<Record<string, (ratings: readonly Rating<string>[]) => LabelConsensus>> = {
  majority: (ratings) => majorityVote(ratings, 'undecided'),
  wawa: (ratings) => wawa(ratings, 'undecided'),
  zeroBasedSkill: (ratings) => zeroBasedSkill(ratings, 'undecided'),
  dawidSkene: (ratings) => dawidSkene(ratings, { tie: 'undecided' }),
  oneCoin: (ratings) => oneCoinDawidSkene(ratings, { tie: 'undecided' }),
  glad: (ratings) => glad(ratings, { tie: 'undecided', labels: ['a', 'b', 'c'] }),
  mace: (ratings) => mace(ratings, { tie: 'undecided', seed: 1, restarts: 2 }),
};

describe.each(Object.entries(methods))('%s', (_name, method) => {
  it('gives the same bytes in any order of ratings, and probabilities that sum to 1', () => {
    const ratings = fc
      .uniqueArray(fc.record({ item: fc.nat(5), reader: fc.nat(4), value: fc.constantFrom('a', 'b', 'c') }), {
        minLength: 1,
        maxLength: 25,
        selector: ({ item, reader }) => item * 10 + reader,
      })
      .map((all) => all.map(({ item, reader, value }) => ({ itemId: `${item}`, readerId: `${reader}`, value })));
    const shuffled = ratings.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const consensus = method(one);
        expect(JSON.stringify(method(other))).toBe(JSON.stringify(consensus));
        for (const { probabilities } of consensus.items) {
          expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('answers one label and one reader, and refuses nothing at all', () => {
    expect(said(method(rated(['aaa'])))).toBe('aaa');
    expect(said(method(rated(['aaa', 'aaa'])))).toBe('aaa');
    expect(() => method([])).toThrow(InvalidRatings);
  });
});

describe('KOS', () => {
  it('refuses more or fewer labels than two', () => {
    expect(() => kos(panel, { tie, seed: 1 })).toThrow(InvalidRatings);
    expect(() => kos(rated(['aa']), { tie, seed: 1 })).toThrow(InvalidRatings);
  });
});
