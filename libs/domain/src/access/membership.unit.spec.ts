import { describe, expect, it } from '@jest/globals';
import { personId } from '@consilium/testing';
import fc from 'fast-check';
import type { PersonId } from '../identifiers.ts';
import { type MemberRole, memberRoles, membersAfter, type ProjectMembers } from '../project/members.ts';
import { caseStatuses } from '../case/case-status.ts';
import { isBlinded } from './blinding.ts';
import { actsIn, mayDoIn } from './membership.ts';
import { type Action, actions, type ActorRole, mayDo, roles } from './policy.ts';

const everyRole: readonly ActorRole[] = [...roles, 'system'];
const people = [1, 2, 3].map(personId);

const changes = fc.array(
  fc.record({
    type: fc.constantFrom('memberAdded' as const, 'memberRemoved' as const),
    personId: fc.constantFrom(...people),
    role: fc.constantFrom(...memberRoles),
  }),
  { maxLength: 12 },
);
const lists: fc.Arbitrary<ProjectMembers> = changes.map((events) =>
  events.reduce<ProjectMembers>(membersAfter, new Map()),
);
const actors = fc.record({ role: fc.constantFrom(...everyRole), personId: fc.constantFrom(...people) });
const someAction = fc.constantFrom(...actions);

describe('who acts in a project', () => {
  it('is everybody of a role that nobody was ever listed for', () => {
    fc.assert(
      fc.property(actors, someAction, (actor, action) => {
        expect(mayDoIn(actor, new Map(), action)).toBe(mayDo(actor.role, action));
      }),
    );
  });

  it('is never more than the role may do at all', () => {
    fc.assert(
      fc.property(actors, lists, someAction, (actor, members, action) => {
        if (mayDoIn(actor, members, action)) expect(mayDo(actor.role, action)).toBe(true);
      }),
    );
  });

  it('is exactly those listed once somebody was, also when the last is gone', () => {
    fc.assert(
      fc.property(changes, fc.constantFrom(...memberRoles), fc.constantFrom(...people), (events, role, who) => {
        const members = events.reduce<ProjectMembers>(membersAfter, new Map());
        const own = events.filter((event) => event.role === role);
        const last = own.findLast((event) => event.personId === who);
        const expected = own.length === 0 || last?.type === 'memberAdded';
        expect(actsIn({ role, personId: who }, members)).toBe(expected);
      }),
    );
  });

  it('does not depend on the lists of other roles', () => {
    fc.assert(
      fc.property(actors, lists, changes, someAction, (actor, members, more, action) => {
        const others = more.filter(({ role }) => role !== actor.role).reduce<ProjectMembers>(membersAfter, members);
        expect(mayDoIn(actor, others, action)).toBe(mayDoIn(actor, members, action));
      }),
    );
  });

  it('is never an annotator, an operator or an administrator kept out: they cannot lock a project for good', () => {
    fc.assert(
      fc.property(actors, lists, someAction, ({ role, personId: who }, members, action) => {
        if (memberRoles.some((each: MemberRole) => each === role)) return;
        expect(mayDoIn({ role, personId: who }, members, action)).toBe(mayDo(role, action));
      }),
    );
    expect(mayDo('administrator', 'member.manage')).toBe(true);
  });
});

/** Everything that writes; what is not here reads. Written out: a new action shows here as a failed test. */
const changing: readonly Action[] = [
  'project.create',
  'protocol.adopt',
  'annotator.register',
  'annotator.manage',
  'member.manage',
  'case.move',
  'case.import',
  'read.work',
  'adjudication.work',
  'case.finish',
  'review.work',
  'review.request',
  'comment.write',
  'case.flag',
  'case.triage',
  'sentence.correct',
  'flag.resolve',
  'lateAnnotation.decide',
  'gold.manage',
  'consensus.record',
  'entry.undo',
  'operations.decide',
  'subject.erase',
  'project.export',
];
const reading = actions.filter((action) => !changing.includes(action));

const ownReads = ['none', 'unsubmitted', 'submitted'] as const;

interface Situation {
  readonly actor: { readonly role: ActorRole; readonly personId: PersonId };
  readonly members: ProjectMembers;
  readonly isAnnotatorOfProject: boolean;
  readonly ownRead: (typeof ownReads)[number];
  readonly caseStatus: (typeof caseStatuses)[number];
  readonly action: Action;
}

