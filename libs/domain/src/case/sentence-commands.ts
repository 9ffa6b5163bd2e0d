import type { SentenceId } from '../identifiers.ts';
import type { BilingualText, ProtectedText } from '../protected-text.ts';
import type { Protocol } from '../project/protocol.ts';
import type { SentenceAt } from './sentence.ts';
import type { SentenceChange, TranslationQuestion } from './sentence-events.ts';

/** A sentence that is to be there. */
export interface NewSentence {
  readonly sentenceId: SentenceId;
  readonly text: BilingualText;
}

interface OfSentences {
  /** What a check asks of the new texts. */
  readonly questions: readonly TranslationQuestion[];
  readonly note?: ProtectedText;
  readonly protocol: Protocol;
}

export type SentenceCommand =
  | ({
      readonly type: 'correctSentence';
      readonly sentenceId: SentenceId;
      /** The present one, as the sender knows it. */
      readonly version: number;
      readonly change: SentenceChange;
      readonly text: BilingualText;
    } & OfSentences)
  | ({
      readonly type: 'splitSentence';
      readonly sentenceId: SentenceId;
      readonly version: number;
      readonly into: readonly NewSentence[];
      /** One of `into`, or null. */
      readonly linksTo: SentenceId | null;
    } & OfSentences)
  | ({
      readonly type: 'mergeSentences';
      readonly sentences: readonly SentenceAt[];
      readonly into: NewSentence;
      /** Whether what was said of each holds of the new one. */
      readonly movesLinks: boolean;
    } & OfSentences)
  | ({ readonly type: 'confirmTranslation'; readonly note?: ProtectedText } & SentenceAt);

export type SentenceRefusal =
  /** The case has no such sentence, or not any more. */
  | { readonly code: 'SENTENCE_UNKNOWN'; readonly sentenceId: SentenceId }
  /** Somebody has changed it: it has this version. */
  | { readonly code: 'SENTENCE_CHANGED'; readonly sentenceId: SentenceId; readonly version: number }
  /** It has as many versions as a sentence may have. */
  | { readonly code: 'TOO_MANY_VERSIONS' }
  /** Nobody asks about this pair. */
  | { readonly code: 'TRANSLATION_NOT_QUESTIONED' }
  /** The sentences of the case mean something else since this was claimed or given. */
  | { readonly code: 'SENTENCES_CHANGED' };
