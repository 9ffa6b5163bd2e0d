import { describe, expect, it } from '@jest/globals';
import {
  adjudicationId,
  annotationId,
  annotatorId,
  claimId,
  consensusId,
  instant,
  nothingThere,
  readId,
  sampleCase,
  sampleFinding,
  sampleProtocol,
  sentenceId,
} from '@consilium/testing';
import { fold } from '../decider.ts';
import { plainText } from '../protected-text.ts';
import type { Protocol } from '../project/protocol.ts';
import type { AnnotationDraft } from './annotation.ts';
import { medicalCase } from './case.ts';
import type { CaseCommand, CaseCommandOf } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import type { KnownCase } from './case-state.ts';
import { questionOf } from './case-worlds.spec.ts';
import { withPresentLinks } from './sentence.ts';

const protocol = sampleProtocol({ readsPerCase: 2 });
const text = { es: plainText('Sin nódulo.'), en: plainText('No nodule.') };
const imported: CaseEvent = { type: 'caseImported', ...sampleCase() };
const about = (number: number, version = 1) => ({ sentenceId: sentenceId(number), version });

const leaseOf = (reader: number, number = reader) => ({
  annotatorId: annotatorId(reader),
  claimId: claimId(number),
  endsAt: instant(1_000),
});
const claimOf = (reader: number, number = reader): CaseCommand => ({
  type: 'claimRead',
  annotatorId: annotatorId(reader),
  readId: readId(reader),
  claimId: claimId(number),
  protocol,
  at: instant(0),
  leases: [],
});
const answering = (number: number, version = 1): AnnotationDraft => ({
  ...nothingThere,
  answer: 'findings',
  findings: [sampleFinding(1, { sentence: about(number, version) })],
});
const submissionOf = (reader: number, draft = answering(1), number = reader): CaseCommand => ({
  type: 'submitAnnotation',
  annotatorId: annotatorId(reader),
  claimId: claimId(number),
  annotationId: annotationId(number),
  revision: 0,
  draft,
  protocol,
  at: instant(0),
  leases: [leaseOf(reader, number)],
});
const correctionOf = (
  change: CaseCommandOf<'correctSentence'>['change'],
  more: Partial<CaseCommandOf<'correctSentence'>> = {},
): CaseCommand => ({ type: 'correctSentence', ...about(1), change, text, questions: [], protocol, ...more });
const splitOf = (keepsReads: boolean): CaseCommand => ({
  type: 'splitSentence',
  ...about(1),
  into: [
    { sentenceId: sentenceId(2), text },
    { sentenceId: sentenceId(3), text },
  ],
  linksTo: keepsReads ? sentenceId(3) : null,
  questions: [],
  protocol,
});
const consensusOn = (state: KnownCase, rules: Protocol = protocol): CaseCommand => ({
  type: 'recordConsensus',
  consensus: {
    consensusId: consensusId(1),
    basedOnVersion: state.completedAtVersion,
    readIds: [],
    method: { name: 'majority', version: '1', parameters: {} },
    regions: [],
    sentences: [],
    matching: { summedIou: 0, exact: true, gap: 0 },
  },
  disagreements: [],
  hasForcedLabel: false,
  isSampled: false,
  readersLeft: 1,
  adjudicationId: adjudicationId(1),
  protocol: rules,
});

const stateOf = (events: readonly CaseEvent[]): KnownCase => {
  const state = fold(medicalCase, events);
  if (state.status === 'unknown') throw new Error('the case was imported');
  return state;
};
/** The history after commands that are all accepted. */
const after = (...commands: readonly (CaseCommand | ((state: KnownCase) => CaseCommand))[]): readonly CaseEvent[] => {
  let events: readonly CaseEvent[] = [imported];
  for (const command of commands) {
    const state = stateOf(events);
    const decision = medicalCase.decide(typeof command === 'function' ? command(state) : command, state);
    if (!decision.ok) throw new Error(decision.refusal.code);
    events = [...events, ...decision.events];
  }
  return events;
};
const decide = (events: readonly CaseEvent[], command: CaseCommand) => medicalCase.decide(command, stateOf(events));
const typesOf = (events: readonly CaseEvent[], command: CaseCommand): readonly string[] => {
  const decision = decide(events, command);
  return decision.ok ? decision.events.map(({ type }) => type) : [decision.refusal.code];
};
const twoReads = [claimOf(1), claimOf(2), submissionOf(1), submissionOf(2)];