const situations: fc.Arbitrary<Situation> = fc.record({
  actor: actors,
  members: lists,
  isAnnotatorOfProject: fc.boolean(),
  ownRead: fc.constantFrom(...ownReads),
  caseStatus: fc.constantFrom(...caseStatuses),
  action: someAction,
});

/** As the API asks: the list and the role first, then blinding; whoever has the role annotator counts as one of the project. */
const isAllowed = ({ actor, members, action, ...facts }: Situation): boolean => {
  const isAnnotatorOfProject = facts.isAnnotatorOfProject || actor.role === 'annotator';
  const tellsOfOthers =
    action === 'consensus.read' || action === 'adjudication.read' || action === 'entry.undo' || action === 'case.move';
  return (
    mayDoIn(actor, members, action) &&
    !(tellsOfOthers && isBlinded({ ...facts, isAnnotatorOfProject, isAmendWindowOpen: false, isGoldKept: false }))
  );
};

describe('the policy over roles, lists, states and actions', () => {
  const holds = (rule: (situation: Situation, allowed: boolean) => void): void => {
    fc.assert(
      fc.property(situations, (situation) => {
        rule(situation, isAllowed(situation));
      }),
      { numRuns: 2_000 },
    );
  };

  it.each<[ActorRole, readonly Action[]]>([
    ['auditor', ['project.export']],
    ['reviewer', ['comment.write', 'case.flag', 'case.triage', 'sentence.correct', 'review.work']],
    ['adjudicator', ['comment.write', 'adjudication.work', 'case.flag']],
    ['annotator', ['read.work', 'comment.write', 'case.flag']],
    ['operator', ['operations.decide']],
    ['system', ['consensus.record']],
  ])('lets %s change nothing but %j, in any state', (role, own) => {
    holds(({ actor, action }, allowed) => {
      if (actor.role === role && changing.includes(action) && !own.includes(action)) expect(allowed).toBe(false);
    });
  });

  it('lets only annotators read cases as work, only our own services record a consensus, only administrators erase', () => {
    holds(({ actor, action }, allowed) => {
      if (action === 'read.work' && allowed) expect(actor.role).toBe('annotator');
      if (action === 'consensus.record' && allowed) expect(actor.role).toBe('system');
      if (action === 'subject.erase' && allowed) expect(actor.role).toBe('administrator');
    });
  });

  it('shows operators no case', () => {
    holds(({ actor, action }, allowed) => {
      if (actor.role === 'operator' && allowed) {
        expect(['self.read', 'project.read', 'operations.read', 'operations.decide']).toContain(action);
      }
    });
  });

  it('lets an administrator do whatever a lead may, but decide cases', () => {
    holds((situation, allowed) => {
      const { actor } = situation;
      if (actor.role !== 'lead' || !allowed || ['adjudication.work', 'review.work'].includes(situation.action)) return;
      expect(isAllowed({ ...situation, actor: { ...actor, role: 'administrator' } })).toBe(true);
    });
  });

  it('tells whoever reads in the project nothing of others before the case is settled and their read is in', () => {
    holds(({ actor, action, isAnnotatorOfProject, ownRead, caseStatus }, allowed) => {
      if (action !== 'consensus.read' || !(isAnnotatorOfProject || actor.role === 'annotator')) return;
      if (!allowed) return;
      expect(ownRead).toBe('submitted');
      expect(['settled', 'adjudicated', 'finalised']).toContain(caseStatus);
    });
  });

  it('gives nobody more by making them an annotator of the project, and nothing to somebody without it', () => {
    holds((situation, allowed) => {
      if (situation.isAnnotatorOfProject && allowed) {
        expect(isAllowed({ ...situation, isAnnotatorOfProject: false })).toBe(true);
      }
    });
  });

  it('knows of every action whether it changes anything', () => {
    expect([...changing, ...reading].sort()).toEqual([...actions].sort());
    expect(reading).toEqual([
      'self.read',
      'project.read',
      'annotator.read',
      'member.read',
      'case.read',
      'queue.read',
      'annotation.read',
      'consensus.read',
      'adjudication.read',
      'history.read',
      'comment.read',
      'queue.explain',
      'gold.read',
      'score.read',
      'proof.read',
      'changes.read',
      'operations.read',
    ]);
  });
});
