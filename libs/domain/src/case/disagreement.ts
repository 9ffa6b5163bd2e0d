import type { DisagreementId, ReadId, RegionId, SentenceId } from '../identifiers.ts';
import type { DisagreementKind } from '../project/disagreement-policy.ts';

/** One thing that reads of a case say differently, with what each says: terms and ids alone, no words of anybody's own. */
export interface Disagreement {
  readonly disagreementId: DisagreementId;
  readonly kind: DisagreementKind;
  /** The sentence it is about; null where no sentence mentions it. */
  readonly sentenceId: SentenceId | null;
  /** The consensus regions it is about; empty where it is about the sentence alone. */
  readonly regionIds: readonly RegionId[];
  /** At least one, in order of their text. Reads that say nothing of it stand nowhere. */
  readonly options: readonly DisagreementOption[];
}

export interface DisagreementOption {
  /**
   * 'present' or 'absent' of presence; a polarity; labels, locations or a progression term joined by ' + ' in their order, or
   * 'none'; a side; the id of a consensus region of extent; the id of a sentence of a sentence link, or 'none'; 'faithful' or
   * 'unfaithful' of a translation.
   */
  readonly option: string;
  readonly readIds: readonly ReadId[];
}

/** What an adjudicator may choose where none of the options is right. */
export const otherOption = 'other';

/** What a translation is said to be. */
export const faithful = 'faithful';
export const unfaithful = 'unfaithful';
