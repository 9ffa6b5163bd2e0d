import type { NormalisedBox } from '@consilium/formats';
import { Chance } from './chance.ts';
import { progressions } from './fill-sentence.ts';
import { boxText, jittered, mirrored, numbersOf, scaled } from './image-box.ts';
import { boxesOf, locationsOf, placeNames } from './places.ts';
import type { PlaceName, Side } from './places.ts';
import { positiveSentences } from './positive-sentences.ts';
import type { ScriptedAnnotator } from './scripted-annotators.ts';
import type { ScriptedRead, ScriptedSentence, Slip, SlipKind, UnmentionedFinding } from './scripted-read.ts';
import { syntheticSeed } from './synthetic-studies.ts';
import type { PlantedFinding, SyntheticStudy } from './synthetic-study.ts';

/** What the annotator answers to the study: always the same for the same seed. */
export function readOf(
  annotator: ScriptedAnnotator,
  synthetic: SyntheticStudy,
  seed: number = syntheticSeed,
): ScriptedRead {
  const reading = new Reading(annotator, synthetic, seed);
  const answers = synthetic.truth.map((planted) => reading.answer(planted));
  return {
    annotator: annotator.key,
    studyId: synthetic.study.studyId,
    sentences: reading.link(answers),
    unmentioned: reading.unmentioned(),
    rejectedTranslations: reading.rejectedTranslations,
    slips: reading.slips,
  };
}

/** In width and in height; IoU with the true box is then about .35, and a smaller box never leaves the image. */
const wrongExtent = 0.59;

class Reading {
  readonly rejectedTranslations: number[] = [];
  readonly slips: Slip[] = [];
  readonly #annotator: ScriptedAnnotator;
  readonly #synthetic: SyntheticStudy;
  readonly #seed: number;

  constructor(annotator: ScriptedAnnotator, synthetic: SyntheticStudy, seed: number) {
    this.#annotator = annotator;
    this.#synthetic = synthetic;
    this.#seed = seed;
  }

