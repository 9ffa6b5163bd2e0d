import { describe, expect, it } from '@jest/globals';
import { plainText } from '@consilium/domain';
import type { CaseSentence, EventId, SentenceId } from '@consilium/domain';
import { instant, sentenceId } from '@consilium/testing';
import { type SentenceChangeAt, sentenceHistory } from './sentence-history.ts';

const text = (words: string) => ({ es: plainText(words) });
const sentence = (number: number, words: string): CaseSentence => ({
  sentenceId: sentenceId(number),
  version: 1,
  origin: 'report',
  text: text(words),
});
const imported = {
  sentences: [sentence(1, 'uno'), sentence(2, 'dos')],
  importedEventId: 'import' as EventId,
  importedAt: instant(0),
};
const change = (number: number, event: SentenceChangeAt['event']): SentenceChangeAt => ({
  eventId: `change ${String(number)}` as EventId,
  actorId: 'somebody',
  actorRole: 'reviewer',
  reason: 'typing',
  changedAt: instant(number),
  event,
});
const corrected = change(1, {
  type: 'sentenceCorrected',
  sentenceId: sentenceId(2),
  version: 2,
  change: 'meaning',
  text: text('dos, mejor'),
  answers: [],
});
const split = change(2, {
  type: 'sentenceSplit',
  sentenceId: sentenceId(2),
  version: 2,
  into: [sentence(3, 'tres'), sentence(4, 'cuatro')],
  linksTo: sentenceId(4),
  answers: [],
});
const merged = change(3, {
  type: 'sentencesMerged',
  sentences: [
    { sentenceId: sentenceId(1), version: 1 },
    { sentenceId: sentenceId(3), version: 1 },
  ],
  into: sentence(5, 'cinco'),
  linksTo: null,
  answers: [],
});

const placesOf = (changes: readonly SentenceChangeAt[], id: SentenceId) =>
  sentenceHistory(imported, changes)
    .versionsOf(id)
    .map(({ version, eventId, type, field }) => [version, eventId, type, field]);

describe('the sentences of a case', () => {
  it('are those of its import at first, each sealed where it stood there', () => {
    const { present, former } = sentenceHistory(imported, []);
    expect(present).toEqual(imported.sentences);
    expect(former).toEqual([]);
    expect(placesOf([], sentenceId(2))).toEqual([[1, 'import', 'caseImported', 'sentences.1.text']]);
  });

  it('have every version they had, each sealed in the event that brought it', () => {
    expect(placesOf([corrected], sentenceId(2))).toEqual([
      [1, 'import', 'caseImported', 'sentences.1.text'],
      [2, 'change 1', 'sentenceCorrected', 'text'],
    ]);
    expect(placesOf([corrected, split], sentenceId(4))).toEqual([[1, 'change 2', 'sentenceSplit', 'into.1.text']]);
    expect(placesOf([corrected, split, merged], sentenceId(5))).toEqual([
      [1, 'change 3', 'sentencesMerged', 'into.text'],
    ]);
  });

  it('that are there no longer say what became of them', () => {
    const { present, former, versionsOf } = sentenceHistory(imported, [corrected, split, merged]);
    expect(present.map((each) => each.sentenceId)).toEqual([sentenceId(5), sentenceId(4)]);
    expect(former.map((each) => [each.sentenceId, each.linksTo])).toEqual([
      [sentenceId(2), sentenceId(4)],
      [sentenceId(1), null],
      [sentenceId(3), null],
    ]);
    expect(versionsOf(sentenceId(2))).toHaveLength(2);
    expect(versionsOf(sentenceId(9))).toEqual([]);
  });
});
