import {
  adjudicationId,
  annotationId,
  annotatorId,
  claimId,
  commentId,
  consensusId,
  disagreementId,
  instant,
  nothingThere,
  projectId,
  readId,
  sampleCase,
  sampleFinding,
  sampleProtocol,
  sentenceId,
  threadId,
} from '@consilium/testing';
import fc from 'fast-check';
import { fold } from '../decider.ts';
import { plainText } from '../protected-text.ts';
import type { Protocol } from '../project/protocol.ts';
import type { Seat } from './adjudication.ts';
import type { AnnotationId, AnnotatorId, CommentId, FlagId, ReviewId, ThreadId } from '../identifiers.ts';
import type { Annotation } from './annotation.ts';
import { medicalCase } from './case.ts';
import type { CaseCommand } from './case-commands.ts';
import type { AskedSubject } from './comment.ts';
import type { CommentCommand } from './comment-commands.ts';
import type { CaseEvent } from './case-events.ts';
import type { Lease } from './lease.ts';
import { hasSeenReads } from './case-reads.ts';
import type { CaseState, KnownCase, ReadState } from './case-state.ts';
import type { Disagreement } from './disagreement.ts';
import type { SentenceAt } from './sentence.ts';
import type { SentenceChange, TranslationQuestion } from './sentence-events.ts';
import { type ReviewOutcome, reviewOutcomes } from './review.ts';

/*
 * Random commands of five annotators at times that also go past leases, some renewed, against a case that wants up to
 * three reads. The model of the store is a list of leases, kept as the event store keeps them: granted by readClaimed,
 * moved by renewals, gone with the end of the claim.
 */
export type Step =
  | { readonly do: 'claim' | 'release' | 'skip' | 'submit' | 'renew'; readonly who: number; readonly claim: number }
  | {
      readonly do: 'withdraw' | 'restore' | 'amend' | 'acceptLate' | 'declineLate';
      readonly who: number;
      readonly revision: number;
    }
  | { readonly do: 'flag' | 'resolveFlag'; readonly number: number }
  | { readonly do: 'withdrawCase'; readonly withReads: boolean }
  | { readonly do: 'reinstate' | 'exclude' | 'include' }
  | { readonly do: 'correct'; readonly change: SentenceChange; readonly isQuestioned: boolean }
  | { readonly do: 'split' | 'merge'; readonly keepsReads: boolean; readonly isQuestioned: boolean }
  | { readonly do: 'confirm' }
  | { readonly do: 'consensus'; readonly version: number }
  | {
      readonly do: 'seat' | 'vote' | 'leaveSeat';
      readonly who: number;
      readonly option: 'present' | 'absent' | 'other';
    }
  | { readonly do: 'adjudicate' | 'finalise' | 'reopen' }
  | { readonly do: 'setGold' | 'correctGold' | 'retireGold'; readonly by: number }
  | { readonly do: 'askReview' | 'waiveReview'; readonly number: number }
  | {
      readonly do: 'takeReview' | 'leaveReview' | 'review';
      readonly who: number;
      readonly outcome: ReviewOutcome;
    }
  | { readonly do: 'assign' | 'unassign'; readonly assignee: number }
  | { readonly do: CommentCommand['type']; readonly speaker: number; readonly about: number };

