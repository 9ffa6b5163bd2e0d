import { describe, expect, it } from '@jest/globals';
import {
  adjudicationId,
  annotationId,
  annotatorId,
  claimId,
  commentId,
  disagreementId,
  findingId,
  nothingThere,
  readId,
  sampleCase,
  sampleFinding,
  scenario,
  sentenceId,
  threadId,
} from '@consilium/testing';
import { plainText } from '../protected-text.ts';
import { medicalCase } from './case.ts';
import type { CaseEvent } from './case-events.ts';
import { commentLimits } from './comment.ts';
import type { CommentCommand } from './comment-commands.ts';

const given = scenario(medicalCase);
const imported: CaseEvent = { type: 'caseImported', ...sampleCase() };
const text = plainText('Is this one nodule?');
const of = { readId: readId(1), annotatorId: annotatorId(1), claimId: claimId(1) };
const submitted: CaseEvent = {
  type: 'annotationSubmitted',
  ...of,
  annotationId: annotationId(1),
  revision: 1,
  annotation: { ...nothingThere, answer: 'findings', findings: [sampleFinding(1)], regions: [] },
};
const blinded = (number: number) => ({ annotatorId: annotatorId(number), isBlinded: true });
const seeing = (number: number) => ({ annotatorId: annotatorId(number), isBlinded: false });
type OpenThread = Extract<CommentCommand, { readonly type: 'openThread' }>;
const open = (change: Partial<OpenThread> = {}): OpenThread => ({
  type: 'openThread',
  threadId: threadId(1),
  commentId: commentId(1),
  author: seeing(9),
  subject: { kind: 'case' },
  text,
  ...change,
});
const opened = (by: number, number = 1): CaseEvent => ({
  type: 'threadOpened',
  threadId: threadId(number),
  commentId: commentId(number),
  annotatorId: annotatorId(by),
  subject: { kind: 'case' },
  text,
});
const add = (author: ReturnType<typeof seeing>): CommentCommand => ({
  type: 'addComment',
  threadId: threadId(1),
  commentId: commentId(2),
  author,
  text,
});
const refused = (code: string, rest: object = {}) => ({ ok: false, refusal: { code, ...rest } });
const inThread = { threadId: threadId(1), annotatorId: annotatorId(1) };

describe('a thread', () => {
  it('is about the case, a sentence, a finding of a read or a disagreement, all of which are there', () => {
    const sentence = sampleCase().sentences[0]?.sentenceId ?? sentenceId(99);
    const question: CaseEvent = {
      type: 'disagreementFound',
      consensus: {
        consensusId: '' as never,
        basedOnVersion: 1,
        readIds: [],
        method: { name: 'majority', version: '1', parameters: {} },
        regions: [],
        sentences: [],
        matching: { summedIou: 0, exact: true, gap: 0 },
      },
      disagreements: [
        {
          disagreementId: disagreementId(1),
          kind: 'presence',
          sentenceId: null,
          regionIds: [],
          options: [{ option: 'absent', readIds: [] }],
        },
      ],
    };
    const history = [imported, submitted, question];
    for (const [subject, stored] of [
      [{ kind: 'case' }, { kind: 'case' }],
      [
        { kind: 'sentence', sentenceId: sentence },
        { kind: 'sentence', sentenceId: sentence },
      ],
      [
        { kind: 'finding', findingId: findingId(1) },
        { kind: 'finding', findingId: findingId(1), readId: readId(1) },
      ],
      [
        { kind: 'disagreement', disagreementId: disagreementId(1) },
        { kind: 'disagreement', disagreementId: disagreementId(1) },
      ],
    ] as const) {
      expect(given(...history).when(open({ subject }))).toMatchObject({ ok: true, events: [{ subject: stored }] });
    }
    for (const subject of [
      { kind: 'sentence', sentenceId: sentenceId(98) },
      { kind: 'finding', findingId: findingId(98) },
      { kind: 'disagreement', disagreementId: disagreementId(98) },
    ] as const) {
      expect(given(...history).when(open({ subject }))).toEqual(refused('SUBJECT_UNKNOWN'));
    }
  });

  it('of somebody blinded is about nothing that others gave', () => {
    const subject = { kind: 'finding', findingId: findingId(1) } as const;
    expect(given(imported, submitted).when(open({ author: blinded(1), subject }))).toMatchObject({ ok: true });
    expect(given(imported, submitted).when(open({ author: blinded(2), subject }))).toEqual(refused('SUBJECT_UNKNOWN'));
  });

  it('is not there for whoever is blinded and has said nothing in it', () => {
    expect(given(imported, opened(1)).when(add(blinded(2)))).toEqual(refused('THREAD_UNKNOWN'));
    expect(given(imported).when(add(blinded(2)))).toEqual(refused('THREAD_UNKNOWN'));
    expect(given(imported, opened(1)).when(add(blinded(1)))).toMatchObject({ ok: true });
    expect(given(imported, opened(1)).when(add(seeing(2)))).toMatchObject({ ok: true });
    const retract = { type: 'retractComment', commentId: commentId(1), mayModerate: false } as const;
    expect(given(imported, opened(1)).when({ ...retract, author: blinded(2) })).toEqual(refused('COMMENT_UNKNOWN'));
  });

  it('is resolved and opened again by whoever sees all of it, a repeat changing nothing', () => {
    const resolve = { type: 'resolveThread', threadId: threadId(1), author: seeing(9) } as const;
    const resolved: CaseEvent = { type: 'threadResolved', threadId: threadId(1), annotatorId: annotatorId(9) };
    expect(given(imported, opened(1)).when(resolve)).toEqual({ ok: true, events: [resolved] });
    expect(given(imported, opened(1), resolved).when(resolve)).toEqual({ ok: true, events: [] });
    expect(given(imported, opened(1), resolved).when({ ...resolve, type: 'reopenThread' })).toMatchObject({
      ok: true,
      events: [{ type: 'threadReopened' }],
    });
    expect(given(imported, opened(1)).when({ ...resolve, author: blinded(1) })).toEqual(refused('BLINDED'));
    const turns = Array.from({ length: commentLimits.turnsPerThread }, (_, index): CaseEvent => ({
      ...resolved,
      type: index % 2 === 0 ? 'threadResolved' : 'threadReopened',
    }));
    expect(given(imported, opened(1), ...turns).when(resolve)).toEqual(refused('TOO_MANY_TURNS'));
  });
});