describe('a sentence that is corrected', () => {
  it('has a new version, with the whole text', () => {
    expect(decide(after(), correctionOf('wording'))).toMatchObject({
      ok: true,
      events: [{ type: 'sentenceCorrected', sentenceId: sentenceId(1), version: 2, change: 'wording', text }],
    });
    const { sentences, meaning } = stateOf(after(correctionOf('wording')));
    expect(sentences).toMatchObject([{ sentenceId: sentenceId(1), version: 2, origin: 'report', text }]);
    expect(meaning).toBe(0);
  });

  it('is refused where it is not the one that the sender saw, and where it is not there', () => {
    const events = after(correctionOf('wording'));
    expect(decide(events, correctionOf('wording'))).toEqual({
      ok: false,
      refusal: { code: 'SENTENCE_CHANGED', sentenceId: sentenceId(1), version: 2 },
    });
    expect(typesOf(events, correctionOf('wording', { sentenceId: sentenceId(9) }))).toEqual(['SENTENCE_UNKNOWN']);
    expect(typesOf(events, correctionOf('wording', { version: 2, text: {} }))).toEqual(['INVALID_CASE']);
  });

  it('in its words disturbs nobody: claims, reads and consensus stand', () => {
    const events = after(...twoReads, consensusOn);
    expect(typesOf(events, correctionOf('wording'))).toEqual(['sentenceCorrected']);
    expect(typesOf(events, correctionOf('translation'))).toEqual(['sentenceCorrected']);
    const held = after(claimOf(1), correctionOf('wording'));
    expect(typesOf(held, submissionOf(1))).toEqual(['annotationSubmitted']);
    expect(typesOf(held, submissionOf(1, answering(1, 2)))).toEqual(['annotationSubmitted']);
    expect(typesOf(held, submissionOf(1, answering(1, 3)))).toEqual(['INVALID_ANNOTATION']);
  });

  it('in its meaning opens the case, and every read that counted counts no longer', () => {
    const events = after(...twoReads, consensusOn);
    expect(typesOf(events, correctionOf('meaning'))).toEqual([
      'readsReopened',
      'sentenceCorrected',
      'annotationOutdated',
      'annotationOutdated',
    ]);
    const then = after(...twoReads, consensusOn, correctionOf('meaning'));
    expect(stateOf(then)).toMatchObject({ status: 'reading', meaning: 1 });
    expect(typesOf(then, claimOf(1, 11))).toEqual(['readClaimed']);
    expect(typesOf(then, claimOf(3))).toEqual(['readClaimed']);
  });

  it('in its meaning is told to whoever holds the case, who claims again and reads what it says now', () => {
    const held = after(claimOf(1), correctionOf('meaning'));
    expect(typesOf(held, submissionOf(1))).toEqual(['SENTENCES_CHANGED']);
    const again = after(claimOf(1), correctionOf('meaning'), claimOf(1, 11));
    expect(again.at(-1)).toMatchObject({ type: 'readClaimed', sentences: [about(1, 2)] });
    expect(typesOf(again, submissionOf(1, answering(1), 11))).toEqual(['INVALID_ANNOTATION']);
    expect(typesOf(again, submissionOf(1, answering(1, 2), 11))).toEqual(['annotationSubmitted']);
  });

  it('in its meaning leaves nothing of before to be amended, restored or accepted late', () => {
    const events = after(...twoReads, correctionOf('meaning'));
    const read = { annotatorId: annotatorId(1), protocol: { ...protocol, amendWindowMs: 1_000 }, at: instant(0) };
    const amendment: CaseCommand = {
      type: 'amendAnnotation',
      ...read,
      revision: 1,
      draft: nothingThere,
      submittedAt: instant(0),
      independence: 'blind',
    };
    expect(typesOf(events, amendment)).toEqual(['SENTENCES_CHANGED']);
    const restoring: CaseCommand = {
      type: 'restoreAnnotation',
      ...read,
      readId: readId(1),
      claimId: claimId(1),
      annotationId: annotationId(1),
      revision: 1,
      annotation: { ...answering(1), regions: [] },
      independence: 'blind',
      leases: [],
    };
    expect(typesOf(events, restoring)).toEqual(['SENTENCES_CHANGED']);
    const late: readonly CaseEvent[] = [
      ...after(claimOf(1)),
      { type: 'readExpired', readId: readId(1), annotatorId: annotatorId(1), claimId: claimId(1) },
    ];
    const corrected = [...late, ...eventsOf(late, correctionOf('meaning'))];
    expect(typesOf(corrected, { ...submissionOf(1), leases: [] } as CaseCommand)).toEqual(['SENTENCES_CHANGED']);
    const kept: readonly CaseEvent[] = [
      ...late,
      {
        type: 'lateAnnotationKept',
        readId: readId(1),
        annotatorId: annotatorId(1),
        claimId: claimId(1),
        annotationId: annotationId(1),
        annotation: { ...nothingThere, regions: [] },
      },
    ];
    const acceptance: CaseCommand = {
      type: 'acceptLateAnnotation',
      annotationId: annotationId(1),
      annotation: { ...nothingThere, regions: [] },
      protocol,
      at: instant(0),
      leases: [],
    };
    expect(typesOf([...kept, ...eventsOf(kept, correctionOf('meaning'))], acceptance)).toEqual(['SENTENCES_CHANGED']);
  });

  it('is refused in a final case and a withdrawn one', () => {
    const final = after(...twoReads, consensusOn, { type: 'finaliseCase' });
    expect(typesOf(final, correctionOf('wording'))).toEqual(['CASE_FINALISED']);
    const withdrawn = after({ type: 'withdrawCase', withReads: false, at: instant(0), leases: [] });
    expect(typesOf(withdrawn, correctionOf('wording'))).toEqual(['CASE_WITHDRAWN']);
  });

  it('has a hundred versions at most', () => {
    const corrections = Array.from({ length: 99 }, (_, index) => correctionOf('wording', { version: index + 1 }));
    expect(typesOf(after(...corrections), correctionOf('wording', { version: 100 }))).toEqual(['TOO_MANY_VERSIONS']);
  });
});