export const steps: fc.Arbitrary<readonly { readonly step: Step; readonly afterMs: number }[]> = fc.array(
  fc.record({
    step: fc.oneof(
      {
        weight: 14,
        arbitrary: fc.record({
          do: fc.constantFrom('claim', 'claim', 'claim', 'submit', 'submit', 'submit', 'release', 'skip', 'renew'),
          who: fc.nat(4),
          claim: fc.nat(1),
        }),
      },
      {
        weight: 7,
        arbitrary: fc.record({
          do: fc.constantFrom('withdraw', 'restore', 'amend', 'acceptLate', 'declineLate'),
          who: fc.nat(4),
          revision: fc.integer({ min: 0, max: 4 }),
        }),
      },
      { weight: 4, arbitrary: fc.record({ do: fc.constant('consensus'), version: fc.nat(20) }) },
      {
        weight: 10,
        arbitrary: fc.record({
          do: fc.constantFrom('seat', 'seat', 'vote', 'vote', 'vote', 'leaveSeat'),
          who: fc.integer({ min: 3, max: 9 }),
          option: fc.constantFrom('present', 'absent', 'other'),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('adjudicate', 'finalise', 'finalise', 'reopen') }) },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constantFrom('setGold', 'setGold', 'correctGold', 'retireGold', 'retireGold'),
          by: fc.constantFrom(0, 3, 8, 50, 50),
        }),
      },
      {
        weight: 6,
        arbitrary: fc.record({
          do: fc.constantFrom('takeReview', 'takeReview', 'review', 'review', 'leaveReview'),
          who: fc.integer({ min: 3, max: 9 }),
          outcome: fc.constantFrom(...reviewOutcomes),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('askReview', 'waiveReview'), number: fc.nat(4) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('withdrawCase'), withReads: fc.boolean() }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('reinstate') }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('exclude') }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('include') }) },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant('correct'),
          change: fc.constantFrom('wording', 'translation', 'meaning'),
          isQuestioned: fc.boolean(),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constantFrom('split', 'merge'),
          keepsReads: fc.boolean(),
          isQuestioned: fc.boolean(),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('confirm') }) },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constantFrom(
            'openThread',
            'openThread',
            'addComment',
            'correctComment',
            'retractComment',
            'resolveThread',
            'reopenThread',
          ),
          speaker: fc.constantFrom(0, 1, 2, 3, 8, 9),
          about: fc.nat(5),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('assign', 'assign', 'unassign'), assignee: fc.nat(5) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('flag'), number: fc.nat(3) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('resolveFlag'), number: fc.nat(3) }) },
    ),
    afterMs: fc.constantFrom(0, 0, 0, 1, 1, 1, 1, 400, 1_000),
  }),
  { maxLength: 60, size: 'max' },
);

export interface World {
  readonly readsPerCase: number;
  readonly at: number;
  readonly leases: readonly Lease[];
  readonly events: readonly CaseEvent[];
  readonly state: CaseState;
}

/** Most steps are aimed at somebody of whom something can come; a random one among five seldom holds or has read anything. */
function aimed(step: Step, { state }: World): Step {
  if (state.status === 'unknown' || !('who' in step)) return step;
  if (step.do === 'claim' || step.do === 'renew' || step.do === 'seat' || step.do === 'takeReview') return step;
  if ('claim' in step && step.claim > 0) return step;
  const seats = state.status === 'adjudicating' ? state.adjudication.seats : new Map<AnnotatorId, Seat>();
  const wanted = Array.from({ length: people }, (_, who) => who).filter((who) => {
    if ('outcome' in step)
      return [...state.reviews.values()].some(({ seat }) => seat?.annotatorId === annotatorId(who));
    if ('option' in step) return seats.get(annotatorId(who))?.status === 'held';
    const read = ownReadOf(state, who);
    if (step.do === 'withdraw' || step.do === 'amend') return read?.status === 'submitted';
    if (step.do === 'restore') return (read?.revision ?? 0) > 0;
    // A claim that ran out may still bring what was made under it.
    return read?.status === 'held' || (step.do === 'submit' && state.expiredClaims.has(annotatorId(who)));
  });
  return { ...step, who: wanted[step.who % Math.max(1, wanted.length)] ?? step.who };
}

/** What somebody has of the case, as gold or as a read of it. */
export function ownReadOf(state: KnownCase, who: number): ReadState | undefined {
  const gold = state.goldReads.get(annotatorId(who));
  return gold === undefined || gold.status === 'open' ? state.reads.get(annotatorId(who)) : gold;
}

/** Some read, some adjudicate, some do both where they may; the last is a lead. */
const people = 10;
const roleOf = (who: number) => (who === people - 1 ? 'lead' : 'adjudicator');

/** One more read than at first, where somebody is left for it; a panel of three where it is drawn by the number of reads. */
export const rulesOf = ({ readsPerCase: reads }: World): Protocol => {
  const usual = sampleProtocol({ readsPerCase: reads, readsMaximum: reads + 1 });
  return {
    ...usual,
    reviewShare: 0.4,
    disagreements: {
      ...usual.disagreements,
      presence: 'anotherRead',
      translation: (['record', 'adjudicate', 'anotherRead'] as const)[reads % 3] ?? 'record',
    },
    adjudication: { ...usual.adjudication, panelSize: reads === 1 ? 3 : 1 },
  };
};