describe('a comment', () => {
  const correct = {
    type: 'correctComment',
    commentId: commentId(1),
    revision: 1,
    author: seeing(1),
    text: plainText('Two.'),
  } as const;
  const corrected: CaseEvent = {
    type: 'commentCorrected',
    ...inThread,
    commentId: commentId(1),
    revision: 2,
    text: plainText('Two.'),
  };
  const retracted: CaseEvent = { type: 'commentRetracted', ...inThread, commentId: commentId(1) };

  it('is corrected by its author alone, from the revision that they know', () => {
    expect(given(imported, opened(1)).when(correct)).toEqual({ ok: true, events: [corrected] });
    expect(given(imported, opened(1)).when({ ...correct, author: seeing(2) })).toEqual(refused('COMMENT_OF_ANOTHER'));
    expect(given(imported, opened(1), corrected).when(correct)).toEqual(refused('COMMENT_CHANGED', { revision: 2 }));
    expect(given(imported, opened(1), retracted).when(correct)).toEqual(refused('COMMENT_RETRACTED'));
    expect(given(imported).when(correct)).toEqual(refused('COMMENT_UNKNOWN'));
  });

  it('is taken back by its author or a moderator, once', () => {
    const retract = { type: 'retractComment', commentId: commentId(1), author: seeing(2), mayModerate: false } as const;
    expect(given(imported, opened(1)).when(retract)).toEqual(refused('COMMENT_OF_ANOTHER'));
    expect(given(imported, opened(1)).when({ ...retract, mayModerate: true })).toEqual({
      ok: true,
      events: [retracted],
    });
    expect(given(imported, opened(1)).when({ ...retract, author: blinded(1) })).toEqual({
      ok: true,
      events: [retracted],
    });
    expect(given(imported, opened(1), retracted).when({ ...retract, mayModerate: true })).toEqual({
      ok: true,
      events: [],
    });
  });

  it('is one of so many that one person may write in a case, whatever others have written', () => {
    const many = Array.from({ length: commentLimits.writingsPerPerson }, (_, index) => opened(1, index + 10));
    expect(given(imported, ...many).when(open({ author: seeing(1) }))).toEqual(refused('TOO_MANY_COMMENTS'));
    expect(given(imported, ...many).when(open({ author: seeing(2) }))).toMatchObject({ ok: true });
    const others = Array.from({ length: commentLimits.writingsPerPerson - 2 }, (_, index) => opened(1, index + 10));
    expect(given(imported, opened(1), corrected, ...others).when(add(seeing(1)))).toEqual(refused('TOO_MANY_COMMENTS'));
  });

  it('of somebody with a seat in the open adjudication says so', () => {
    const adjudicating: readonly CaseEvent[] = [
      { type: 'adjudicationOpened', adjudicationId: adjudicationId(1), cause: 'requested', panelSize: 3 },
      {
        type: 'adjudicationClaimed',
        adjudicationId: adjudicationId(1),
        annotatorId: annotatorId(7),
        claimId: claimId(7),
        leaseEndsAt: 1 as never,
      },
    ];
    expect(given(imported, ...adjudicating).when(open({ author: seeing(7) }))).toMatchObject({
      events: [{ adjudicationId: adjudicationId(1) }],
    });
    expect(given(imported, ...adjudicating).when(open({ author: seeing(8) }))).not.toMatchObject({
      events: [{ adjudicationId: adjudicationId(1) }],
    });
  });

  it('is made and taken back in every case but one that was withdrawn', () => {
    const finalised: CaseEvent = { type: 'caseFinalised', source: 'consensus' };
    const excluded: CaseEvent = { type: 'caseExcluded' };
    for (const end of [finalised, excluded]) expect(given(imported, end).when(open())).toMatchObject({ ok: true });
    expect(given(imported, { type: 'caseWithdrawn' }).when(open())).toEqual(refused('CASE_WITHDRAWN'));
  });
});
