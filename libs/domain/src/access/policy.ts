import { assertNever } from '../assert-never.ts';

export const roles = ['administrator', 'lead', 'annotator', 'reviewer', 'adjudicator', 'auditor', 'operator'] as const;
export type Role = (typeof roles)[number];

/** A person by token, or one of our own services. */
export type ActorRole = Role | 'system';

export const actions = [
  'self.read',
  'project.create',
  'project.read',
  'protocol.adopt',
  'annotator.register',
  'annotator.read',
  'annotator.manage',
  'member.manage',
  'member.read',
  'case.move',
  'case.import',
  'case.read',
  'queue.read',
  'read.work',
  'annotation.read',
  'consensus.read',
  'adjudication.read',
  'adjudication.work',
  'case.finish',
  'review.work',
  'review.request',
  'consensus.record',
  'history.read',
  'comment.read',
  'comment.write',
  'queue.explain',
  'case.flag',
  'case.triage',
  'sentence.correct',
  'flag.resolve',
  'lateAnnotation.decide',
  'gold.read',
  'gold.manage',
  'score.read',
  'entry.undo',
  'proof.read',
  'changes.read',
  'operations.read',
  'operations.decide',
  'subject.erase',
  'project.export',
] as const;
export type Action = (typeof actions)[number];

/**
 * What a role may do at all within its own organisation. Whether a blinded annotator may see a given read or consensus is
 * decided besides, by {@link isBlinded}: this table never widens that.
 */
export function mayDo(role: ActorRole, action: Action): boolean {
  switch (role) {
    case 'administrator':
      return (
        action !== 'read.work' &&
        action !== 'adjudication.work' &&
        action !== 'review.work' &&
        action !== 'consensus.record'
      );
    case 'lead':
      return !['read.work', 'consensus.record', 'operations.read', 'operations.decide', 'subject.erase'].includes(
        action,
      );
    case 'annotator':
      return annotatorActions.includes(action);
    case 'reviewer':
      return (
        readerActions.includes(action) ||
        ['changes.read', 'comment.write', 'case.flag', 'case.triage', 'sentence.correct', 'review.work'].includes(
          action,
        )
      );
    case 'adjudicator':
      return (
        readerActions.includes(action) ||
        ['changes.read', 'comment.write', 'adjudication.work', 'case.flag'].includes(action)
      );
    case 'auditor':
      return (
        readerActions.includes(action) ||
        [
          'annotator.read',
          'member.read',
          'changes.read',
          'gold.read',
          'score.read',
          'proof.read',
          'project.export',
        ].includes(action)
      );
    case 'operator':
      return operatorActions.includes(action);
    case 'system':
      return action === 'consensus.record' || action === 'case.read';
    default:
      return assertNever(role);
  }
}

const readerActions: readonly Action[] = [
  'self.read',
  'project.read',
  'case.read',
  'annotation.read',
  'consensus.read',
  'adjudication.read',
  'history.read',
  'comment.read',
];

/** Annotation, consensus, history and comments are narrowed by blinding. */
const annotatorActions: readonly Action[] = [
  ...readerActions,
  'comment.write',
  'queue.read',
  'read.work',
  'queue.explain',
  'case.flag',
];

/** Operators keep the system running: they see no case. */
const operatorActions: readonly Action[] = ['self.read', 'project.read', 'operations.read', 'operations.decide'];
