import type { BoxComparison } from './planted-boxes.ts';
import type { GroundedFigures } from './grounded-figures.ts';
import { groundedGate } from './grounded-plan.ts';

/** Plain text, 100 columns at most. */
export function groundedTable(figures: GroundedFigures): readonly string[] {
  const {
    cases,
    excluded,
    reads,
    readOnceMore,
    adjudicated,
    causes,
    readsFollowed,
    readsOverruled,
    translations,
    reviews,
    goldCases,
    goldAnswers,
  } = figures;
  return [
    `${cases} studies, ${excluded} of them excluded as unusable; ${reads} reads by four annotators of planted skill`,
    '',
    ...columns([
      ['disagreements of two readers', 'planted', 'recovered', 'beside'],
      ...figures.kinds.map(({ kind, planted, recovered, beside }) => [
        `  ${inWords(kind)}`,
        `${planted}`,
        `${recovered}`,
        `${beside}`,
      ]),
    ]),
    '(sentences that one of the two was made to answer otherwise; beside: found where none was planted,',
    'mostly because a slip of another kind brings it about; studies with a third read are left out)',
    '',
    ...columns([
      [`boxes, from IoU ${groundedGate}`, 'planted', 'found', 'extra', 'mean IoU'],
      ...figures.annotators.map(({ key, boxes }) => [`  read by ${key}`, ...boxCells(boxes)]),
      ['  final, readers agreed', ...boxCells(figures.settledBoxes)],
      ['  final, adjudicated', ...boxCells(figures.adjudicatedBoxes)],
    ]),
    '',
    `Wrong translations: ${translations.planted} planted, ${translations.corrected} corrected, ${translations.adjudicated} put to an adjudicator first.`,
    `A third read was asked for in ${readOnceMore} studies; ${adjudicated} were adjudicated (${inCounts(causes)}).`,
    `Reviews of reads: ${inCounts(reviews)}. Gold: ${goldCases} studies, answered ${goldAnswers} times by who could not tell.`,
    `Decisions followed ${readsFollowed} reads and overruled ${readsOverruled}.`,
  ];
}

const inCounts = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${inWords(name)} ${count}`)
    .join(', ') || 'none';

const boxCells = ({ planted, found, matched, summedIou }: BoxComparison): readonly string[] => [
  `${planted}`,
  `${matched}`,
  `${found - matched}`,
  matched === 0 ? 'none' : (summedIou / matched).toFixed(3),
];

/** `sentenceLink` and `FORCED_LABEL` as plain words. */
const inWords = (name: string): string =>
  (name === name.toUpperCase()
    ? name.replaceAll('_', ' ')
    : name.replace(/[A-Z]/g, (letter) => ` ${letter}`)
  ).toLowerCase();

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_cell, place) => Math.max(...rows.map((row) => row[place]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, place) => (place === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[place] ?? 0)))
      .join('  '),
  );
}