  answer(planted: PlantedFinding): ScriptedSentence {
    const { finding } = planted;
    const misled = this.#isMisled(planted);
    // One slip a decision: two would undo one another, and be planted where nothing is to be found.
    const isOpposite =
      (misled && planted.mistranslation?.kind === 'polarity') ||
      this.#slips('polarity', this.#annotator.polarityErrorRate, finding);
    const polarity = isOpposite ? opposite(planted.polarity) : planted.polarity;
    if (polarity === 'negative') {
      return { finding, polarity, labels: [], locations: [], progression: null, boxes: [] };
    }
    // Who takes a denied finding for a present one has nowhere to draw it.
    if (planted.polarity === 'negative') {
      return { finding, polarity, labels: [planted.label], locations: [], progression: null, boxes: [] };
    }
    const side = this.#sideOf(planted, misled);
    return {
      finding,
      polarity,
      labels: [this.#labelOf(planted)],
      locations: locationsOf(this.#placeOf(planted), side),
      progression: this.#progressionOf(planted),
      boxes: this.#boxesOf(planted, side),
    };
  }

  /** Gives the boxes of a sentence to another one, where the annotator confuses them. */
  link(answers: readonly ScriptedSentence[]): readonly ScriptedSentence[] {
    let linked = answers;
    for (const { finding, boxes } of answers) {
      const others = answers.filter((other) => other.polarity === 'positive' && other.finding !== finding);
      if (boxes.length === 0 || others.length === 0) continue;
      if (!this.#slips('sentenceLink', this.#annotator.wrongLinkRate, finding)) continue;
      const target = this.#chance('sentenceLink', finding, 'to').pick(others).finding;
      linked = linked.map((answer) => {
        if (answer.finding === finding) return { ...answer, boxes: answer.boxes.filter((box) => !boxes.includes(box)) };
        return answer.finding === target ? { ...answer, boxes: [...answer.boxes, ...boxes] } : answer;
      });
    }
    return linked;
  }

  unmentioned(): readonly UnmentionedFinding[] {
    if (!this.#slips('presence', this.#annotator.falsePositiveRate, null)) return [];
    const chance = this.#chance('unmentioned', null, 'what');
    const named = new Set(this.#synthetic.truth.map(({ label }) => label));
    const sentence = chance.pick(positiveSentences.filter(({ label, place }) => place !== null && !named.has(label)));
    const side = sentence.sides.length === 0 ? null : chance.pick(sentence.sides);
    const boxes = sentence.place === null ? [] : boxesOf(sentence.place, side);
    return [
      {
        labels: [sentence.label],
        locations: locationsOf(sentence.place, side),
        boxes: boxes.map((box) => boxText(jittered(box, this.#annotator.boxJitter, chance), this.#synthetic)),
      },
    ];
  }

  /** Whether the annotator goes by a wrong translation, to where it makes a difference to the answer. */
  #isMisled({ finding, mistranslation }: PlantedFinding): boolean {
    if (mistranslation === null) return false;
    const { language, noticesMistranslationRate } = this.#annotator;
    if (this.#chance('translation', finding, 'noticed').happens(noticesMistranslationRate)) {
      this.rejectedTranslations.push(finding);
      return false;
    }
    const matters = mistranslation.kind === 'polarity' || mistranslation.kind === 'laterality';
    if (language === 'es' || !matters) return false;
    this.slips.push({ kind: 'translation', finding });
    return true;
  }

  #labelOf({ finding, label, place }: PlantedFinding): string {
    if (!this.#slips('label', this.#annotator.wrongLabelRate, finding)) return label;
    const others = positiveSentences.filter((sentence) => sentence.label !== label);
    const nearby = others.filter((sentence) => sentence.place === place);
    return this.#chance('label', finding, 'instead').pick(nearby.length > 0 ? nearby : others).label;
  }

  #placeOf({ finding, place }: PlantedFinding): PlaceName | null {
    if (place === null || !this.#slips('location', this.#annotator.wrongLocationRate, finding)) return place;
    return this.#chance('location', finding, 'instead').pick(placeNames.filter((other) => other !== place));
  }

  #sideOf({ finding, side, mistranslation }: PlantedFinding, misled: boolean): Side | null {
    if (side === null || side === 'bilateral') return side;
    const isOther =
      (misled && mistranslation?.kind === 'laterality') ||
      this.#slips('laterality', this.#annotator.lateralityErrorRate, finding);
    return isOther ? otherSide(side) : side;
  }

  #progressionOf({ finding, progression }: PlantedFinding): string | null {
    // Without an earlier study nobody speaks of a change.
    if (progression === null || !this.#slips('progression', this.#annotator.wrongProgressionRate, finding))
      return progression;
    const others = progressions.filter((other) => other !== progression);
    return this.#chance('progression', finding, 'instead').pick(others);
  }

  #boxesOf({ finding, boxes, side: trueSide }: PlantedFinding, side: Side | null): readonly NormalisedBox[] {
    return boxes.flatMap((planted, index): readonly NormalisedBox[] => {
      if (this.#slips('presence', this.#annotator.missRate, finding, index)) return [];
      const there = side === trueSide ? numbersOf(planted) : mirrored(numbersOf(planted));
      const isWrong = this.#slips('extent', this.#annotator.wrongExtentRate, finding, index);
      const meant = isWrong ? scaled(there, wrongExtent) : there;
      const drawn = jittered(meant, this.#annotator.boxJitter, this.#chance('jitter', finding, index));
      return [boxText(drawn, this.#synthetic)];
    });
  }

  #slips(kind: SlipKind, rate: number, finding: number | null, box = 0): boolean {
    const slips = this.#chance(kind, finding, box).happens(rate);
    if (slips) this.slips.push({ kind, finding });
    return slips;
  }

  /** Decisions are drawn apart: what happens in one of them changes no other. */
  #chance(purpose: string, finding: number | null, detail: string | number): Chance {
    const { studyId } = this.#synthetic.study;
    return new Chance(this.#seed, this.#annotator.key, studyId, finding ?? 'none', purpose, detail);
  }
}

const opposite = (polarity: ScriptedSentence['polarity']): ScriptedSentence['polarity'] =>
  polarity === 'positive' ? 'negative' : 'positive';

const otherSide = (side: 'right' | 'left'): 'right' | 'left' => (side === 'right' ? 'left' : 'right');
