/** Sentences that are corrected, split and merged, and what becomes of the reads that saw them otherwise (docs/adr/0016). */
import { accept, type Decision, refuse } from '../decider.ts';
import type { DisagreementId, SentenceId } from '../identifiers.ts';
import type { Problem } from '../problem.ts';
import type { Protocol } from '../project/protocol.ts';
import type { CaseCommandOf, CaseRefusal } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { closedBy } from './closed-by.ts';
import { completedReads } from './case-reads.ts';
import { type CaseState, evolveCase, type KnownCase } from './case-state.ts';
import { caseLimits, sentenceProblems } from './check-case.ts';
import type { CaseSentence } from './imported-case.ts';
import { type PresentSentence, type SentenceAt, sentenceLimits } from './sentence.ts';
import type { NewSentence } from './sentence-commands.ts';
import type { TranslationQuestion } from './sentence-events.ts';
import { reviewsWithoutRead } from './open-reviews.ts';
import { noteOf, reopened } from './take-back.ts';

type CaseDecision = Decision<CaseEvent, CaseRefusal>;

export function correctSentence(command: CaseCommandOf<'correctSentence'>, state: KnownCase): CaseDecision {
  const { sentenceId, change, text, questions, protocol } = command;
  const obstacle = obstacleTo([command], state);
  const known = sentenceOf(sentenceId, state);
  if (obstacle !== undefined || known === undefined)
    return refuse(obstacle ?? { code: 'SENTENCE_UNKNOWN', sentenceId });
  if (known.version >= sentenceLimits.versions) return refuse({ code: 'TOO_MANY_VERSIONS' });
  const problems = sentenceProblems('text', text, protocol);
  if (problems.length > 0) return refuse({ code: 'INVALID_CASE', problems });
  const version = known.version + 1;
  const answers = questionsAbout([sentenceId], state);
  const corrected: CaseEvent = {
    type: 'sentenceCorrected',
    sentenceId,
    version,
    change,
    text,
    answers,
    ...noteOf(command),
  };
  if (change === 'meaning') return changed(state, corrected, { questions, protocol, keepsReads: false });
  // Words of the same meaning disturb nobody. A settled case is settled anew where the protocol asks about what is asked now.
  const isAskedAnew =
    state.status === 'settled' && questions.length > 0 && protocol.disagreements.translation !== 'record';
  return isAskedAnew
    ? changed(state, corrected, { questions, protocol, keepsReads: true })
    : accept(corrected, ...questions.map(asked));
}

export function splitSentence(command: CaseCommandOf<'splitSentence'>, state: KnownCase): CaseDecision {
  const { sentenceId, version, into, linksTo, questions, protocol } = command;
  const obstacle = obstacleTo([command], state);
  const known = sentenceOf(sentenceId, state);
  if (obstacle !== undefined || known === undefined)
    return refuse(obstacle ?? { code: 'SENTENCE_UNKNOWN', sentenceId });
  const problems = [
    ...countProblems('into', into.length),
    ...newProblems(into, state, { gone: 1, protocol }),
    ...(linksTo === null || into.some((part) => part.sentenceId === linksTo)
      ? []
      : [{ path: 'linksTo', code: 'UNKNOWN_SENTENCE', message: 'links go to one of the new sentences, or to none' }]),
  ];
  if (problems.length > 0) return refuse({ code: 'INVALID_CASE', problems });
  const split: CaseEvent = {
    type: 'sentenceSplit',
    sentenceId,
    version,
    into: into.map((part): CaseSentence => ({ ...part, version: 1, origin: known.origin })),
    linksTo,
    answers: questionsAbout([sentenceId], state),
    ...noteOf(command),
  };
  return changed(state, split, { questions, protocol, keepsReads: linksTo !== null });
}

export function mergeSentences(command: CaseCommandOf<'mergeSentences'>, state: KnownCase): CaseDecision {
  const { sentences, into, movesLinks, questions, protocol } = command;
  const problems = [
    ...countProblems('sentences', sentences.length),
    ...(new Set(sentences.map(({ sentenceId }) => sentenceId)).size < sentences.length
      ? [{ path: 'sentences', code: 'REPEATED', message: 'a sentence stands here twice' }]
      : []),
    ...newProblems([into], state, { gone: sentences.length, protocol }),
  ];
  if (problems.length > 0) return refuse({ code: 'INVALID_CASE', problems });
  const obstacle = obstacleTo(sentences, state);
  if (obstacle !== undefined) return refuse(obstacle);
  const origins = new Set(sentences.flatMap(({ sentenceId }) => sentenceOf(sentenceId, state)?.origin ?? []));
  const [origin] = origins;
  const merged: CaseEvent = {
    type: 'sentencesMerged',
    sentences,
    into: { ...into, version: 1, origin: origins.size === 1 && origin !== undefined ? origin : 'person' },
    linksTo: movesLinks ? into.sentenceId : null,
    answers: questionsAbout(
      sentences.map(({ sentenceId }) => sentenceId),
      state,
    ),
    ...noteOf(command),
  };
  return changed(state, merged, { questions, protocol, keepsReads: movesLinks });
}