const readersLeftIn = ({ state }: World): number =>
  state.status === 'unknown'
    ? 0
    : [0, 1, 2, 3, 4].filter((who) => {
        const read = state.reads.get(annotatorId(who))?.status;
        const gold = state.goldReads.get(annotatorId(who))?.status ?? 'open';
        return (
          read !== 'submitted' &&
          read !== 'skipped' &&
          read !== 'passedOn' &&
          gold === 'open' &&
          !hasSeenReads(annotatorId(who), state)
        );
      }).length;

/** Of every five consensus one is about the label, which is adjudicated, and two are about presence. */
const disagreementsOf = (version: number): readonly Disagreement[] => {
  const kind = ([undefined, 'label', undefined, 'presence', 'presence'] as const)[version % 5];
  if (kind === undefined) return [];
  const options = [
    { option: 'absent', readIds: [readId(0)] },
    { option: 'present', readIds: [readId(1)] },
  ];
  return [{ disagreementId: disagreementId(version), kind, sentenceId: null, regionIds: [], options }];
};

export function consensusCommand(world: World, basedOnVersion: number, version: number): CaseCommand {
  return {
    type: 'recordConsensus',
    consensus: {
      consensusId: consensusId(1),
      basedOnVersion,
      readIds: [],
      method: { name: 'majority', version: '1', parameters: {} },
      regions: [],
      sentences: [],
      matching: { summedIou: 0, exact: true, gap: 0 },
    },
    disagreements: disagreementsOf(version),
    hasForcedLabel: version % 7 === 0,
    isSampled: version % 3 === 0,
    readersLeft: readersLeftIn(world),
    adjudicationId: adjudicationId(world.events.length),
    protocol: rulesOf(world),
  };
}

const commandOf = (chosen: Step, world: World): CaseCommand => {
  const step = aimed(chosen, world);
  const protocol = rulesOf(world);
  const { state } = world;
  const leases = { at: instant(world.at), leases: world.leases };
  switch (step.do) {
    case 'consensus': {
      const isDue = state.status === 'awaitingConsensus' && step.version > 4;
      return consensusCommand(world, isDue ? state.completedAtVersion : step.version, step.version);
    }
    case 'seat':
    case 'leaveSeat':
    case 'vote':
      return seatCommandOf(step, world);
    case 'askReview':
      return { type: 'requestReview', reviewId: reviewId(world.events.length), readId: readId(step.number) };
    case 'waiveReview':
      return { type: 'waiveReview', reviewId: openReviewOf(world, step.number) };
    case 'takeReview':
    case 'leaveReview':
    case 'review':
      return reviewCommandOf(step, world);
    case 'adjudicate':
      return {
        type: 'requestAdjudication',
        adjudicationId: adjudicationId(world.events.length),
        protocol,
        ...leases,
      };
    case 'finalise':
      return { type: 'finaliseCase' };
    case 'reopen':
      return { type: 'reopenForReading', readersLeft: readersLeftIn(world), protocol };
    case 'withdraw':
      return {
        type: 'withdrawAnnotation',
        annotatorId: annotatorId(step.who),
        revision: revisionOf(step, world),
        protocol,
      };
    case 'restore':
      return restoreOf(world, annotatorId(step.who), revisionOf(step, world));
    case 'amend':
      return {
        type: 'amendAnnotation',
        annotatorId: annotatorId(step.who),
        revision: revisionOf(step, world),
        ...newContent(world),
        at: instant(world.at),
        // Some come too late.
        submittedAt: instant(step.revision === 4 ? world.at - 1_000 : world.at),
        independence: 'blind',
      };
    case 'acceptLate':
      return { type: 'acceptLateAnnotation', ...lateOf(world), protocol, ...leases };
    case 'declineLate':
      return { type: 'declineLateAnnotation', annotationId: lateOf(world).annotationId };
    case 'flag': {
      const reason = step.number === 0 ? 'identityVisible' : 'other';
      return { type: 'flagCase', flagId: flagId(step.number), holder: undefined, reason, ...leases };
    }
    case 'resolveFlag':
      return { type: 'resolveFlag', flagId: flagId(step.number) };
    case 'setGold':
    case 'correctGold':
    case 'retireGold':
      return goldCommandOf(step, world);
    case 'withdrawCase':
      return { type: 'withdrawCase', withReads: step.withReads, ...leases };
    case 'reinstate':
      return { type: 'reinstateCase', protocol };
    case 'exclude':
      return { type: 'excludeCase', ...leases };
    case 'include':
      return { type: 'includeCase', protocol };
    case 'assign':
      return { type: 'assignCase', annotatorIds: [annotatorId(step.assignee)], protocol, ...leases };
    case 'unassign':
      return { type: 'unassignCase', annotatorIds: [annotatorId(step.assignee)] };
    case 'openThread':
    case 'addComment':
    case 'correctComment':
    case 'retractComment':
    case 'resolveThread':
    case 'reopenThread':
      return commentCommandOf(step, world);
    case 'correct':
    case 'split':
    case 'merge':
    case 'confirm':
      return sentenceCommandOf(step, world);
    case 'claim':
    case 'release':
    case 'renew':
    case 'skip':
    case 'submit':
      return readCommandOf(step, world);
  }
};