const eventsOf = (events: readonly CaseEvent[], command: CaseCommand): readonly CaseEvent[] => {
  const decision = decide(events, command);
  if (!decision.ok) throw new Error(decision.refusal.code);
  return decision.events;
};

describe('a sentence that is split', () => {
  it('is there no longer, and those it became stand in its place', () => {
    const state = stateOf(after(splitOf(true)));
    expect(state.sentences).toMatchObject([
      { sentenceId: sentenceId(2), version: 1, origin: 'report' },
      { sentenceId: sentenceId(3), version: 1, origin: 'report' },
    ]);
    expect(typesOf(after(splitOf(true)), correctionOf('wording'))).toEqual(['SENTENCE_UNKNOWN']);
  });

  it('takes what was said of it to one of them, and the consensus is made anew', () => {
    const events = after(...twoReads, consensusOn);
    expect(typesOf(events, splitOf(true))).toEqual(['readsReopened', 'sentenceSplit', 'readsCompleted']);
    const state = stateOf(after(...twoReads, consensusOn, splitOf(true)));
    const given = { ...answering(1), regions: [] };
    expect(withPresentLinks(given, state).findings).toMatchObject([{ sentence: about(3) }]);
  });

  it('takes a draft that speaks of it too', () => {
    expect(typesOf(after(claimOf(1), splitOf(true)), submissionOf(1))).toEqual(['annotationSubmitted']);
  });

  it('makes what was said of it count no longer where nobody can tell of which it was said', () => {
    const events = after(...twoReads);
    expect(typesOf(events, splitOf(false))).toEqual([
      'readsReopened',
      'sentenceSplit',
      'annotationOutdated',
      'annotationOutdated',
    ]);
    const state = stateOf(after(splitOf(false)));
    expect(withPresentLinks({ ...answering(1), regions: [] }, state).findings[0]).not.toHaveProperty('sentence');
  });

  it('wants two to ten new sentences of ids that were never used, and links that go to one of them', () => {
    const wrong = (changes: Partial<CaseCommandOf<'splitSentence'>>) =>
      typesOf(after(), { ...splitOf(true), ...changes } as CaseCommand);
    expect(wrong({ into: [{ sentenceId: sentenceId(3), text }] })).toEqual(['INVALID_CASE']);
    expect(wrong({ linksTo: sentenceId(4) })).toEqual(['INVALID_CASE']);
    const twice = [3, 3].map((number) => ({ sentenceId: sentenceId(number), text }));
    expect(wrong({ into: twice })).toEqual(['INVALID_CASE']);
    const old = [1, 3].map((number) => ({ sentenceId: sentenceId(number), text }));
    expect(wrong({ into: old })).toEqual(['INVALID_CASE']);
  });
});