/** A bilingual reviewer says that a questioned pair is right. Like a remark it changes nothing else, so a final case takes it too. */
export function confirmTranslation(command: CaseCommandOf<'confirmTranslation'>, state: KnownCase): CaseDecision {
  const { sentenceId, version } = command;
  if (state.status === 'withdrawn') return refuse({ code: 'CASE_WITHDRAWN' });
  const mismatch = mismatchOf(command, state);
  if (mismatch !== undefined) return refuse(mismatch);
  const [disagreementId] = questionsAbout([sentenceId], state);
  if (disagreementId === undefined) return refuse({ code: 'TRANSLATION_NOT_QUESTIONED' });
  return accept({ type: 'translationConfirmed', disagreementId, sentenceId, version, ...noteOf(command) });
}

interface Consequences {
  readonly questions: readonly TranslationQuestion[];
  readonly protocol: Protocol;
  /** Whether reads of before still say what they said of these sentences. */
  readonly keepsReads: boolean;
}

/**
 * A consensus over sentences that are there no longer, or mean something else, must not stand: its case is opened first, and what
 * counts is asked anew. Reads that do not count any more are told one by one, each to its own annotator.
 */
function changed(state: KnownCase, change: CaseEvent, { questions, protocol, keepsReads }: Consequences): CaseDecision {
  const changes: readonly CaseEvent[] = [
    ...reopened(state),
    change,
    ...(keepsReads ? [] : [...outdatedReads(state), ...retiredGold(state)]),
    ...questions.map(asked),
  ];
  return accept(...changes, ...completedReads(changes.reduce<CaseState>(evolveCase, state), protocol));
}

const asked = (question: TranslationQuestion): CaseEvent => ({ type: 'translationQuestioned', ...question });

/** A truth of another meaning is none. */
const retiredGold = ({ gold }: KnownCase): readonly CaseEvent[] =>
  gold?.isActive === true ? [{ type: 'goldRetired' }] : [];

/** With the reviews that looked at what was said of other sentences. */
const outdatedReads = (state: KnownCase): readonly CaseEvent[] =>
  [...state.reads].flatMap(([annotatorId, read]): readonly CaseEvent[] => {
    if (read.status !== 'submitted') return [];
    const { readId, claimId, annotationId, revision } = read;
    return [
      ...reviewsWithoutRead(state, readId),
      { type: 'annotationOutdated', readId, annotatorId, claimId, annotationId, revision },
    ];
  });

/** Why sentences cannot be changed as they were named; undefined where they can. */
function obstacleTo(named: readonly SentenceAt[], state: KnownCase): CaseRefusal | undefined {
  return closedBy(state) ?? named.map((each) => mismatchOf(each, state)).find((mismatch) => mismatch !== undefined);
}

function mismatchOf({ sentenceId, version }: SentenceAt, state: KnownCase): CaseRefusal | undefined {
  const present = sentenceOf(sentenceId, state);
  if (present === undefined) return { code: 'SENTENCE_UNKNOWN', sentenceId };
  return present.version === version ? undefined : { code: 'SENTENCE_CHANGED', sentenceId, version: present.version };
}

const sentenceOf = (sentenceId: SentenceId, { sentences }: KnownCase): PresentSentence | undefined =>
  sentences.find((sentence) => sentence.sentenceId === sentenceId);

const questionsAbout = (
  sentenceIds: readonly SentenceId[],
  { translationQuestions }: KnownCase,
): readonly DisagreementId[] =>
  [...translationQuestions].flatMap(([disagreementId, { sentenceId }]) =>
    sentenceIds.includes(sentenceId) ? [disagreementId] : [],
  );

const countProblems = (path: string, count: number): readonly Problem[] =>
  count >= 2 && count <= sentenceLimits.parts
    ? []
    : [{ path, code: 'OUT_OF_RANGE', message: `from 2 to ${String(sentenceLimits.parts)}` }];

/** @param gone how many sentences of the case are there no longer */
function newProblems(
  into: readonly NewSentence[],
  state: KnownCase,
  { gone, protocol }: { readonly gone: number; readonly protocol: Protocol },
): readonly Problem[] {
  const count = state.sentences.length - gone + into.length;
  return [
    ...(count <= caseLimits.sentences
      ? []
      : [{ path: 'into', code: 'TOO_MANY', message: `a case has at most ${String(caseLimits.sentences)} sentences` }]),
    ...into.flatMap(({ sentenceId, text }, index) => [
      ...sentenceProblems(`into[${String(index)}]`, text, protocol),
      ...(isUsed(sentenceId, into.slice(0, index), state)
        ? [{ path: `into[${String(index)}]`, code: 'REPEATED', message: 'its id is taken' }]
        : []),
    ]),
  ];
}

const isUsed = (sentenceId: SentenceId, before: readonly NewSentence[], state: KnownCase): boolean =>
  before.some((one) => one.sentenceId === sentenceId) ||
  sentenceOf(sentenceId, state) !== undefined ||
  state.formerSentences.has(sentenceId);