type CommentStep = Extract<Step, { readonly speaker: number }>;

/** The first five read, and are blinded whatever becomes of the case; the others see all, and the last moderates. */
export const isBlindedSpeaker = (who: AnnotatorId): boolean => [0, 1, 2, 3, 4].some((one) => annotatorId(one) === who);

function commentCommandOf({ do: type, speaker, about }: CommentStep, { state, events }: World): CommentCommand {
  const author = { annotatorId: annotatorId(speaker), isBlinded: isBlindedSpeaker(annotatorId(speaker)) };
  const known = state.status === 'unknown' ? undefined : state;
  const threads = [...(known?.threads ?? [])];
  const [thread, { comments } = { comments: new Map<CommentId, { readonly revision: number }>() }] =
    threads.at(about % Math.max(1, threads.length)) ??
    ([threadId(99), undefined] as const satisfies [ThreadId, undefined]);
  const [comment, { revision } = { revision: 1 }] =
    [...comments].at(about % Math.max(1, comments.size)) ?? ([commentId(99), undefined] as const);
  const newIds = { threadId: threadId(events.length), commentId: commentId(events.length) };
  const text = plainText('As I see it.');
  switch (type) {
    case 'openThread':
      return { type, ...newIds, author, subject: subjectOf(about, known), text };
    case 'addComment':
      return { type, threadId: thread, commentId: newIds.commentId, author, text };
    case 'correctComment':
      return { type, commentId: comment, revision, author, text };
    case 'retractComment':
      return { type, commentId: comment, author, mayModerate: speaker === people - 1 };
    case 'resolveThread':
    case 'reopenThread':
      return { type, threadId: thread, author };
  }
}

function subjectOf(about: number, known: KnownCase | undefined): AskedSubject {
  const [finding] = [...(known?.givenFindings.keys() ?? [])].slice(about % 2);
  const disagreement = known?.disagreements[0];
  const sentence = known?.sentences[0];
  if (about < 3 && finding !== undefined) return { kind: 'finding', findingId: finding };
  if (about === 3 && disagreement !== undefined) {
    return { kind: 'disagreement', disagreementId: disagreement.disagreementId };
  }
  return about === 4 && sentence !== undefined
    ? { kind: 'sentence', sentenceId: sentence.sentenceId }
    : { kind: 'case' };
}

type SentenceStep = Extract<Step, { readonly do: 'correct' | 'split' | 'merge' | 'confirm' }>;

/** About the first sentences of the case; a merge of fewer than two is refused. */
function sentenceCommandOf(step: SentenceStep, world: World): CaseCommand {
  const { state, events } = world;
  const sentences = state.status === 'unknown' ? [] : state.sentences.slice(0, 2);
  const { sentenceId: id = sentenceId(99), version = 1 } = sentences[0] ?? {};
  const protocol = rulesOf(world);
  const newId = (number: number) => sentenceId(1_000 + events.length * 10 + number);
  const text = { es: plainText('Nódulo.'), en: plainText('Nodule.') };
  const questionAbout = (about: SentenceAt, isQuestioned: boolean): readonly TranslationQuestion[] =>
    isQuestioned ? [questionOf(about, events.length)] : [];
  switch (step.do) {
    case 'correct': {
      const questions = questionAbout({ sentenceId: id, version: version + 1 }, step.isQuestioned);
      return { type: 'correctSentence', sentenceId: id, version, change: step.change, text, questions, protocol };
    }
    case 'split': {
      const into = [1, 2].map((number) => ({ sentenceId: newId(number), text }));
      const questions = questionAbout({ sentenceId: newId(1), version: 1 }, step.isQuestioned);
      const linksTo = step.keepsReads ? newId(1) : null;
      return { type: 'splitSentence', sentenceId: id, version, into, linksTo, questions, protocol };
    }
    case 'merge': {
      const into = { sentenceId: newId(1), text };
      const questions = questionAbout({ sentenceId: newId(1), version: 1 }, step.isQuestioned);
      return { type: 'mergeSentences', sentences, into, movesLinks: step.keepsReads, questions, protocol };
    }
    case 'confirm': {
      const [asked] = state.status === 'unknown' ? [] : state.translationQuestions.values();
      return { type: 'confirmTranslation', sentenceId: id, version, ...asked };
    }
  }
}

