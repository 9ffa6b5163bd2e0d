import type { SentenceId } from '@consilium/domain';

interface SentenceAt {
  readonly sentenceId: SentenceId;
  readonly version: number;
}

/** The id that the consensus library knows a sentence in one version by: `<sentence id>@<version>`. */
export const sentenceKeyOf = ({ sentenceId, version }: SentenceAt): string => `${sentenceId}@${String(version)}`;

export function parseSentenceKey(key: string): SentenceAt {
  const at = key.lastIndexOf('@');
  return { sentenceId: key.slice(0, at) as SentenceId, version: Number(key.slice(at + 1)) };
}
