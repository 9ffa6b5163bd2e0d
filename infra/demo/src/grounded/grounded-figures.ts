import type { DecidedCasesData, GoldCasesData } from '@consilium/client';
import { readOf } from '../grounded-reports/read-of.ts';
import type { ScriptedAnnotator } from '../grounded-reports/scripted-annotators.ts';
import { slipKinds } from '../grounded-reports/scripted-read.ts';
import type { SlipKind } from '../grounded-reports/scripted-read.ts';
import type { SyntheticStudy } from '../grounded-reports/synthetic-study.ts';
import { compareBoxes, pixelsOf, sumOf } from './planted-boxes.ts';
import type { BoxComparison } from './planted-boxes.ts';
import { groundedGate } from './grounded-plan.ts';
import type { GroundedPlan } from './grounded-plan.ts';

export type GoldCase = GoldCasesData['goldCases']['edges'][number]['node'];
export type DecidedCase = DecidedCasesData['cases']['edges'][number]['node'];

/** Of one kind of disagreement, over sentences of cases that two have read. */
export interface RecoveredKind {
  readonly kind: SlipKind;
  /** Sentences that exactly one of the two readers was made to answer otherwise. */
  readonly planted: number;
  /** Of those, with a disagreement of this kind. */
  readonly recovered: number;
  /** Disagreements of this kind on sentences without a slip of it: most follow from slips of other kinds, or from the jitter. */
  readonly beside: number;
}

/** Of sentences of studies that were read. */
export interface TranslationFigures {
  /** With a wrong translation. */
  readonly planted: number;
  readonly corrected: number;
  /** That an adjudicator was asked about, planted ones and others. */
  readonly adjudicated: number;
}

export interface GroundedFigures {
  readonly cases: number;
  readonly excluded: number;
  readonly reads: number;
  readonly kinds: readonly RecoveredKind[];
  readonly translations: TranslationFigures;
  /** Cases that a third read was asked for. */
  readonly readOnceMore: number;
  readonly adjudicated: number;
  /** By what brought them before an adjudicator. */
  readonly causes: Readonly<Record<string, number>>;
  readonly readsFollowed: number;
  readonly readsOverruled: number;
  /** Cases whose answer is known, and how often annotators were given one. */
  readonly goldCases: number;
  readonly goldAnswers: number;
  /** Reviews by what came of them. */
  readonly reviews: Readonly<Record<string, number>>;
  /** Planted boxes beside those of each annotator's reads. */
  readonly annotators: readonly { readonly key: string; readonly boxes: BoxComparison }[];
  /** Beside the final boxes, of cases that settled and of those that were adjudicated. */
  readonly settledBoxes: BoxComparison;
  readonly adjudicatedBoxes: BoxComparison;
}

/** What was planted, beside what came of it: from the answers of the API alone. */
export function groundedFiguresOf(
  plan: GroundedPlan,
  { cases, gold }: { readonly cases: readonly DecidedCase[]; readonly gold: readonly GoldCase[] },
  annotators: ReadonlyMap<string, ScriptedAnnotator>,
): GroundedFigures {
  const byKey = new Map(plan.studies.map((synthetic) => [synthetic.study.studyId, synthetic]));
  const read = cases.flatMap((one): readonly ReadStudy[] => {
    const synthetic = byKey.get(one.externalKey ?? '');
    return synthetic === undefined || one.status === 'EXCLUDED' ? [] : [{ decided: one, synthetic }];
  });
  const decisions = read.flatMap(({ decided }) => adjudicationsOf(decided)).flatMap(({ decisions: made }) => made);
  const adjudicated = read.filter(({ decided }) => decisionOf(decided) !== undefined);
  return {
    cases: cases.length,
    excluded: cases.filter(({ status }) => status === 'EXCLUDED').length,
    reads: read.reduce((sum, { decided }) => sum + decided.annotations.length, 0),
    kinds: recoveredKinds(
      read.filter(({ decided }) => decided.annotations.length === 2),
      annotators,
    ),
    translations: translationsOf(read),
    readOnceMore: read.filter(({ decided }) => decided.annotations.length > 2).length,
    adjudicated: adjudicated.length,
    causes: countsOf(adjudicated.flatMap(({ decided }) => adjudicationsOf(decided)).map(({ cause }) => cause)),
    readsFollowed: decisions.reduce((sum, { followedReadIds }) => sum + followedReadIds.length, 0),
    readsOverruled: decisions.reduce((sum, { overruledReadIds }) => sum + overruledReadIds.length, 0),
    goldCases: gold.length,
    goldAnswers: gold.reduce((sum, { answers }) => sum + answers.length, 0),
    reviews: countsOf(cases.flatMap(({ reviews }) => reviews).map(({ outcome }) => outcome ?? 'OPEN')),
    annotators: [...annotators].map(([id, { key }]) => ({
      key,
      boxes: sumOf(read.flatMap((study) => readBoxesOf(study, id))),
    })),
    settledBoxes: finalBoxes(read.filter(({ decided }) => decisionOf(decided) === undefined)),
    adjudicatedBoxes: finalBoxes(adjudicated),
  };
}