export const questionOf = (about: SentenceAt, number: number): TranslationQuestion => ({
  ...about,
  projectId: projectId(1),
  disagreementId: disagreementId(10_000 + number),
  checker: { name: 'rules', version: '1' },
  hits: [{ type: 'negation', code: 'lost', es: { start: 0, end: 3 }, en: null }],
});

const ofTranslation = { present: 'faithful', absent: 'unfaithful', other: 'other' } as const;

function goldCommandOf(
  { do: what, by }: Extract<Step, { readonly by: number }>,
  { state, events }: World,
): CaseCommand {
  if (what === 'retireGold') return { type: 'retireGold' };
  const known = state.status === 'unknown' ? undefined : state;
  const truth = {
    annotationId: annotationId(300_000 + events.length),
    source:
      known?.decidedBy === undefined
        ? ({ kind: 'external', note: plainText('CT of the same day') } as const)
        : ({ kind: 'adjudication', adjudicationId: known.decidedBy } as const),
    draft: nothingThere,
    setBy: annotatorId(by),
    protocol: sampleProtocol(),
  };
  return what === 'setGold'
    ? { type: 'setGold', ...truth }
    : { type: 'correctGold', truthVersion: known?.gold?.truthVersion ?? 0, ...truth };
}

export function seatCommandOf(
  { do: what, who, option }: Extract<Step, { readonly option: unknown }>,
  world: World,
): CaseCommand {
  const { state } = world;
  const seats = state.status === 'adjudicating' ? state.adjudication.seats : new Map<AnnotatorId, Seat>();
  const own = seats.get(annotatorId(who));
  const seat = {
    annotatorId: annotatorId(who),
    claimId: own?.status === 'held' ? own.claimId : claimId(1_000 + world.events.length),
    at: instant(world.at),
    leases: world.leases,
  };
  const protocol = rulesOf(world);
  switch (what) {
    case 'seat':
      return { type: 'claimSeat', ...seat, role: roleOf(who), protocol };
    case 'leaveSeat':
      return { type: 'releaseSeat', ...seat };
    case 'vote':
      return {
        type: 'vote',
        ...seat,
        annotationId: annotationId(100_000 + world.events.length),
        draft: nothingThere,
        choices: (state.status === 'adjudicating' ? state.adjudication.disagreements : []).map(
          ({ disagreementId, kind }) =>
            ({
              disagreementId,
              option: kind === 'translation' ? ofTranslation[option] : option,
              reason: 'judgement',
            }) as const,
        ),
        protocol,
      };
  }
}

export const reviewId = (number: number): ReviewId =>
  `00000000-0000-4000-8000-0000003e${number.toString(16).padStart(4, '0')}` as ReviewId;

const openReviewOf = ({ state }: World, number: number): ReviewId =>
  (state.status === 'unknown' ? [] : [...state.reviews.keys()]).at(number % 2) ?? reviewId(0);