describe('sentences that are merged', () => {
  const merge = (movesLinks: boolean): CaseCommand => ({
    type: 'mergeSentences',
    sentences: [about(3), about(2)],
    into: { sentenceId: sentenceId(4), text },
    movesLinks,
    questions: [],
    protocol,
  });

  it('become one in the place of the first, which holds what was said of each', () => {
    const state = stateOf(after(splitOf(true), merge(true)));
    expect(state.sentences).toMatchObject([{ sentenceId: sentenceId(4), version: 1 }]);
    for (const number of [1, 2, 3]) {
      expect(withPresentLinks({ ...answering(number), regions: [] }, state).findings).toMatchObject([
        { sentence: about(4) },
      ]);
    }
  });

  it('make reads of before count no longer where what was said of them does not hold of it', () => {
    const events = after(splitOf(true), claimOf(1), submissionOf(1, answering(2)));
    expect(typesOf(events, merge(false))).toEqual(['sentencesMerged', 'annotationOutdated']);
  });

  it('are two at least, each named once and in its present version', () => {
    const events = after(splitOf(true));
    const wrong = (sentences: CaseCommandOf<'mergeSentences'>['sentences']) =>
      typesOf(events, { ...merge(true), sentences } as CaseCommand);
    expect(wrong([about(2)])).toEqual(['INVALID_CASE']);
    expect(wrong([about(2), about(2)])).toEqual(['INVALID_CASE']);
    expect(wrong([about(2), about(3, 2)])).toEqual(['SENTENCE_CHANGED']);
    expect(wrong([about(2), about(1)])).toEqual(['SENTENCE_UNKNOWN']);
  });
});

