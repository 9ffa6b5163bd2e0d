import { isUuid } from '@consilium/domain';
import type { AnnotatorId, CommandId, Instant, PersonId, Problem, ProjectId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import type { Identities } from '../platform/identities.ts';
import { commandIdLength } from '../platform/run-command.ts';
import type { UndoInput } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';
import { textProblems } from '../platform/text-problems.ts';

/** What is to be undone, in ids of ours. */
export type UndoScope =
  | {
      readonly kind: 'person';
      readonly projectId: ProjectId;
      readonly annotatorId: AnnotatorId;
      readonly from: Instant | undefined;
      readonly to: Instant | undefined;
    }
  | {
      readonly kind: 'import';
      readonly projectId: ProjectId;
      /** Who sent it, and under which id. */
      readonly actorId: PersonId;
      readonly commandId: CommandId;
      readonly withReads: boolean;
    };

export function undoScopeOf(
  identities: Identities,
  { personId: viewer }: Viewer,
  input: UndoInput,
): UndoScope | { readonly problems: readonly Problem[] } {
  const problems = [...textProblems(input), ...inputProblems(input)];
  if (problems.length > 0) return { problems };
  const projectId = input.projectId as ProjectId;
  const { personId, importCommandId, importedBy, from, to, withReads } = input;
  if (isGiven(personId)) {
    return {
      kind: 'person',
      projectId,
      annotatorId: identities.annotator(projectId, personId as PersonId),
      from: isGiven(from) ? (from as Instant) : undefined,
      to: isGiven(to) ? (to as Instant) : undefined,
    };
  }
  const actorId = isGiven(importedBy) ? (importedBy as PersonId) : viewer;
  return {
    kind: 'import',
    projectId,
    actorId,
    commandId: identities.command(actorId, importCommandId ?? ''),
    withReads,
  };
}

function inputProblems(input: UndoInput): readonly Problem[] {
  const { projectId, personId, importCommandId, importedBy, from, to, withReads } = input;
  const problems: Problem[] = [];
  const refuse = (path: string, code: string, message: string): void => {
    problems.push({ path, code, message });
  };
  if (!isUuid(projectId)) refuse('projectId', 'BAD_ID', 'a project id is a UUID');
  if (isGiven(personId) === isGiven(importCommandId)) {
    refuse('personId', 'ONE_OF', 'give either a person or the command of an import');
  }
  if (isGiven(personId) && !isUuid(personId)) refuse('personId', 'BAD_ID', 'a person id is a UUID');
  if (isGiven(personId) && (isGiven(importedBy) || withReads)) {
    refuse('importedBy', 'ONE_OF', 'only an import has these');
  }
  if (isGiven(importedBy) && !isUuid(importedBy)) refuse('importedBy', 'BAD_ID', 'a person id is a UUID');
  if (isGiven(importCommandId) && (importCommandId === '' || importCommandId.length > commandIdLength)) {
    refuse('importCommandId', 'BAD_LENGTH', `a command id has 1 to ${commandIdLength} characters`);
  }
  if (isGiven(importCommandId) && (isGiven(from) || isGiven(to))) {
    refuse('from', 'ONE_OF', 'only what a person submitted has an interval');
  }
  if (isGiven(from) && isGiven(to) && from >= to) refuse('to', 'OUT_OF_RANGE', 'the interval ends after it begins');
  return problems;
}
