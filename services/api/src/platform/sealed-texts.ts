import { type DataKey, mapProtectedTexts, openText } from '@consilium/contracts';
import type {
  BilingualText as SealedBilingualText,
  EventId,
  OrganisationId,
  ProtectedText,
  SubjectId,
} from '@consilium/domain';
import type { SubjectKeys, WantedKey } from '@consilium/event-store';
import { BatchLoader } from './batch-loader.ts';
import type { BilingualText } from '../schema/generated/schema-types.ts';

/** The event that a text was sealed in: a text opens only where it was written. */
export interface SealedIn {
  readonly subjectId: SubjectId;
  readonly eventId: EventId;
  readonly type: string;
}

/** Opens a text of one event; null when the subject's key was destroyed. */
export type TextOpener = (text: ProtectedText, field: string) => string | null;

/** Gives the texts of one request in clear. Keys are fetched once and many at a time, and dropped with the request. */
export class SealedTexts {
  readonly #keys: BatchLoader<string, DataKey>;
  /** What a name in the loader stands for. */
  readonly #wanted = new Map<string, WantedKey>();

  constructor(subjectKeys: Pick<SubjectKeys, 'findMany'>, organisation: OrganisationId) {
    this.#keys = new BatchLoader(async (names) => {
      const wanted = names.flatMap((name) => this.#wanted.get(name) ?? []);
      const found = await subjectKeys.findMany(organisation, wanted);
      return new Map(names.flatMap((name, index) => (found[index] === undefined ? [] : [[name, found[index]]])));
    });
  }

  /** For everything sealed within `parts`. @throws KeyUnwrapFailed, StoreUnavailable; the opener: SealBroken */
  async openerOf(sealedIn: SealedIn, parts: unknown): Promise<TextOpener> {
    const versions = new Set<number>();
    mapProtectedTexts(parts, (text) => {
      if (text.state === 'sealed') versions.add(text.keyVersion);
      return text;
    });
    const keys = new Map<number, DataKey | undefined>();
    const { subjectId } = sealedIn;
    await Promise.all(
      [...versions].map(async (keyVersion) => keys.set(keyVersion, await this.#key({ subjectId, keyVersion }))),
    );
    return (text, field) => {
      if (text.state === 'plain') return text.text;
      const key = keys.get(text.keyVersion);
      return key === undefined ? null : openText(text, key, { eventId: sealedIn.eventId, type: sealedIn.type, field });
    };
  }

  async #key(wanted: WantedKey): Promise<DataKey | undefined> {
    const name = `${wanted.subjectId} ${wanted.keyVersion}`;
    this.#wanted.set(name, wanted);
    return this.#keys.get(name);
  }
}

/** Both languages of a text at `field`. */
export function openBilingual(open: TextOpener, { es, en }: SealedBilingualText, field: string): BilingualText {
  const [spanish, english] = [opened(open, es, `${field}.es`), opened(open, en, `${field}.en`)];
  const erased = (es !== undefined && spanish === null) || (en !== undefined && english === null);
  return { es: spanish, en: english, erased };
}

/** Null for a text that is not there, and for one that was erased. */
export const opened = (open: TextOpener, text: ProtectedText | undefined, field: string): string | null =>
  text === undefined ? null : open(text, field);
