import { type DataKey, mapProtectedTexts, openText } from '@consilium/contracts';
import type {
  BilingualText as SealedBilingualText,
  EventId,
  OrganisationId,
  ProtectedText,
  SubjectId,
} from '@consilium/domain';
import type { SubjectKeys } from '@consilium/event-store';
import type { BilingualText } from '../schema/generated/schema-types.ts';

/** The event that a text was sealed in: a text opens only where it was written. */
export interface SealedIn {
  readonly subjectId: SubjectId;
  readonly eventId: EventId;
  readonly type: string;
}

/** Opens a text of one event; null when the subject's key was destroyed. */
export type TextOpener = (text: ProtectedText, field: string) => string | null;

/** Gives the texts of one request in clear. Each subject's key is fetched once, and dropped with the request. */
export class SealedTexts {
  readonly #subjectKeys: SubjectKeys;
  readonly #organisation: OrganisationId;
  readonly #keys = new Map<string, Promise<DataKey | undefined>>();

  constructor(subjectKeys: SubjectKeys, organisation: OrganisationId) {
    this.#subjectKeys = subjectKeys;
    this.#organisation = organisation;
  }

  /** For everything sealed within `parts`. @throws KeyUnwrapFailed, StoreUnavailable; the opener: SealBroken */
  async openerOf(sealedIn: SealedIn, parts: unknown): Promise<TextOpener> {
    const versions = new Set<number>();
    mapProtectedTexts(parts, (text) => {
      if (text.state === 'sealed') versions.add(text.keyVersion);
      return text;
    });
    const keys = new Map<number, DataKey | undefined>();
    for (const version of versions) keys.set(version, await this.#key(sealedIn.subjectId, version));
    return (text, field) => {
      if (text.state === 'plain') return text.text;
      const key = keys.get(text.keyVersion);
      return key === undefined ? null : openText(text, key, { eventId: sealedIn.eventId, type: sealedIn.type, field });
    };
  }

  async #key(subjectId: SubjectId, version: number): Promise<DataKey | undefined> {
    const name = `${subjectId} ${version}`;
    const known = this.#keys.get(name) ?? this.#subjectKeys.find(this.#organisation, subjectId, version);
    this.#keys.set(name, known);
    return known;
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