describe('a translation that is questioned', () => {
  const question = questionOf(about(1), 1);
  const importing: CaseCommand = { type: 'importCase', content: sampleCase(), protocol, questions: [question] };
  const confirmation: CaseCommand = { type: 'confirmTranslation', ...about(1) };
  const questioned: readonly CaseEvent[] = [imported, { type: 'translationQuestioned', ...question }];
  const readBy = (events: readonly CaseEvent[]): readonly CaseEvent[] =>
    twoReads.reduce((before, command) => [...before, ...eventsOf(before, command)], events);
  const rules = (translation: 'record' | 'adjudicate' | 'anotherRead'): Protocol => ({
    ...protocol,
    readsMaximum: 3,
    disagreements: { ...protocol.disagreements, translation },
  });

  it('comes in with its case', () => {
    const decision = medicalCase.decide(importing, medicalCase.initial);
    expect(decision).toEqual({ ok: true, events: questioned });
  });

  it.each([
    ['record', ['consensusReached']],
    ['adjudicate', ['disagreementFound', 'adjudicationOpened']],
    ['anotherRead', ['disagreementFound', 'extraReadRequested']],
  ] as const)('leads to what the protocol says: %s', (action, types) => {
    const events = readBy(questioned);
    const decision = decide(events, consensusOn(stateOf(events), rules(action)));
    expect(decision).toMatchObject({
      ok: true,
      events: [
        {
          disagreements: [
            {
              disagreementId: question.disagreementId,
              kind: 'translation',
              sentenceId: sentenceId(1),
              options: [{ option: 'faithful' }, { option: 'unfaithful' }],
            },
          ],
        },
        ...types.slice(1).map(() => ({})),
      ],
    });
    expect(typesOf(events, consensusOn(stateOf(events), rules(action)))).toEqual(types);
  });

  it('is decided by confirming the pair, once', () => {
    expect(decide(questioned, confirmation)).toEqual({
      ok: true,
      events: [{ type: 'translationConfirmed', disagreementId: question.disagreementId, ...about(1) }],
    });
    const confirmed = [...questioned, ...eventsOf(questioned, confirmation)];
    expect(typesOf(confirmed, confirmation)).toEqual(['TRANSLATION_NOT_QUESTIONED']);
    const read = readBy(confirmed);
    expect(typesOf(read, consensusOn(stateOf(read), rules('adjudicate')))).toEqual(['consensusReached']);
  });

  it('is decided by a correction, which may be questioned itself', () => {
    const anew = questionOf(about(1, 2), 2);
    const events = [...questioned, ...eventsOf(questioned, correctionOf('translation', { questions: [anew] }))];
    expect(events).toMatchObject([
      {},
      {},
      { type: 'sentenceCorrected', answers: [question.disagreementId] },
      { type: 'translationQuestioned', disagreementId: anew.disagreementId },
    ]);
    expect([...stateOf(events).translationQuestions.keys()]).toEqual([anew.disagreementId]);
    expect(typesOf(events, { ...confirmation, version: 1 })).toEqual(['SENTENCE_CHANGED']);
  });

  it('by a correction of a settled case asks anew what the protocol asks about', () => {
    const correction = (action: 'record' | 'adjudicate') =>
      correctionOf('translation', { questions: [questionOf(about(1, 2), 2)], protocol: rules(action) });
    const settled = after(...twoReads, consensusOn);
    expect(typesOf(settled, correction('record'))).toEqual(['sentenceCorrected', 'translationQuestioned']);
    expect(typesOf(settled, correction('adjudicate'))).toEqual([
      'readsReopened',
      'sentenceCorrected',
      'translationQuestioned',
      'readsCompleted',
    ]);
  });

  it('is confirmed by adjudicators who call it faithful, and stays in question where they do not', () => {
    const events = readBy(questioned);
    const found = [...events, ...eventsOf(events, consensusOn(stateOf(events), rules('adjudicate')))];
    const seat = { annotatorId: annotatorId(9), claimId: claimId(9), at: instant(0), leases: [leaseOf(9)] };
    const seated = [...found, ...eventsOf(found, { type: 'claimSeat', ...seat, role: 'adjudicator', protocol })];
    const voteFor = (option: string): CaseCommand => ({
      type: 'vote',
      ...seat,
      annotationId: annotationId(9),
      draft: answering(1),
      choices: [{ disagreementId: question.disagreementId, option, reason: 'reportText' }],
      protocol,
    });
    expect(typesOf(seated, voteFor('faithful'))).toEqual([
      'adjudicationVoted',
      'adjudicationDecided',
      'translationConfirmed',
    ]);
    expect(typesOf(seated, voteFor('unfaithful'))).toEqual(['adjudicationVoted', 'adjudicationDecided']);
    // What they called so is mended before the case is final.
    const decided = [...seated, ...eventsOf(seated, voteFor('unfaithful'))];
    expect(typesOf(decided, { type: 'finaliseCase' })).toEqual(['TRANSLATION_UNFAITHFUL']);
    const corrected = [...decided, ...eventsOf(decided, correctionOf('translation'))];
    expect(typesOf(corrected, { type: 'finaliseCase' })).toEqual(['caseFinalised']);
    const confirmed = [...decided, ...eventsOf(decided, confirmation)];
    expect(typesOf(confirmed, { type: 'finaliseCase' })).toEqual(['caseFinalised']);
  });
});