interface ReadStudy {
  readonly decided: DecidedCase;
  readonly synthetic: SyntheticStudy;
}

function countsOf(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}

const adjudicationsOf = ({ adjudications }: DecidedCase) => adjudications ?? [];

/** The answer that an adjudicator gave and that holds. */
const decisionOf = (decided: DecidedCase) =>
  adjudicationsOf(decided)
    .findLast(({ decidedAt }) => decidedAt !== null)
    ?.votes.find(({ isAdopted }) => isAdopted);

function recoveredKinds(
  read: readonly ReadStudy[],
  annotators: ReadonlyMap<string, ScriptedAnnotator>,
): readonly RecoveredKind[] {
  const planted = new Map<SlipKind, Set<string>>();
  const found = new Map<SlipKind, Set<string>>();
  for (const { decided, synthetic } of read) {
    for (const [kind, finding] of singleSlips(decided, synthetic, annotators)) {
      noteIn(planted, kind, `${decided.id} ${finding ?? 'none'}`);
    }
    for (const { kind, sentenceId, options } of decided.disagreements ?? []) {
      const slip = slipKinds.find((one) => one === kindOf(kind));
      // Boxes that were linked to another sentence disagree about which: each of them is one of the options.
      const sentences = kind === 'SENTENCE_LINK' ? options.map(({ option }) => option) : [sentenceId];
      for (const id of slip === undefined ? [] : sentences) {
        const finding = decided.sentences.findIndex((sentence) => sentence.id === id);
        noteIn(found, slip, `${decided.id} ${finding < 0 ? 'none' : finding}`);
      }
    }
  }
  return slipKinds.map((kind) => {
    const [wanted, got] = [planted.get(kind) ?? new Set<string>(), found.get(kind) ?? new Set<string>()];
    const recovered = [...wanted].filter((place) => got.has(place)).length;
    return { kind, planted: wanted.size, recovered, beside: [...got].filter((place) => !wanted.has(place)).length };
  });
}

function translationsOf(read: readonly ReadStudy[]): TranslationFigures {
  const planted = read.flatMap(({ decided, synthetic }) =>
    synthetic.truth.flatMap(({ finding, mistranslation }) =>
      mistranslation === null
        ? []
        : [{ faithful: mistranslation.faithfulEnglish, sentence: decided.sentences[finding] }],
    ),
  );
  const asked = read.flatMap(({ decided }) => decided.disagreements ?? []).filter(({ kind }) => kind === 'TRANSLATION');
  return {
    planted: planted.length,
    corrected: planted.filter(({ sentence, faithful }) => sentence?.text.en === faithful).length,
    adjudicated: asked.length,
  };
}

/** Where two make the same slip they agree. */
function singleSlips(
  { annotations }: DecidedCase,
  synthetic: SyntheticStudy,
  annotators: ReadonlyMap<string, ScriptedAnnotator>,
): readonly (readonly [SlipKind, number | null])[] {
  const slips = annotations.map(({ annotatorId }) => {
    const annotator = annotators.get(annotatorId ?? '');
    const made = annotator === undefined ? [] : readOf(annotator, synthetic).slips;
    return new Map(made.map(({ kind, finding }) => [`${kind} ${finding ?? 'none'}`, [kind, finding] as const]));
  });
  return slips.flatMap((own, reader) =>
    [...own]
      .filter(([name]) => slips.every((other, index) => index === reader || !other.has(name)))
      .map(([, slip]) => slip),
  );
}

/** `SENTENCE_LINK` as `sentenceLink`. */
const kindOf = (name: string): string =>
  name.toLowerCase().replace(/_(.)/g, (_match, letter: string) => letter.toUpperCase());

function noteIn(notes: Map<SlipKind, Set<string>>, kind: SlipKind | undefined, place: string): void {
  if (kind === undefined) return;
  const known = notes.get(kind) ?? new Set<string>();
  notes.set(kind, known.add(place));
}

const plantedBoxesOf = ({ truth, ...image }: SyntheticStudy) =>
  truth.flatMap(({ boxes }) => boxes.map((edges) => pixelsOf(edges, image)));

const readBoxesOf = ({ decided, synthetic }: ReadStudy, annotatorId: string): readonly BoxComparison[] =>
  decided.annotations
    .filter((annotation) => annotation.annotatorId === annotatorId)
    .map(({ regions }) =>
      compareBoxes(
        plantedBoxesOf(synthetic),
        regions.map(({ pixels }) => pixels),
        groundedGate,
      ),
    );

const finalBoxes = (read: readonly ReadStudy[]): BoxComparison =>
  sumOf(
    read.map(({ decided, synthetic }) => {
      const decision = decisionOf(decided);
      const boxes =
        decision === undefined
          ? (decided.consensus?.regions ?? []).filter(({ decision: is }) => is === 'PRESENT').map(({ box }) => box)
          : decision.regions.map(({ pixels }) => pixels);
      return compareBoxes(plantedBoxesOf(synthetic), boxes, groundedGate);
    }),
  );
