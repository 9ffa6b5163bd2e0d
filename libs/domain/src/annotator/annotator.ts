/**
 * An annotator: a person in their part as reader of one project.
 *
 * Invariants
 * - Registered once; a repeat by the same person changes nothing.
 */
import { assertNever } from '../assert-never.ts';
import { accept, type Decider, type Decision } from '../decider.ts';
import type { AnnotatorId, PersonId, ProjectId } from '../identifiers.ts';

export interface AnnotatorCommand {
  readonly type: 'registerAnnotator';
  readonly annotatorId: AnnotatorId;
  readonly projectId: ProjectId;
  readonly personId: PersonId;
}

export interface AnnotatorEvent {
  readonly type: 'annotatorRegistered';
  readonly annotatorId: AnnotatorId;
  readonly projectId: ProjectId;
  readonly personId: PersonId;
}

export type AnnotatorRefusal = never;

export type AnnotatorState =
  | { readonly status: 'unknown' }
  | { readonly status: 'registered'; readonly projectId: ProjectId; readonly personId: PersonId };

export const annotator: Decider<AnnotatorCommand, AnnotatorEvent, AnnotatorState, AnnotatorRefusal> = {
  initial: { status: 'unknown' },
  decide,
  evolve,
};

function decide(command: AnnotatorCommand, state: AnnotatorState): Decision<AnnotatorEvent, AnnotatorRefusal> {
  switch (state.status) {
    case 'unknown':
      return accept({
        type: 'annotatorRegistered',
        annotatorId: command.annotatorId,
        projectId: command.projectId,
        personId: command.personId,
      });
    // The annotator id is made from project and person, so a repeat can only be the same registration.
    case 'registered':
      return accept();
    default:
      return assertNever(state);
  }
}

function evolve(_state: AnnotatorState, event: AnnotatorEvent): AnnotatorState {
  return { status: 'registered', projectId: event.projectId, personId: event.personId };
}
