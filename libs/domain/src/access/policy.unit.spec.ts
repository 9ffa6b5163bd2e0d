import { describe, expect, it } from '@jest/globals';
import { type Action, actions, type ActorRole, mayDo, roles } from './policy.ts';

const columns = [
  'administrator',
  'lead',
  'annotator',
  'reviewer',
  'adjudicator',
  'auditor',
  'operator',
  'system',
] as const;

/** Written out on purpose: who gains or loses something shows here as a changed sign. Order of the columns as above. */
const expected: Readonly<Record<Action, string>> = {
  'self.read': '+++++++-',
  'project.create': '++------',
  'project.read': '+++++++-',
  'protocol.adopt': '++------',
  'annotator.register': '++------',
  'annotator.read': '++---+--',
  'annotator.manage': '++------',
  'member.manage': '++------',
  'member.read': '++---+--',
  'case.move': '++------',
  'case.import': '++------',
  'case.read': '++++++-+',
  'queue.read': '+++-----',
  'read.work': '--+-----',
  'annotation.read': '++++++--',
  'consensus.read': '++++++--',
  'adjudication.read': '++++++--',
  'adjudication.work': '-+--+---',
  'case.finish': '++------',
  'review.work': '-+-+----',
  'review.request': '++------',
  'consensus.record': '-------+',
  'history.read': '++++++--',
  'comment.read': '++++++--',
  'comment.write': '+++++---',
  'queue.explain': '+++-----',
  'case.flag': '+++++---',
  'case.triage': '++-+----',
  'sentence.correct': '++-+----',
  'flag.resolve': '++------',
  'lateAnnotation.decide': '++------',
  'gold.read': '++---+--',
  'gold.manage': '++------',
  'score.read': '++---+--',
  'entry.undo': '++------',
  'proof.read': '++---+--',
  'changes.read': '++-+++--',
  'operations.read': '+-----+-',
  'operations.decide': '+-----+-',
  'subject.erase': '+-------',
  'project.export': '++---+--',
};

describe('the access policy', () => {
  it('covers every role', () => {
    expect(columns).toEqual([...roles, 'system']);
  });

  it.each(actions.map((action) => [action]))('lets do %s those it should, and nobody else', (action) => {
    const signs = columns.map((role: ActorRole) => (mayDo(role, action) ? '+' : '-')).join('');
    expect(signs).toBe(expected[action]);
  });
});
