import { decodeEnvelope, decodeEvent } from '@consilium/contracts';
import type { DomainEvent } from '@consilium/contracts';
import { sentencesAfter } from '@consilium/domain';
import type {
  BilingualText,
  CaseSentence,
  EventId,
  FormerSentence,
  Instant,
  PresentSentence,
  SentenceId,
} from '@consilium/domain';
import type { RecordedEvent } from '@consilium/event-store';
import type { SentenceChangeEvent, SentenceChangeView } from '@consilium/read-model';

/** A change, from the views or from the journal, which does not know its number in the log. */
export type SentenceChangeAt = Omit<SentenceChangeView, 'caseId' | 'fromSeq'> & { readonly fromSeq?: number };

/** A sentence as it was from one event on; its text is sealed in that event, at `field`. */
export interface SentenceVersionAt {
  readonly version: number;
  readonly text: BilingualText;
  readonly eventId: EventId;
  readonly type: 'caseImported' | SentenceChangeEvent['type'];
  readonly field: string;
  readonly since: Instant;
  /** Undefined of what came in with the case. */
  readonly change: SentenceChangeAt | undefined;
}

/** Sentences of a case with all that each of them was. */
export interface SentenceHistory {
  readonly present: readonly PresentSentence[];
  readonly former: readonly FormerSentence[];
  readonly versionsOf: (sentenceId: SentenceId) => readonly SentenceVersionAt[];
}

export interface ImportedSentences {
  readonly sentences: readonly CaseSentence[];
  readonly importedEventId: EventId;
  readonly importedAt: Instant;
}

/** @param changes in their order */
export function sentenceHistory(
  { sentences, importedEventId, importedAt }: ImportedSentences,
  changes: readonly SentenceChangeAt[],
): SentenceHistory {
  const versions = new Map<SentenceId, SentenceVersionAt[]>();
  const add = (sentenceId: SentenceId, version: SentenceVersionAt): void => {
    versions.set(sentenceId, [...(versions.get(sentenceId) ?? []), version]);
  };
  for (const [index, { sentenceId, version, text }] of sentences.entries()) {
    add(sentenceId, {
      version,
      text,
      eventId: importedEventId,
      type: 'caseImported',
      field: `sentences.${index}.text`,
      since: importedAt,
      change: undefined,
    });
  }
  for (const change of changes) {
    const { event, eventId, changedAt } = change;
    for (const { sentenceId, version, text, field } of textsOf(event)) {
      add(sentenceId, { version, text, eventId, type: event.type, field, since: changedAt, change });
    }
  }
  const initial: Parameters<typeof sentencesAfter>[0] = {
    sentences,
    formerSentences: new Map(),
    meaning: 0,
    translationQuestions: new Map(),
  };
  const now = changes.reduce((state, { event }) => sentencesAfter(state, event), initial);
  return {
    present: now.sentences,
    former: [...now.formerSentences.values()],
    versionsOf: (sentenceId) => versions.get(sentenceId) ?? [],
  };
}

/** The texts in an event, each where it is sealed. */
function textsOf(event: SentenceChangeEvent) {
  switch (event.type) {
    case 'sentenceCorrected':
      return [{ ...event, field: 'text' }];
    case 'sentenceSplit':
      return event.into.map((part, index) => ({ ...part, field: `into.${index}.text` }));
    case 'sentencesMerged':
      return [{ ...event.into, field: 'into.text' }];
  }
}

/** The changes of sentences in a stream of the journal. */
export const changesIn = (recorded: readonly RecordedEvent[]): readonly SentenceChangeAt[] =>
  recorded
    .filter(({ type }) => changingTypes.has(type))
    .flatMap((each): readonly SentenceChangeAt[] => {
      const event = decodeEvent(each);
      if (!isSentenceChange(event)) return [];
      const { actor, reasonCode } = decodeEnvelope(each.metaBytes);
      const { eventId, recordedAt } = each;
      return [{ eventId, actorId: actor.id, actorRole: actor.role, reason: reasonCode, changedAt: recordedAt, event }];
    });

const changingTypes: ReadonlySet<string> = new Set(['sentenceCorrected', 'sentenceSplit', 'sentencesMerged']);

const isSentenceChange = (event: DomainEvent): event is SentenceChangeEvent => changingTypes.has(event.type);
