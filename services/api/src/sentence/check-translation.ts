import { checkPair, maxSentenceUnits, rulesVersion } from '@consilium/bilingual';
import { eventStoreLimits } from '@consilium/event-store';
import type {
  BilingualText,
  ProjectId,
  ProtectedText,
  SentenceAt,
  TranslationHit,
  TranslationQuestion,
} from '@consilium/domain';
import type { Identities } from '../platform/identities.ts';

/**
 * What the checks ask about a sentence that is about to be stored; nothing where they find no difference, or a language is missing.
 *
 * They run here, where the words are in clear anyway: no other process needs the subject's key for it, the question enters with the
 * sentence in one append, and no job can be lost between. The same words give the same question however often this is decided.
 */
export function questionsAbout(
  identities: Identities,
  projectId: ProjectId,
  sentences: readonly (SentenceAt & { readonly text: BilingualText })[],
): readonly TranslationQuestion[] {
  // What no event can hold is refused by whoever stores it.
  const units = sentences.reduce((sum, { text }) => sum + unitsOf(text.es) + unitsOf(text.en), 0);
  if (units > eventStoreLimits.eventBytes) return [];
  return sentences.flatMap(({ sentenceId, version, text }) => {
    const hits = hitsIn(text);
    if (hits.length === 0) return [];
    const disagreementId = identities.translation(sentenceId, version);
    const checker = { name: 'rules', version: rulesVersion };
    return [{ projectId, disagreementId, sentenceId, version, checker, hits }];
  });
}

const unitsOf = (text: ProtectedText | undefined): number => (text?.state === 'plain' ? text.text.length : 0);

/** Codes and places alone: what was read there stays where it is sealed. */
function hitsIn({ es, en }: BilingualText): readonly TranslationHit[] {
  if (es?.state !== 'plain' || en?.state !== 'plain') return [];
  if (es.text.length > maxSentenceUnits || en.text.length > maxSentenceUnits) return [];
  return checkPair({ es: es.text, en: en.text }).map((hit) => ({
    type: hit.type,
    code: hit.code,
    es: hit.es,
    en: hit.en,
  }));
}
