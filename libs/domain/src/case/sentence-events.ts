import type {
  AdjudicationId,
  AnnotationId,
  AnnotatorId,
  ClaimId,
  DisagreementId,
  ProjectId,
  ReadId,
  SentenceId,
} from '../identifiers.ts';
import type { BilingualText, ProtectedText } from '../protected-text.ts';
import type { CaseSentence } from './imported-case.ts';
import type { SentenceAt } from './sentence.ts';

export const sentenceChanges = ['wording', 'translation', 'meaning'] as const;
/**
 * What a correction changes: the words alone; one language, so that it says what the other says; or what the sentence says. Reads
 * of before a change of meaning count no longer.
 */
export type SentenceChange = (typeof sentenceChanges)[number];

/** Why sentences are changed. Travels as the reason code of the event's envelope. */
export const sentenceReasons = [
  'typing',
  'translationError',
  'differsFromReport',
  'wronglySegmented',
  'identifiesPatient',
  'other',
] as const;
export type SentenceReason = (typeof sentenceReasons)[number];

/** Why a pair that was questioned is right. Travels as the reason code of the event's envelope. */
export const confirmReasons = ['sameMeaning', 'idiomatic', 'checkMistaken', 'other'] as const;
export type ConfirmReason = (typeof confirmReasons)[number];

export const translationHitTypes = ['negation', 'laterality', 'number', 'severity', 'anatomy', 'length'] as const;
export const translationHitCodes = ['changed', 'lost', 'added', 'swapped'] as const;

/** UTF-16 code units of the sentence, end exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** Where the two languages of a sentence seem to say different things: codes and places, no words. */
export interface TranslationHit {
  readonly type: (typeof translationHitTypes)[number];
  readonly code: (typeof translationHitCodes)[number];
  readonly es: TextSpan | null;
  readonly en: TextSpan | null;
}

/** What a check asks about a sentence. */
export interface TranslationQuestion extends SentenceAt {
  /** Whose reviewers are asked. */
  readonly projectId: ProjectId;
  /** Of the disagreement that it is. */
  readonly disagreementId: DisagreementId;
  /** What checked: another version may ask otherwise. */
  readonly checker: { readonly name: string; readonly version: string };
  /** At least one. */
  readonly hits: readonly TranslationHit[];
}

interface Changed {
  /** Questions about the sentences of before: they are asked no longer. */
  readonly answers: readonly DisagreementId[];
  readonly note?: ProtectedText;
}

export type SentenceEvent =
  | ({
      readonly type: 'sentenceCorrected';
      /** The new one. */
      readonly version: number;
      readonly sentenceId: SentenceId;
      readonly change: SentenceChange;
      /** The whole sentence, changed or not. */
      readonly text: BilingualText;
    } & Changed)
  | ({
      readonly type: 'sentenceSplit';
      /** The last version of the sentence that is there no longer. */
      readonly version: number;
      readonly sentenceId: SentenceId;
      /** In its place, in this order. */
      readonly into: readonly CaseSentence[];
      /** Which of them holds what was said of it; null where that cannot be told, so that reads of before count no longer. */
      readonly linksTo: SentenceId | null;
    } & Changed)
  | ({
      readonly type: 'sentencesMerged';
      /** At least two, which are there no longer. */
      readonly sentences: readonly SentenceAt[];
      /** In the place of the first of the case's. */
      readonly into: CaseSentence;
      /** `into`, or null where what was said of them does not hold of it, so that reads of before count no longer. */
      readonly linksTo: SentenceId | null;
    } & Changed)
  | {
      /** The sentences mean something else than when it was given: it is kept and counts no longer; its annotator may read again. */
      readonly type: 'annotationOutdated';
      readonly readId: ReadId;
      readonly annotatorId: AnnotatorId;
      readonly claimId: ClaimId;
      readonly annotationId: AnnotationId;
      /** The one that counted. */
      readonly revision: number;
    }
  | ({ readonly type: 'translationQuestioned' } & TranslationQuestion)
  | ({
      /** The pair is right as it is. */
      readonly type: 'translationConfirmed';
      readonly disagreementId: DisagreementId;
      /** Where adjudicators said so. */
      readonly adjudicationId?: AdjudicationId;
      readonly note?: ProtectedText;
    } & SentenceAt);