export function reviewCommandOf(
  { do: what, who, outcome }: Extract<Step, { readonly outcome: unknown }>,
  world: World,
): CaseCommand {
  const { state } = world;
  const protocol = rulesOf(world);
  const reviews = state.status === 'unknown' ? [] : [...state.reviews.values()];
  const held = reviews.find(({ seat }) => seat?.annotatorId === annotatorId(who));
  const seat = {
    annotatorId: annotatorId(who),
    claimId: held?.seat?.claimId ?? claimId(2_000 + world.events.length),
    at: instant(world.at),
    leases: world.leases,
  };
  switch (what) {
    case 'takeReview':
      return { type: 'claimReview', ...seat, reviewId: undefined, protocol };
    case 'leaveReview':
      return { type: 'releaseReview', ...seat };
    case 'review': {
      const read =
        state.status === 'unknown'
          ? undefined
          : [...state.reads.values()].find(({ readId: id }) => id === held?.readId);
      return {
        type: 'recordReview',
        ...seat,
        annotationId: read?.status === 'submitted' ? read.annotationId : annotationId(99),
        verdict:
          outcome === 'fixed'
            ? { outcome, annotationId: annotationId(300_000 + world.events.length), draft: nothingThere }
            : { outcome },
        protocol,
      };
    }
  }
}

/** Mostly the newest of that reader, so that something comes of it. */
const revisionOf = (
  { who, revision }: { readonly who: number; readonly revision: number },
  { state }: World,
): number => (revision > 1 ? revision - 1 : state.status === 'unknown' ? 0 : (ownReadOf(state, who)?.revision ?? 0));

type Given = Extract<
  CaseEvent,
  { readonly type: 'externalReadRecorded' | 'annotationSubmitted' | 'annotationAmended' }
>;
export const isGiven = (event: CaseEvent): event is Given =>
  event.type === 'externalReadRecorded' || event.type === 'annotationSubmitted' || event.type === 'annotationAmended';

export const revisionGiven = (event: Given): number => (event.type === 'externalReadRecorded' ? 1 : event.revision);

/** As the use case does it: the content, and its ids, from the event that gave it. */
export function restoreOf(world: World, reader: AnnotatorId, revision: number): CaseCommand {
  const given = world.events.find(
    (event): event is Given => isGiven(event) && event.annotatorId === reader && revisionGiven(event) === revision,
  );
  return {
    type: 'restoreAnnotation',
    readId: given?.readId ?? readId(99),
    annotatorId: reader,
    claimId: given?.claimId ?? claimId(99),
    annotationId: given?.annotationId ?? annotationId(99),
    revision,
    annotation: given?.annotation ?? { ...nothingThere, regions: [] },
    independence: 'blind',
    protocol: rulesOf(world),
    at: instant(world.at),
    leases: world.leases,
  };
}

const expiredClaimOf = ({ state }: World, who: number) =>
  state.status === 'unknown' ? undefined : state.expiredClaims.get(annotatorId(who));

/**
 * Claims have ids of their own: a command that is repeated is answered from what is stored, and claims nothing again once its claim has
 * ended.
 */
function newClaimId({ who, claim }: { readonly who: number; readonly claim: number }, world: World) {
  const wanted = claimId(who * 10 + claim);
  const own = world.state.status === 'unknown' ? undefined : ownReadOf(world.state, who);
  const isLive =
    own?.status === 'held' &&
    own.claimId === wanted &&
    world.leases.some((lease) => lease.claimId === wanted && instant(world.at) < lease.endsAt);
  const isUsed = world.events.some((event) => 'claimId' in event && event.claimId === wanted);
  return isUsed && !isLive ? claimId(3_000 + world.events.length) : wanted;
}

const readCommandOf = (step: Extract<Step, { readonly claim: number }>, world: World): CaseCommand => {
  const protocol = rulesOf(world);
  const own = world.state.status === 'unknown' ? undefined : ownReadOf(world.state, step.who);
  const held = own?.status === 'held' ? own.claimId : expiredClaimOf(world, step.who);
  const read = {
    annotatorId: annotatorId(step.who),
    claimId:
      step.do === 'claim'
        ? newClaimId(step, world)
        : step.claim > 0 || held === undefined
          ? claimId(step.who * 10 + step.claim)
          : held,
    at: instant(world.at),
    leases: world.leases,
  };
  switch (step.do) {
    case 'claim':
    case 'renew':
      return { type: 'claimRead', ...read, readId: readId(step.who), protocol };
    case 'release':
      return { type: 'releaseRead', ...read };
    case 'skip':
      return { type: 'skipRead', ...read, reason: 'other' };
    case 'submit':
      return {
        type: 'submitAnnotation',
        ...read,
        annotationId: annotationId(step.who * 1_000 + world.events.length),
        revision: 0,
        review: { reviewId: reviewId(world.events.length), drawn: (world.events.length % 5) / 5 },
        ...newContent(world),
      };
  }
};

