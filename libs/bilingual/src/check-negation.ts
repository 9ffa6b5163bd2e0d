import { around, hitFrom, type Hit, type Reading, type Span } from './hit.ts';
import type { AlignedMentions, Mention } from './mentions.ts';
import { polarityOf, type CueAt, type Polarity, type State } from './polarity.ts';
import type { Word } from './words.ts';

interface StatedMention {
  readonly mention: Mention;
  readonly concept: string;
  readonly state: State;
}

interface Side {
  readonly words: readonly Word[];
  readonly polarity: Polarity;
  readonly all: readonly Mention[];
  readonly mentions: readonly StatedMention[];
}

const turned: Readonly<Record<State, State>> = {
  present: 'absent',
  absent: 'present',
  open: 'absent',
  hinted: 'absent',
};

const sideOf = (words: readonly Word[], mentions: readonly Mention[], language: 'es' | 'en'): Side => {
  const polarity = polarityOf(words, mentions, language);
  const stated = mentions
    .filter(({ kind }) => kind === 'finding' || kind === 'unknown')
    .flatMap((mention) => {
      const state = polarity.states[mention.from] ?? 'present';
      return mention.concepts.map((concept) => ({ mention, concept, state: mention.denies ? turned[state] : state }));
    });
  return { words, polarity, all: mentions, mentions: stated };
};

/** What is only hinted at may be stated or left open in the other language; a denial is neither. */
const agree = (one: State, other: State): boolean =>
  one === other || (one === 'hinted' && other !== 'absent') || (other === 'hinted' && one !== 'absent');

const byConcept = (side: Side): ReadonlyMap<string, readonly StatedMention[]> =>
  Map.groupBy(side.mentions, ({ concept }) => concept);

/** The mention with the cue that made its state, or with the words of seeing beside it ("signs of", "is present"). */
const placeOf = ({ mention, state }: StatedMention, { polarity, words, mentions }: Side): Span => {
  const cue = polarity.cues.find(
    (one) => one.state === state && one.scope[0] <= mention.from && mention.from < one.scope[1],
  );
  if (cue !== undefined) return around([cue, mention]);
  const taken = new Set(mentions.map((one) => one.mention.from));
  let [from, to] = [mention.from, mention.to];
  while (from > 0 && mention.from - from < besideWords && words[from - 1]?.kind === 'word' && !taken.has(from - 1))
    from -= 1;
  if (words[to]?.form === ',' && statedThere.test(words[to + 1]?.form ?? '')) to += 1;
  while (to < words.length && to - mention.to < besideWords && words[to]?.kind === 'word' && !taken.has(to)) to += 1;
  return { start: words[from]?.start ?? mention.start, end: words[to - 1]?.end ?? mention.end };
};

const besideWords = 3;
const statedThere = /^(?:present|presente|visible|seen|visibles|presentes)$/u;

const readingOf = (one: StatedMention, side: Side): Reading => ({ ...placeOf(one, side), reading: one.state });

/** A finding with a cue of its own shows the difference better than a word that denies by itself. */
const plainest = (ones: readonly StatedMention[]): StatedMention | undefined =>
  ones.find(({ mention }) => !mention.denies) ?? ones[0];

/** A word that no lexicon knows is what a cue denies only if no finding stands in its scope: in "sin lesiones oseas" it is not. */
const isHead = ({ mention }: StatedMention, { polarity, mentions }: Side): boolean => {
  if (mention.kind === 'finding') return true;
  return !polarity.cues.some(
    ({ scope: [low, high] }) =>
      low <= mention.from &&
      mention.from < high &&
      mentions.some((one) => one.mention.kind === 'finding' && low <= one.mention.from && one.mention.from < high),
  );
};

/** Concepts that both languages name and put in states of which none agree. */
const conflictOf = (es: Side, en: Side): Hit | undefined => {
  const others = byConcept(en);
  for (const [concept, mine] of byConcept(es)) {
    const theirs = others.get(concept);
    if (theirs === undefined) continue;
    if ([...mine.map((one) => isHead(one, es)), ...theirs.map((one) => isHead(one, en))].includes(false)) continue;
    const alike = mine.some((one) => theirs.some((other) => agree(one.state, other.state)));
    const [one, other] = [plainest(mine), plainest(theirs)];
    if (!alike && one !== undefined && other !== undefined) {
      return hitFrom('negation', [readingOf(one, es)], [readingOf(other, en)]);
    }
  }
  return undefined;
};

/** Cues of one state that work on no concept which the other language names in an agreeing state. */
const unmatched = (side: Side, other: Side, state: State): readonly CueAt[] => {
  const theirs = byConcept(other);
  return side.polarity.cues
    .filter((cue) => cue.state === state && !cue.isPrefix)
    .filter(({ scope }) => {
      const inside = side.mentions.filter(({ mention }) => scope[0] <= mention.from && mention.from < scope[1]);
      return !inside.some((one) => theirs.get(one.concept)?.some((twin) => agree(one.state, twin.state)));
    });
};

const answers = (other: Side, state: State): boolean => {
  const { cues, tones, hasPrefix } = other.polarity;
  const hasTone = tones.some(({ meaning }) => meaning !== 'ill');
  switch (state) {
    case 'absent':
      return (
        hasTone ||
        hasPrefix ||
        cues.some((cue) => cue.state === 'absent') ||
        other.mentions.some(({ mention }) => mention.denies)
      );
    case 'open':
      return cues.some((cue) => cue.state !== 'absent');
    case 'present':
    case 'hinted':
      return true;
  }
};

/** A denial or a doubt in one language for which the other has no word at all, though it names something of what is denied. */
const loneCue = (side: Side, other: Side, scopeToo: (cue: CueAt) => Span): Reading | undefined => {
  const named = new Set(other.all.flatMap(({ concepts }) => concepts));
  const isShared = ({ scope, state }: CueAt): boolean =>
    side.all.some(
      ({ from, concepts, kind }) =>
        (kind === 'finding' || state === 'absent') &&
        scope[0] <= from &&
        from < scope[1] &&
        concepts.some((one) => named.has(one)),
    );
  for (const state of ['absent', 'open'] as const) {
    const [cue] = unmatched(side, other, state);
    if (cue !== undefined && !answers(other, state) && isShared(cue)) return { ...scopeToo(cue), reading: state };
  }
  return undefined;
};

/** "Normal" in one language, and in the other a finding that nothing here answers, or "abnormal". */
const toneConflict = (side: Side, other: Side): { well: Reading; ill: Reading } | undefined => {
  const well = side.polarity.tones.find(
    ({ meaning, from }) => meaning === 'well' && side.polarity.states[from] === 'present',
  );
  if (well === undefined || other.polarity.cues.some(({ state }) => state === 'absent')) return undefined;
  if (other.polarity.tones.some(({ meaning }) => meaning === 'well' || meaning === 'soft')) return undefined;
  const bad = other.polarity.tones.find(({ meaning }) => meaning === 'ill');
  const mine = new Set(side.mentions.map(({ concept }) => concept));
  const finding = other.mentions.find(
    ({ concept, mention, state }) =>
      mention.kind === 'finding' && state === 'present' && !mention.denies && !mine.has(concept),
  );
  const ill = bad ?? finding?.mention;
  return ill === undefined ? undefined : { well: { ...well, reading: 'absent' }, ill: { ...ill, reading: 'present' } };
};

/** Compares states by concept; where the languages name different things, the cues themselves. */
export const checkNegation = (es: readonly Word[], en: readonly Word[], aligned: AlignedMentions): Hit | undefined => {
  const [spanish, english] = [sideOf(es, aligned.es, 'es'), sideOf(en, aligned.en, 'en')];
  const conflict = conflictOf(spanish, english);
  if (conflict !== undefined) return conflict;
  const spanOf =
    (words: readonly Word[]) =>
    (cue: CueAt): Span => {
      const [first, last] = [words[Math.min(cue.from, cue.scope[0])], words[Math.max(cue.to, cue.scope[1]) - 1]];
      return { start: first?.start ?? cue.start, end: last?.end ?? cue.end };
    };
  const lost = loneCue(spanish, english, spanOf(es));
  if (lost !== undefined) return hitFrom('negation', [lost], []);
  const added = loneCue(english, spanish, spanOf(en));
  if (added !== undefined) return hitFrom('negation', [], [added]);
  const healthy = toneConflict(spanish, english);
  if (healthy !== undefined) return hitFrom('negation', [healthy.well], [healthy.ill]);
  const ailing = toneConflict(english, spanish);
  return ailing === undefined ? undefined : hitFrom('negation', [ailing.ill], [ailing.well]);
};