/** No two say the same, and each speaks of the first sentence as its reader saw it. */
const newContent = (world: World) => ({
  draft: {
    ...nothingThere,
    answer: 'findings' as const,
    findings: [sampleFinding(1, sentenceSeen(world))],
    imageQualityFlags: [flagAt(world.events.length)],
  },
  protocol: { ...rulesOf(world), amendWindowMs: 1_000, imageQualityFlags: [flagAt(world.events.length)] },
});

const sentenceSeen = ({ state }: World): { readonly sentence?: SentenceAt } => {
  const [first] = state.status === 'unknown' ? [] : state.sentences;
  return first === undefined
    ? {}
    : { sentence: { sentenceId: first.sentenceId, version: first.sameMeaningSince ?? 1 } };
};

const flagId = (number: number): FlagId => `00000000-0000-4000-8000-00000000f1a${String(number)}` as FlagId;

/** The one that waits longest, as the use case takes it from its event. */
function lateOf({ state, events }: World): { readonly annotationId: AnnotationId; readonly annotation: Annotation } {
  const waiting = state.status === 'unknown' ? [] : [...state.lateAnnotations.keys()];
  const kept = events.find((event) => event.type === 'lateAnnotationKept' && event.annotationId === waiting[0]);
  return kept?.type === 'lateAnnotationKept'
    ? { annotationId: kept.annotationId, annotation: kept.annotation }
    : { annotationId: annotationId(99), annotation: { ...nothingThere, regions: [] } };
}

const flagAt = (events: number): string => `flag ${String(events)}`;

const leasesAfter = (leases: readonly Lease[], event: CaseEvent): readonly Lease[] => {
  if (!('claimId' in event)) return leases;
  const others = leases.filter((lease) => lease.claimId !== event.claimId);
  return 'leaseEndsAt' in event
    ? [...others, { claimId: event.claimId, annotatorId: event.annotatorId, endsAt: event.leaseEndsAt }]
    : others;
};

const renewed = (leases: readonly Lease[], step: Step, at: number): readonly Lease[] =>
  step.do !== 'renew'
    ? leases
    : leases.map((lease) =>
        lease.annotatorId === annotatorId(step.who) && at < lease.endsAt
          ? { ...lease, endsAt: instant(at + 1_000) }
          : lease,
      );

export interface Moment {
  readonly before: World;
  readonly command: CaseCommand | undefined;
  readonly decision: ReturnType<typeof medicalCase.decide> | undefined;
}

export const worldAfter = (world: World, events: readonly CaseEvent[]): World => ({
  ...world,
  leases: events.reduce(leasesAfter, world.leases),
  events: [...world.events, ...events],
  state: events.reduce(medicalCase.evolve, world.state),
});

/** Where three reads are wanted, one of them came in with the case. */
function newWorld(readsPerCase: number): Omit<World, 'readsPerCase'> {
  const imported: CaseEvent = { type: 'caseImported', ...sampleCase() };
  const external: CaseEvent = {
    type: 'externalReadRecorded',
    readId: readId(people),
    annotatorId: annotatorId(people),
    claimId: claimId(people * 10),
    reader: plainText('A'),
    annotationId: annotationId(people * 1_000),
    annotation: { ...nothingThere, regions: [] },
  };
  const events = readsPerCase === 3 ? [imported, external] : [imported];
  return { at: 0, leases: [], events, state: fold(medicalCase, events) };
}

/** Every moment of a script, and the last without a command; of a new case, or one that has a history. */
export function* worldsOf(
  readsPerCase: number,
  script: readonly { readonly step: Step; readonly afterMs: number }[],
  from: Omit<World, 'readsPerCase'> = newWorld(readsPerCase),
): Generator<Moment> {
  let world: World = { ...from, readsPerCase };
  for (const { step, afterMs } of script) {
    world = { ...world, at: world.at + afterMs };
    const command = commandOf(step, world);
    const decision = medicalCase.decide(command, world.state);
    yield { before: world, command, decision };
    const events = decision.ok && step.do !== 'renew' ? decision.events : [];
    world = worldAfter(world, events);
    world = { ...world, leases: renewed(world.leases, step, world.at) };
  }
  yield { before: world, command: undefined, decision: undefined };
}

export const readsPerCase: fc.Arbitrary<number> = fc.integer({ min: 1, max: 3 });
